"""The letters: what each facility hears of its bundle."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from claims_desk.domain.dates import office_today
from claims_desk.domain.messages import ENGLISH, LAO, say
from claims_desk.domain.paging import Page, PageWanted
from claims_desk.queries.letters import LetterRow, letters
from claims_desk.services.printing import print_letter
from claims_desk.ui.desk import Desk
from claims_desk.ui.papers import paper_folder, show_paper
from claims_desk.ui.payments.columns import LETTERS
from claims_desk.ui.widgets import Button, EmptyState, Listing, MessageStrip, PrimaryButton, Tone


class LetterView(QWidget):
    """The list of bundles with decided claims."""

    def __init__(self, desk: Desk, strip: MessageStrip) -> None:
        super().__init__()
        self.desk, self.strip = desk, strip
        empty = EmptyState(
            say("No letter yet"), say("When the claims of a bundle are adjudicated, its letter is here.")
        )
        self.listing = Listing(say("Letters"), LETTERS, self._fetch, empty)
        self.listing.opened.connect(lambda _row: self.print_letter(LAO))
        self.listing.picked.connect(self._on_picked)
        self.lao_button = PrimaryButton(say("Letter in Lao"), "Ctrl+P", lambda: self.print_letter(LAO))
        self.english_button = Button(say("Letter in English"), "Ctrl+Shift+P", lambda: self.print_letter(ENGLISH))
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.english_button)
        row.addWidget(self.lao_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.listing, 1)
        self._on_picked([])

    def refresh(self) -> None:
        """Load the list again."""
        self.listing.refresh()

    def print_letter(self, language: str) -> None:
        """Write the letter of the selected bundle as PDF and show it."""
        db, name, folder = self.desk.db, self.desk.actor.name, paper_folder()
        for row in self.listing.chosen_rows():
            work = partial(
                print_letter, db, row.submission_id, folder, on=office_today(), language=language, signed_by=name
            )
            self.desk.do(self, work, self._printed, failed=self.strip.tell_refusal)

    def _printed(self, path: Path) -> None:
        show_paper(path)
        self.strip.tell(say("Saved as {path}.", path=path), Tone.GOOD)

    def _fetch(self, wanted: PageWanted) -> Page[LetterRow]:
        return self.desk.db.read(letters, wanted)

    def _on_picked(self, rows: list[LetterRow]) -> None:
        self.lao_button.setEnabled(bool(rows))
        self.english_button.setEnabled(bool(rows))
