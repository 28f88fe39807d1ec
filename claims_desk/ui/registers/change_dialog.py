"""One row of a dated register from a day on: changed, new, or ended; tried on a quarter's claims before it is saved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import Enum
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from claims_desk.domain.columns import Cell, Column, Format, show
from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import Message, say, tr
from claims_desk.imports.kinds import kind_named
from claims_desk.queries.row_timelines import HeldRow, row_timeline
from claims_desk.services.register_rows import RowChange, change_row
from claims_desk.services.what_if_changed import can_be_tried, what_if_changed
from claims_desk.ui import background
from claims_desk.ui.desk import Desk
from claims_desk.ui.registers.columns import column_named
from claims_desk.ui.registers.row_form import RowFields, value_names, words_of
from claims_desk.ui.registers.what_if_view import QUARTER_HELP, REASON_HELP, ask_what_if, quarter_choice
from claims_desk.ui.registers.words import TITLES
from claims_desk.ui.theme import row_height
from claims_desk.ui.widgets import (
    Button,
    DateEdit,
    Field,
    FieldGrid,
    HouseDialog,
    MessageStrip,
    RowsModel,
    Table,
    TextEdit,
    Tone,
    Words,
)

ROWS_SHOWN: Final = 4  # with the heading


class Deed(Enum):
    """What is done to a key."""

    CHANGE = say("Change from a day")
    NEW = say("New row")
    END = say("End")


_DAY_LABEL: Final[Mapping[Deed, Message]] = {
    Deed.CHANGE: say("From day"),
    Deed.NEW: say("From day"),
    Deed.END: say("Last day it holds"),
}

_DAY_HELP = say("A day such as 10/3/2026; claims of days before it are judged as before.")


class ChangeDialog(HouseDialog):
    """The rows of the key as they stand, the new values, the day and the reason; `saved` carries what to tell."""

    saved = Signal(object)

    def __init__(self, parent: QWidget, desk: Desk, register: str, deed: Deed, key: Mapping[str, str] | None) -> None:
        title = say("{register}: {deed}", register=TITLES[register], deed=deed.value)
        super().__init__(parent, title, say("Save"), "F9")
        self.desk, self.register, self.deed, self.key = desk, register, deed, key
        self.kind = kind_named(register)
        self.seen: tuple[HeldRow, ...] = ()
        names = () if deed is Deed.END else value_names(self.kind)
        self.row = RowFields(desk, self.kind, names if key is not None else (*self.kind.key, *names))
        self.day = DateEdit(today=desk.today)
        self.reason = TextEdit()
        hint = say("It stands in the audit trail, such as the letter that orders it.")
        self.reason_field = Field(
            say("Reason"), self.reason, name="reason", hint=hint, help_text=REASON_HELP, required=True, grows=1
        )
        self.quarter = quarter_choice(desk.today())
        self.strip = MessageStrip()
        self.grid = FieldGrid()
        self.rows: Table[HeldRow] = Table(RowsModel(self._columns()), say("Rows of this key"))
        self._lay_out()
        if key is not None:
            self._load()
        next(iter(self.row.fields.values())).edit.setFocus() if key is None else self.day.setFocus()

    def _lay_out(self) -> None:
        self.resize(820, 540 if self.key is not None else 440)
        day = Field(_DAY_LABEL[self.deed], self.day, name="day", help_text=_DAY_HELP, width=11, required=True)
        fields = list(self.row.fields.values())
        keyed = fields[: len(self.kind.key)] if self.key is None else []
        if keyed:
            self.grid.add_row(*keyed)
        self.grid.add_row(day, *fields[len(keyed) :])
        self.grid.add_row(self.reason_field)
        if self.key is not None:
            self.body.addWidget(Words(self._key_words(), "heading"))
            self.rows.setMinimumHeight(ROWS_SHOWN * row_height())
            self.body.addWidget(self.rows, 1)
        self.body.addWidget(self.grid)
        if can_be_tried(self.register):
            self.body.addLayout(self._trial_row())
        self.body.addWidget(self.strip)

    def _trial_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(Field(say("Quarter"), self.quarter, name="quarter", help_text=QUARTER_HELP, width=26))
        row.addWidget(Button(say("What would it have cost?"), "F8", self.try_out))
        row.addStretch()
        return row

    def _columns(self) -> tuple[Column[HeldRow], ...]:
        shown = [
            Column("from", say("From"), lambda row: row.valid_from, Format.DAY, width=10),
            Column("to", say("To"), lambda row: row.valid_to, Format.DAY, width=10),
            *(self._value_column(name) for name in value_names(self.kind)),
            Column("standing", say("Today"), self._standing, width=14),
        ]
        return tuple(shown)

    def _value_column(self, name: str) -> Column[HeldRow]:
        like = column_named(name)
        return Column(name, like.title, lambda row: words_of(name, row.values[name]), like.format, width=like.width)

    def _standing(self, row: HeldRow) -> Cell:
        today = self.desk.today()
        if row.holds(today):
            return say("✓ in force")
        return say("to come") if row.valid_from > today else say("ended")

    def _key_words(self) -> str:
        return " · ".join(show(words_of(name, value)) or tr("All") for name, value in (self.key or {}).items())

    def _load(self) -> None:
        self.desk.read(self, self._show, row_timeline, self.register, self.key or {})

    def _show(self, rows: tuple[HeldRow, ...]) -> None:
        self.seen = rows
        self.rows.rows_model.set_rows(rows)
        today = self.desk.today()
        held = next((row for row in rows if row.holds(today)), None) or (rows[-1] if rows else None)
        if held is not None:
            self.row.show(held)

    def change(self, *, reasoned: bool) -> RowChange | None:
        """What is asked for; None, with the focus on the first wrong field, while it is not complete."""
        self.reason_field.required = reasoned
        if not self.grid.all_good():
            return None
        day = self.day.value() or self.desk.today()
        typed = self.row.typed()
        key = self.key or {name: typed[name] for name in self.kind.key}
        if self.deed is Deed.END:
            return RowChange(register=self.register, key=key, day=day + timedelta(days=1), typed=None, seen=self.seen)
        return RowChange(register=self.register, key=key, day=day, typed=typed, seen=self.seen)

    def try_out(self) -> None:
        """Compare the quarter's claims without and with the change; nothing is saved, no reason is asked yet."""
        change, quarter = self.change(reasoned=False), self.quarter.value()
        if change is not None and quarter is not None:
            self.strip.hide()
            ask_what_if(self, partial(what_if_changed, self.desk.db, change, quarter), self.strip)

    def accept(self) -> None:
        """Save the change."""
        change = self.change(reasoned=True)
        if change is not None:
            why, desk = self.reason.value() or "", self.desk
            work = partial(change_row, desk.db, desk.actor, change, why)
            background.run(self, work, lambda _: self._done(change.day), self._refused)

    def _done(self, day: date) -> None:
        values = {"register": TITLES[self.register], "day": day}
        if self.deed is Deed.END:
            words = say("{register}: ended; from {day} on there is no row.", **values)
        else:
            words = say("{register}: the new row holds from {day}.", **values)
        self.desk.told.emit(words.text())
        self.desk.changed.emit(frozenset({"registers"}))
        self.saved.emit(words)
        super().accept()

    def _refused(self, problem: UserError) -> None:
        self.strip.tell(problem, Tone.BAD)
        if self.key is not None:
            self._reload_seen()

    def _reload_seen(self) -> None:
        """Show the rows as they stand now; what was typed stays."""

        def take(rows: tuple[HeldRow, ...]) -> None:
            self.seen = rows
            self.rows.rows_model.set_rows(rows)

        self.desk.read(self, take, row_timeline, self.register, self.key or {})
