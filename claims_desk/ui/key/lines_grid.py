"""The grid of lines, typed into with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, ClassVar

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from claims_desk.domain.messages import Message, say
from claims_desk.ui.key.line_delegate import LineDelegate
from claims_desk.ui.key.line_model import COLUMNS, TITLES, LineModel
from claims_desk.ui.key.typed_lines import TYPED
from claims_desk.ui.look_ups import LookUps
from claims_desk.ui.speech import bind_text, speech
from claims_desk.ui.theme import row_height
from claims_desk.ui.widgets.edit import ENTER_KEYS, Edit, asks_redo, asks_undo

_STOPS = tuple(COLUMNS.index(name) for name in TYPED)
_LEAST_NAME = 14
_LEAST_LINES = 3
_CLOSE = 0.85  # of the usual height of a line
_CHARACTERS = {"item_code": 11, "service_date": 11, "quantity": 9, "unit_price": 13, "price": 13, "allowed": 13}


class LinesGrid(QTableView):
    """Enter and Tab go from cell to cell and on to a new row; a blank row and Enter leave the grid.

    `left` comes when the keyboard goes out: 1 onward, -1 back. `typed` comes with every key.
    """

    KEYS: ClassVar[Mapping[str, Message]] = {
        "Enter, Tab": say("Next cell"),
        "F3": say("The cell above"),
        "Ctrl+Delete": say("Take the line out"),
    }

    left = Signal(int)
    typed = Signal()

    def __init__(self, look_ups: LookUps, first_day: Callable[[], date | None]) -> None:
        super().__init__()
        self.was_visited = False
        self._is_close = False
        self.is_locked = False
        self.lines = LineModel(look_ups, first_day, self)
        self._delegate = LineDelegate(self.lines, self)
        self.setModel(self.lines)
        self.setItemDelegate(self._delegate)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._set_up_headers()
        speech.changed.connect(self._set_up_headers)
        bind_text(self.setAccessibleName, say("Lines of the form"))
        bind_text(
            self.setWhatsThis,
            say("What the form claims, a line each: Enter goes from cell to cell and on to the next row."),
        )
        self._delegate.left.connect(self._go_on)
        self._delegate.typed.connect(self.typed)
        self._delegate.removal_asked.connect(self.remove_row)
        self.clicked.connect(self._type_into)

    def _set_up_headers(self) -> None:
        rows, head = self.verticalHeader(), self.horizontalHeader()
        row = round(row_height() * (_CLOSE if self._is_close else 1))
        height = round(head.sizeHint().height() * (_CLOSE if self._is_close else 1))
        head.setFixedHeight(height)
        self.setMinimumHeight(height + row * _LEAST_LINES + 2 * self.frameWidth())
        rows.setDefaultSectionSize(row)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        rows.setFixedWidth(self.fontMetrics().horizontalAdvance("000") + 14)
        head.setHighlightSections(False)
        rows.setHighlightSections(False)
        character = self.fontMetrics().horizontalAdvance("0")
        for number, name in enumerate(COLUMNS):
            if name != "name":
                title = head.fontMetrics().horizontalAdvance(TITLES[name].text()) + 26
                self.setColumnWidth(number, max(title, _CHARACTERS[name] * character + 18))
        self._give_name_the_rest()

    def _give_name_the_rest(self) -> None:
        column = COLUMNS.index("name")
        others = sum(self.columnWidth(each) for each in range(len(COLUMNS)) if each != column)
        least = _LEAST_NAME * self.fontMetrics().horizontalAdvance("0")
        self.setColumnWidth(column, max(least, self.viewport().width() - others))

    def stand_close(self, close: bool) -> None:
        """Take less height, still with room for Lao vowels and tone marks."""
        self._is_close = close
        self._set_up_headers()

    def sizeHint(self) -> QSize:
        """As little as may be; the sheet gives what is left."""
        return QSize(300, self.minimumHeight())

    def go_to(self, row: int, name: str) -> None:
        """Type into the cell of a field; into the code where the field has no cell."""
        column = COLUMNS.index(name if name in TYPED else "item_code")
        self._type_into(self.lines.index(row, column))

    def as_typed(self) -> list[dict[str, Any]]:
        """The texts of every row, the one in the open edit included."""
        index = self.currentIndex()
        editor = self.indexWidget(index) if index.isValid() else None
        open_text = (index.row(), COLUMNS[index.column()], editor.text()) if isinstance(editor, Edit) else None
        return self.lines.typed.as_typed(open_text)

    def enter(self) -> None:
        """Come in at the first blank row."""
        self.go_to(self.lines.rowCount() - 1, "item_code")

    def repeat_above(self) -> None:
        """Take the text of the cell above and go on (F3)."""
        index = self.currentIndex()
        editor = self.indexWidget(index) if index.isValid() else None
        above = self.lines.cell(index.siblingAtRow(index.row() - 1)) if index.row() > 0 else None
        if isinstance(editor, Edit) and above is not None:
            editor.setText(above.text)
            self._delegate.leave(editor, 1)

    def remove_row(self) -> None:
        """Take out the row the keyboard is on, and stay in the grid."""
        index = self.currentIndex()
        if self.is_locked or not index.isValid() or self.lines.typed.rows[index.row()].is_blank:
            return
        self._close_edit(index)
        self.lines.remove(index.row())
        self.go_to(min(index.row(), self.lines.rowCount() - 1), "item_code")

    def commit(self) -> None:
        """Take what stands in the open edit."""
        index = self.currentIndex()
        editor = self.indexWidget(index) if index.isValid() else None
        if editor is not None:
            self.commitData(editor)

    def put_down(self) -> None:
        """Take what was typed into the open edit and close it; a day that is only offered goes with it."""
        index = self.currentIndex()
        editor = self.indexWidget(index) if index.isValid() else None
        if isinstance(editor, Edit):
            if editor.isModified():
                self.commitData(editor)
            self._close_edit(index)

    def is_typing(self) -> bool:
        """Whether the keyboard is in the grid."""
        return self.hasFocus() or self.state() == QAbstractItemView.State.EditingState

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming in by Tab begins to type."""
        super().focusInEvent(event)
        by_key = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if event.reason() in by_key:
            QTimer.singleShot(0, self, self.enter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys on the grid itself, outside an edit."""
        if self.is_locked and event.key() in ENTER_KEYS:
            self.left.emit(1)
        elif event.key() in (*ENTER_KEYS, Qt.Key.Key_F2):
            self._type_into(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_row()
        elif event.key() == Qt.Key.Key_Escape or asks_undo(event) or asks_redo(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The item's name has what is left; an open edit keeps its place."""
        super().resizeEvent(event)
        self._give_name_the_rest()
        self.updateEditorGeometries()

    def _type_into(self, index: QModelIndex) -> None:
        if self.is_locked:
            return None
        if not index.isValid():
            return self.enter()
        if index.column() not in _STOPS:
            index = index.siblingAtColumn(0)
        self.was_visited = True
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.edit(index)
        return None

    def _close_edit(self, index: QModelIndex) -> None:
        editor = self.indexWidget(index)
        if editor is not None:
            self.closeEditor(editor, LineDelegate.EndEditHint.NoHint)

    def _go_on(self, way: int) -> None:
        index = self.currentIndex()
        row, stop = index.row(), _STOPS.index(index.column()) + way
        if way > 0 and stop == 1 and self.lines.typed.rows[row].is_blank:
            self.left.emit(1)
        elif 0 <= stop < len(_STOPS):
            self._type_into(self.lines.index(row, _STOPS[stop]))
        elif 0 <= row + way < self.lines.rowCount():
            self._type_into(self.lines.index(row + way, _STOPS[0 if way > 0 else -1]))
        else:
            self.left.emit(way)
