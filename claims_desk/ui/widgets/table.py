"""The table of the house: one row is one thing, Enter opens it; the window's Ctrl+E takes the list out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from claims_desk.domain.columns import Column
from claims_desk.domain.messages import Message, say
from claims_desk.ui.speech import bind_text, speech
from claims_desk.ui.theme import Tone, row_height
from claims_desk.ui.widgets.badge import BadgeDelegate
from claims_desk.ui.widgets.cell_tips import CellTips
from claims_desk.ui.widgets.rows import RowsModel

R = TypeVar("R")
_ENDS = (Qt.Key.Key_Home, Qt.Key.Key_End)
_WITH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier
ROOM_BESIDE_TITLE = 32  # pixels, for the sign of a sorted column


class Table(QTableView, Generic[R]):
    """Shows a `RowsModel` or `PagedModel`. `opened` carries the row of Enter, `picked` all selected."""

    KEYS: ClassVar[Mapping[str, Message]] = {
        "↑ ↓": say("Row before, next row"),
        "Home, End": say("First row, last row"),
        "Enter": say("Open the row"),
        "Ctrl+E": say("The list as a workbook"),
    }

    opened = Signal(object)
    picked = Signal(list)

    def __init__(self, model: RowsModel[R], name: Message, many: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows_model = model
        self.setModel(model)
        modes = QAbstractItemView.SelectionMode
        self.setSelectionMode(modes.ExtendedSelection if many else modes.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        CellTips(self)
        self._set_up_headers()
        bind_text(self.setAccessibleName, name)
        self.doubleClicked.connect(self._open)
        self.selectionModel().selectionChanged.connect(lambda: self.picked.emit(self.chosen_rows()))
        model.modelReset.connect(lambda: self.picked.emit([]))

    def _set_up_headers(self) -> None:
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(row_height())
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setStretchLastSection(True)
        head.setSectionsMovable(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        head.setSortIndicatorClearable(True)
        self.setSortingEnabled(True)
        speech.changed.connect(self._fit)
        self._set_widths()

    def _fit(self) -> None:
        """Other words or another size of the text."""
        self.verticalHeader().setDefaultSectionSize(row_height())
        self._make_room_for_titles()

    def set_columns(self, columns: Sequence[Column[R]]) -> None:
        """Show other columns, in the list's own order."""
        self.rows_model.set_columns(columns)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._set_widths()

    def _set_widths(self) -> None:
        character = self.fontMetrics().horizontalAdvance("n")
        for number, column in enumerate(self.rows_model.columns):
            self.setColumnWidth(number, column.width * character + 18)
        self._make_room_for_titles()

    def _make_room_for_titles(self) -> None:
        metrics = self.horizontalHeader().fontMetrics()
        for number, column in enumerate(self.rows_model.columns):
            title = metrics.horizontalAdvance(column.title.text()) + ROOM_BESIDE_TITLE
            if self.columnWidth(number) < title:
                self.setColumnWidth(number, title)

    def badge(self, key: str, tone_of: Callable[[R], Tone]) -> None:
        """Show the column `key` as status badges."""
        number = [column.key for column in self.rows_model.columns].index(key)
        self.setItemDelegateForColumn(number, BadgeDelegate(self, tone_of))

    def chosen_rows(self) -> list[R]:
        """The rows selected, from top to bottom."""
        numbers = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.rows_model.rows[number] for number in numbers]

    def current_row(self) -> R | None:
        """The row the keyboard is on."""
        return self.rows_model.row(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the row; Home and End go to the first and the last row that is loaded: rows are marked whole."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif event.key() in _ENDS and not event.modifiers() & _WITH:
            last = self.rows_model.rowCount() - 1
            self.setCurrentIndex(self.rows_model.index(last if event.key() == Qt.Key.Key_End else 0, 0))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: Any) -> None:
        """Coming in by keyboard marks the first row."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows_model.rowCount():
            self.setCurrentIndex(self.rows_model.index(0, 0))

    def _open(self, index: QModelIndex) -> None:
        row = self.rows_model.row(index)
        if row is not None:
            self.opened.emit(row)
