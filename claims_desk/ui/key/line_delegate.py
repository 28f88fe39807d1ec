"""Types into a cell of the lines: the same edits as the form's, moving from cell to cell."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from claims_desk.domain.dates import format_day
from claims_desk.ui.key.form_fields import LINE_FIELDS
from claims_desk.ui.key.line_model import COLUMNS, LineModel
from claims_desk.ui.speech import bind_text
from claims_desk.ui.widgets import CodeEdit, DateEdit, Edit
from claims_desk.ui.widgets.edit import ENTER_KEYS

Index = QModelIndex | QPersistentModelIndex
_MAKERS = {each.name: each for each in LINE_FIELDS}
_ONWARD = (*ENTER_KEYS, Qt.Key.Key_Tab)


class LineDelegate(QStyledItemDelegate):
    """Opens an edit in a cell. `left` comes when it was left by a key: 1 onward, -1 back."""

    left = Signal(int)
    typed = Signal()
    removal_asked = Signal()

    def __init__(self, model: LineModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """The edit of the column."""
        column = _MAKERS[COLUMNS[index.column()]]
        row = index.row()
        edit = column.make(self._model.look_ups, lambda: self._model.typed.day_before(row))
        edit.setParent(parent)
        edit.setAlignment(self._model.data(index, Qt.ItemDataRole.TextAlignmentRole))
        bind_text(edit.setAccessibleName, column.label)
        bind_text(edit.setWhatsThis, column.help_text)
        edit.typed.connect(self.typed)
        return edit

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """The edit fills its cell."""
        editor.setGeometry(option.rect)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the cell's text; a blank date offers the most likely day."""
        assert isinstance(editor, Edit)
        if editor.property("filled"):  # the judgement's answer must not overwrite what is being typed
            return
        editor.setProperty("filled", True)
        cell = self._model.cell(index)
        text = cell.text if cell else ""
        if not text and isinstance(editor, DateEdit) and not self._model.typed.rows[index.row()].is_blank:
            day = self._model.typed.day_before(index.row())
            text = format_day(day) if day else ""
        editor.setText(text)
        editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Keep the text."""
        assert isinstance(editor, Edit)
        editor.settle()
        self._model.put(index, editor.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Tab go on, with Shift back; Ctrl+Delete takes the row out; Esc is the pane's."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, Edit):
            return self._on_key(watched, event)
        return super().eventFilter(watched, event)

    def _on_key(self, editor: Edit[object], event: QKeyEvent) -> bool:
        key = event.key()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in _ONWARD or key == Qt.Key.Key_Backtab:
            back = key == Qt.Key.Key_Backtab or shift
            self.leave(editor, -1 if back else 1, takes=key in ENTER_KEYS and not back)
            return True
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key == Qt.Key.Key_Delete and (control or not editor.text()):
            self.removal_asked.emit()
            return True
        return False

    def leave(self, editor: Edit[object], way: int, takes: bool = False) -> None:
        """Keep what is typed and go on; with `takes` the first row of the list first."""
        if takes and isinstance(editor, CodeEdit) and (editor.isModified() or editor.list_is_open):
            self._take_first(editor)
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        self.left.emit(way)

    def _take_first(self, editor: CodeEdit) -> None:
        marked, text = editor.marked(), editor.text().strip()
        found = [marked] if marked else self._model.look_ups.items(text) if text else []
        exact = next((choice for choice in found if choice.code.upper() == text.upper()), None)
        if found:
            editor.take(exact or found[0])
