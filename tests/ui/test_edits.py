from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from claims_desk.ui.widgets import Choice, ChoiceEdit, DateEdit, Edit, MoneyEdit, NumberEdit, TextEdit, YesNoEdit
from tests.ui.conftest import Form, type_keys

TODAY = date(2026, 11, 23)


def typed(edit: Edit[object], keys: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
    type_keys(edit, keys)
    QTest.keyClick(edit, end)


@pytest.mark.parametrize("keys", ["1234567", "1.234.567", "1,234,567", "1 234 567", "໑໒໓໔໕໖໗", "໑.໒໓໔.໕໖໗"])
def test_kip_is_read_however_it_is_grouped_and_shown_in_one_style(form: Form, keys: str) -> None:
    edit = MoneyEdit()
    form(edit, TextEdit())
    typed(edit, keys)
    assert edit.value() == 1_234_567
    assert edit.text() == "1.234.567"
    assert edit.problem is None


@pytest.mark.parametrize("keys", ["12.5", "12,50", "1.2345", "abc", "-3"])
def test_what_is_no_whole_kip_is_told_in_words_and_stays_as_typed(form: Form, keys: str) -> None:
    edit, other = MoneyEdit(), TextEdit()
    form(edit, other)
    typed(edit, keys)
    assert edit.value() is None
    assert edit.text() == keys
    assert edit.problem is not None
    assert other.hasFocus()


def test_a_problem_goes_as_soon_as_somebody_types_on(form: Form) -> None:
    edit = MoneyEdit()
    form(edit, TextEdit())
    typed(edit, "12.5")
    edit.setFocus()
    QTest.keyClicks(edit, "3")
    assert edit.problem is None


def test_entry_selects_all_so_that_typing_replaces(form: Form) -> None:
    edit, money = TextEdit(), MoneyEdit()
    money.set_value(30_000)
    form(edit, money)
    QTest.keyClick(edit, Qt.Key.Key_Tab)
    assert money.hasFocus()
    assert money.selectedText() == "30.000"
    typed(money, "5000")
    assert money.value() == 5_000


def test_enter_and_tab_move_on_and_shift_goes_back(form: Form) -> None:
    first, second, third = TextEdit(), MoneyEdit(), DateEdit()
    form(first, second, third)
    QTest.keyClick(first, Qt.Key.Key_Return)
    assert second.hasFocus()
    QTest.keyClick(second, Qt.Key.Key_Tab)
    assert third.hasFocus()
    QTest.keyClick(third, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert second.hasFocus()
    QTest.keyClick(second, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert first.hasFocus()


@pytest.mark.parametrize(
    ("keys", "day"),
    [
        ("10/3/2026", date(2026, 3, 10)),
        ("໑໐/໓/໒໐໒໖", date(2026, 3, 10)),
        ("10/3", date(2026, 3, 10)),
        ("t", TODAY),
        ("+1", date(2026, 3, 11)),
    ],
)
def test_days_are_read_as_offices_write_them(form: Form, keys: str, day: date) -> None:
    edit = DateEdit(start=lambda: date(2026, 3, 10), today=lambda: TODAY)
    form(edit, TextEdit())
    typed(edit, keys)
    assert edit.value() == day
    assert edit.text() == f"{day.day}/{day.month}/{day.year}"


def test_a_buddhist_year_is_refused_with_the_christian_one_beside_it(form: Form) -> None:
    edit = DateEdit(today=lambda: TODAY)
    form(edit, TextEdit())
    typed(edit, "10/3/2569")
    assert edit.value() is None
    assert edit.problem is not None
    assert "2569" in edit.problem.text()
    assert "2026" in edit.problem.text()


def test_f3_repeats_the_last_forms_value_and_moves_on(form: Form) -> None:
    edit, other = TextEdit(), TextEdit()
    edit.repeat_value = "ໂພນທອງ"
    form(edit, other)
    QTest.keyClick(edit, Qt.Key.Key_F3)
    assert edit.value() == "ໂພນທອງ"
    assert other.hasFocus()


def test_a_full_fixed_length_moves_on_by_itself(form: Form) -> None:
    edit, other = TextEdit(fixed_length=4), TextEdit()
    form(edit, other)
    QTest.keyClicks(edit, "1003")
    assert other.hasFocus()


def test_leaving_with_another_value_is_told_once(form: Form) -> None:
    edit, told = NumberEdit(), []
    edit.committed.connect(lambda: told.append(edit.value()))
    form(edit, TextEdit())
    typed(edit, "7")
    edit.setFocus()
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert told == [7]


def test_a_number_outside_its_bounds_is_told_with_the_bounds(form: Form) -> None:
    edit = NumberEdit(lowest=1, highest=99)
    form(edit, TextEdit())
    typed(edit, "100")
    assert edit.problem is not None
    assert "99" in edit.problem.text()


def test_a_letter_goes_to_the_next_choice_that_begins_so(form: Form) -> None:
    edit = ChoiceEdit([Choice("OPD", "OPD"), Choice("IPD", "IPD"), Choice("OTHER", "OTHER")])
    form(edit, TextEdit())
    QTest.keyClicks(edit, "o")
    assert edit.value() == "OPD"
    QTest.keyClicks(edit, "o")
    assert edit.value() == "OTHER"
    QTest.keyClick(edit, Qt.Key.Key_Backspace)
    assert edit.value() is None


def test_f2_opens_the_closed_list_and_enter_takes_the_marked_line(form: Form) -> None:
    edit, other = ChoiceEdit([Choice(1, "A"), Choice(2, "B"), Choice(3, "C")]), TextEdit()
    form(edit, other)
    QTest.keyClick(edit, Qt.Key.Key_F2)
    assert edit.list_is_open
    QTest.keyClick(edit, Qt.Key.Key_Down)
    QTest.keyClick(edit, Qt.Key.Key_Down)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert edit.value() == 3
    assert not edit.list_is_open
    assert other.hasFocus()


@pytest.mark.parametrize(("key", "answer"), [("y", True), ("n", False), ("1", True), ("0", False)])
def test_yes_and_no_take_letters_and_digits(form: Form, key: str, answer: bool) -> None:
    edit = YesNoEdit()
    form(edit, TextEdit())
    QTest.keyClicks(edit, key)
    assert edit.value() is answer
