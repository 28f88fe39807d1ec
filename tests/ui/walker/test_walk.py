"""Every pane, view and dialog of the window: nothing without a name, in the other language, cut off or pale."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox, QPlainTextEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from claims_desk.domain.codes import Role
from claims_desk.domain.messages import ENGLISH, LAO, Name
from claims_desk.models.database import Database
from claims_desk.ui.desk import Desk
from claims_desk.ui.ending import take_down
from claims_desk.ui.frame import Frame
from claims_desk.ui.settings import Settings
from claims_desk.ui.settings_dialog import use_settings
from claims_desk.ui.shortcut_sheet import keys_here
from claims_desk.ui.speech import switch_language
from claims_desk.ui.widgets import Field
from claims_desk.ui.widgets.help_note import help_of
from tests.conftest import NewDatabase
from tests.ui.walker.filled_office import EVERYTHING, fill
from tests.ui.walker.seen import cut_off, foreign, is_stop, keys_left_out, nameless, on_screen, pale, place
from tests.ui.walker.walk import Windows, dialogs, go, settle, views

USUAL = (1366, 768)
SMALL = (911, 512)  # a screen of 1366x768 at 150 %, in pixels that do not depend on the screen
Open = Callable[[str, Settings], Frame]


@pytest.fixture
def open_window(
    new_sqlite: NewDatabase, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Open]:
    """Opens the whole window on the filled office for somebody; papers go to a folder of the test."""
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(tmp_path))
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: True)
    for ask, nothing in (("getSaveFileName", ("", "")), ("getOpenFileName", ("", "")), ("getOpenFileNames", ([], ""))):
        monkeypatch.setattr(QFileDialog, ask, lambda *_args, answer=nothing, **_more: answer)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args, **_more: "")
    db = Database.open(new_sqlite(True))
    people = fill(db)
    kept: list[Frame | Desk] = []

    def make(who: str, settings: Settings) -> Frame:
        use_settings(settings)
        desk = Desk(db, people[who], settings, Name("ວັງວຽງ", "Vang Vieng"))
        frame = Frame(desk)
        kept.extend((frame, desk))
        frame.resize(*USUAL)
        frame.show()
        frame.activateWindow()
        qtbot.waitUntil(frame.isActiveWindow)
        settle()
        return frame

    yield make
    take_down(*kept)
    db.close()
    use_settings(Settings(language=ENGLISH))


def wrong(window: QWidget, language: str) -> Iterator[str]:
    """What is wrong with a window as it stands now."""
    yield from nameless(window)
    yield from foreign(window, language)
    yield from cut_off(window)
    yield from (f"captures Tab: {place(each)}" for each in on_screen(window) if captures_tab(each))
    yield from (f"no help: {each.edit.accessibleName()}" for each in window.findChildren(Field) if not help_there(each))


def captures_tab(part: QWidget) -> bool:
    if isinstance(part, QPlainTextEdit):
        return not part.tabChangesFocus()
    return isinstance(part, QTableView) and part.tabKeyNavigation()


def help_there(field: Field) -> bool:
    return bool(field.edit.whatsThis()) or not field.isVisible()


def say_again(window: QWidget, language: str) -> None:
    switch_language(language)
    if isinstance(window, QDialog):
        window.adjustSize()
    settle()


def test_nothing_is_wrong_in_any_view_of_a_small_screen_with_the_largest_text(open_window: Open) -> None:
    frame = open_window(EVERYTHING, Settings(language=LAO))
    frame.desk.settings.text_size = "largest"
    use_settings(frame.desk.settings)  # while the window stands, as a user does
    frame.resize(*SMALL)
    faults: dict[str, str] = {}
    count = 0
    for where, window in views(frame, with_dialogs=True):
        count += 1
        for language in (ENGLISH, LAO):
            say_again(window, language)
            for fault in wrong(window, language):
                faults.setdefault(fault, f"{language} {where}")
    assert not QApplication.topLevelWidgets() or not [
        each.text() for each in QApplication.topLevelWidgets() if isinstance(each, QMessageBox) and each.isVisible()
    ]
    assert [f"{where}: {fault}" for fault, where in faults.items()] == []
    assert count > 60


@pytest.mark.parametrize("contrast", ["normal", "high"])
def test_every_text_stands_out_from_its_ground_as_painted(open_window: Open, contrast: str) -> None:
    frame = open_window(EVERYTHING, Settings(language=LAO, contrast=contrast))
    looked: set[tuple[str, ...]] = set()
    least = 7.0 if contrast == "high" else 4.5
    faults = [f"{where}: {fault}" for where, window in views(frame) for fault in pale(window, looked, least)]
    assert faults == []
    assert len(looked) > 20


@pytest.mark.parametrize("role", list(Role))
def test_each_role_has_a_whole_window_and_every_key_of_it_on_the_sheet(open_window: Open, role: Role) -> None:
    frame = open_window(role, Settings(language=LAO))
    faults: list[str] = []
    for kind in frame.kinds:
        go(frame, kind.key)
        pane = frame.stack.current()
        assert pane is not None
        faults += [f"{kind.key}: {fault}" for fault in wrong(frame, LAO)]
        faults += [f"{kind.key}: {fault}" for fault in keys_left_out(frame, pane, keys_here(frame, pane, pane.title))]
        faults += [] if pane.whatsThis() else [f"{kind.key}: F1 says nothing of the pane"]
    assert faults == []


def test_no_part_is_ever_shown_as_a_window_of_its_own(open_window: Open, qapp: QApplication) -> None:
    windows = Windows()
    qapp.installEventFilter(windows)
    frame = open_window(EVERYTHING, Settings(language=LAO))
    for kind in frame.kinds:
        go(frame, kind.key)
    qapp.removeEventFilter(windows)
    assert windows.parts == []


def test_tab_reaches_every_control_of_every_pane(open_window: Open) -> None:
    frame = open_window(EVERYTHING, Settings(language=LAO))
    for kind in frame.kinds:
        go(frame, kind.key)
        stops = {each for each in on_screen(frame) if is_stop(each)}
        reached: set[QWidget] = set()
        for _ in range(3 * len(stops) + 20):
            focus = QApplication.focusWidget()
            assert focus is not None
            reached.add(focus)
            QTest.keyClick(focus, Qt.Key.Key_Tab)
        assert {place(each) for each in stops - reached if each.isVisible() and each.isEnabled()} == set()


# --- F1 and the sheet of keys


def test_f1_tells_of_the_field_in_focus_and_esc_closes_only_the_note(open_window: Open) -> None:
    frame = open_window(Role.CLERK, Settings(language=LAO))
    go(frame, "key")
    pane = frame.stack.current()
    edit = pane.sheet.form.edit("member_no")
    edit.setFocus()
    QTest.keyClick(edit, Qt.Key.Key_F1)
    note = frame.help.note
    assert note.isVisible()
    assert edit.whatsThis() in note.text()
    assert QApplication.focusWidget() is edit
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    assert not note.isVisible()
    assert frame.stack.current() is pane


def test_f1_tells_of_the_cell_of_a_line_and_of_a_list(open_window: Open) -> None:
    frame = open_window(Role.CLERK, Settings(language=LAO))
    go(frame, "key")
    grid = frame.stack.current().sheet.grid
    grid.go_to(0, "quantity")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F1)
    assert "2,5" in frame.help.note.text()
    go(frame, "receive")
    table = frame.stack.current().listing.table
    assert next(words for _, words in help_of(table))
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_F1)
    assert frame.help.note.isVisible()


def test_ctrl_f1_opens_the_sheet_and_ctrl_p_prints_it(open_window: Open, qtbot: QtBot, tmp_path: Path) -> None:
    frame = open_window(Role.CLERK, Settings(language=LAO))
    QTest.keyClick(frame, Qt.Key.Key_F1, Qt.KeyboardModifier.ControlModifier)
    (sheet,) = dialogs(frame)
    qtbot.waitUntil(sheet.isActiveWindow)
    shown = {line.keys for line in sheet.lines}
    assert {"Ctrl+K", "F1", "Ctrl+F1", "F5", "Alt+1"} <= shown
    QTest.keyClick(sheet, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert (tmp_path / "Claims Desk" / "keys.pdf").read_bytes().startswith(b"%PDF")
    assert list(wrong(sheet, LAO)) == []
