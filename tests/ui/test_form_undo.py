from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from claims_desk.domain.messages import say
from claims_desk.ui.widgets import (
    Choice,
    ChoiceEdit,
    DateEdit,
    Edit,
    Field,
    FieldGrid,
    FormUndo,
    HouseDialog,
    MoneyEdit,
    PasswordEdit,
    TextEdit,
    ask_words,
)
from tests.ui.conftest import Form, type_keys

CONTROL = Qt.KeyboardModifier.ControlModifier


def here() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = CONTROL) -> None:
    QTest.keyClick(here(), key, modifier)


def a_dialog(form: Form, qtbot: QtBot) -> tuple[HouseDialog, list[Edit[object]]]:
    dialog = HouseDialog(form(TextEdit()), say("Save"), say("Save"))
    scheme = ChoiceEdit([Choice("NHI", "NHI"), Choice("SASS", "SASS")])
    edits = [TextEdit(), DateEdit(today=lambda: date(2026, 11, 23)), MoneyEdit(), scheme]
    grid = FieldGrid()
    grid.add_row(*(Field(say("Name"), edit) for edit in edits))
    edits[0].set_value("filled in before")
    dialog.body.addWidget(grid)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    edits[0].setFocus()
    return dialog, edits


def test_every_dialog_takes_back_what_was_left_in_its_fields(form: Form, qtbot: QtBot) -> None:
    dialog, edits = a_dialog(form, qtbot)
    for words in ("new", "t", "5000", "s"):
        type_keys(here(), words)
        QTest.keyClick(here(), Qt.Key.Key_Return)
    assert [edit.text() for edit in edits] == ["new", "23/11/2026", "5.000", "SASS"]
    for left in (["new", "23/11/2026", "5.000", ""], ["new", "23/11/2026", "", ""], ["new", "", "", ""]):
        dialog.setFocus()
        QTest.keyClick(dialog, Qt.Key.Key_Z, CONTROL)
        assert [edit.text() for edit in edits] == left
    assert edits[1].hasFocus()
    press(Qt.Key.Key_Z)
    assert edits[0].text() == "filled in before"
    press(Qt.Key.Key_Z)
    assert edits[0].text() == "filled in before"
    for _ in range(6):
        press(Qt.Key.Key_Y)
    assert [edit.text() for edit in edits] == ["new", "23/11/2026", "5.000", "SASS"]


def test_esc_throws_nothing_away_at_the_first_key(form: Form, qtbot: QtBot) -> None:
    dialog, edits = a_dialog(form, qtbot)
    type_keys(here(), "new")
    QTest.keyClick(here(), Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert edits[0].text() == "new"
    type_keys(here(), "er")
    QTest.keyClick(here(), Qt.Key.Key_Escape)
    assert dialog.isVisible()
    QTest.keyClick(here(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not isValid(dialog) or not dialog.isVisible())


def test_a_dialog_in_which_nothing_was_typed_closes_at_once_though_it_was_filled_late(form: Form, qtbot: QtBot) -> None:
    dialog, edits = a_dialog(form, qtbot)
    edits[2].set_value(7_000)  # an answer of the database
    QTest.keyClick(here(), Qt.Key.Key_Z, CONTROL)
    assert edits[2].text() == "7.000"
    QTest.keyClick(here(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not isValid(dialog) or not dialog.isVisible())


def test_a_reason_half_written_stays_at_the_first_esc(form: Form, qtbot: QtBot) -> None:
    dialog = ask_words(form(TextEdit()), say("Save"), say("Save"), say("Save"), lambda _words: None)
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClicks(dialog.words, "because")
    QTest.keyClick(dialog.words, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    QTest.keyClick(dialog.words, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not isValid(dialog) or not dialog.isVisible())


def test_what_was_taken_back_is_gone_once_something_else_is_typed(form: Form) -> None:
    first, second = TextEdit(), TextEdit()
    FormUndo(form(first, second))
    for words in ("one", "two"):
        type_keys(here(), words)
        QTest.keyClick(here(), Qt.Key.Key_Return)
    first.setFocus()
    press(Qt.Key.Key_Z)
    type_keys(here(), "three")
    QTest.keyClick(here(), Qt.Key.Key_Return)
    second.setFocus()
    press(Qt.Key.Key_Y)
    assert (first.text(), second.text()) == ("one", "three")


def test_a_password_is_never_brought_back(form: Form) -> None:
    name, password = TextEdit(), PasswordEdit()
    undo = FormUndo(form(name, password))
    type_keys(name, "noy")
    QTest.keyClick(name, Qt.Key.Key_Return)
    type_keys(password, "secret of noy")
    assert all("secret" not in str(kept) for kept in undo.take().values())
    QTest.keyClick(password, Qt.Key.Key_Tab)
    press(Qt.Key.Key_Z)
    assert (name.text(), password.text()) == ("", "secret of noy")
