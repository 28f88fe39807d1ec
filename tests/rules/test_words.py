"""What findings say: the facts by name, so that a letter can be checked against the form."""

from __future__ import annotations

import pytest

from claims_desk.domain.judgement import Case, Finding
from claims_desk.rules.engine import judge
from tests.rules.world import STAY, VISIT_PAID_BY_ITEM, cover, line, under, with_claim, with_lines


def said(case: Case, code: str) -> Finding:
    """The finding of that code."""
    return next(found for found in judge(case).findings if found.code == code)


@pytest.mark.parametrize(
    ("case", "code", "sentence", "field"),
    [
        (
            with_lines(VISIT_PAID_BY_ITEM, line(1, "OPC", price=25_000)),
            "T05",
            "Unit price 25.000 is above the tariff 20.000 of DH from 1/1/2025.",
            "unit_price",
        ),
        (
            under(STAY, cover(), others=[cover("SASS"), cover("CBHI")]),
            "M08",
            "The patient is also covered by SASS (Civil servants), which pays first.",
            "scheme",
        ),
        (
            with_claim(STAY, copay_collected=50_000),
            "P01",
            "Collected 50.000, due 30.000: 20.000 kip to give back.",
            "copay_collected",
        ),
        (with_claim(STAY, diagnosis_main=""), "A01", "The field is empty: main diagnosis.", "diagnosis_main"),
        (
            with_lines(VISIT_PAID_BY_ITEM, line(1, "OPC", "1.5"), claimed_total=1),
            "A06",
            "Claimed are 1 kip, but the lines sum to 30.000 kip.",
            "claimed_total",
        ),
        (
            with_lines(VISIT_PAID_BY_ITEM, line(1, "OPC", "0.5", 1), claimed_total=1),
            "A06",
            "Claimed are 1 kip, but the lines sum to 0.5 kip.",
            "claimed_total",
        ),
    ],
)
def test_a_finding_names_the_facts_and_the_field(case: Case, code: str, sentence: str, field: str) -> None:
    finding = said(case, code)
    assert (finding.message.text("en"), finding.field) == (sentence, field)
    assert finding.fix.template
