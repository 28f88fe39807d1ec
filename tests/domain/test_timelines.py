"""What holds on a day before and after a change, held against day by day bookkeeping."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims_desk.domain.quarters import Quarter, quarter_of
from claims_desk.domain.timelines import Stretch, brought_forward, changed_from, ended_before, on

START = date(2026, 1, 1)
DAYS = [START + timedelta(days=n) for n in range(40)]
AFTER_ALL = date(2199, 12, 31)
Line = Sequence[Stretch[int]]

days = st.sampled_from(DAYS)
changes = st.lists(st.tuples(days, st.one_of(st.none(), st.integers(0, 9))), max_size=12)


def held(line: Line) -> list[int | None]:
    """The value on each day, and long after."""
    return [one.value if (one := on(line, day)) else None for day in [*DAYS, AFTER_ALL]]


def step(line: Line, day: date, value: int | None) -> Line:
    return ended_before(line, day) if value is None else changed_from(line, day, value)


@given(changes)
def test_after_any_changes_at_most_one_row_holds_on_a_day(steps: list[tuple[date, int | None]]) -> None:
    line: Line = []
    for day, value in steps:
        line = step(line, day, value)
        assert all(one.valid_to is None or one.valid_from <= one.valid_to for one in line)
        assert all(a.valid_to is not None and a.valid_to < b.valid_from for a, b in pairwise(line))


@given(changes, days, st.one_of(st.none(), st.integers(10, 19)))
def test_days_outside_the_change_keep_their_value(
    steps: list[tuple[date, int | None]], day: date, value: int | None
) -> None:
    line: Line = []
    for each in steps:
        line = step(line, *each)
    there = on(line, day)
    last = _last_day(line, day, there)
    after = step(line, day, value)
    for each_day in [*DAYS, AFTER_ALL]:
        within = day <= each_day <= last and (value is not None or there is not None)
        found, before = on(after, each_day), on(line, each_day)
        assert (found and found.value) == (value if within else before and before.value)


def _last_day(line: Line, day: date, there: Stretch[int] | None) -> date:
    if there is not None:
        return there.valid_to or date.max
    return min((one.valid_from - timedelta(days=1) for one in line if one.valid_from > day), default=date.max)


@given(changes, days, days)
def test_brought_forward_holds_from_the_first_day_what_held_on_the_later(
    steps: list[tuple[date, int | None]], one: date, other: date
) -> None:
    line: Line = []
    for each in steps:
        line = step(line, *each)
    first, day = min(one, other), max(one, other)
    before, after = held(line), held(brought_forward(line, day, first))
    low, high = DAYS.index(first), DAYS.index(day)
    assert after[:low] == before[:low]
    assert after[low : high + 1] == [before[high]] * (high + 1 - low)
    assert after[high:] == before[high:]


def test_what_is_planned_keeps_its_days() -> None:
    planned = Stretch(DAYS[20], None, 2)
    line = changed_from([Stretch(DAYS[0], DAYS[19], 1), planned], DAYS[10], 5)
    assert line == [Stretch(DAYS[0], DAYS[9], 1), Stretch(DAYS[10], DAYS[19], 5), planned]


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 6, 30), date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 12, 31), date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_a_day_lies_in_its_quarter(day: date, first: date, last: date) -> None:
    assert (quarter_of(day).first, quarter_of(day).last) == (first, last)


def test_the_quarter_before_the_first_is_the_fourth_of_last_year() -> None:
    assert Quarter(2026, 1).before == Quarter(2025, 4)
