"""Ctrl+Z over fields and lines of a claim's form."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

from PySide6.QtWidgets import QWidget

from claims_desk.ui.key.form import ClaimForm
from claims_desk.ui.key.lines_grid import LinesGrid
from claims_desk.ui.key.typed_lines import TYPED
from claims_desk.ui.widgets import FormUndo
from claims_desk.ui.widgets.history import State

LINES = "lines"
Rows = tuple[tuple[Any, ...], ...]


class SheetUndo(FormUndo):
    """A step is a field left with another value, a cell, a line taken out, or a claim copied into the form."""

    def __init__(self, sheet: QWidget, form: ClaimForm, grid: LinesGrid) -> None:
        self._fields, self._grid = form, grid
        super().__init__(sheet)
        grid.lines.edited.connect(self.record)

    def take(self) -> State:
        """The fields by their names, and the lines."""
        fields = {name: self._fields.edit(name).kept() for name in self._fields.fields}
        return {**fields, LINES: self._grid.lines.typed.texts()}

    def is_part(self, edit: QWidget) -> bool:
        """The fields; the lines tell by themselves when a cell was left."""
        return self._fields.isAncestorOf(edit)

    def show(self, state: State) -> Any:
        """Put a state into the form; gives the name of the first field that changed, or the cell of the lines."""
        form = self._fields
        changed: list[Any] = [name for name in form.fields if form.edit(name).kept() != state[name]]
        for name in changed:
            form.edit(name).put_back(state[name])
        before = self._grid.lines.typed.texts()
        if before != state[LINES]:
            self._grid.lines.show_typed([dict(zip(("no", *TYPED), row, strict=True)) for row in state[LINES]])
            changed.append(_first_cell(before, state[LINES]))
        return changed[0] if changed else None

    def amend_late(self, name: str) -> None:
        """An answer that came after its field was left is one change with it; before that it is part of the next."""
        if not self._fields.edit(name).hasFocus() and not self._fields.edit("member_no").hasFocus():
            self.amend(name)

    def go_to(self, part: Any) -> None:
        """Put the keyboard on a field by its name, or on a cell by row and name."""
        if isinstance(part, tuple):
            row, name = part
            self._grid.go_to(min(row, self._grid.lines.rowCount() - 1), name)
        else:
            super().go_to(self._fields.edit(part))

    def undo(self) -> None:
        """Take the last change back; what is typed in a cell counts first."""
        self._grid.put_down()
        super().undo()

    def redo(self) -> None:
        """Do again what was taken back."""
        self._grid.put_down()
        super().redo()


def _first_cell(before: Rows, after: Rows) -> tuple[int, str]:
    """Row and name of the first cell in which two states of the lines differ; a whole line is its code."""
    for row, (was, now) in enumerate(zip_longest(before, after)):
        if was is None or now is None:
            return row, TYPED[0]
        differ = [name for name, old, new in zip(TYPED, was[1:], now[1:], strict=True) if old != new]
        if was != now:
            return row, (differ or TYPED)[0]
    return len(after), TYPED[0]
