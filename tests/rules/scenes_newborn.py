"""Scenes of newborns on the mother's number, and of who moves from one scheme to another in mid-month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from claims_desk.domain.codes import ClaimState
from claims_desk.domain.messages import Name
from tests.rules.world import (
    BIRTH,
    CAPITATED,
    MEMBER,
    STAY,
    VISIT,
    VISIT_PAID_BY_ITEM,
    Case,
    EarlierClaim,
    after,
    cover,
    earlier,
    had,
    line,
    of_member,
    says,
    silent,
    under,
    with_claim,
    with_lines,
)

CHILD = "ລູກ ນາງ ຄຳໃສ"
YEAR_OLD = VISIT - timedelta(days=365)


def baby(case: Case = STAY, days: int = 3, **changes: Any) -> Case:
    """The case of a boy so many days old, on the number of the member as his mother."""
    facts = {"patient_name": CHILD, "sex": "M", "birth_date": VISIT - timedelta(days=days), "copay_collected": 0}
    return with_claim(case, **(facts | changes))


def earlier_of(case: Case, **changes: Any) -> EarlierClaim:
    """An earlier claim of the patient of the case."""
    return earlier(case, **({"person_no": case.person_no} | changes))


BABY = baby()
GIRL = baby(sex="F")
SICK = baby(CAPITATED)
OF_MOTHER = {"visit_from": date(2026, 3, 9), "visit_to": date(2026, 3, 12)}
OF_THIS_STAY = {"visit_from": VISIT, "visit_to": date(2026, 3, 12)}
SEVENTEEN = under(BABY, cover(relation="CHILD"))
SHARED = replace(
    BABY,
    coverages=(cover(), cover(person_no="P2", relation="CHILD")),
    members=(MEMBER, replace(MEMBER, person_no="P2", sex="M", name=Name(CHILD, ""), birth_date=YEAR_OLD)),
)

NEWBORN = [
    silent("M06", "30 days old", baby(days=30), border=True),
    says("M06", "31 days old", baby(days=31), border=True),
    silent("M06", "born today", baby(days=0)),
    says("M06", "the mother's own name: a slip in the date", with_claim(STAY, birth_date=date(2026, 3, 1))),
    silent("M06", "the mother's name, but a boy", baby(patient_name=STAY.claim.patient_name)),
    says("M06", "on a man's number", of_member(BABY, sex="M")),
    silent("M05", "a boy on a woman's number", BABY),
    silent("M07", "another name than hers", BABY),
    silent("M05", "31 days old: the number is said once", baby(days=31)),
    silent("M11", "the mother is covered as a child herself", of_member(SEVENTEEN, birth_date=date(2008, 3, 10))),
    silent("M04", "the mother died", of_member(BABY, death_date=date(2026, 3, 8))),
    says("M02", "her cover ended", under(BABY, cover(valid_to=date(2026, 3, 9)))),
    says("M08", "another scheme of hers pays first", under(BABY, cover(), others=[cover("SASS")])),
    silent("D05", "a diagnosis of the first year", baby(diagnosis_main="P07.1")),
    says("D04", "a woman's diagnosis", baby(diagnosis_main="O82.0")),
    says("T10", "a woman's item", with_lines(SICK, line(1, "PREG")), 1),
    silent("P02", "under five", baby(exemption_claimed="UNDER5")),
    says("P03", "under five, yet paid", baby(copay_collected=30_000)),
    silent("X02", "while the mother is in bed", after(BABY, earlier(BIRTH, **OF_MOTHER))),
    says("X02", "two stays of the same boy", after(BABY, earlier_of(BABY, **OF_MOTHER))),
    silent("X02", "his twin sister", after(BABY, earlier_of(GIRL, **OF_MOTHER))),
    silent("X02", "his twin brother of another name", after(BABY, earlier_of(baby(patient_name="ບຸນ"), **OF_MOTHER))),
    silent("X02", "her stay while the child is in bed", after(STAY, earlier_of(BABY, **OF_MOTHER))),
    silent("X01", "the mother's visit of the same day", after(SICK, earlier(CAPITATED, visit_from=VISIT))),
    says("X01", "the boy's visit of the same day", after(SICK, earlier_of(SICK, visit_from=VISIT))),
    silent("X06", "mother and child", after(BABY, earlier(BIRTH, **OF_THIS_STAY))),
    says("X06", "the same boy under two numbers", after(BABY, earlier_of(BABY, **OF_THIS_STAY, member_no="NHI-9"))),
]

CIVIL = under(VISIT_PAID_BY_ITEM, cover("SASS", valid_from=date(2026, 3, 15)))
POOR = under(STAY, cover(valid_to=date(2026, 3, 14)))
NHI_ENDS = cover(valid_to=date(2026, 3, 14))
WAITS = under(
    with_claim(VISIT_PAID_BY_ITEM, scheme="CBHI", member_no="CBHI-7000001", visit_from=date(2026, 3, 20)),
    cover("CBHI", valid_from=date(2026, 3, 15)),
    others=[NHI_ENDS],
)
SCAN_15 = with_lines(with_claim(CIVIL, visit_from=date(2026, 3, 15)), line(1, "CTX"))
BIG_15 = with_lines(with_claim(CIVIL, visit_from=date(2026, 3, 15)), line(1, "BIG", price=3_000_000))
BIRTH_BEFORE = earlier(BIRTH, visit_from=date(2026, 1, 1))

SWITCH = [
    silent("M02", "the old scheme on its last day", with_claim(POOR, visit_from=date(2026, 3, 14))),
    says("M02", "the old scheme on the day after", with_claim(POOR, visit_from=date(2026, 3, 15))),
    says("M02", "the new scheme the day before", with_claim(CIVIL, visit_from=date(2026, 3, 14))),
    silent("M02", "the new scheme on its first day", with_claim(CIVIL, visit_from=date(2026, 3, 15))),
    silent("M02", "a stay over the change, sent to the old", with_claim(POOR, visit_to=date(2026, 3, 20))),
    says("M02", "a stay over the change, sent to the new", with_claim(CIVIL, visit_from=date(2026, 3, 14))),
    silent(
        "M08",
        "the new one pays first, but had not begun",
        with_claim(
            under(STAY, NHI_ENDS, others=[cover("SASS", valid_from=date(2026, 3, 15))]), visit_from=date(2026, 3, 14)
        ),
    ),
    says("M10", "a scheme one waits for, without a gap", WAITS),
    says("L01", "the interval runs on", after(SCAN_15, earlier(STAY, had("CTX"), visit_from=date(2026, 3, 1))), 1),
    silent("L04", "the ceiling of a scheme is its own", after(BIG_15, earlier(STAY, allowed=4_000_000))),
    says("L04", "a year under one scheme, a gap in it", after(BIG_15, earlier(CIVIL, allowed=4_000_000))),
    silent("L07", "the visits of a scheme are its own", after(BIRTH, replace(BIRTH_BEFORE, scheme="SASS"))),
    says(
        "L06",
        "visits are counted under all schemes",
        after(CAPITATED, *[earlier(CIVIL, visit_from=date(2026, 3, day)) for day in range(1, 9)]),
    ),
    says("X02", "a stay under the old scheme", after(STAY, earlier(CIVIL, care_type="IPD", **OF_MOTHER))),
]

RANKS = [
    says("M08", "of two before it, the first is named", under(STAY, cover(), others=[cover("CBHI"), cover("SASS")])),
    silent("M08", "the scheme is not known", with_claim(under(STAY, cover(), others=[cover("SASS")]), scheme="ZZZ")),
    silent("M08", "the other scheme is not known", under(STAY, cover(), others=[cover("ZZZ")])),
    says("M08", "begins on the day", under(STAY, cover(), others=[cover("SASS", valid_from=VISIT)])),
    says("M08", "ends on the day", under(STAY, cover(), others=[cover("SASS", valid_to=VISIT)])),
    silent("M08", "begins the day after", under(STAY, cover(), others=[cover("SASS", valid_from=date(2026, 3, 11))])),
    says("M08", "also while this cover is suspended", under(STAY, cover(status="SUSPENDED"), others=[cover("SASS")])),
    says("M08", "89 days of 90 waited", under(STAY, cover(), others=[cover("CBHI", valid_from=date(2025, 12, 11))])),
    silent("M09", "the same number under the same scheme", under(STAY, cover(), cover(valid_from=VISIT))),
    silent(
        "M08",
        "denied by the first, the second still does not pay before it",
        after(under(VISIT_PAID_BY_ITEM, cover("SASS"), others=[cover()]), earlier(STAY, state=ClaimState.DENIED)),
    ),
]
