"""Of an earlier claim that is keyed a second time findings say no more than which paper it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from claims_desk.domain.facts import EarlierClaim
from claims_desk.domain.judgement import Case
from claims_desk.domain.messages import ENGLISH, LAO
from claims_desk.rules.engine import judge
from tests.rules.world import VISIT, VISIT_PAID_BY_ITEM, after, earlier, had, line, with_claim, with_lines

PAID = VISIT_PAID_BY_ITEM
DAY_BEFORE = date(2026, 3, 9)
NAMED = with_claim(PAID, patient_name="Bounmy", birth_date=date(1980, 5, 1))


def keyed(*lines: Any, **changes: Any) -> EarlierClaim:
    """A claim a colleague keyed, of the day before unless said otherwise."""
    facts = {"form_no": "H77777", "visit_from": DAY_BEFORE, "member_no": "NHI-7654321", "patient_name": "Somebody Else"}
    return earlier(PAID, *lines, **(facts | changes))


SAME_PATIENT = keyed(visit_from=VISIT, patient_name="Bounmy", birth_date=date(1980, 5, 1), person_no="")
SCENES = [
    ("A05", with_claim(PAID, form_no="H77777"), keyed()),
    ("X01", PAID, keyed(visit_from=VISIT)),
    ("X03", PAID, keyed(visit_from=VISIT, facility_code="DH2")),
    ("X06", NAMED, SAME_PATIENT),
    ("L01", with_lines(PAID, line(1, "CTX")), keyed(had("CTX", DAY_BEFORE))),
    ("L02", with_lines(PAID, line(1, "GLASS", "2")), keyed(had("GLASS", DAY_BEFORE))),
]


@pytest.mark.parametrize(("code", "case", "other"), SCENES, ids=[code for code, _, _ in SCENES])
def test_nothing_that_was_keyed_of_it_is_told(code: str, case: Case, other: EarlierClaim) -> None:
    secret = ["9/3/2026", "NHI-7654321", "Somebody Else"] + (["10/3/2026"] if other.visit_from == VISIT else [])
    said = {}
    for blind in (True, False):
        (found,) = [one for one in judge(after(case, replace(other, blind=blind))).findings if one.code == code]
        said[blind] = [found.message.text(language) for language in (LAO, ENGLISH)]
    assert not [word for word in secret for text in said[True] if word in text]
    assert [word for word in (*secret, "H77777") for text in said[False] if word in text]
    assert said[True] != said[False]
