"""Moving a whole scheme to another from a day on: looked at, tried on a quarter's claims, then done in one deed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from claims_desk.domain.columns import Column, Format
from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import Message, say
from claims_desk.queries.scheme_moves import MovePreview
from claims_desk.services.scheme_switch import SchemeSwitch, Switched, preview_switch, switch_scheme
from claims_desk.services.what_if_switched import what_if_switched
from claims_desk.ui.cancelling import cancellable
from claims_desk.ui.desk import Desk
from claims_desk.ui.look_ups import LookUps
from claims_desk.ui.registers.what_if_view import QUARTER_HELP, REASON_HELP, ask_what_if, quarter_choice
from claims_desk.ui.registers.words import TITLES
from claims_desk.ui.widgets import (
    Button,
    CheckBox,
    CodeEdit,
    DateEdit,
    Field,
    FieldGrid,
    HouseDialog,
    MessageStrip,
    RowsModel,
    Table,
    TextEdit,
    Tone,
    confirm,
    show_progress,
)


@dataclass(frozen=True, slots=True)
class Told:
    """One thing the preview tells; `warns` where somebody should look at it first."""

    what: Message
    count: int
    which: str = ""
    warns: bool = False


COLUMNS: Final[tuple[Column[Told], ...]] = (
    Column("sign", say("Sign"), lambda row: say("look at it") if row.warns else say("as usual"), width=13),
    Column("count", say("How many"), lambda row: row.count, Format.KIP, width=10),
    Column("what", say("What would be done"), lambda row: row.what, width=60),
    Column("which", say("Which"), lambda row: row.which, width=30),
)

_SOURCE = say("The scheme whose members move: its code, or part of its name.")
_TARGET = say("The scheme that covers them from then on.")
_DAY = say("The first day in the new scheme, such as 1/1/2027. The day before is the last in the old one.")


class SwitchDialog(HouseDialog):
    """Only what was looked at can be done, and only while nothing of it is typed anew; `saved` carries what to tell."""

    saved = Signal(object)

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent, say("Move a whole scheme"), say("Move"), "F9")
        self.desk = desk
        look_ups = LookUps(desk)
        self.source, self.target = CodeEdit(look_ups.schemes), CodeEdit(look_ups.schemes)
        self.day, self.reason = DateEdit(today=desk.today), TextEdit()
        self.contracts = CheckBox(say("Copy the contracts of the facilities too"), checked=True)
        self.quarter = quarter_choice(desk.today())
        self.reason_field = Field(
            say("Reason"), self.reason, name="reason", help_text=REASON_HELP, required=True, grows=1
        )
        self.strip = MessageStrip()
        self.found: MovePreview | None = None
        self.table: Table[Told] = Table(RowsModel(COLUMNS), say("What would be done"))
        self.table.badge("sign", lambda row: Tone.WARN if row.warns else Tone.GOOD)
        self._lay_out()
        for edit in (self.source, self.target, self.day):
            edit.textChanged.connect(lambda _text: self._forget())
        self.contracts.toggled.connect(lambda _on: self._forget())
        self._forget()
        self.source.setFocus()

    def _lay_out(self) -> None:
        self.resize(1080, 640)
        self.grid = FieldGrid()
        self.grid.add_row(
            Field(say("From scheme"), self.source, name="source", help_text=_SOURCE, width=12, required=True),
            Field(say("To scheme"), self.target, name="target", help_text=_TARGET, width=12, required=True),
            Field(say("From day"), self.day, name="day", help_text=_DAY, width=11, required=True),
            Field(say("Quarter"), self.quarter, name="quarter", help_text=QUARTER_HELP, width=30),
        )
        self.grid.add_row(self.reason_field)
        buttons = QHBoxLayout()
        for part in (
            self.contracts,
            Button(say("See what would be done"), "F8", self.look),
            Button(say("What would it have cost?"), "F7", self.try_out),
        ):
            buttons.addWidget(part)
        buttons.insertStretch(1)
        self.body.addWidget(self.grid)
        self.body.addLayout(buttons)
        self.body.addWidget(self.strip)
        self.body.addWidget(self.table, 1)

    def switch(self, *, reasoned: bool) -> SchemeSwitch | None:
        """What is asked for; None, with the focus on the first wrong field, while it is not complete."""
        self.reason_field.required = reasoned
        day = self.day.value()
        if not self.grid.all_good() or day is None:
            return None
        source, target = self.source.value() or "", self.target.value() or ""
        return SchemeSwitch(source=source, target=target, day=day, copy_contracts=self.contracts.isChecked())

    def look(self) -> None:
        """Tell what would be done; nothing is changed."""
        switch = self.switch(reasoned=False)
        if switch is not None:
            # A million coverages take their time: not in the lane in which the other panes wait for their lists.
            count = partial(preview_switch, self.desk.db, switch)
            show_progress(self, say("Counting …"), lambda _report, _cancelled: count(), self._show, self._refused)

    def try_out(self) -> None:
        """Compare the quarter's claims as they stand and with the scheme moved; nothing is changed."""
        switch, quarter = self.switch(reasoned=False), self.quarter.value()
        if switch is not None and quarter is not None:
            ask_what_if(self, partial(what_if_switched, self.desk.db, switch, quarter), self.strip)

    def accept(self) -> None:
        """Ask once more with the counts, then move."""
        switch, found = self.switch(reasoned=True), self.found
        if switch is None or found is None:
            return
        what = say(
            "{coverages:kip} coverages of {persons:kip} persons go from {source} to {target} from {day} on."
            " This cannot be taken back in one step.",
            coverages=found.counts.coverages,
            persons=found.counts.persons,
            source=switch.source,
            target=switch.target,
            day=switch.day,
        )
        confirm(self, say("Move a whole scheme"), what, say("Move"), lambda: self._move(switch, found))

    def _move(self, switch: SchemeSwitch, found: MovePreview) -> None:
        desk, why = self.desk, self.reason.value() or ""
        work = partial(switch_scheme, desk.db, desk.actor, switch, why, expected=found.counts)
        title = say("Moving the scheme")
        show_progress(self, title, cancellable(lambda told: work(progress=told)), self._done, self._refused)

    def _done(self, done: Switched | None) -> None:
        if done is None:
            self.strip.tell(say("Stopped; nothing was changed."), Tone.INFO)
            return
        values = {"coverages": done.counts.coverages, "contracts": done.contracts}
        words = say("{coverages:kip} coverages moved, {contracts:kip} contracts copied.", **values)
        self.desk.told.emit(words.text())
        self.desk.changed.emit(frozenset({"registers"}))
        self.saved.emit(words)
        super().accept()

    def _show(self, found: MovePreview) -> None:
        self.found = found
        self.table.rows_model.set_rows(list(_told(found)))
        self.do_button.setEnabled(found.counts.coverages > 0)
        if found.counts.coverages:
            self.strip.tell(say("This would be done. Nothing is changed yet."), Tone.INFO)
        else:
            self.strip.tell(say("No coverage is in force on that day or after it."), Tone.WARN)

    def _refused(self, problem: UserError) -> None:
        self._forget()
        self.strip.tell_refusal(problem)

    def _forget(self) -> None:
        """What is typed now was not looked at yet."""
        self.found = None
        self.table.rows_model.set_rows(())
        self.do_button.setEnabled(False)
        self.strip.hide()


def _told(found: MovePreview) -> Iterator[Told]:
    counts, lacking = found.counts, found.without_contract
    yield Told(say("Coverages end the day before and go on in the new scheme"), counts.split)
    yield Told(say("Coverages that begin later move whole"), counts.moved)
    facilities = ", ".join(f"{code} {name.text()}" for code, name in lacking)
    notable = (
        Told(say("Only ended: the person is in the new scheme already"), counts.ended),
        Told(say("Taken away before they began: the person is in the new scheme by then"), counts.dropped),
        Told(say("Moved until the person's own coverage in the new scheme begins"), counts.cut),
        Told(
            say("Member numbers that another person has in the new scheme too"),
            counts.clashes,
            ", ".join(found.clashing),
        ),
        Told(say("Days to wait in the new scheme, for everyone moved (M10)"), found.waiting_days),
        Told(say("Facilities without a contract for the new scheme (F03)"), len(lacking), facilities),
        *(Told(_lacks(register), count, _such_as(found, register)) for register, count in found.missing.items()),
    )
    yield from (replace(told, warns=True) for told in notable if told.count)


def _lacks(register: str) -> Message:
    return say("{register}: rows the new scheme lacks", register=TITLES[register])


def _such_as(found: MovePreview, register: str) -> str:
    return found.examples[register] + (" …" if found.missing[register] > 1 else "")
