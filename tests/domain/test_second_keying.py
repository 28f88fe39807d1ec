"""Two keyings of one form, laid side by side."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from claims_desk.domain.facts import Claim, Line
from claims_desk.domain.second_keying import Difference, differences, errors_of, fields_compared, with_values
from tests.small_office import form, line

LINES = st.lists(
    st.builds(
        lambda item, quantity, price: (item, quantity, price),
        st.sampled_from(["CONS", "PARA", "XRAY", "AMOX", ""]),
        st.integers(1, 9),
        st.sampled_from([5000, 15000]),
    ),
    max_size=7,
)


def keyed(lines: list[tuple[str, int, int]]) -> Claim:
    numbered = enumerate(lines, start=1)
    return form("F-1", lines=tuple(line(number, item, count, price) for number, (item, count, price) in numbered))


def test_a_line_left_out_is_one_line_that_differs_not_all_below_it() -> None:
    first = keyed([("CONS", 1, 15000), ("PARA", 2, 5000), ("XRAY", 1, 60000), ("AMOX", 3, 900)])
    second = replace(first, lines=tuple(replace(row, line_no=row.line_no - 1) for row in first.lines[1:]))
    assert [one.field for one in differences(first, second)] == [
        f"lines.1.{field}" for field in ("item_code", "service_date", "quantity", "unit_price")
    ]
    assert fields_compared(first, second) == 15 + 4 * 4


def test_a_line_only_the_second_has_follows_after_the_last() -> None:
    first = keyed([("CONS", 1, 15000), ("PARA", 2, 5000)])
    second = keyed([("CONS", 1, 15000), ("XRAY", 1, 60000), ("PARA", 2, 5000)])
    found = differences(first, second)
    assert {one.field.rpartition(".")[0] for one in found} == {"lines.3"}
    assert [one.first for one in found] == [""] * 4
    after = with_values(first, {one.field: one.second for one in found})
    assert [row.item_code for row in after.lines] == ["CONS", "PARA", "XRAY"]


@given(LINES)
def test_a_form_keyed_the_same_does_not_differ(lines: list[tuple[str, int, int]]) -> None:
    assert differences(keyed(lines), keyed(lines)) == []


@given(LINES, LINES)
def test_taking_every_value_of_the_second_gives_its_lines(
    ours: list[tuple[str, int, int]], theirs: list[tuple[str, int, int]]
) -> None:
    first, second = keyed(ours), keyed(theirs)
    found = differences(first, second)
    taken = with_values(first, {one.field: one.second for one in found})
    assert sorted(map(content, taken.lines)) == sorted(map(content, second.lines))
    assert with_values(first, {one.field: one.first for one in found}) == first


def content(row: Line) -> tuple[str, Decimal, int]:
    assert row.quantity is not None
    assert row.unit_price is not None
    return row.item_code, row.quantity, row.unit_price


def test_who_erred_is_counted_for_each_of_the_two() -> None:
    decided = [
        Difference("member_no", "N-1", "N-2").decided("N-2"),
        Difference("scheme", "NHI", "SASS").decided("NHI"),
        Difference("claimed_total", "1", "2").decided("3"),
    ]
    assert (errors_of(decided, "first"), errors_of(decided, "second")) == (2, 2)
