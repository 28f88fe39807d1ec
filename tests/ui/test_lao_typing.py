"""Lao on the keys: digits, zero-width characters, days and kip as Lao offices type them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from claims_desk.domain.lao import fold
from claims_desk.domain.messages import say
from claims_desk.ui.key.edits import PapersEdit, QuantityEdit, SexEdit
from claims_desk.ui.widgets import CodeEdit, DateEdit, Edit, MoneyEdit, MonthEdit, NumberEdit, SearchBox, TextEdit
from tests.ui.conftest import Form, type_keys

TODAY = date(2026, 5, 20)
ZWSP, ZWNJ = "\u200b", "\u200c"


def day() -> DateEdit:
    return DateEdit(today=lambda: TODAY)


def month() -> MonthEdit:
    return MonthEdit(today=lambda: TODAY)


@pytest.mark.parametrize(
    ("make", "typed", "value"),
    [
        (MoneyEdit, "໑.໒໓໔.໕໖໗", 1_234_567),
        (MoneyEdit, "1.234.567", 1_234_567),
        (MoneyEdit, "1,234,567", 1_234_567),
        (MoneyEdit, "1 234 567", 1_234_567),
        (MoneyEdit, f"໓໐{ZWNJ}.໐໐໐{ZWSP}", 30_000),
        (NumberEdit, "໔໒", 42),
        (NumberEdit, f"{ZWSP}໗", 7),
        (QuantityEdit, "໒,໕", Decimal("2.5")),
        (QuantityEdit, f"໑{ZWNJ}໐", Decimal(10)),
        (day, "໑໐/໓/໒໐໒໖", date(2026, 3, 10)),
        (day, f"໑໐{ZWSP}/໓", date(2026, 3, 10)),
        (day, f"{ZWNJ}ມ", TODAY),
        (month, "໓/໒໐໒໖", date(2026, 3, 1)),
        (lambda: CodeEdit(lambda _text: []), "hc໑", "HC1"),
        (lambda: CodeEdit(lambda _text: []), f"J໐໖{ZWNJ}.໙", "J06.9"),
        (lambda: TextEdit(is_code=True), "໐໐໐໔໑໑", "000411"),
        (TextEdit, f"ບຸນ{ZWSP}ມີ{ZWNJ}  ແກ້ວ", "ບຸນມີ ແກ້ວ"),
        (lambda: SearchBox(say("Search")), f"໑໐-໒໐໒໖{ZWSP}", "10-2026"),
        (SexEdit, f"{ZWSP}ຍ", "F"),
        (PapersEdit, "໑ ໒", ("ID", "FAMILY_BOOK")),
    ],
)
def test_what_a_lao_keyboard_types_is_read(form: Form, make: Any, typed: str, value: object) -> None:
    edit = make()
    form(edit)
    edit.setText(typed)
    edit.settle()
    assert edit.problem is None
    assert edit.value() == value


@pytest.mark.parametrize("make", [MoneyEdit, NumberEdit])
def test_a_part_of_a_kip_is_refused_and_never_rounded(form: Form, make: type[Edit[int]]) -> None:
    edit = make()
    form(edit)
    edit.setText("12.5")
    edit.settle()
    assert edit.value() is None
    assert edit.problem is not None


@pytest.mark.parametrize(("make", "typed"), [(day, "10/3/2569"), (day, "໑໐/໓/໒໕໖໙"), (month, "3/2569")])
def test_a_buddhist_year_is_told_with_the_christian_one(form: Form, make: Any, typed: str) -> None:
    edit = make()
    form(edit)
    edit.setText(typed)
    edit.settle()
    assert "2026" in edit.problem.text()
    assert edit.value() is None


@pytest.mark.parametrize("typed", ["ທີ່", "ທ່ີ"])
def test_a_vowel_and_its_tone_are_found_in_either_order(form: Form, typed: str) -> None:
    box, asked = SearchBox(say("Search")), list[str]()
    form(box)
    box.searched.connect(asked.append)
    type_keys(box, typed)
    box.search_now()
    assert fold(asked[-1]) == fold("ທີ່")


def test_what_a_lao_keyboard_puts_between_words_is_not_kept(form: Form) -> None:
    edit = TextEdit()
    form(edit)
    edit.setText(f"ບຸນ{ZWSP}ມີ")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert edit.text() == "ບຸນມີ"


# --- a field that moves on by itself


def test_an_enter_out_of_habit_after_a_field_that_moved_by_itself_skips_nothing(form: Form) -> None:
    sex, born, phone = SexEdit(), day(), TextEdit()
    form(sex, born, phone)
    type_keys(sex, "f")
    assert QApplication.focusWidget() is born
    QTest.keyClick(born, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is born
    QTest.keyClick(born, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is phone


def test_after_a_letter_is_typed_enter_moves_on_as_always(form: Form) -> None:
    sex, born, phone = SexEdit(), day(), TextEdit()
    form(sex, born, phone)
    type_keys(sex, "f")
    type_keys(born, "t")
    QTest.keyClick(born, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is phone


def test_tab_goes_on_at_once_and_the_enter_after_it_is_a_real_one(form: Form) -> None:
    code, born, phone, name = TextEdit(fixed_length=2), day(), TextEdit(), TextEdit()
    form(code, born, phone, name)
    type_keys(code, "ab")
    QTest.keyClick(born, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is phone
    QTest.keyClick(phone, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is name
