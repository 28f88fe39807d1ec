"""What the rules said of many claims, as the two files `results.csv` and `findings.csv`, written claim by claim."""

from __future__ import annotations

import csv
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any

from claims_desk.domain.facts import Claim
from claims_desk.domain.judgement import Finding, Judgement
from claims_desk.domain.messages import ENGLISH, LAO

RESULT_COLUMNS = ("form_no", "facility_code", "decision", "method", "allowed", "copay_due", "payable")
FINDING_COLUMNS = (
    "form_no",
    "facility_code",
    "line_no",
    "code",
    "severity",
    "message_en",
    "message_lo",
    "fix_en",
    "fix_lo",
)
_PART = ".part"


class ResultFiles:
    """Both files of one run, open while claims are added; they appear under their names when all is written.

        with ResultFiles(folder) as files:
            files.add(claim, judgement)

    Text stands exactly as keyed: these files are read by programs. Amounts are whole kip, ungrouped.
    """

    def __init__(self, folder: Path) -> None:
        self.results = folder / "results.csv"
        self.findings = folder / "findings.csv"
        self._open = ExitStack()

    def __enter__(self) -> ResultFiles:
        self.results.parent.mkdir(parents=True, exist_ok=True)
        self._result_rows = self._writer(self.results, RESULT_COLUMNS)
        self._finding_rows = self._writer(self.findings, FINDING_COLUMNS)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()
        for path in (self.results, self.findings):
            part = path.with_name(path.name + _PART)
            if kind is None:
                part.replace(path)
            else:
                part.unlink(missing_ok=True)

    def add(self, claim: Claim, judgement: Judgement) -> None:
        """One claim's decision and all that was found."""
        self._result_rows.writerow(result_row(claim, judgement))
        self._finding_rows.writerows(finding_row(claim, finding) for finding in judgement.findings)

    def _writer(self, path: Path, columns: tuple[str, ...]) -> Any:
        part = path.with_name(path.name + _PART)
        stream = self._open.enter_context(part.open("w", encoding="utf-8", newline=""))
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(columns)
        return writer


def result_row(claim: Claim, judgement: Judgement) -> tuple[str | int, ...]:
    """The claim's row of `results.csv`; amounts in kip, provisional while it pends."""
    return (
        claim.form_no,
        claim.facility_code,
        judgement.decision.value,
        str(judgement.method),
        judgement.allowed,
        judgement.copay_due,
        judgement.payable,
    )


def finding_row(claim: Claim, finding: Finding) -> tuple[str | int, ...]:
    """One row of `findings.csv`; `line_no` is blank for the claim as a whole."""
    return (
        claim.form_no,
        claim.facility_code,
        "" if finding.line_no is None else finding.line_no,
        finding.code,
        finding.severity.value,
        finding.message.text(ENGLISH),
        finding.message.text(LAO),
        finding.fix.text(ENGLISH),
        finding.fix.text(LAO),
    )
