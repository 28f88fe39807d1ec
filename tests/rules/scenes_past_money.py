"""Scenes of the families L, P and X."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from claims_desk.domain import registers as tables
from claims_desk.domain.codes import ClaimState
from claims_desk.domain.facts import Ceiling
from tests.rules.world import (
    BIRTH,
    CAPITATED,
    START,
    STAY,
    VISIT,
    VISIT_PAID_BY_ITEM,
    after,
    earlier,
    exempt,
    had,
    line,
    of_member,
    says,
    silent,
    with_claim,
    with_lines,
    with_registers,
)

OPD = VISIT_PAID_BY_ITEM
SCAN = with_lines(OPD, line(1, "CTX"))
GLASSES = with_lines(OPD, line(1, "GLASS"), line(2, "GLASS"))
BIG = with_lines(OPD, line(1, "BIG"))
THREE_MILLION = with_lines(OPD, line(1, "BIG", price=3_000_000))
OPD_YEAR = tables.ceilings(
    [Ceiling(scheme="SASS", care_type="OPD", period="YEAR", valid_from=START, amount=50_000)],
)
ANY_CLAIM = tables.ceilings(
    [Ceiling(scheme="SASS", care_type="ANY", period="CLAIM", valid_from=START, amount=19_999)],
)
BY_KIND = with_registers(OPD, ceilings=OPD_YEAR)
EIGHT = [earlier(CAPITATED, visit_from=date(2026, 3, n)) for n in range(1, 9)]
FIRST_BIRTH = earlier(BIRTH, visit_from=date(2026, 1, 1))
SAME_DAY = earlier(OPD, visit_from=VISIT)
FORMER_STAY = earlier(STAY, visit_from=date(2026, 3, 8), visit_to=date(2026, 3, 11))
TODAYS_VISIT = with_claim(CAPITATED, visit_from=VISIT)
STRANGER = earlier(STAY, visit_from=VISIT, person_no="P2", member_no="NHI-7000002")
SCANNED = with_claim(STAY, scans=("aa", "bb"))


LIMITS = [
    says("L01", "29 days ago", after(SCAN, earlier(OPD, had("CTX"), visit_from=date(2026, 2, 9))), 1, border=True),
    silent("L01", "30 days ago", after(SCAN, earlier(OPD, had("CTX"), visit_from=date(2026, 2, 8))), border=True),
    says("L01", "by the line's own day", after(SCAN, earlier(OPD, had("CTX", date(2026, 2, 10)), visit_from=START)), 1),
    silent("L01", "the line was denied", after(SCAN, earlier(OPD, had("CTX", VISIT, 0)))),
    silent("L01", "nobody knows how many", after(SCAN, earlier(OPD, had("CTX", VISIT, "NaN")))),
    silent("L01", "the claim was denied", after(SCAN, earlier(OPD, had("CTX", VISIT), state=ClaimState.DENIED))),
    silent("L01", "another person", after(SCAN, earlier(OPD, had("CTX", VISIT), person_no="P2"))),
    silent("L01", "after this one", after(SCAN, earlier(OPD, had("CTX"), visit_from=date(2026, 3, 11)))),
    says("L01", "a pended claim counts", after(SCAN, earlier(OPD, had("CTX", VISIT), state=ClaimState.PENDED)), 1),
    says("L02", "the third of the year", after(GLASSES, earlier(OPD, had("GLASS"))), 2, border=True),
    says("L02", "the third and fourth", after(GLASSES, earlier(OPD, had("GLASS", quantity=2))), 1, 2),
    silent("L02", "nobody knows how many before", after(GLASSES, earlier(OPD, had("GLASS", quantity="1E+99999999")))),
    silent("L02", "the second of the year", GLASSES, border=True),
    silent(
        "L02",
        "of the year before",
        after(GLASSES, earlier(OPD, had("GLASS", quantity=2), visit_from=date(2025, 12, 31))),
    ),
    says("L03", "above the ceiling", BIG),
    says("L03", "one kip above", with_lines(OPD, line(1, "BIG", price=3_000_001)), border=True),
    silent("L03", "the ceiling", THREE_MILLION, border=True),
    silent("L03", "no ceiling for this care", with_claim(BIG, care_type="IPD", visit_to=VISIT)),
    says("L03", "above the ceiling of any care", with_registers(OPD, ceilings=ANY_CLAIM)),
    says("L04", "one kip is missing", after(THREE_MILLION, earlier(OPD, allowed=2_000_001)), border=True),
    silent("L04", "all that is left", after(THREE_MILLION, earlier(OPD, allowed=2_000_000)), border=True),
    silent(
        "L04",
        "of the year before",
        after(THREE_MILLION, earlier(OPD, allowed=9_000_000, visit_from=date(2025, 12, 31))),
    ),
    silent("L04", "under another scheme", after(THREE_MILLION, earlier(OPD, allowed=9_000_000, scheme="SSO"))),
    silent("L04", "denied", after(THREE_MILLION, earlier(OPD, allowed=9_000_000, state=ClaimState.DENIED))),
    says("L04", "of the same kind of care", after(BY_KIND, earlier(OPD, allowed=40_000))),
    silent("L04", "of another kind of care", after(BY_KIND, earlier(OPD, allowed=40_000, care_type="IPD"))),
    says("L05", "61 days", with_claim(STAY, visit_from=date(2026, 1, 10)), border=True),
    silent("L05", "60 days", with_claim(STAY, visit_from=date(2026, 1, 11)), border=True),
    silent("L05", "no last day", with_claim(STAY, visit_to=None)),
    says("L06", "the ninth", after(CAPITATED, *EIGHT), border=True),
    silent("L06", "the eighth", after(CAPITATED, *EIGHT[1:]), border=True),
    silent("L06", "the first of the month", after(with_claim(CAPITATED, visit_from=date(2026, 4, 1)), *EIGHT)),
    silent("L06", "a stay", after(STAY, *EIGHT)),
    says("L07", "a second birth", after(BIRTH, FIRST_BIRTH), border=True),
    silent("L07", "the first", BIRTH, border=True),
    silent("L07", "void", after(BIRTH, replace(FIRST_BIRTH, state=ClaimState.VOID))),
    silent("L07", "of the year before", after(BIRTH, replace(FIRST_BIRTH, visit_from=date(2025, 12, 31)))),
    silent("L07", "under another scheme", after(BIRTH, replace(FIRST_BIRTH, scheme="SASS"))),
]

MONEY = [
    says("P01", "one kip too much", with_claim(STAY, copay_collected=30_001), border=True),
    silent("P01", "what is due", STAY, border=True),
    silent("P01", "exempt", exempt(with_claim(STAY, copay_collected=30_001), "POOR")),
    says("P01", "nothing is due", with_claim(OPD, copay_collected=1)),
    silent("P01", "not known for what care", with_claim(STAY, care_type="", copay_collected=30_001)),
    silent("P01", "not known what was collected", with_claim(STAY, copay_collected=None)),
    says("P02", "not in the register", with_claim(STAY, exemption_claimed="MONK")),
    silent("P02", "in the register", exempt(with_claim(STAY, exemption_claimed="MONK"), "MONK")),
    says("P02", "for another reason", exempt(with_claim(STAY, exemption_claimed="MONK"), "POOR")),
    says(
        "P02",
        "ended the day before",
        exempt(with_claim(STAY, exemption_claimed="POOR"), "POOR", valid_to=date(2026, 3, 9)),
    ),
    silent("P02", "ends on the day", exempt(with_claim(STAY, exemption_claimed="POOR"), "POOR", valid_to=VISIT)),
    says(
        "P02",
        "5 today",
        of_member(with_claim(STAY, exemption_claimed="UNDER5"), birth_date=date(2021, 3, 10)),
        border=True,
    ),
    silent(
        "P02",
        "5 tomorrow",
        of_member(with_claim(STAY, exemption_claimed="UNDER5"), birth_date=date(2021, 3, 11)),
        border=True,
    ),
    silent("P02", "not claimed", STAY),
    says("P03", "one kip", exempt(with_claim(STAY, copay_collected=1), "PREGNANT"), border=True),
    silent("P03", "nothing", exempt(with_claim(STAY, copay_collected=0), "PREGNANT"), border=True),
    silent("P03", "not exempt", STAY),
    says("P03", "5 tomorrow", of_member(STAY, birth_date=date(2021, 3, 11))),
    silent("P03", "5 today", of_member(STAY, birth_date=date(2021, 3, 10))),
    silent("P03", "a scheme that exempts nobody", exempt(with_claim(OPD, copay_collected=1), "POOR")),
    says("P04", "one kip too little", with_claim(STAY, copay_collected=29_999), border=True),
    silent("P04", "what is due", STAY, border=True),
    silent("P04", "exempt", exempt(with_claim(STAY, copay_collected=0), "POOR")),
    silent("P04", "not known what was collected", with_claim(STAY, copay_collected=None)),
]

DOUBLES = [
    says("X01", "the same visit", after(OPD, SAME_DAY), border=True),
    silent("X01", "the next day", after(OPD, replace(SAME_DAY, visit_from=date(2026, 3, 9))), border=True),
    silent("X01", "other care", after(OPD, replace(SAME_DAY, care_type="ANC"))),
    silent("X01", "denied", after(OPD, replace(SAME_DAY, state=ClaimState.DENIED))),
    silent("X01", "another person", after(OPD, replace(SAME_DAY, person_no="P2"))),
    says("X02", "one night", after(STAY, FORMER_STAY), border=True),
    silent("X02", "goes over to the other hospital", after(STAY, replace(FORMER_STAY, visit_to=VISIT)), border=True),
    silent("X02", "an outpatient", after(TODAYS_VISIT, FORMER_STAY)),
    says("X02", "a birth within a stay", after(BIRTH, replace(FORMER_STAY, visit_to=date(2026, 3, 20)))),
    says("X03", "another facility", after(OPD, replace(SAME_DAY, facility_code="DH2")), border=True),
    silent("X03", "the same facility", after(OPD, SAME_DAY)),
    silent(
        "X03",
        "the day before",
        after(OPD, replace(SAME_DAY, facility_code="DH2", visit_from=date(2026, 3, 9))),
        border=True,
    ),
    says("X04", "in the middle of a stay", after(TODAYS_VISIT, FORMER_STAY), border=True),
    silent("X04", "on its last day", after(TODAYS_VISIT, replace(FORMER_STAY, visit_to=VISIT)), border=True),
    silent("X04", "on its first day", after(TODAYS_VISIT, replace(FORMER_STAY, visit_from=VISIT))),
    says("X05", "the same bytes", after(SCANNED, replace(STRANGER, visit_from=START, scans=("bb",))), border=True),
    silent("X05", "other bytes", after(SCANNED, replace(STRANGER, scans=("cc",))), border=True),
    silent("X05", "void", after(SCANNED, replace(STRANGER, scans=("aa",), state=ClaimState.VOID))),
    says("X06", "another number", after(STAY, STRANGER), border=True),
    says("X06", "typed in another way", after(STAY, replace(STRANGER, patient_name="ຄໍາໃສ  ວົງພະຈັນ"))),
    silent("X06", "born on another day", after(STAY, replace(STRANGER, birth_date=date(1980, 1, 13)))),
    silent("X06", "the same number", after(STAY, replace(STRANGER, member_no="NHI-7000001")), border=True),
    silent("X06", "another day", after(STAY, replace(STRANGER, visit_from=date(2026, 3, 9)))),
    silent("X06", "void", after(STAY, replace(STRANGER, state=ClaimState.VOID))),
]
