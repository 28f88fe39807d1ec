from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import Role
from claims_desk.domain.messages import current_language, say, tr
from claims_desk.domain.money import format_kip
from claims_desk.models.database import Database
from claims_desk.services.sign_in import sign_in
from claims_desk.ui import frame as frame_module
from claims_desk.ui.desk import Desk, Place
from claims_desk.ui.find_anything import FindDialog
from claims_desk.ui.frame import Frame
from claims_desk.ui.pane import Command, Pane
from claims_desk.ui.settings import Settings, load_settings
from claims_desk.ui.settings_dialog import SettingsDialog, use_settings
from claims_desk.ui.speech import switch_language
from claims_desk.ui.start import StartWindow
from claims_desk.ui.widgets import Field, TextEdit
from tests.conftest import ADMINISTRATOR, PASSWORD
from tests.ui.conftest import Settle, type_keys

CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


class NotesPane(Pane):
    """A pane to type into."""

    key, title, number = "notes", say("Search"), 2
    roles = frozenset({Role.CLERK})
    concerns = frozenset({"notes"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.text = TextEdit()
        self.loads, self.places = 0, list[Place]()
        self.body.addWidget(Field(say("Name"), self.text))

    def refresh(self) -> None:
        self.loads += 1

    def show_place(self, place: Place) -> None:
        self.places.append(place)

    def commands(self) -> list[Command]:
        return [Command(say("Write a note"), self.text.setFocus, "Ctrl+N")]


class HomeForAll(Pane):
    """A first pane."""

    key, title, number = "first", say("Home"), 1


Make = Callable[..., Frame]


@pytest.fixture
def make(db: Database, qtbot: QtBot, settle: Settle, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Opens the window for a user with roles; the database is real."""
    kinds: list[type[Pane]] = [HomeForAll, NotesPane]
    monkeypatch.setattr(frame_module, "panes_for", lambda actor: [k for k in kinds if actor.may(*k.roles)])
    kept: list[Frame] = []

    def open_for(*roles: Role) -> Frame:
        user = sign_in(db, ADMINISTRATOR, PASSWORD)
        frame = Frame(Desk(db, Actor(user.user_id, user.name, frozenset(roles)), Settings(language="en")))
        qtbot.addWidget(frame)
        kept.append(frame)
        frame.resize(1366, 768)
        frame.show()
        frame.activateWindow()
        qtbot.waitUntil(frame.isActiveWindow)
        settle()
        return frame

    yield open_for
    settle()


def notes(frame: Frame) -> NotesPane:
    return next(pane for pane in frame.stack.panes() if isinstance(pane, NotesPane))


def test_a_pane_a_role_may_not_use_is_not_shown_and_not_opened(make: Make) -> None:
    frame = make(Role.AUDITOR)
    assert list(frame.navigation.buttons) == ["first"]
    QTest.keyClick(frame, Qt.Key.Key_2, ALT)
    frame.desk.go(Place("notes"))
    assert isinstance(frame.stack.current(), HomeForAll)


def test_alt_and_a_number_change_panes_and_what_is_typed_stays(make: Make) -> None:
    frame = make(Role.CLERK)
    QTest.keyClick(frame, Qt.Key.Key_2, ALT)
    pane = notes(frame)
    assert pane.text.hasFocus()
    type_keys(pane.text, "ບົວຈັນ")
    QTest.keyClick(frame, Qt.Key.Key_1, ALT)
    QTest.keyClick(frame, Qt.Key.Key_2, ALT)
    assert pane.text.text() == "ບົວຈັນ"
    assert pane.text.hasFocus()
    assert frame.navigation.buttons["notes"].isChecked()


def test_a_pane_loads_on_opening_on_f5_and_when_its_own_things_change(make: Make) -> None:
    frame = make(Role.CLERK)
    frame.desk.go(Place("notes", "note", 7))
    pane = notes(frame)
    assert (pane.loads, pane.places) == (1, [Place("notes", "note", 7)])
    QTest.keyClick(frame, Qt.Key.Key_F5)
    frame.desk.changed.emit(frozenset({"notes"}))
    frame.desk.changed.emit(frozenset({"vouchers"}))
    assert pane.loads == 3
    frame.desk.go(Place("first"))
    frame.desk.changed.emit(frozenset({"notes"}))
    assert pane.loads == 3
    frame.desk.go(Place("notes"))
    assert pane.loads == 4


def test_a_deed_tells_every_pane_what_changed(make: Make, settle: Settle) -> None:
    frame = make(Role.CLERK)
    heard: list[frozenset[str]] = []
    frame.desk.changed.connect(heard.append)
    frame.desk.do(frame, lambda: 42, lambda _: None, "claims", "batches")
    settle()
    assert heard == [frozenset({"claims", "batches"})]


def test_ctrl_k_goes_to_a_pane_by_part_of_its_name_and_does_commands(make: Make) -> None:
    frame = make(Role.CLERK)
    QTest.keyClick(frame, Qt.Key.Key_K, CONTROL)
    dialog = frame.findChild(FindDialog)
    assert dialog is not None
    type_keys(dialog.search, "sear")
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert isinstance(frame.stack.current(), NotesPane)
    QTest.keyClick(frame, Qt.Key.Key_K, CONTROL)
    dialogs = [each for each in frame.findChildren(FindDialog) if each.isVisible()]
    assert "Write a note" in dialogs[0].list.item(0).text()


def test_the_lock_keeps_what_is_typed_and_opens_only_with_the_password(make: Make, settle: Settle) -> None:
    frame = make(Role.CLERK)
    frame.desk.go(Place("notes"))
    pane = notes(frame)
    type_keys(pane.text, "half a na")
    frame._presence.left.emit()
    assert frame.is_locked()
    assert not pane.isVisible()
    QTest.keyClick(frame, Qt.Key.Key_1, ALT)
    assert frame.is_locked()
    for typed in ("wrong", PASSWORD):
        type_keys(frame.lock.password, typed)
        QTest.keyClick(frame.lock.password, Qt.Key.Key_Return)
        settle()
        assert frame.is_locked() is (typed == "wrong")
    assert pane.text.text() == "half a na"
    assert pane.text.hasFocus()


def test_a_key_too_many_at_the_lock_leaves_the_window_to_nobody_else(make: Make, settle: Settle, qtbot: QtBot) -> None:
    frame = make(Role.CLERK)
    frame.lock_now()
    with qtbot.assertNotEmitted(frame.lock.left_for_other):
        for _ in range(2):
            type_keys(frame.lock.password, "wrong")
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
            assert frame.lock.password.hasFocus()
        settle()


def test_tab_goes_from_the_locks_password_to_going_on_before_somebody_else(make: Make, settle: Settle) -> None:
    frame = make(Role.CLERK)
    frame.lock_now()
    settle()
    presses = [button.text() for button in _along_tab(frame.lock.password)]
    assert presses == [tr("Go on"), tr("Somebody else")]


def _along_tab(start: QWidget) -> list[QAbstractButton]:
    """The buttons Tab comes to after `start`, until it is there again."""
    reached: list[QAbstractButton] = []
    here: QWidget = start
    for _ in range(4):
        QTest.keyClick(here, Qt.Key.Key_Tab)
        here = QApplication.focusWidget() or start
        if here is start:
            break
        if isinstance(here, QAbstractButton):
            reached.append(here)
    return reached


def test_a_dialog_is_out_of_reach_while_the_window_is_locked(make: Make, settle: Settle) -> None:
    frame = make(Role.CLERK)
    frame.change_settings()
    (dialog,) = frame.findChildren(SettingsDialog)
    frame.lock_now()
    assert not dialog.isVisible()
    assert frame.lock.password.hasFocus()
    type_keys(frame.lock.password, PASSWORD)
    QTest.keyClick(frame.lock.password, Qt.Key.Key_Return)
    settle()
    assert dialog.isVisible()
    dialog.reject()


def test_the_language_is_switched_in_the_status_line_and_kept(make: Make, settle: Settle) -> None:
    frame = make(Role.CLERK)
    frame.status._language.click()
    settle()
    assert load_settings().language == "lo"
    assert frame.status._language.text() == "English"


def test_the_status_line_says_whether_the_database_answers(make: Make) -> None:
    frame = make(Role.CLERK)
    assert frame.desk.db.place in frame.status.database.text()
    assert frame.status.database.text().endswith("connected")


def test_a_narrow_window_keeps_every_pane_within_reach(make: Make) -> None:
    frame = make(Role.CLERK)
    frame.resize(911, 512)
    assert frame.width() == 911
    assert frame.navigation.width() < 150


def test_ones_own_settings_are_used_at_once_and_kept(make: Make, settle: Settle, qapp: QApplication) -> None:
    frame = make(Role.CLERK)
    frame.change_settings()
    (dialog,) = frame.findChildren(SettingsDialog)
    dialog.separator.set_value(",")
    dialog.text_size.set_value("large")
    dialog.lock.set_value(30)
    dialog.sound.set_value(True)
    dialog.accept()
    settle()
    try:
        assert format_kip(1_234_567) == "1,234,567"
        assert qapp.font().pixelSize() == 15
        kept = load_settings()
        assert (kept.separator, kept.text_size, kept.lock_minutes, kept.sound) == (",", "large", 30, True)
    finally:
        use_settings(Settings(language="en"))


def unnamed(window: QWidget) -> list[str]:
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QAbstractItemView)
    controls = [
        each for kind in kinds for each in window.findChildren(kind) if not isinstance(each.parent(), QLineEdit)
    ]
    names = {"qt_spinbox_lineedit", "qt_toolbar_ext_button"}
    own = [each for each in controls if each.objectName() not in names and type(each).__module__.startswith("claims")]
    return [f"{type(each).__name__} in {type(each.parent()).__name__}" for each in own if not each.accessibleName()]


def test_every_control_has_a_name_a_screen_reader_can_say(make: Make, qtbot: QtBot) -> None:
    frame = make(*Role)
    frame.desk.go(Place("notes"))
    frame.find_anything()
    start = StartWindow(Settings())
    qtbot.addWidget(start)
    for language in ("en", "lo"):
        switch_language(language)
        assert unnamed(frame) == []
        assert unnamed(start) == []


def test_ctrl_k_finds_a_command_by_its_name_in_either_language_and_switches_the_language(make: Make) -> None:
    frame = make(Role.CLERK)
    for typed in ("ພາສາ", "switch the l", "english"):
        QTest.keyClick(frame, Qt.Key.Key_K, CONTROL)
        dialog = next(each for each in frame.findChildren(FindDialog) if each.isVisible())
        dialog.search.setText(typed)
        assert [offer.title for offer in dialog._offers] == [tr("Switch the language")]
        QTest.keyClick(dialog.search, Qt.Key.Key_Escape)
    before = current_language()
    QTest.keyClick(frame, Qt.Key.Key_K, CONTROL)
    dialog = next(each for each in frame.findChildren(FindDialog) if each.isVisible())
    type_keys(dialog.search, "english")
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert current_language() != before
    frame.status.switch()
