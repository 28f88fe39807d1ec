from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import openpyxl
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from claims_desk.domain.columns import Column, Format
from claims_desk.domain.messages import say
from claims_desk.domain.paging import Page, PageWanted
from claims_desk.ui.list_export import write
from claims_desk.ui.theme import Tone
from claims_desk.ui.widgets import EmptyState, Listing, RowsModel, Table
from tests.ui.conftest import Settle, type_keys


@dataclass(frozen=True)
class Row:
    name: str
    day: date | None
    kip: int


COLUMNS: tuple[Column[Row], ...] = (
    Column("name", say("Name"), lambda row: row.name),
    Column("day", say("Day"), lambda row: row.day, Format.DAY),
    Column("kip", say("Amount"), lambda row: row.kip, Format.KIP),
)
ROWS = [Row(f"row {n:04}", date(2026, 1, 1 + n % 28), n * 1_000) for n in range(500)]


class Register:
    """Rows in a place of their own, asked as a query would be."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows, self.asked = rows, list[PageWanted]()

    def fetch(self, wanted: PageWanted) -> Page[Row]:
        self.asked.append(wanted)
        fitting = [row for row in self.rows if wanted.search in row.name]
        if wanted.sort:
            fitting.sort(key=lambda row: getattr(row, wanted.sort), reverse=wanted.descending)
        part = fitting[wanted.offset : wanted.offset + wanted.limit]
        return Page(tuple(part), len(fitting), sum(row.kip for row in fitting))


def listing_of(qtbot: QtBot, register: Register) -> Listing[Row]:
    empty = EmptyState(say("No claims yet"), say("Register a bundle first."))
    listing = Listing(say("Claims"), COLUMNS, register.fetch, empty, kip_of=lambda row: row.kip, many=True)
    qtbot.addWidget(listing)
    listing.resize(800, 500)
    listing.show()
    listing.activateWindow()
    qtbot.waitUntil(listing.isActiveWindow)
    return listing


def test_a_list_comes_a_page_at_a_time_with_the_totals_of_the_whole_filter(qtbot: QtBot, settle: Settle) -> None:
    listing = listing_of(qtbot, Register(ROWS))
    listing.refresh()
    settle()
    assert listing.model.rowCount() == 200
    assert listing.totals.all.text() == "Rows: 500 · 124.750.000 kip"
    listing.table.scrollToBottom()
    qtbot.waitUntil(lambda: listing.model.rowCount() == 400)


def test_search_asks_the_database_and_enter_asks_at_once(qtbot: QtBot, settle: Settle) -> None:
    register = Register(ROWS)
    listing = listing_of(qtbot, register)
    listing.refresh()
    settle()
    listing.search.setFocus()
    type_keys(listing.search, "row 001")
    QTest.keyClick(listing.search, Qt.Key.Key_Return)
    settle()
    assert [row.name for row in listing.model.rows] == [f"row 001{n}" for n in range(10)]
    assert register.asked[-1].search == "row 001"


def test_a_click_on_a_title_sorts_in_the_database(qtbot: QtBot, settle: Settle) -> None:
    register = Register(ROWS)
    listing = listing_of(qtbot, register)
    listing.refresh()
    settle()
    listing.table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    settle()
    assert register.asked[-1].sort == "kip"
    assert listing.model.rows[0].kip == 499_000


def test_the_selection_has_its_own_total(qtbot: QtBot, settle: Settle) -> None:
    listing = listing_of(qtbot, Register(ROWS))
    listing.refresh()
    settle()
    listing.table.setFocus()
    QTest.keyClick(listing.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(listing.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert len(listing.chosen_rows()) == 3
    assert listing.totals.chosen.text() == "Selected. Rows: 3 · 3.000 kip"


def test_enter_opens_the_row(qtbot: QtBot, settle: Settle) -> None:
    listing = listing_of(qtbot, Register(ROWS))
    opened: list[Row] = []
    listing.opened.connect(opened.append)
    listing.refresh()
    settle()
    listing.table.setFocus()
    QTest.keyClick(listing.table, Qt.Key.Key_Down)
    QTest.keyClick(listing.table, Qt.Key.Key_Return)
    assert [row.name for row in opened] == ["row 0001"]


def test_where_there_is_nothing_it_says_what_to_do_first(qtbot: QtBot, settle: Settle) -> None:
    register = Register([])
    listing = listing_of(qtbot, register)
    listing.refresh()
    settle()
    assert not listing.table.isVisible()
    register.rows = ROWS
    listing.refresh()
    settle()
    assert listing.table.isVisible()


def test_a_search_that_finds_nothing_says_so_in_words(qtbot: QtBot, settle: Settle) -> None:
    listing = listing_of(qtbot, Register(ROWS))
    listing.model.ask("nobody")
    settle()
    assert not listing.table.isVisible()
    words = [label.text().replace("\u200b", "") for label in listing.findChildren(QLabel) if label.isVisible()]
    assert "Nothing fits. Try a number, or part of a name in either script." in words
    assert listing.totals.all.text() == "Rows: 0 · 0 kip"


def test_the_workbook_holds_every_row_of_the_filter_not_only_those_on_screen(
    qtbot: QtBot, settle: Settle, tmp_path: Path
) -> None:
    listing = listing_of(qtbot, Register(ROWS))
    listing.refresh()
    settle()
    counts: list[int] = []
    file = tmp_path / "list.xlsx"
    write(listing.table, file, "Claims", lambda count, _total: counts.append(count), lambda: False)
    names = [row[0] for row in openpyxl.load_workbook(file).worksheets[0].iter_rows(values_only=True)]
    assert "row 0499" in names
    assert counts == [500]


def test_a_cancelled_workbook_leaves_no_file(qtbot: QtBot, settle: Settle, tmp_path: Path) -> None:
    listing = listing_of(qtbot, Register(ROWS))
    listing.refresh()
    settle()
    assert write(listing.table, tmp_path / "list.xlsx", "Claims", lambda _count, _total: None, lambda: True) is None
    assert list(tmp_path.iterdir()) == []


def test_rows_at_hand_sort_lao_names_as_a_dictionary_does_and_empty_days_last(qtbot: QtBot) -> None:
    rows = [Row("ໄກ່", None, 3), Row("ກາ", date(2026, 1, 2), 1), Row("ຂາ", date(2026, 1, 1), 2)]
    model = RowsModel(COLUMNS, rows)
    model.sort(0)
    assert [row.name for row in model.rows] == ["ກາ", "ໄກ່", "ຂາ"]
    model.sort(1)
    assert [row.kip for row in model.rows] == [2, 1, 3]
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert [row.kip for row in model.rows] == [1, 2, 3]


def test_a_status_column_is_drawn_as_badges(qtbot: QtBot) -> None:
    table = Table(RowsModel(COLUMNS, ROWS[:3]), say("Claims"))
    qtbot.addWidget(table)
    tones: list[Row] = []

    def tone_of(row: Row) -> Tone:
        tones.append(row)
        return Tone.GOOD

    table.badge("name", tone_of)
    table.resize(400, 200)
    table.grab()
    assert set(tones) == set(ROWS[:3])


def test_home_and_end_go_to_the_first_and_the_last_row(qtbot: QtBot, settle: Settle) -> None:
    listing = listing_of(qtbot, Register(ROWS[:50]))
    listing.refresh()
    settle()
    table = listing.table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_End)
    settle()
    assert table.currentIndex().row() == 49
    assert [row.name for row in table.chosen_rows()] == ["row 0049"]
    QTest.keyClick(table, Qt.Key.Key_Home)
    assert [row.name for row in table.chosen_rows()] == ["row 0000"]
    assert table.currentIndex().column() == 0
