"""results.csv and findings.csv as programs read them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from claims_desk.domain.codes import Decision, Severity
from claims_desk.domain.facts import Claim
from claims_desk.domain.judgement import Finding, Judgement
from claims_desk.domain.messages import say
from claims_desk.exports.results import ResultFiles

FINDINGS = (
    Finding(
        message=say("Price above tariff."), fix=say("Use the tariff."), line_no=2, code="T05", severity=Severity.ADJUST
    ),
    Finding(message=say("Not signed."), fix=say("Sign it."), code="A08", severity=Severity.PEND),
)


def judged(form_no: str, *findings: Finding) -> tuple[Claim, Judgement]:
    judgement = Judgement(
        decision=Decision.PEND if findings else Decision.ACCEPT,
        method="CASE",
        allowed=450_000,
        copay_due=30_000,
        payable=420_000,
        lines=(),
        findings=findings,
        explanation=(),
    )
    return Claim(form_no=form_no, facility_code="DH1"), judgement


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_claim_has_one_result_and_every_finding_one_row(tmp_path: Path) -> None:
    with ResultFiles(tmp_path / "out") as files:
        files.add(*judged("H1", *FINDINGS))
        files.add(*judged("H2"))
    assert read(files.results) == [
        {"form_no": form, "facility_code": "DH1", "decision": decision, "method": "CASE"}
        | {"allowed": "450000", "copay_due": "30000", "payable": "420000"}
        for form, decision in (("H1", "PEND"), ("H2", "ACCEPT"))
    ]
    first, second = read(files.findings)
    assert first == {
        "form_no": "H1",
        "facility_code": "DH1",
        "line_no": "2",
        "code": "T05",
        "severity": "adjust",
        "message_en": "Price above tariff.",
        "message_lo": FINDINGS[0].message.text("lo"),
        "fix_en": "Use the tariff.",
        "fix_lo": FINDINGS[0].fix.text("lo"),
    }
    assert second["line_no"] == ""


@pytest.mark.parametrize("form_no", ["=1+1", 'a"b', "a,b", "a\nb", "ໃບ 1"])
def test_form_numbers_come_back_as_keyed(form_no: str, tmp_path: Path) -> None:
    with ResultFiles(tmp_path) as files:
        files.add(*judged(form_no))
    assert read(files.results)[0]["form_no"] == form_no


def test_a_run_that_breaks_off_leaves_the_files_of_the_last_one(tmp_path: Path) -> None:
    with ResultFiles(tmp_path) as files:
        files.add(*judged("H1"))

    def interrupted() -> None:
        with ResultFiles(tmp_path) as files:
            files.add(*judged("H2"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert [row["form_no"] for row in read(files.results)] == ["H1"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["findings.csv", "results.csv"]
