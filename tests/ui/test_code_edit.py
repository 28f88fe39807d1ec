from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import Name, say
from claims_desk.ui.speech import switch_language
from claims_desk.ui.widgets import Choice, CodeEdit, Field, TextEdit, Words
from tests.ui.conftest import Form, Settle

DISEASES = [
    Choice("J18.0", "J18.0", Name("ຫຼອດລົມປອດອັກເສບ", "Bronchopneumonia")),
    Choice("J18.9", "J18.9", Name("ປອດອັກເສບ", "Pneumonia")),
    *(Choice(f"A{n:02}", f"A{n:02}", Name("", f"Disease {n}")) for n in range(30)),
]


def look_up(text: str) -> list[Choice[str]]:
    wanted = text.lower()
    return [c for c in DISEASES if c.code.lower().startswith(wanted) or wanted in c.words.lower()]


def test_part_of_a_name_offers_codes_and_enter_takes_the_first(form: Form, settle: Settle) -> None:
    edit, other = CodeEdit(look_up), TextEdit()
    form(edit, other)
    QTest.keyClicks(edit, "pneum")
    settle()
    assert edit.list_is_open
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert edit.value() == "J18.0"
    assert other.hasFocus()


def test_enter_takes_the_first_of_a_list_opened_in_a_blank_field(form: Form, settle: Settle) -> None:
    edit, other = CodeEdit(look_up), TextEdit()
    form(edit, other)
    QTest.keyClick(edit, Qt.Key.Key_F2)
    settle()
    assert edit.list_is_open
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert edit.value() == "J18.0"
    assert other.hasFocus()


def test_a_server_that_is_gone_is_told_under_the_field_and_no_box_stops_the_keying(form: Form, settle: Settle) -> None:
    def gone(_text: str) -> list[Choice[str]]:
        raise UserError(say("The office's database server does not answer."))

    edit, hints = CodeEdit(gone), list[str]()
    window = form(edit, TextEdit())
    edit.hint_changed.connect(hints.append)
    QTest.keyClicks(edit, "j1")
    settle()
    assert hints[-1] == "The office's database server does not answer."
    assert window.findChildren(QMessageBox) == []


def test_at_most_ten_are_offered(form: Form, settle: Settle) -> None:
    edit = CodeEdit(look_up)
    form(edit, TextEdit())
    QTest.keyClicks(edit, "disease")
    settle()
    assert len(edit._offered) == 10


def test_arrows_choose_another_line(form: Form, settle: Settle) -> None:
    edit = CodeEdit(look_up)
    form(edit, TextEdit())
    QTest.keyClicks(edit, "j18")
    settle()
    QTest.keyClick(edit, Qt.Key.Key_Down)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert edit.value() == "J18.9"


def test_tab_keeps_a_code_no_register_knows(form: Form, settle: Settle) -> None:
    edit, other = CodeEdit(look_up), TextEdit()
    form(edit, other)
    QTest.keyClicks(edit, "x99")
    settle()
    QTest.keyClick(edit, Qt.Key.Key_Tab)
    settle()
    assert edit.value() == "X99"
    assert edit.choice() is None
    assert other.hasFocus()


def test_enter_before_the_answer_takes_the_first_when_it_comes(form: Form, settle: Settle) -> None:
    gate = threading.Event()

    def slow(text: str) -> list[Choice[str]]:
        gate.wait(10)
        return look_up(text)

    edit, other = CodeEdit(slow), TextEdit()
    form(edit, other)
    QTest.keyClicks(edit, "pneum")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert other.hasFocus()
    gate.set()
    settle()
    assert edit.value() == "J18.0"
    assert not edit.list_is_open


def test_a_full_code_moves_on_and_its_name_follows(form: Form, settle: Settle) -> None:
    edit, other = CodeEdit(look_up, fixed_length=5), TextEdit()
    field = Field(say("Main diagnosis"), edit)
    form(field, other)
    edit.setFocus()
    QTest.keyClicks(edit, "j18.9")
    assert other.hasFocus()
    settle()
    assert edit.value() == "J18.9"
    assert field.note.text() == "Pneumonia"
    switch_language("lo")
    assert isinstance(field.note, Words)
    assert field.note.text().replace("\u200b", "") == "ປອດອັກເສບ"


@pytest.mark.parametrize("closes", [Qt.Key.Key_Escape])
def test_escape_closes_the_list_and_keeps_what_was_typed(form: Form, settle: Settle, closes: Qt.Key) -> None:
    edit = CodeEdit(look_up)
    form(edit, TextEdit())
    QTest.keyClicks(edit, "j18")
    settle()
    QTest.keyClick(edit, closes)
    assert not edit.list_is_open
    assert edit.text() == "j18"
    assert edit.hasFocus()


def test_f2_offers_the_first_ten_of_an_empty_field(form: Form, settle: Settle) -> None:
    edit = CodeEdit(look_up)
    form(edit, TextEdit())
    QTest.keyClick(edit, Qt.Key.Key_F2)
    settle()
    assert edit.list_is_open
