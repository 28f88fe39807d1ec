"""The table in which the third person decides with the keyboard: 1 the first, 2 the second, 3 what he types."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from claims_desk.domain.messages import say
from claims_desk.ui.look_ups import LookUps
from claims_desk.ui.speech import bind_text
from claims_desk.ui.theme import row_height
from claims_desk.ui.verify.field_words import edit_for, field_label, show_in, typed_text
from claims_desk.ui.verify.keyings_model import FIRST, PAPER, SECOND, KeyingsModel
from claims_desk.ui.widgets import CodeEdit, Edit
from claims_desk.ui.widgets.edit import ENTER_KEYS

_LEAVING = (*ENTER_KEYS, Qt.Key.Key_Tab)


class KeyingsTable(QTableView):
    """Enter goes to the next field nobody has decided; when all are, `all_decided`. `turned` carries a field's name.

    `unreadable` carries why what is typed cannot stand in its field.
    """

    all_decided = Signal()
    turned = Signal(str)
    unreadable = Signal(object)

    def __init__(self, look_ups: LookUps) -> None:
        super().__init__()
        self.keyings = KeyingsModel()
        self._look_ups = look_ups
        self._edit: Edit[Any] | None = None
        self._edited = 0
        self.setModel(self.keyings)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(row_height())
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        bind_text(self.setAccessibleName, say("Both keyings side by side"))
        self.clicked.connect(self._on_clicked)
        self.selectionModel().currentRowChanged.connect(self._on_row)

    def begin(self) -> None:
        """Stand on the first field that is open."""
        self._close_edit()
        rows = self.keyings.open_rows() or self.keyings.differing_rows()
        if rows:
            self._stand_on(rows[0])
        self.setFocus()

    def go_on(self) -> None:
        """Stand on the next open field below, else on the first one; none left tells `all_decided`."""
        rows = self.keyings.open_rows()
        here = self.currentIndex().row()
        below = [number for number in rows if number > here]
        if rows:
            self._stand_on((below or rows)[0])
        else:
            self.all_decided.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1, 2 and 3 decide, Enter goes on, arrows walk."""
        column = {"1": FIRST, "2": SECOND, "3": PAPER, "໑": FIRST, "໒": SECOND, "໓": PAPER}.get(event.text())
        if column is not None:
            self._decide(self.currentIndex().row(), column)
        elif event.key() in ENTER_KEYS:
            self.go_on()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the edit Enter and Tab take what is typed and go on, Esc leaves it."""
        if watched is not self._edit or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
            event.accept()  # the button that leaves the form must not have it
            return True
        if event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.key() in _LEAVING:
            self._take_typed()
            return True
        if event.key() == Qt.Key.Key_Escape:
            self._close_edit()
            return True
        return False

    def commit(self) -> bool:
        """Take what stands in an open edit; False where it cannot be read."""
        return self._edit is None or self._keep()

    def _decide(self, number: int, column: int) -> None:
        if not 0 <= number < len(self.keyings.rows) or not self.keyings.rows[number].differs:
            return
        row = self.keyings.rows[number]
        if column == PAPER:
            self._open_edit(number)
        else:
            self.keyings.choose(number, row.first if column == FIRST else row.second)

    def _open_edit(self, number: int) -> None:
        self._close_edit()
        row = self.keyings.rows[number]
        edit = edit_for(row.name, self._look_ups)
        bind_text(edit.setAccessibleName, field_label(row.name))
        if row.chosen:
            show_in(edit, row.name, row.chosen)
        edit.installEventFilter(self)
        self._edit, self._edited = edit, number
        self.setIndexWidget(self.keyings.index(number, PAPER), edit)
        edit.setFocus()
        edit.selectAll()

    def _take_typed(self) -> None:
        edit = self._edit
        if isinstance(edit, CodeEdit):
            marked = edit.marked()
            if marked is not None:
                edit.take(marked)
        if self._keep():
            self.go_on()

    def _keep(self) -> bool:
        edit = self._edit
        assert edit is not None
        edit.settle()
        if edit.problem is not None:
            self.unreadable.emit(edit.problem)
            return False
        text = typed_text(edit)
        self._close_edit()
        self.keyings.choose(self._edited, text)
        return True

    def _close_edit(self) -> None:
        edit, self._edit = self._edit, None
        if edit is not None:
            edit.removeEventFilter(self)
            self.setFocus()
            self.setIndexWidget(self.keyings.index(self._edited, PAPER), None)  # type: ignore[arg-type]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The field being decided stays in sight when paper comes or goes."""
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)

    def _stand_on(self, number: int) -> None:
        index = self.keyings.index(number, PAPER)
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() != 0:
            self._decide(index.row(), index.column())

    def _on_row(self, current: QModelIndex, _before: QModelIndex) -> None:
        if self._edit is not None:
            self._close_edit()
        if current.isValid():
            self.turned.emit(self.keyings.rows[current.row()].name)
