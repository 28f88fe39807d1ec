"""One register on the screen: its list, and for dated ones the day it is shown as of."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from claims_desk.domain.messages import Message, say
from claims_desk.domain.paging import Page, PageWanted
from claims_desk.queries.listed_registers import REGISTERS
from claims_desk.queries.register_lists import RegisterRow, register_rows
from claims_desk.ui.desk import Desk
from claims_desk.ui.registers.columns import columns_of
from claims_desk.ui.speech import bind_text
from claims_desk.ui.theme import Tone
from claims_desk.ui.widgets import DateEdit, EmptyState, Listing, Words

HINT = say("Empty: every row, past and to come")


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
    """A register's list with its search line."""

    def __init__(self, desk: Desk, register: str, title: Message) -> None:
        super().__init__()
        self.desk, self.register = desk, register
        empty = EmptyState(
            say("Nothing here on this day"), say("Choose another day, or let an administrator bring the table in.")
        )
        self.listing: Listing[RegisterRow] = Listing(title, columns_of(register), self._fetch, empty)
        bind_text(self.listing.search.setPlaceholderText, say("Code, or part of a name in either script"))
        self.as_of = AsOf(desk) if REGISTERS[register].span is not None else None
        self._day: date | None = desk.today()
        if self.as_of is not None:
            self.listing.tools.addWidget(self.as_of)
            self.as_of.edit.committed.connect(self._on_day)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.listing)

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
