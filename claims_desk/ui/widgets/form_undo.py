"""Ctrl+Z over a whole form: once a field was left, its change is taken back from anywhere in the form."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from claims_desk.ui.widgets.edit import Edit, asks_redo, asks_undo
from claims_desk.ui.widgets.history import History, State
from claims_desk.ui.widgets.search import SearchBox
from claims_desk.ui.widgets.text_edit import PasswordEdit


class FormUndo(QObject):
    """Takes back and does again what was changed in the fields of `form`, and goes to where it was changed.

    A field being typed in takes back its own typing first and leaves the rest to this. A change is what a field is
    left with. `moved` tells that the form shows an earlier or later state. Passwords and searches are left alone.
    """

    moved = Signal()

    def __init__(self, form: QWidget) -> None:
        super().__init__(form)
        self._form = form
        self._is_showing = self._is_typed = False
        self._watched: set[Edit[Any]] = set()
        self._history = History(self.take())
        self.listen(form)
        self._on_focus(None, QApplication.focusWidget())
        QApplication.instance().focusChanged.connect(self._on_focus)  # type: ignore[union-attr]

    def listen(self, place: QWidget) -> None:
        """Hear the keys that `place` and what lies in it leave alone."""
        place.installEventFilter(self)

    def begin(self) -> None:
        """Another form stands there: nothing before it can be taken back."""
        self._history.begin(self.take())
        self._is_typed = False

    def has_changes(self) -> bool:
        """Whether there is something to take back."""
        self._count_typed()
        return self._history.can_undo

    def record(self) -> None:
        """Count what was changed since the last step as one step."""
        if not self._is_showing:
            self._history.record(self.take())

    def amend(self, part: Any) -> None:
        """Take what the program itself filled into a part as part of the last change."""
        if not self._is_showing:
            self._history.amend(part, self.take()[part])

    def take(self) -> State:
        """What stands in the form now, a value a part."""
        return {edit: edit.kept() for edit in self._form.findChildren(Edit) if self.is_part(edit)}

    def is_part(self, edit: QWidget) -> bool:
        """Whether what is typed there can be taken back."""
        return isinstance(edit, Edit) and not isinstance(edit, SearchBox | PasswordEdit)

    def show(self, state: State) -> Any:
        """Put a state into the form; gives the first part that changed."""
        changed = [edit for edit, kept in state.items() if isValid(edit) and edit.kept() != kept]
        for edit in changed:
            edit.put_back(state[edit])
        return changed[0] if changed else None

    def go_to(self, part: Any) -> None:
        """Put the keyboard where something was changed."""
        if isinstance(part, Edit):
            part.setFocus()
            part.selectAll()
            self._watch(part)

    def undo(self) -> None:
        """Take the last change back (Ctrl+Z)."""
        self._count_typed()
        self._show(self._history.undo(self.take()))

    def redo(self) -> None:
        """Do again what was taken back (Ctrl+Y, Ctrl+Shift+Z)."""
        self._count_typed()
        self._show(self._history.redo(self.take()))

    def _show(self, state: State | None) -> None:
        if state is None:
            return
        self._is_showing = True
        part = self.show(state)
        if part is not None:
            self.go_to(part)
        self._is_showing = False
        self._absorb()
        self.moved.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take back or do again what no field took back itself."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if asks_undo(event):
            self.undo()
        elif asks_redo(event):
            self.redo()
        else:
            return False
        return True

    def _on_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        if self._is_showing or not isValid(self._form):
            return
        if old is not None and isValid(old) and self._form.isAncestorOf(old):
            self._count_typed()
        if new is not None and self._form.isAncestorOf(new):
            self._absorb()
            self._watch(new)

    def _watch(self, part: QWidget) -> None:
        """What is typed by hand is a change; what a dialog is filled with while its answer comes is none."""
        if isinstance(part, Edit) and part not in self._watched and self.is_part(part):
            self._watched.add(part)
            part.typed.connect(self._mark)
            part.committed.connect(self._mark)

    def _mark(self) -> None:
        self._is_typed = not self._is_showing

    def _count_typed(self) -> None:
        if self._is_typed:
            self.record()
        self._absorb()

    def _absorb(self) -> None:
        if not self._is_showing:
            self._history.absorb(self.take())
            self._is_typed = False
