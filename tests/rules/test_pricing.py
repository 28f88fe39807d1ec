"""What a claim is worth, step by step."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from claims_desk.domain import registers as tables
from claims_desk.domain.codes import Decision
from claims_desk.domain.facts import Ceiling, Copayment
from claims_desk.domain.judgement import Case, Judgement
from claims_desk.rules.engine import judge
from claims_desk.rules.pricing import amount_due
from tests.rules.world import (
    CAPITATED,
    START,
    STAY,
    VISIT_PAID_BY_ITEM,
    after,
    codes,
    cover,
    earlier,
    exempt,
    had,
    line,
    of_member,
    under,
    with_claim,
    with_lines,
    with_registers,
)

OPD = VISIT_PAID_BY_ITEM
COMMUNITY = under(with_claim(OPD, scheme="CBHI", member_no="CBHI-7000001", copay_collected=None), cover("CBHI"))


def amounts(case: Case) -> tuple[int, int, int]:
    """Allowed, co-payment due and payable."""
    judged = judge(case)
    return judged.allowed, judged.copay_due, judged.payable


def quantities(judged: Judgement) -> list[tuple[int, int]]:
    """Quantity and allowed of each line."""
    return [(row.quantity, row.allowed) for row in judged.lines]


def told(case: Case) -> list[str]:
    """The explanation in English."""
    return [step.text("en") for step in judge(case).explanation]


def test_a_stay_is_paid_its_case_rate_less_the_co_payment() -> None:
    assert amounts(STAY) == (450_000, 30_000, 420_000)
    assert told(STAY) == [
        "NHI, IPD at DH: paid by case rate.",
        "Case rate MED at DH from 1/1/2025: 450.000",
        "Co-payment 30.000",
        "Payable: 450.000 - 30.000 = 420.000",
    ]


def test_extra_items_come_on_top_of_the_case_rate_and_other_lines_are_kept_for_costing() -> None:
    judged = judge(with_lines(STAY, line(1, "SURG", 2), line(2, "LAB")))
    assert judged.allowed == 650_000
    assert quantities(judged) == [(2, 200_000), (1, 0)]


def test_under_capitation_only_extra_items_are_allowed_and_nothing_is_deducted() -> None:
    assert amounts(with_lines(CAPITATED, line(1, "SURG"), line(2, "OPC"))) == (100_000, 10_000, 100_000)


def test_under_capitation_the_percentage_of_the_co_payment_is_not_due() -> None:
    row = Copayment(scheme="NHI", level="DH", care_type="OPD", valid_from=START, amount=10_000, percent=Decimal(50))
    case = with_registers(with_lines(CAPITATED, line(1, "SURG")), copayments=tables.copayments([row]))
    assert amounts(case) == (100_000, 10_000, 100_000)


def test_the_lower_of_unit_price_and_tariff_is_allowed() -> None:
    assert amounts(with_lines(OPD, line(1, "OPC", 2, 25_000), line(2, "LAB", 1, 9_000))) == (49_000, 0, 49_000)


def test_a_line_is_priced_by_its_own_day() -> None:
    outside = with_lines(OPD, line(1, "OPC"), line(2, "LAB", day=date(2024, 12, 31)))
    assert quantities(judge(outside)) == [(1, 20_000), (0, 0)]


def test_a_denied_line_is_nought_and_does_not_stop_the_claim() -> None:
    judged = judge(with_lines(OPD, line(1, "OPC"), line(2, "COSM")))
    assert (judged.decision, judged.payable) == (Decision.ACCEPT, 20_000)
    assert quantities(judged) == [(1, 20_000), (0, 0)]


def test_a_line_that_is_asked_about_is_priced_as_far_as_known() -> None:
    judged = judge(with_lines(OPD, line(1, "WARD"), line(2, "OPX"), line(3, "OPC", "1.5")))
    assert judged.decision is Decision.PEND
    assert quantities(judged) == [(1, 40_000), (1, 0), (0, 0)]


def test_the_day_is_cut_before_the_year() -> None:
    both = OPD.registers.items["GLASS"]
    items = OPD.registers.items | {
        "GLASS": type(both)(code="GLASS", kind="SERVICE", name=both.name, max_per_day=3, max_per_year=4)
    }
    case = after(
        with_lines(with_registers(OPD, items=items), line(1, "GLASS", 5)), earlier(OPD, had("GLASS", quantity=2))
    )
    assert codes(case) == ["T07", "L02"]
    assert quantities(judge(case)) == [(2, 160_000)]


def test_a_denied_line_uses_up_nothing_of_the_year() -> None:
    case = with_lines(OPD, line(1, "GLASS", 2, day=date(2024, 12, 31)), line(2, "GLASS", 2))
    assert quantities(judge(case)) == [(0, 0), (2, 160_000)]


def test_the_ceiling_per_claim_is_cut_before_the_ceiling_per_year() -> None:
    case = after(with_lines(OPD, line(1, "BIG")), earlier(OPD, allowed=3_000_000))
    assert codes(case) == ["L03", "L04"]
    assert amounts(case) == (2_000_000, 0, 2_000_000)
    assert "Ceiling per claim 3.000.000: cut from 4.000.000" in told(case)
    assert "Ceiling per member and year 5.000.000, used 3.000.000: cut from 3.000.000 to 2.000.000" in told(case)


def test_nothing_is_left_of_a_ceiling_that_was_passed_before() -> None:
    case = after(OPD, earlier(OPD, allowed=6_000_000))
    assert (judge(case).decision, *amounts(case)) == (Decision.ACCEPT, 0, 0, 0)


def test_of_two_ceilings_per_year_the_tighter_one_cuts() -> None:
    rows = [
        Ceiling(scheme="SASS", care_type=care, period="YEAR", valid_from=START, amount=kip)
        for care, kip in (("OPD", 15_000), ("ANY", 12_000))
    ]
    assert amounts(with_registers(OPD, ceilings=tables.ceilings(rows))) == (12_000, 0, 12_000)


def test_a_percentage_is_taken_of_what_is_allowed_and_rounded_down() -> None:
    assert amounts(with_lines(COMMUNITY, line(1, "OPC", 1, 19_999))) == (19_999, 2_999, 17_000)
    assert "Co-payment 0 + 15 % of 19.999 = 2.999" in told(with_lines(COMMUNITY, line(1, "OPC", 1, 19_999)))


@pytest.mark.parametrize(
    ("allowed", "percent", "due"),
    [(1, "99.99", 0), (3, "33.34", 1), (10**15 + 1, "0.1", 10**12), (10**27 + 9, "10", 10**26), (0, "15", 0)],
)
def test_percentages_are_exact_however_large_the_amount(allowed: int, percent: str, due: int) -> None:
    row = Copayment(scheme="S", level="DH", care_type="OPD", valid_from=START, amount=0, percent=Decimal(percent))
    assert amount_due(row, allowed) == due


@pytest.mark.parametrize(
    ("category", "called"), [("POOR", "Poor"), ("MONK", "Monk or novice"), ("PREGNANT", "Pregnant")]
)
def test_an_exempt_patient_owes_nothing(category: str, called: str) -> None:
    case = exempt(with_claim(STAY, copay_collected=0), category)
    assert amounts(case) == (450_000, 0, 450_000)
    assert f"Co-payment 30.000, exempt: {called}" in told(case)


def test_a_child_under_five_owes_nothing() -> None:
    assert amounts(of_member(STAY, birth_date=date(2021, 3, 11)))[1] == 0
    assert amounts(of_member(STAY, birth_date=date(2021, 3, 10)))[1] == 30_000


def test_a_child_of_29_february_is_five_on_1_march() -> None:
    leapling = of_member(under(STAY, cover(valid_from=START)), birth_date=date(2020, 2, 29))
    assert amounts(with_claim(leapling, visit_from=date(2025, 2, 28)))[1] == 0
    assert amounts(with_claim(leapling, visit_from=date(2025, 3, 1)))[1] == 30_000


def test_a_co_payment_above_the_price_leaves_nothing_to_pay() -> None:
    row = Copayment(scheme="SASS", level="DH", care_type="OPD", valid_from=START, amount=25_000)
    assert amounts(with_registers(OPD, copayments=tables.copayments([row]))) == (20_000, 25_000, 0)


def test_nothing_is_allowed_or_payable_on_a_denied_claim_but_the_co_payment_stays_due() -> None:
    judged = judge(with_claim(with_lines(STAY, line(1, "SURG")), received_date=date(2027, 1, 1)))
    assert (judged.decision, judged.allowed, judged.copay_due, judged.payable) == (Decision.DENY, 0, 30_000, 0)
    assert quantities(judged) == [(1, 0)]
    assert judged.explanation[-1].text("en") == "The claim is denied: nothing is paid."


def test_the_amounts_of_a_pended_claim_are_shown_as_provisional() -> None:
    case = with_claim(STAY, signed=False)
    assert amounts(case) == (450_000, 30_000, 420_000)
    assert told(case)[-1].startswith("Provisional")


def test_a_claim_without_a_payment_method_has_no_price() -> None:
    assert amounts(with_claim(with_lines(CAPITATED, line(1, "SURG")), care_type="PNC")) == (0, 0, 0)


def test_deny_goes_before_pend_and_pend_before_accept() -> None:
    unsigned = with_claim(STAY, signed=False)
    assert judge(unsigned).decision is Decision.PEND
    assert judge(with_claim(unsigned, received_date=date(2027, 1, 1))).decision is Decision.DENY


def test_two_persons_of_one_number_are_told_apart_by_the_form() -> None:
    mother, son = STAY.members[0], type(STAY.members[0])
    child = son(person_no="P2", name=mother.name, sex="M", birth_date=date(2020, 5, 1), district_code="1003")
    shared = under(with_claim(STAY, sex="M", birth_date=date(2020, 5, 2)), cover(), cover(person_no="P2"))
    case = Case(shared.claim, shared.registers, shared.coverages, (mother, child), shared.person_coverages)
    assert case.member is child
    assert "M05" not in codes(case)
