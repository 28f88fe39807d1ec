"""Kip, days and amounts in words."""

from __future__ import annotations

import time
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims_desk.domain.dates import (
    BuddhistYear,
    NotADay,
    completed_years,
    day_begins,
    format_day,
    month_end,
    month_start,
    months_before,
    office_day,
    parse_day,
    parse_typed_day,
)
from claims_desk.domain.lao_words import BILLIONS, TEN_THOUSANDS, amount_in_words
from claims_desk.domain.money import LARGEST_KIP, format_kip, format_tenths, parse_kip, use_separator

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
KIP = st.integers(-LARGEST_KIP, LARGEST_KIP)


@pytest.mark.parametrize(
    "written", ["1.234.567", "1,234,567", "1 234 567", "1234567", "໑.໒໓໔.໕໖໗", " 1\u00a0234\u00a0567 "]
)
def test_an_amount_is_read_in_every_grouping_of_lao_papers(written: str) -> None:
    assert parse_kip(written) == 1_234_567


@pytest.mark.parametrize(
    "written", ["12.5", "1,5", "1.234,567", "1.2345", "", "abc", "1e3", "12.50", "๑๒", "9999999999999"]
)
def test_a_part_of_a_kip_or_a_mixed_grouping_is_no_amount(written: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_kip(written)


@given(KIP)
def test_an_amount_shown_reads_back_as_itself(kip: int) -> None:
    assert parse_kip(format_kip(kip)) == kip


@given(KIP)
def test_an_amount_shown_with_commas_reads_back_as_itself(kip: int) -> None:
    use_separator(",")
    try:
        assert parse_kip(format_kip(kip)) == kip
    finally:
        use_separator(".")


@given(DAYS)
def test_a_day_shown_reads_back_as_itself(day: date) -> None:
    assert parse_day(format_day(day)) == day == parse_day(day.isoformat())


@pytest.mark.parametrize("written", ["10/3/2569", "2569-03-10", "໑໐/໓/໒໕໖໙", "1/1/2443", "1/1/2743"])
def test_a_buddhist_year_is_told_apart_from_other_nonsense(written: str) -> None:
    with pytest.raises(BuddhistYear):
        parse_day(written)


@pytest.mark.parametrize(
    "written", ["31/12/1899", "1/1/2201", "29/2/2025", "10/3", "10.3.2026", "3/10/26", "", "0/1/2026"]
)
def test_what_is_no_day_of_our_calendar_is_refused(written: str) -> None:
    with pytest.raises(NotADay) as refused:
        parse_day(written)
    assert not isinstance(refused.value, BuddhistYear)


def test_a_clerk_types_days_the_short_way() -> None:
    today = date(2026, 3, 10)
    assert parse_typed_day("t", today) == today
    assert parse_typed_day("+2", today, start=date(2026, 1, 30)) == date(2026, 2, 1)
    assert parse_typed_day("໑/໒", today) == date(2026, 2, 1)
    assert parse_typed_day("2025-12-31", today) == date(2025, 12, 31)


def test_a_day_after_the_last_year_is_none_however_it_is_typed() -> None:
    for typed in ("+1", "1/1/2201"):
        with pytest.raises(NotADay):
            parse_typed_day(typed, date(2026, 3, 10), start=date(2200, 12, 31))


def test_a_person_born_on_29_february_completes_a_year_on_1_march() -> None:
    assert completed_years(date(2024, 2, 29), date(2025, 2, 28)) == 0
    assert completed_years(date(2024, 2, 29), date(2025, 3, 1)) == 1


def test_a_month_begins_on_its_first_day() -> None:
    assert month_start(date(2026, 2, 28)) == date(2026, 2, 1)


@pytest.mark.parametrize(("count", "month"), [(0, (2026, 3)), (3, (2025, 12)), (14, (2025, 1)), (10**6, (1, 1))])
def test_months_before_go_over_the_year_and_stop_where_the_calendar_begins(count: int, month: tuple[int, int]) -> None:
    assert months_before(date(2026, 3, 31), count) == date(month[0], month[1], 1)


@pytest.mark.parametrize(("day", "last"), [((2026, 2, 1), 28), ((2028, 2, 29), 29), ((2026, 12, 31), 31)])
def test_a_month_has_its_own_last_day(day: tuple[int, int, int], last: int) -> None:
    assert month_end(date(*day)) == date(day[0], day[1], last)


@pytest.mark.parametrize(("tenths", "written"), [(0, "0,0"), (125, "12,5"), (-125, "-12,5"), (-5, "-0,5")])
def test_tenths_have_the_mark_that_groups_no_kip(tenths: int, written: str) -> None:
    assert format_tenths(tenths) == written
    use_separator(",")
    try:
        assert format_tenths(tenths) == written.replace(",", ".")
    finally:
        use_separator(".")


@pytest.mark.parametrize(
    ("kip", "words"),
    [
        (0, "ສູນ"),
        (1, "ໜຶ່ງ"),
        (10, "ສິບ"),
        (11, "ສິບເອັດ"),
        (20, "ຊາວ"),
        (21, "ຊາວເອັດ"),
        (31, "ສາມສິບເອັດ"),
        (100, "ໜຶ່ງຮ້ອຍ"),
        (1_000, "ໜຶ່ງພັນ"),
        (10_000, "ສິບພັນ"),
        (100_000, "ໜຶ່ງແສນ"),
        (10**6, "ໜຶ່ງລ້ານ"),
        (10**9, "ໜຶ່ງພັນລ້ານ"),
        (792_581, "ເຈັດແສນເກົ້າສິບສອງພັນຫ້າຮ້ອຍແປດສິບເອັດ"),
        (2_741_034, "ສອງລ້ານເຈັດແສນສີ່ສິບເອັດພັນສາມສິບສີ່"),
    ],
)
def test_amounts_are_said_as_lao_papers_say_them(kip: int, words: str) -> None:
    assert amount_in_words(kip) == words + "ກີບຖ້ວນ"


def test_ten_thousand_and_a_billion_have_a_second_reading() -> None:
    assert amount_in_words(10_000, ten_thousand="ໝື່ນ") == "ໜຶ່ງໝື່ນກີບຖ້ວນ"
    assert amount_in_words(92_000, ten_thousand="ໝື່ນ") == "ເກົ້າໝື່ນສອງພັນກີບຖ້ວນ"
    assert amount_in_words(1_500_000_000, billion="ຕື້") == "ໜຶ່ງຕື້ຫ້າຮ້ອຍລ້ານກີບຖ້ວນ"
    assert amount_in_words(1_500_000_000) == "ໜຶ່ງພັນຫ້າຮ້ອຍລ້ານກີບຖ້ວນ"


@given(
    st.sampled_from(TEN_THOUSANDS), st.sampled_from(BILLIONS), st.integers(0, LARGEST_KIP), st.integers(0, LARGEST_KIP)
)
def test_two_amounts_are_never_said_alike(ten_thousand: str, billion: str, one: int, other: int) -> None:
    said = [amount_in_words(kip, ten_thousand, billion) for kip in (one, other)]  # type: ignore[arg-type]
    assert (said[0] == said[1]) == (one == other)


def test_an_amount_below_zero_is_never_put_in_words() -> None:
    with pytest.raises(ValueError, match="-1"):
        amount_in_words(-1)


def test_before_seven_in_the_morning_it_is_already_today_in_vientiane(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Vientiane")
    time.tzset()
    try:
        assert office_day(datetime(2026, 3, 9, 23, 30)) == date(2026, 3, 10)
        assert day_begins(date(2026, 3, 10)) == datetime(2026, 3, 9, 17)
    finally:
        monkeypatch.undo()
        time.tzset()
