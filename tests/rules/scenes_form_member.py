"""Scenes of the families A and M."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from claims_desk.domain.codes import ClaimState
from claims_desk.domain.messages import Name
from tests.rules.world import (
    CAPITATED,
    STAY,
    VISIT,
    VISIT_PAID_BY_ITEM,
    Case,
    after,
    cover,
    earlier,
    line,
    of_member,
    says,
    silent,
    under,
    with_claim,
    with_lines,
    with_registers,
)

EXPIRED = cover(valid_to=date(2026, 3, 9))
SAME_FORM = earlier(STAY, form_no="H00001")
DENIED_BEFORE = replace(SAME_FORM, id=7, state=ClaimState.DENIED)
UNKNOWN = replace(STAY, coverages=(), members=(), person_coverages=())
CHILD = under(STAY, cover(relation="CHILD"))
COMMUNITY = under(with_claim(VISIT_PAID_BY_ITEM, scheme="CBHI", member_no="CBHI-7000001"), cover("CBHI"))


def beside_employees(order: int) -> Case:
    """The stay of a person who is covered by SSO as well, with that payer order; NHI has 90."""
    schemes = STAY.registers.schemes
    beside = under(STAY, cover(), others=[cover("SSO")])
    return with_registers(beside, schemes={**schemes, "SSO": replace(schemes["SSO"], payer_order=order)})


FORM = [
    says("A01", "no main diagnosis", with_claim(STAY, diagnosis_main="")),
    says("A01", "one finding a field", with_claim(STAY, form_no="", member_no="", claimed_total=None), 0, 0, 0),
    says("A01", "a stay without a last day", with_claim(STAY, visit_to=None), border=True),
    silent("A01", "an outpatient visit without a last day", CAPITATED, border=True),
    silent("A01", "nothing claimed is not an empty field", with_claim(STAY, claimed_total=0)),
    says("A02", "ends the day before it begins", with_claim(STAY, visit_to=date(2026, 3, 9)), border=True),
    silent("A02", "ends on the day it begins", with_claim(STAY, visit_to=VISIT), border=True),
    silent("A02", "has no last day", with_claim(STAY, visit_to=None)),
    says("A03", "received on the day before its end", with_claim(STAY, received_date=date(2026, 3, 11)), border=True),
    silent("A03", "received on the day of its end", with_claim(STAY, received_date=date(2026, 3, 12)), border=True),
    silent("A03", "no day of receipt", with_claim(STAY, received_date=None)),
    says("A03", "a blank last day is the first", with_claim(CAPITATED, received_date=date(2026, 3, 9))),
    says("A04", "91 days after the visit", with_claim(STAY, received_date=date(2026, 6, 11)), border=True),
    silent("A04", "90 days after the visit", with_claim(STAY, received_date=date(2026, 6, 10)), border=True),
    silent("A04", "no day of receipt", with_claim(STAY, received_date=None)),
    says("A05", "the number stands on an earlier claim", after(STAY, SAME_FORM)),
    says("A05", "of which nothing was paid", after(STAY, DENIED_BEFORE)),
    silent("A05", "which is denied and restored as this one", after(with_claim(STAY, copied_from=7), DENIED_BEFORE)),
    says("A05", "a copy of one that is not denied", after(with_claim(STAY, copied_from=7), replace(SAME_FORM, id=7))),
    says("A05", "restored as this one, and another", after(with_claim(STAY, copied_from=7), DENIED_BEFORE, SAME_FORM)),
    silent("A05", "which is void", after(STAY, replace(SAME_FORM, state=ClaimState.VOID))),
    silent("A05", "of the year before", after(STAY, replace(SAME_FORM, visit_from=date(2025, 12, 31))), border=True),
    says("A05", "of 1 January", after(STAY, replace(SAME_FORM, visit_from=date(2026, 1, 1))), border=True),
    silent("A05", "of another facility", after(STAY, replace(SAME_FORM, facility_code="DH2"))),
    says(
        "A06",
        "a sum beyond all reckoning",
        with_lines(VISIT_PAID_BY_ITEM, line(1, "OPC", 767_999, 10**23), claimed_total=0),
    ),
    says("A06", "one kip too much", with_lines(VISIT_PAID_BY_ITEM, line(1, "OPC"), claimed_total=20_001), border=True),
    says("A06", "half a kip", with_lines(VISIT_PAID_BY_ITEM, line(1, "OPC", "0.5", 1), claimed_total=0)),
    silent("A06", "the exact sum", VISIT_PAID_BY_ITEM, border=True),
    silent("A06", "a fraction that sums", with_lines(VISIT_PAID_BY_ITEM, line(1, "OPC", "1.5"), claimed_total=30_000)),
    silent("A06", "no lines", STAY),
    says("A07", "the field is empty", with_claim(STAY, documents_seen=())),
    says("A07", "none was seen", with_claim(STAY, documents_seen=("NONE",)), border=True),
    silent("A07", "the family book was seen", with_claim(STAY, documents_seen=("FAMILY_BOOK",)), border=True),
    silent("A07", "two were seen", with_claim(STAY, documents_seen=("ID", "CARD"))),
    says("A08", "no signature", with_claim(STAY, signed=False), border=True),
    silent("A08", "signed", STAY),
    silent("A08", "nothing said of it", with_claim(STAY, signed=None), border=True),
    says("A09", "all the same", with_claim(STAY, phone="222222"), border=True),
    says("A09", "running up through 9", with_claim(STAY, phone="78 90 12 3")),
    says("A09", "running down through 0", with_claim(STAY, member_no="NHI-210987")),
    says("A09", "number and telephone", with_claim(STAY, member_no="NHI-111111", phone="123456"), 0, 0),
    silent("A09", "five digits", with_claim(STAY, phone="11111"), border=True),
    silent("A09", "one digit out of step", with_claim(STAY, phone="1234568")),
    says("A10", "the day after", with_lines(VISIT_PAID_BY_ITEM, line(1, "OPC", day=date(2026, 3, 11))), 1, border=True),
    says("A10", "the day before", with_lines(STAY, line(1, "OPC"), line(2, "OPC", day=date(2026, 3, 9))), 2),
    silent("A10", "the last day", with_lines(STAY, line(1, "OPC", day=date(2026, 3, 12))), border=True),
    silent("A10", "no day", VISIT_PAID_BY_ITEM),
]

MEMBERSHIP = [
    says("M01", "no such number", UNKNOWN, border=True),
    says("M01", "proposed for the register", replace(UNKNOWN, proposed=True)),
    silent("M01", "the number is there", STAY, border=True),
    silent("M01", "no number was written", replace(with_claim(STAY, member_no=""), coverages=(), members=())),
    says("M02", "ended the day before", under(STAY, EXPIRED), border=True),
    says("M02", "begins the day after", under(STAY, cover(valid_from=date(2026, 3, 11)))),
    silent("M02", "ends on the day", under(STAY, cover(valid_to=VISIT)), border=True),
    silent("M02", "begins on the day", under(STAY, cover(valid_from=VISIT))),
    silent("M02", "ended, and was renewed", under(STAY, EXPIRED, cover(valid_from=VISIT))),
    says("M03", "suspended", under(STAY, cover(status="SUSPENDED"))),
    silent("M03", "active", STAY),
    silent(
        "M03",
        "suspended once, active now",
        under(STAY, cover(status="SUSPENDED", valid_to=date(2026, 3, 9)), cover(valid_from=VISIT)),
        border=True,
    ),
    says(
        "M03",
        "active until yesterday, suspended now",
        under(STAY, cover(valid_to=date(2026, 3, 9)), cover(status="SUSPENDED", valid_from=VISIT)),
        border=True,
    ),
    says("M04", "died the day before", of_member(STAY, death_date=date(2026, 3, 9)), border=True),
    silent("M04", "died on the day", of_member(STAY, death_date=VISIT), border=True),
    silent("M04", "lives", STAY),
    says("M05", "another sex", with_claim(STAY, sex="M"), border=True),
    silent("M05", "not given", with_claim(STAY, sex="")),
    silent("M05", "the same sex", STAY, border=True),
    says("M06", "367 days apart", with_claim(STAY, birth_date=date(1981, 1, 13)), border=True),
    silent("M06", "366 days apart", with_claim(STAY, birth_date=date(1981, 1, 12)), border=True),
    silent("M06", "not given", with_claim(STAY, birth_date=None)),
    says("M07", "another name", with_claim(STAY, patient_name="ບຸນມີ ສີສະຫວັດ")),
    silent("M07", "the Roman name, the other way round", with_claim(STAY, patient_name="VONGPHACHAN Khamsai")),
    silent("M07", "no space between the names", with_claim(STAY, patient_name="ຄຳໃສວົງພະຈັນ")),
    silent("M07", "another way to type the first vowel", with_claim(STAY, patient_name="ຄໍາໃສ ວົງພະຈັນ")),
    silent("M07", "the register has no name", of_member(STAY, name=Name("", ""))),
    says("M07", "likeness 79", with_claim(STAY, patient_name="Khamsay Vongphaxxxx"), border=True),
    silent("M07", "likeness 80", with_claim(STAY, patient_name="Khamsay Vongphacxxxxx"), border=True),
    silent("M07", "not given", with_claim(STAY, patient_name="")),
    says("M08", "also a civil servant", under(STAY, cover(), others=[cover("SASS")])),
    silent("M08", "the other one is suspended", under(STAY, cover(), others=[cover("SASS", status="SUSPENDED")])),
    silent("M08", "the other one ended", under(STAY, cover(), others=[cover("SASS", valid_to=date(2026, 3, 9))])),
    silent("M08", "it is another person's", under(STAY, cover(), others=[cover("SASS", person_no="P2")])),
    silent("M08", "this one pays first", under(VISIT_PAID_BY_ITEM, cover("SASS"), others=[cover()])),
    says("M08", "the other's order is smaller by one", beside_employees(89), border=True),
    silent("M08", "the other's order is the same", beside_employees(90), border=True),
    silent("M09", "the other's order is smaller by one", beside_employees(89), border=True),
    says("M09", "two of one rank", under(VISIT_PAID_BY_ITEM, cover("SASS"), others=[cover("SSO")]), border=True),
    says("M09", "two numbers of one scheme", under(STAY, cover(), others=[cover(member_no="NHI-7000009")])),
    silent("M09", "two of different rank", under(VISIT_PAID_BY_ITEM, cover("SASS"), others=[cover("CBHI")])),
    silent(
        "M09",
        "the other one ended",
        under(VISIT_PAID_BY_ITEM, cover("SASS"), others=[cover("SSO", valid_to=date(2026, 3, 9))]),
    ),
    says("M10", "89 days covered", under(COMMUNITY, cover("CBHI", valid_from=date(2025, 12, 11))), border=True),
    silent("M10", "90 days covered", under(COMMUNITY, cover("CBHI", valid_from=date(2025, 12, 10))), border=True),
    silent("M10", "nothing to wait for", under(STAY, cover(valid_from=VISIT))),
    says("M11", "18 today", of_member(CHILD, birth_date=date(2008, 3, 10)), border=True),
    silent("M11", "18 tomorrow", of_member(CHILD, birth_date=date(2008, 3, 11)), border=True),
    silent("M11", "the spouse", under(STAY, cover(relation="SPOUSE"))),
]
