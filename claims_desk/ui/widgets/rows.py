"""Table models over frozen rows: all rows at hand, or a page at a time out of the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from claims_desk.domain.columns import Align, Column
from claims_desk.domain.lao import sort_key
from claims_desk.domain.paging import Page, PageWanted
from claims_desk.ui.background import Failed, Latest
from claims_desk.ui.speech import speech

R = TypeVar("R")
WHOLE_PAGE = 2_000
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_SIDES = {
    Align.LEFT: Qt.AlignmentFlag.AlignLeft,
    Align.RIGHT: Qt.AlignmentFlag.AlignRight,
    Align.CENTRE: Qt.AlignmentFlag.AlignHCenter,
}


class RowsModel(QAbstractTableModel, Generic[R]):
    """Rows shown by a list of columns; a cell's `UserRole` is its whole row."""

    def __init__(self, columns: Sequence[Column[R]], rows: Sequence[R] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: list[R] = list(rows)
        speech.changed.connect(self._say_again)

    def set_rows(self, rows: Sequence[R]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def set_columns(self, columns: Sequence[Column[R]]) -> None:
        """Show other columns; the rows of the old ones go."""
        self.beginResetModel()
        self.columns, self.rows = tuple(columns), []
        self.endResetModel()

    def whole_list(self) -> Iterator[Page[R]]:
        """Every row there is, a page at a time; called off the window's thread."""
        rows = tuple(self.rows)
        yield Page(rows, len(rows))

    def row(self, index: Index) -> R | None:
        """The row of a cell."""
        return self.rows[index.row()] if index.isValid() and index.row() < len(self.rows) else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many rows are at hand."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, alignment, for a screen reader the column's title, or with `UserRole` the row itself."""
        row = self.row(index)
        if row is None:
            return None
        column = self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.text(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _SIDES[column.alignment] | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return column.title.text()
        return row if role == Qt.ItemDataRole.UserRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The columns' titles."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _SIDES[column.alignment] | Qt.AlignmentFlag.AlignVCenter
        return column.title.text() if role == Qt.ItemDataRole.DisplayRole else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort the rows at hand by a column, Lao text in dictionary order, empty cells last."""
        if not 0 <= column < len(self.columns):
            return
        shown = self.columns[column]
        descending = order == Qt.SortOrder.DescendingOrder
        filled = [row for row in self.rows if shown.value(row) is not None]
        filled.sort(key=lambda row: _order(shown, row), reverse=descending)
        self.set_rows(filled + [row for row in self.rows if shown.value(row) is None])

    def _say_again(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, max(0, len(self.columns) - 1))
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.columns) - 1))


def _order(column: Column[R], row: R) -> Any:
    value = column.value(row)
    return value if isinstance(value, int) or hasattr(value, "isoformat") else sort_key(column.text(row))


class PagedModel(RowsModel[R]):
    """Rows fetched in the background a page at a time, sorted and filtered by the query; more as one scrolls.

    `fetch` answers a `PageWanted` with a `Page`; `arrived` tells each answer. A refusal goes to `failed`.
    """

    arrived = Signal()

    def __init__(
        self,
        columns: Sequence[Column[R]],
        fetch: Callable[[PageWanted], Page[R]],
        parent: QObject | None = None,
        failed: Failed | None = None,
    ) -> None:
        super().__init__(columns, (), parent)
        self._fetch = fetch
        self.wanted = PageWanted()
        self.count = 0
        self.kip: int | None = None
        self._latest: Latest[PageWanted, tuple[PageWanted, Page[R]]] = Latest(
            self, lambda wanted: (wanted, fetch(wanted)), self._take, failed
        )

    def whole_list(self) -> Iterator[Page[R]]:
        """Every row of the filter as it stands, in its order, a page at a time out of the database."""
        offset, count = 0, 1
        while offset < count:
            page = self._fetch(replace(self.wanted, offset=offset, limit=WHOLE_PAGE))
            yield page
            offset += len(page.rows)
            count = page.count if page.rows else 0

    def ask(self, search: str | None = None) -> None:
        """Fetch from the top again, with another search text where given."""
        self.wanted = replace(self.wanted, search=self.wanted.search if search is None else search)
        self._latest.ask(self.wanted)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Let the query sort by a column; -1 is the list's own order."""
        key = self.columns[column].key if 0 <= column < len(self.columns) else ""
        descending = order == Qt.SortOrder.DescendingOrder
        if (key, descending) != (self.wanted.sort, self.wanted.descending):
            self.wanted = replace(self.wanted, sort=key, descending=descending)
            self._latest.ask(self.wanted)

    def canFetchMore(self, parent: Index = _NOWHERE) -> bool:
        """Whether the database has more rows than are at hand."""
        return not parent.isValid() and len(self.rows) < self.count and not self._latest.waiting

    def fetchMore(self, parent: Index = _NOWHERE) -> None:
        """Fetch the next page in the background."""
        self._latest.ask(replace(self.wanted, offset=len(self.rows)))

    def _take(self, answer: tuple[PageWanted, Page[R]]) -> None:
        wanted, page = answer
        self.count, self.kip = page.count, page.kip
        if wanted.offset == 0:
            self.set_rows(page.rows)
        elif wanted.offset == len(self.rows) and page.rows:
            self.beginInsertRows(_NOWHERE, wanted.offset, wanted.offset + len(page.rows) - 1)
            self.rows.extend(page.rows)
            self.endInsertRows()
        self.arrived.emit()
