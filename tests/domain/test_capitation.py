"""The arithmetic of capitation: four quarters make the year to the kip, in whatever order they are paid."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims_desk.domain.capitation import PaidQuarter, months_due, share_of_quarter
from claims_desk.domain.quarters import Quarter, quarter_of

AMOUNTS = st.integers(0, 10**12)
ORDERS = st.permutations([1, 2, 3, 4])


def pay(order, terms):
    """The quarters paid one after another; `terms` is the year's amount by each quarter's terms."""
    paid = []
    for number in order:
        paid.append(PaidQuarter(number, terms[number], share_of_quarter(number, terms[number], paid)))
    return paid


@pytest.mark.parametrize(
    ("year", "quarters"),
    [
        (0, [0, 0, 0, 0]),
        (1, [0, 0, 0, 1]),
        (3, [0, 0, 0, 3]),
        (4, [1, 1, 1, 1]),
        (7, [1, 1, 1, 4]),
        (160_037_001, [40_009_250, 40_009_250, 40_009_250, 40_009_251]),
    ],
)
def test_the_fourth_quarter_pays_what_the_others_left_over(year, quarters):
    assert [each.amount for each in pay([1, 2, 3, 4], dict.fromkeys(range(1, 5), year))] == quarters


@given(AMOUNTS, ORDERS)
def test_a_year_on_unchanged_terms_pays_exactly_its_amount_in_any_order(year, order):
    paid = pay(order, dict.fromkeys(range(1, 5), year))
    assert sum(each.amount for each in paid) == year
    assert all(0 <= each.amount - year // 4 <= 3 for each in paid)


@given(st.tuples(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS), ORDERS)
def test_changed_terms_pay_the_exact_quarters_rounded_down_once(amounts, order):
    paid = pay(order, dict(enumerate(amounts, start=1)))
    assert sum(each.amount for each in paid) == sum(amounts) // 4
    for each in paid:
        assert 0 <= each.amount - each.year_amount // 4 <= 3


@given(st.tuples(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS), st.sets(st.sampled_from([1, 2, 3, 4]), min_size=1), ORDERS)
def test_a_quarter_never_paid_is_no_part_of_the_year(amounts, entitled, order):
    paid = pay([number for number in order if number in entitled], dict(enumerate(amounts, start=1)))
    exact = sum(amounts[number - 1] for number in entitled)
    whole = exact // 4 if 4 in entitled else sum(amounts[number - 1] // 4 for number in entitled)
    assert sum(each.amount for each in paid) == whole


@given(st.tuples(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS), st.integers(1, 4), AMOUNTS)
def test_a_quarter_taken_back_and_paid_on_other_terms_never_pays_below_nothing(amounts, again, corrected):
    paid = pay([1, 2, 3, 4], dict(enumerate(amounts, start=1)))
    others = [each for each in paid if each.number != again]
    assert share_of_quarter(again, corrected, others) >= 0
    assert share_of_quarter(again, amounts[again - 1], others) == paid[again - 1].amount


def test_the_days_of_a_quarter():
    assert Quarter(2026, 3).months == (date(2026, 7, 1), date(2026, 8, 1), date(2026, 9, 1))
    assert Quarter(2026, 1).before == Quarter(2025, 4)
    assert Quarter(2026, 4).before == Quarter(2026, 3)
    assert [quarter_of(date(2026, month, 28)).number for month in (1, 3, 4, 12)] == [1, 1, 2, 4]


def test_returns_are_due_of_months_that_ended():
    assert months_due(Quarter(2026, 1), date(2026, 2, 1)) == (
        *Quarter(2025, 4).months,
        date(2026, 1, 1),
    )
    assert months_due(Quarter(2026, 1), date(2026, 1, 31)) == Quarter(2025, 4).months
