"""One row of a register that is not dated: its fields in a form, with a reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from claims_desk.domain.messages import say
from claims_desk.imports.kinds import kind_named
from claims_desk.queries.row_timelines import HeldRow, held_row
from claims_desk.services.plain_rows import RowEdit, save_row
from claims_desk.ui import background
from claims_desk.ui.desk import Desk
from claims_desk.ui.registers.row_form import RowFields
from claims_desk.ui.registers.what_if_view import REASON_HELP
from claims_desk.ui.registers.words import TITLES
from claims_desk.ui.widgets import Field, FieldGrid, HouseDialog, MessageStrip, TextEdit, Tone, Words

A_ROW: Final = 4  # fields


class EditDialog(HouseDialog):
    """Every column but a known row's code can be typed over; `saved` carries what to tell."""

    saved = Signal(object)

    def __init__(self, parent: QWidget, desk: Desk, register: str, key: Mapping[str, str] | None) -> None:
        deed = say("Edit") if key else say("New row")
        super().__init__(parent, say("{register}: {deed}", register=TITLES[register], deed=deed), say("Save"), "F9")
        self.desk, self.register, self.key = desk, register, key
        kind = kind_named(register)
        names = tuple(name for name in kind.names if not (key and name in kind.key))
        self.row = RowFields(desk, kind, names)
        self.seen: HeldRow | None = None
        self.reason = TextEdit()
        self.strip = MessageStrip()
        self.grid = FieldGrid()
        self._lay_out()
        if key is not None:
            self.do_button.setEnabled(False)
            desk.read(self, self._show, held_row, register, key)
        next(iter(self.row.fields.values())).edit.setFocus()

    def _lay_out(self) -> None:
        self.resize(1080, 500)
        if self.key is not None:
            self.body.addWidget(Words(" · ".join(self.key.values()), "heading"))
        for some in _by(list(self.row.fields.values()), A_ROW):
            self.grid.add_row(*some)
        self.grid.add_row(
            Field(say("Reason"), self.reason, name="reason", help_text=REASON_HELP, required=True, grows=1)
        )
        self.body.addWidget(self.grid)
        note = say("It counts for all that is judged from now on, whatever the day of the visit.")
        self.body.addWidget(self.strip)
        self.body.addWidget(Words(note, "muted", wraps=True))

    def accept(self) -> None:
        """Save the row."""
        if not self.do_button.isEnabled() or not self.grid.all_good():
            return
        desk, typed = self.desk, {**self.row.typed(), **(self.key or {})}
        edit = RowEdit(register=self.register, typed=typed, seen=self.seen)
        work = partial(save_row, desk.db, desk.actor, edit, self.reason.value() or "")
        background.run(self, work, lambda _: self._done(), self.strip.tell_refusal)

    def _show(self, row: HeldRow | None) -> None:
        if row is None:
            self.strip.tell(say("The record is no longer there."), Tone.BAD)
            return
        self.seen = row
        self.row.show(row)
        self.do_button.setEnabled(True)

    def _done(self) -> None:
        words = say("{register}: saved.", register=TITLES[self.register])
        self.desk.told.emit(words.text())
        self.desk.changed.emit(frozenset({"registers"}))
        self.saved.emit(words)
        super().accept()


def _by(fields: list[Field], size: int) -> Iterator[list[Field]]:
    for start in range(0, len(fields), size):
        yield fields[start : start + size]
