"""The habits of the house, held in every pane, view and dialog: keys, lists, totals, workbooks, empty states."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QTableView, QWidget
from pytestqt.qtbot import QtBot

from claims_desk.domain.columns import Format
from claims_desk.domain.messages import ENGLISH, LAO
from claims_desk.models.database import Database
from claims_desk.ui.desk import Desk, Place
from claims_desk.ui.ending import take_down
from claims_desk.ui.frame import Frame
from claims_desk.ui.registers.proposal_view import NAME
from claims_desk.ui.registers.words import TITLES
from claims_desk.ui.settings import Settings
from claims_desk.ui.widgets import Listing, ShortList, Table, TotalsBar, key_words
from tests.conftest import NewDatabase
from tests.small_office import open_small_office
from tests.ui.walker.filled_office import EVERYTHING
from tests.ui.walker.seen import place
from tests.ui.walker.test_walk import Open, open_window
from tests.ui.walker.walk import dialogs, go, settle, views

__all__ = ["open_window"]
PORTABLE = QKeySequence.SequenceFormat.PortableText
WITHOUT_TOTALS = frozenset({"Lines", "What was checked", "By scheme and level", "Claims changed most", "Keys"})
WITHOUT_TOTALS |= frozenset({"Rows of this key", "What would be done", "Rows that cannot come in"})
"""Lists of a card or dialog, whose count and sums stand in words beside them."""
BUNDLES_TO_KEY_AGAIN = "Bundles to key again"  # its forms and bundles are counted in words above it


def same_key_twice(window: QWidget) -> Iterator[str]:
    """Keys that two things on the screen would answer to: Qt would do neither."""
    owners: dict[str, list[str]] = defaultdict(list)
    for key in window.findChildren(QShortcut):
        parent = key.parent()
        if key.isEnabled() and isinstance(parent, QWidget) and parent.isVisible() and parent.window() is window:
            owners[key.key().toString(PORTABLE)].append(key.whatsThis())
    for button in _buttons(window):
        owners[button.shortcut().toString(PORTABLE)].append(button.accessibleName())
    yield from (f"{key} twice: {who}" for key, who in owners.items() if len(who) > 1)


def keys_not_shown(window: QWidget) -> Iterator[str]:
    """Buttons that keep their key to themselves."""
    for button in _buttons(window):
        if key_words(button.shortcut().toString(PORTABLE)) not in button.text():
            yield f"its key is not shown: {button.accessibleName()}"


def _buttons(window: QWidget) -> list[QAbstractButton]:
    every = window.findChildren(QAbstractButton)
    return [each for each in every if each.isVisible() and each.window() is window and not each.shortcut().isEmpty()]


def lists_without_words(window: QWidget) -> Iterator[str]:
    """Empty lists that say nothing, and lists without their count."""
    for table in window.findChildren(Table):
        if table.isVisible() and table.window() is window:
            name = table.accessibleName()
            if not table.rows_model.rowCount():
                yield f"empty without a word: {name}"
            if name not in {*WITHOUT_TOTALS, BUNDLES_TO_KEY_AGAIN} and not has_totals(table):
                yield f"no count: {name} {place(table)}"


def has_totals(table: QTableView) -> bool:
    """Whether the line under the list, or that of the view it stands in, says how many rows there are."""
    each = table.parentWidget()
    while each is not None and not isinstance(each, Listing | ShortList):
        if any(bar.isVisible() and bar.all.text() for bar in each.findChildren(TotalsBar)):
            return True
        each = each.parentWidget()
    return each is not None and bool(each.totals.all.text())


def every_view(frame: Frame, with_dialogs: bool) -> Iterator[tuple[str, QWidget]]:
    """The walker's views, and every register."""
    yield from views(frame, with_dialogs)
    go(frame, "registers")
    for name in (*TITLES, NAME):
        frame.stack.open(Place("registers", name))
        settle()
        yield f"registers / {name}", frame


def faults_of(frame: Frame, with_dialogs: bool) -> list[str]:
    found: dict[str, str] = {}
    for where, window in every_view(frame, with_dialogs):
        for fault in (*same_key_twice(window), *keys_not_shown(window), *lists_without_words(window)):
            found.setdefault(fault, where)
    return [f"{where}: {fault}" for fault, where in found.items()]


def test_no_key_does_two_things_every_button_shows_its_key_and_every_list_its_count(open_window: Open) -> None:
    assert faults_of(open_window(EVERYTHING, Settings(language=ENGLISH)), with_dialogs=True) == []


def test_in_an_office_that_has_just_begun_no_list_is_empty_without_a_word(new_sqlite: NewDatabase) -> None:
    db = Database.open(new_sqlite(True))
    people = open_small_office(db)
    desk = Desk(db, people.dao, Settings(language=ENGLISH))
    frame = Frame(desk)
    frame.resize(1366, 768)
    frame.show()
    settle()
    try:
        assert faults_of(frame, with_dialogs=False) == []
    finally:
        take_down(frame, desk)
        db.close()


def lists_on_screen(frame: Frame) -> list[Table[object]]:
    pane = frame.stack.current()
    assert pane is not None
    return [each for each in pane.findChildren(Table) if each.isVisible() and each.rows_model.rowCount()]


def test_ctrl_e_writes_each_list_of_the_window_with_numbers_and_days_as_such(
    open_window: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = open_window(EVERYTHING, Settings(language=LAO))
    file = tmp_path / "list.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_more: (str(file), ""))
    written: set[str] = set()
    for _ in every_view(frame, with_dialogs=False):
        for dialog in dialogs(frame):  # what is modal keeps the window's keys to itself
            dialog.reject()
        for table in [each for each in lists_on_screen(frame) if each.accessibleName() not in written]:
            frame.activateWindow()
            qtbot.waitUntil(frame.isActiveWindow)
            table.setFocus()
            QTest.keyClick(table, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
            settle()
            assert_same(table, file)
            written.add(table.accessibleName())
            file.unlink()
    assert len(written) >= 15


def assert_same(table: Table[object], file: Path) -> None:
    """The workbook has the list's rows: texts as texts, kip and counts as numbers, days as days."""
    rows = [row for page in table.rows_model.whole_list() for row in page.rows]
    sheet = openpyxl.load_workbook(file).active
    head, *cells = list(sheet.iter_rows(values_only=True))
    columns = table.rows_model.columns
    assert list(head) == [column.title.text() for column in columns]
    assert len(cells) in (len(rows), len(rows) + 1)  # the sums stand below
    for row, shown in zip(rows, cells, strict=False):
        for column, cell in zip(columns, shown, strict=True):
            value = column.value(row)
            if isinstance(value, date):
                assert isinstance(cell, datetime)
                assert cell.date() == value
            elif isinstance(value, int):
                assert cell == value
            else:
                assert column.format is not Format.KIP or value is None
                assert (cell or "") == column.text(row)
