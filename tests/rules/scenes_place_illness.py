"""Scenes of the families F, R and D."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from claims_desk.domain import registers as tables
from claims_desk.domain.codes import ClaimState
from claims_desk.domain.facts import Contract
from claims_desk.domain.judgement import Case
from tests.rules.world import (
    BIRTH,
    CAPITATED,
    STAY,
    VISIT,
    VISIT_PAID_BY_ITEM,
    after,
    cover,
    earlier,
    in_bundle,
    of_member,
    says,
    silent,
    under,
    with_claim,
    with_registers,
)

REFERRED = with_claim(STAY, facility_code="PH1", referred_from="DH1", referral_date=VISIT)
UNREFERRED = with_claim(STAY, facility_code="PH1")
COMMUNITY_HOSPITAL = with_claim(VISIT_PAID_BY_ITEM, facility_code="PH1", scheme="CBHI", member_no="CBHI-7000001")
RED = under(with_claim(COMMUNITY_HOSPITAL, referral_date=VISIT), cover("CBHI", option="RED"))
MAN = of_member(with_claim(STAY, sex="M"), sex="M")
FUTURE = tables.contracts([Contract(facility_code="DH1", scheme="NHI", valid_from=date(2026, 3, 11))])
TODAY = tables.contracts([Contract(facility_code="DH1", scheme="NHI", valid_from=VISIT, valid_to=VISIT)])

ENDS_28_FEBRUARY = with_claim(STAY, visit_from=date(2026, 2, 27), visit_to=date(2026, 2, 28))
ENDS_1_MARCH = with_claim(ENDS_28_FEBRUARY, visit_to=date(2026, 3, 1))


def restored_in_may(month: date | None = date(2026, 3, 1)) -> Case:
    """The stay in the bundle of May, keyed after the denied claim of it in the bundle of `month`."""
    denied = replace(earlier(STAY), id=7, state=ClaimState.DENIED, month=month)
    return after(in_bundle(with_claim(STAY, copied_from=7), month=date(2026, 5, 1)), denied)


RESTORED_IN_MAY = restored_in_may()

FACILITY = [
    says("F01", "nobody's code", with_claim(STAY, facility_code="DH0"), border=True),
    silent("F01", "a known code", STAY, border=True),
    silent("F01", "no code", with_claim(STAY, facility_code="")),
    says(
        "F02", "closed the day before", with_claim(STAY, facility_code="DH2", visit_from=date(2026, 3, 11)), border=True
    ),
    silent("F02", "closes at the end of the day", with_claim(STAY, facility_code="DH2"), border=True),
    silent("F02", "open ends", REFERRED),
    says("F03", "a contract from tomorrow", with_registers(STAY, contracts=FUTURE), border=True),
    silent("F03", "a contract of this day", with_registers(STAY, contracts=TODAY), border=True),
    silent("F03", "an unknown facility", with_claim(STAY, facility_code="DH0")),
    says("F04", "care of which nothing is said", with_claim(CAPITATED, care_type="PNC")),
    says("F04", "before the method began", with_claim(STAY, visit_from=date(2024, 12, 31)), border=True),
    silent("F04", "on the day it began", with_claim(STAY, visit_from=date(2025, 1, 1)), border=True),
    silent("F04", "no care type", with_claim(STAY, care_type="")),
    says("F05", "another one's bundle", in_bundle(STAY, facility_code="DH2"), border=True),
    silent("F05", "its own bundle", in_bundle(STAY), border=True),
    silent("F05", "came alone", STAY),
    says("F06", "a visit that ended in the next month", in_bundle(STAY, month=date(2026, 2, 1))),
    silent("F06", "a visit that began in the month before", in_bundle(with_claim(STAY, visit_from=date(2026, 2, 28)))),
    says("F06", "a visit that ended in the month before", in_bundle(ENDS_28_FEBRUARY), border=True),
    silent("F06", "a visit that ended on the first of it", in_bundle(ENDS_1_MARCH), border=True),
    says("F06", "the same month of another year", in_bundle(STAY, month=date(2025, 3, 1))),
    silent("F06", "came alone", STAY),
    silent("F06", "restored in a later bundle", RESTORED_IN_MAY, border=True),
    says("F06", "restored, its day mended into another month", with_claim(RESTORED_IN_MAY, visit_to=date(2026, 4, 1))),
    silent("F06", "restored, the denied one came alone", restored_in_may(month=None)),
]

REFERRAL = [
    says("R01", "walked into a provincial hospital", UNREFERRED, border=True),
    silent("R01", "a district hospital", STAY, border=True),
    silent("R01", "an emergency", with_claim(UNREFERRED, emergency=True)),
    silent("R01", "referred", REFERRED),
    silent("R01", "free access", under(COMMUNITY_HOSPITAL, cover("CBHI", option="BLUE"))),
    says("R01", "the other option", under(COMMUNITY_HOSPITAL, cover("CBHI", option="RED"))),
    silent("R01", "a level the scheme does not name", with_claim(VISIT_PAID_BY_ITEM, facility_code="PH1")),
    says("R02", "from nobody", with_claim(REFERRED, referred_from="DH0")),
    says("R02", "between equals", with_claim(REFERRED, referred_from="PH2"), border=True),
    says("R02", "downwards", with_claim(REFERRED, referred_from="CH1")),
    silent("R02", "upwards", REFERRED, border=True),
    silent("R02", "past a level", with_claim(REFERRED, referred_from="HC1")),
    says("R02", "RED past the district hospital", with_claim(RED, referred_from="HC1")),
    silent("R02", "RED through the district hospital", with_claim(RED, referred_from="DH1")),
    silent("R02", "RED to the district hospital", with_claim(RED, facility_code="DH1", referred_from="HC1")),
    says("R03", "no day", with_claim(REFERRED, referral_date=None)),
    says("R03", "the day after", with_claim(REFERRED, referral_date=date(2026, 3, 11))),
    says("R03", "31 days before", with_claim(REFERRED, referral_date=date(2026, 2, 7)), border=True),
    silent("R03", "30 days before", with_claim(REFERRED, referral_date=date(2026, 2, 8)), border=True),
    silent("R03", "on the day", REFERRED),
    silent("R03", "no referral", STAY),
    says("R03", "too late, no facility", with_claim(REFERRED, referred_from="", referral_date=date(2026, 3, 11))),
    silent("R03", "in time, no facility", with_claim(REFERRED, referred_from="", referral_date=date(2026, 2, 8))),
    says("R04", "from another province", of_member(STAY, district_code="0101"), border=True),
    silent("R04", "of the province", STAY, border=True),
    silent("R04", "an emergency", of_member(with_claim(STAY, emergency=True), district_code="0101")),
    silent("R04", "referred", of_member(REFERRED, district_code="0101")),
    silent("R04", "the register has no district", of_member(STAY, district_code="")),
]

DIAGNOSIS = [
    says(
        "D01",
        "one finding a code",
        with_claim(STAY, diagnosis_2="ZZ", diagnosis_3="QQ", diagnosis_4="ZZ"),
        0,
        0,
        border=True,
    ),
    silent("D01", "known codes", with_claim(STAY, diagnosis_2="I10"), border=True),
    silent("D01", "no code", with_claim(STAY, diagnosis_main="")),
    says("D02", "ended the day before", with_claim(STAY, diagnosis_2="A90", visit_from=date(2026, 3, 11)), border=True),
    says("D02", "begins the day after", with_claim(STAY, diagnosis_main="A97")),
    silent("D02", "ends on the day", with_claim(STAY, diagnosis_main="A90"), border=True),
    silent("D02", "open ends", STAY),
    says("D03", "a category", with_claim(STAY, diagnosis_main="J18"), border=True),
    silent("D03", "a subcategory", STAY, border=True),
    silent("D03", "a category that is not the main one", with_claim(STAY, diagnosis_2="J18")),
    says("D04", "a man's", with_claim(STAY, diagnosis_2="N40"), border=True),
    silent("D04", "a man's of a man", with_claim(MAN, diagnosis_main="N40"), border=True),
    silent("D04", "anybody's", STAY),
    says(
        "D05",
        "the first birthday",
        of_member(with_claim(STAY, diagnosis_main="P07.1"), birth_date=date(2025, 3, 10)),
        border=True,
    ),
    silent(
        "D05",
        "the day before it",
        of_member(with_claim(STAY, diagnosis_main="P07.1"), birth_date=date(2025, 3, 11)),
        border=True,
    ),
    silent("D05", "no limits", STAY),
    says("D06", "the first cause", with_claim(STAY, diagnosis_main="V01.9")),
    says("D06", "the last cause", with_claim(STAY, diagnosis_main="Y98"), border=True),
    silent("D06", "the code after it", with_claim(STAY, diagnosis_main="Y99"), border=True),
    silent("D06", "a second diagnosis", with_claim(STAY, diagnosis_2="V01.9")),
    says("D07", "none of the beginnings", with_claim(BIRTH, diagnosis_main="O82.0"), border=True),
    silent("D07", "one of the beginnings", BIRTH, border=True),
    silent("D07", "the group takes all", STAY),
    silent("D07", "an unknown group", with_claim(BIRTH, case_group="NOBODY", diagnosis_main="O82.0")),
    says("D08", "given twice", with_claim(STAY, diagnosis_3="J18.9"), border=True),
    silent("D08", "two codes of one category", with_claim(STAY, diagnosis_2="J18"), border=True),
    silent("D08", "two empty fields", STAY),
]
