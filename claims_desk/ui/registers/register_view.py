"""One register on the screen: its list, and for dated ones the day it is shown as of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from claims_desk.domain.codes import Role
from claims_desk.domain.messages import Message, say
from claims_desk.domain.paging import Page, PageWanted
from claims_desk.imports.kinds import kind_named
from claims_desk.queries.listed_registers import REGISTERS
from claims_desk.queries.register_lists import RegisterRow, register_rows
from claims_desk.services.plain_rows import EDITABLE
from claims_desk.services.register_rows import CHANGEABLE
from claims_desk.ui.desk import Desk
from claims_desk.ui.registers.change_dialog import ChangeDialog, Deed
from claims_desk.ui.registers.columns import columns_of
from claims_desk.ui.registers.edit_dialog import EditDialog
from claims_desk.ui.registers.row_form import key_of
from claims_desk.ui.registers.switch_dialog import SwitchDialog
from claims_desk.ui.speech import bind_text
from claims_desk.ui.theme import Tone
from claims_desk.ui.widgets import Button, DateEdit, EmptyState, Listing, Words

HINT = say("Empty: every row, past and to come")
OF_SCHEMES = ("schemes", "coverages")


class AsOf(QWidget):
    """The day a dated table is shown as of; empty for every row."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.edit = DateEdit(today=desk.today)
        self.edit.set_value(desk.today())
        self.edit.setFixedWidth(116)
        self.note = Words(HINT, "muted")
        bind_text(self.edit.setAccessibleName, say("As of"))
        bind_text(self.edit.setAccessibleDescription, HINT)
        label = Words(say("As of"), "label")
        label.setBuddy(self.edit)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for part in (label, self.edit, self.note):
            row.addWidget(part)
        self.edit.problem_changed.connect(self._tell)

    def _tell(self) -> None:
        problem = self.edit.problem
        self.note.say(problem or HINT, Tone.BAD if problem else None)


class RegisterView(QWidget):
    """A register's list with its search line, and what an administrator can do in it; `done` carries what to tell."""

    done = Signal(object)

    def __init__(self, desk: Desk, register: str, title: Message) -> None:
        super().__init__()
        self.desk, self.register = desk, register
        empty = EmptyState(
            say("Nothing here on this day"), say("Choose another day, or let an administrator bring the table in.")
        )
        self.listing: Listing[RegisterRow] = Listing(title, columns_of(register), self._fetch, empty)
        self.listing.search.ask_for(say("Code, or part of a name in either script"))
        self.as_of = AsOf(desk) if REGISTERS[register].span is not None else None
        self._day: date | None = desk.today()
        if self.as_of is not None:
            self.listing.tools.addWidget(self.as_of)
            self.as_of.edit.committed.connect(self._on_day)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.listing)
        if desk.actor.may(Role.ADMINISTRATOR):
            self._offer_deeds(column)

    def _offer_deeds(self, column: QVBoxLayout) -> None:
        """What an administrator may change here, in a row below the list."""
        buttons = []
        if self.register in CHANGEABLE:
            buttons = [
                Button(say("Change from a day"), "Ctrl+D", self.change),
                Button(say("New row"), "Ctrl+N", self.add),
                Button(say("End"), "Ctrl+Shift+D", self.end),
            ]
            self.listing.opened.connect(lambda _row: self.change())
        if self.register in EDITABLE:
            buttons = [Button(say("Edit"), "Ctrl+D", self.edit), Button(say("New row"), "Ctrl+N", self.add_plain)]
            self.listing.opened.connect(lambda _row: self.edit())
        if self.register in OF_SCHEMES:
            buttons.append(Button(say("Move a whole scheme"), "Ctrl+M", self.move_scheme))
        row = QHBoxLayout()
        for button in buttons:
            row.addWidget(button)
        row.addStretch()
        column.addLayout(row)

    def change(self) -> None:
        """Let other values hold from a day on, for the key of the row chosen."""
        self._open(partial(ChangeDialog, self, self.desk, self.register, Deed.CHANGE))

    def end(self) -> None:
        """End the row chosen on a day."""
        self._open(partial(ChangeDialog, self, self.desk, self.register, Deed.END))

    def add(self) -> None:
        """Give a key that has none its first row."""
        self._show(ChangeDialog(self, self.desk, self.register, Deed.NEW, None))

    def edit(self) -> None:
        """Edit the row chosen."""
        self._open(partial(EditDialog, self, self.desk, self.register))

    def add_plain(self) -> None:
        """Add a row under a new code."""
        self._show(EditDialog(self, self.desk, self.register, None))

    def move_scheme(self) -> None:
        """Move all coverage of a scheme to another from a day on."""
        self._show(SwitchDialog(self, self.desk))

    def _open(self, dialog_for: Callable[[dict[str, str]], ChangeDialog | EditDialog]) -> None:
        chosen = self.listing.chosen_rows()
        if chosen:
            self._show(dialog_for(key_of(kind_named(self.register), chosen[0])))
        else:
            self.desk.told.emit(say("Choose a row in the list first.").text())

    def _show(self, dialog: ChangeDialog | EditDialog | SwitchDialog) -> None:
        dialog.saved.connect(self.done)
        dialog.open()

    def refresh(self) -> None:
        """Load the register again."""
        self.listing.refresh()

    def search_for(self, text: str) -> None:
        """Show what has `text` in it."""
        self.listing.search.setText(text)

    def _on_day(self) -> None:
        if self.as_of is not None and self.as_of.edit.problem is None:
            self._day = self.as_of.edit.value()
            self.listing.refresh()

    def _fetch(self, wanted: PageWanted) -> Page[RegisterRow]:
        return self.desk.db.read(register_rows, self.register, wanted, self._day)
