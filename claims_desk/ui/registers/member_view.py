"""The register of members: found by number, name, birth date, family book or village; one opened beside the list."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from claims_desk.domain.messages import Message, say
from claims_desk.domain.paging import Page, PageWanted
from claims_desk.queries.members import MemberFound, MembersWanted, members
from claims_desk.queries.persons import Person, person
from claims_desk.ui.desk import Desk
from claims_desk.ui.registers.columns import MEMBERS
from claims_desk.ui.registers.person_card import PersonCard
from claims_desk.ui.speech import bind_text
from claims_desk.ui.widgets import DateEdit, Edit, EmptyState, Listing, TextEdit

PAUSE_MS = 180
LEAST_LETTERS = 40  # of the list, so that it is worth looking at


class MemberView(QWidget):
    """The list of members and the card of the one opened; Enter opens, Esc closes."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        empty = EmptyState(say("No members yet"), say("An administrator brings the register in with Ctrl+I."))
        self.listing: Listing[MemberFound] = Listing(say("Members"), MEMBERS, self._fetch, empty)
        self.listing.search.ask_for(say("Number, name in either script, village or birth year"))
        self.born, self.book, self.village = DateEdit(today=desk.today), TextEdit(), TextEdit()
        self.card = PersonCard(desk)
        self.card.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._asked = MembersWanted()
        self._pause.timeout.connect(self._ask)
        self._filters = QHBoxLayout()
        self._add_filter(self.born, say("Born d/M/yyyy"))
        self._add_filter(self.book, say("Family book"))
        self._add_filter(self.village, say("Village"))
        self.listing.opened.connect(self.open_row)
        self.listing.picked.connect(self._on_picked)
        self.card.closed.connect(self.close_card)
        self.card.relative_asked.connect(self.open_person)
        self._lay_out()

    def _add_filter(self, edit: Edit[Any], words: Message) -> None:
        bind_text(edit.setPlaceholderText, words)
        bind_text(edit.setAccessibleName, words)
        edit.setClearButtonEnabled(True)
        edit.textChanged.connect(lambda _text: self._pause.start())
        self._filters.addWidget(edit)

    def _lay_out(self) -> None:
        below_search = self.listing.layout()
        assert isinstance(below_search, QVBoxLayout)
        below_search.insertLayout(1, self._filters)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.listing, 1)
        row.addWidget(self.card)

    def refresh(self) -> None:
        """Load the list again."""
        self.listing.refresh()

    def search_for(self, text: str) -> None:
        """Show the members with `text` in number or name."""
        self.listing.search.setText(text)

    def open_row(self, row: MemberFound) -> None:
        """Open the card of a member in the list."""
        self.open_person(row.person_no)

    def open_person(self, person_no: str) -> None:
        """Open the card of a person, in the list or not."""
        self.desk.read(self, self._show_person, person, person_no, self.desk.blind_for)

    def close_card(self) -> None:
        """Give the list its whole width back."""
        self.card.hide()
        self._share_width()
        self.listing.table.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may have room for both, or for the card alone."""
        super().resizeEvent(event)
        self._share_width()

    def _show_person(self, found: Person | None) -> None:
        self.card.show_person(found)
        self._share_width()

    def _share_width(self) -> None:
        """In a small window the card stands in the list's place: beside it neither could be read."""
        has_card = not self.card.isHidden()
        has_room = self.width() - self.card.width() >= self.fontMetrics().horizontalAdvance("0") * LEAST_LETTERS
        if has_card and not has_room and self.listing.isAncestorOf(QApplication.focusWidget() or self):
            self.card.take_focus()
        self.listing.setVisible(not has_card or has_room)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the card."""
        if event.key() == Qt.Key.Key_Escape and self.card.isVisible():
            self.close_card()
        else:
            super().keyPressEvent(event)

    def _on_picked(self, rows: list[MemberFound]) -> None:
        if rows and self.card.isVisible():
            self.open_row(rows[0])

    def _ask(self) -> None:
        self._asked = MembersWanted(
            birth_date=self.born.value(), family_book_no=_typed(self.book), village=_typed(self.village)
        )
        self.listing.refresh()

    def _fetch(self, wanted: PageWanted) -> Page[MemberFound]:
        return self.desk.db.read(members, wanted, self._asked)


def _typed(edit: QLineEdit) -> str:
    return " ".join(edit.text().split())
