"""The form of a return under the keyboard: digits go straight into the place, Enter goes on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from claims_desk.domain.codes import Section
from claims_desk.domain.messages import say
from claims_desk.domain.monthly_return import NOT_REPORTED, Cell
from claims_desk.ui.returns.sheet_model import FIRST, LAST, NAME, NUMBER, ROWS, TOTAL, SheetModel, SumsModel
from claims_desk.ui.returns.typed import MOST_DIGITS, digit_of
from claims_desk.ui.speech import bind_text
from claims_desk.ui.theme import row_height
from claims_desk.ui.widgets.edit import ENTER_KEYS, asks_redo, asks_undo

_CHARACTERS = {NUMBER: 3, TOTAL: 8}
_COUNT = 6
_HEAD_LINES = 2


class SheetGrid(QTableView):
    """Typing replaces what stood in a place; a dash is "not reported"; Del empties it; Ctrl+Z takes it back."""

    def __init__(self, model: SheetModel) -> None:
        super().__init__()
        self.places = model
        self.may_type = True
        self._fresh = True
        self.setModel(model)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(row_height() - 3)
        self._set_up_head()
        bind_text(self.setAccessibleName, say("Form of the return"))
        self.selectionModel().currentChanged.connect(self._on_moved)

    def _set_up_head(self) -> None:
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setMinimumSectionSize(20)
        head.setFixedHeight(_HEAD_LINES * row_height() * 4 // 5)
        character = self.fontMetrics().horizontalAdvance("0")
        for column in range(TOTAL + 1):
            if column == NAME:
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
            else:
                self.setColumnWidth(column, _CHARACTERS.get(column, _COUNT) * character + 20)

    def sizeHint(self) -> QSize:
        """As little as may be; the view gives what is left."""
        return QSize(560, row_height() * 5)

    def go_to(self, section: Section, group: int) -> None:
        """Go to the first blank place of a group, else its first; to a section's first group where it is 0."""
        row = self.places.row_number(section, group or 1)
        cells = [self.places.index(row, column) for column in range(FIRST, LAST + 1)]
        blank = (index for index in cells if not index.data())
        self.setCurrentIndex(next(blank, cells[0]))
        self.setFocus()

    def current_cell(self) -> Cell | None:
        """The place the keyboard is on."""
        return self.places.cell(self.currentIndex())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming in for the first time is at the first place."""
        super().focusInEvent(event)
        if self.current_cell() is None:
            self.setCurrentIndex(self.places.index(1, FIRST))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type, or go on."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in ENTER_KEYS and not control:
            self._step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif asks_undo(event) or asks_redo(event):
            self._take_back(self.places.undo if asks_undo(event) else self.places.redo)
        elif control or not self._type(event):
            super().keyPressEvent(event)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """The arrows stay among the places, over the heading between the sections."""
        index = super().moveCursor(action, modifiers)
        if self.places.cell(index) is not None or not index.isValid():
            return index
        column = min(max(index.column(), FIRST), LAST)
        row = index.row()
        if isinstance(ROWS[row], Section):
            row = row - 1 if row < self.currentIndex().row() and row > 0 else row + 1
        return self.places.index(row, column)

    def focusNextPrevChild(self, onward: bool) -> bool:
        """Tab goes from place to place, and out of the form at its end."""
        return self._step(1 if onward else -1) or super().focusNextPrevChild(onward)

    def _type(self, event: QKeyEvent) -> bool:
        cell = self.current_cell()
        if cell is None or not self.may_type:
            return False
        text = self.places.sheet.texts.get(cell, "")
        typed = "" if self._fresh or text == NOT_REPORTED else text
        digit = digit_of(event.text())
        if digit:
            text = (typed + digit)[:MOST_DIGITS]
        elif event.text() in ("-", NOT_REPORTED):
            text = NOT_REPORTED
        elif event.key() == Qt.Key.Key_Backspace:
            text = text[:-1]
        elif event.key() == Qt.Key.Key_Delete:
            text = ""
        else:
            return False
        self._fresh = False
        self.places.put({cell: text.lstrip("0") or text[:1]})
        return True

    def _take_back(self, step: Callable[[], QModelIndex | None]) -> None:
        index = step() if self.may_type else None
        if index is not None:
            self.setCurrentIndex(index)
            self._fresh = True

    def _step(self, way: int) -> bool:
        index = self.currentIndex()
        row, column = index.row(), index.column() + way
        if not FIRST <= column <= LAST:
            row, column = row + way, FIRST if way > 0 else LAST
        if 0 <= row < len(ROWS) and isinstance(ROWS[row], Section):
            row += way
        if not index.isValid() or not 0 <= row < len(ROWS):
            return False
        self.setCurrentIndex(self.places.index(row, column))
        return True

    def _on_moved(self, current: QModelIndex | QPersistentModelIndex) -> None:
        self._fresh = True
        self.places.sheet.leave()
        if current.isValid():
            self.scrollTo(self.places.index(current.row(), current.column()))


class SheetWithSums(QWidget):
    """The form, and below it the totals of each column, which stay in sight."""

    def __init__(self, model: SheetModel) -> None:
        super().__init__()
        self.grid = SheetGrid(model)
        self.sums = QTableView()
        self.sums.setModel(SumsModel(model))
        self.sums.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.sums.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.sums.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sums.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for header in (self.sums.verticalHeader(), self.sums.horizontalHeader()):
            header.hide()
            header.setMinimumSectionSize(20)
        self.sums.verticalHeader().setDefaultSectionSize(row_height() - 3)
        self.sums.setFixedHeight(len(Section) * (row_height() - 3) + 2)
        bind_text(self.sums.setAccessibleName, say("Totals of the return"))
        self.grid.horizontalHeader().sectionResized.connect(self._follow)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.grid, 1)
        column.addWidget(self.sums)
        for number in range(TOTAL + 1):
            self._follow(number, 0, self.grid.columnWidth(number))

    def _follow(self, column: int, _old: int, width: int) -> None:
        self.sums.setColumnWidth(column, width)
