"""The letters: what each facility hears of its claims of some months, printed one by one or all at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from claims_desk.domain.dates import months_before, office_today
from claims_desk.domain.messages import ENGLISH, LAO, Message, say
from claims_desk.domain.months import Months
from claims_desk.domain.paging import Page, PageWanted
from claims_desk.queries.letters import LetterRow, latest_month, letters, told_facilities
from claims_desk.services.printing import print_letters
from claims_desk.ui.background import IsCancelled, Report
from claims_desk.ui.desk import Desk
from claims_desk.ui.papers import paper_folder, show_paper
from claims_desk.ui.payments.columns import LETTERS
from claims_desk.ui.payments.months import MonthSpan
from claims_desk.ui.widgets import (
    Button,
    EmptyState,
    FlowLayout,
    Listing,
    MessageStrip,
    PrimaryButton,
    Segments,
    Tone,
    show_progress,
)

Codes = Callable[[], list[str]]
Printed = tuple[list[Path], int]
LETTER_LANGUAGES: tuple[tuple[str, Message], ...] = ((LAO, Message("ລາວ")), (ENGLISH, Message("English")))


class LetterView(QWidget):
    """The facilities with decided claims in the months asked for, at first those of the newest that has any."""

    def __init__(self, desk: Desk, strip: MessageStrip) -> None:
        super().__init__()
        self.desk, self.strip = desk, strip
        self.months = MonthSpan(desk, self)
        self._has_begun = False
        self._asked = Months.of(months_before(desk.today(), 1))
        self.language = Segments(say("Language of the letters"), LETTER_LANGUAGES)
        empty = EmptyState(
            say("Nothing decided in these months"), say("Choose the months of the bundles; adjudicate their claims.")
        )
        self.listing = Listing(say("Letters"), LETTERS, self._fetch, empty, kip_of=lambda row: row.unpaid, many=True)
        self.print_button = PrimaryButton(say("Print letter"), "Ctrl+P", self.print_chosen)
        self.all_button = Button(say("Print all letters"), "Ctrl+Shift+P", self.print_all)
        self._lay_out()
        self._on_picked([])

    def _lay_out(self) -> None:
        filters = QWidget()
        flow = FlowLayout(filters, gap=8, row_gap=6)
        for part in (self.months.first, self.months.last, self.language):
            flow.add(part)
        flow.add(QWidget(), grows=1)
        flow.add(self.all_button)
        flow.add(self.print_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(filters)
        column.addWidget(self.listing, 1)
        self.months.changed.connect(self._ask)
        self.listing.picked.connect(self._on_picked)
        self.listing.opened.connect(lambda _row: self.print_chosen())

    def refresh(self) -> None:
        """Load the list again; the first time look for the newest month that has letters."""
        if self._has_begun:
            self.listing.refresh()
        else:
            self.desk.read(self, self._begin, latest_month, self.desk.today())

    def _begin(self, month: date | None) -> None:
        if self._has_begun:
            return
        self._has_begun = True
        for edit in (self.months.first, self.months.last):
            edit.set_value(month or months_before(self.desk.today(), 1))
        self._ask()

    def print_chosen(self) -> None:
        """Write the letters of the selected facilities as PDF and show the paper, or their folder."""
        codes = [row.facility_code for row in self.listing.chosen_rows()]
        folder = paper_folder()
        if len(codes) == 1:
            work = partial(self._letters_of(lambda: codes, folder), lambda _done, _total: None, lambda: False)
            self.desk.do(self, work, partial(self._printed, folder), failed=self.strip.tell_refusal)
        elif codes:
            self._print_many(lambda: codes, folder)

    def print_all(self) -> None:
        """Write the letters of all facilities that have something to hear into a folder of their own, and show it."""
        db, months = self.desk.db, self._asked
        folder = paper_folder() / f"letters-{months.stem}-{self.language.value()}"
        self._print_many(lambda: db.read(told_facilities, months), folder)

    def _print_many(self, codes: Codes, folder: Path) -> None:
        work, done = self._letters_of(codes, folder), partial(self._printed, folder)
        show_progress(self, say("Printing the letters"), work, done, self.strip.tell_refusal)

    def _letters_of(self, codes: Codes, folder: Path) -> Callable[[Report, IsCancelled], Printed]:
        """The work of printing: it gives the files and how many there should be."""
        db, months, language, name = self.desk.db, self._asked, self.language.value(), self.desk.actor.name
        letters_of = partial(print_letters, on=office_today(), language=language, signed_by=name)

        def work(report: Report, cancelled: IsCancelled) -> Printed:
            wanted = codes()
            return letters_of(db, wanted, months, folder, progress=report, cancelled=cancelled), len(wanted)

        return work

    def _printed(self, folder: Path, outcome: Printed) -> None:
        paths, wanted = outcome
        values = {"done": len(paths), "wanted": wanted, "folder": folder}
        if paths:
            show_paper(paths[0] if len(paths) == 1 else folder)
        if not wanted:
            self.strip.tell(say("No facility has anything to hear of these months."), Tone.INFO)
        elif len(paths) < wanted:
            self.strip.tell(say("Stopped: {done} of {wanted} letters stand in {folder}.", **values), Tone.WARN)
        elif len(paths) == 1:
            self.strip.tell(say("Saved as {path}.", path=paths[0]), Tone.GOOD)
        else:
            self.strip.tell(say("{done} letters stand in {folder}.", **values), Tone.GOOD)

    def _ask(self) -> None:
        first, last = self.months.first_day(), self.months.last_day()
        only = first or last
        if only is not None:
            self._has_begun = True
            self._asked = Months.of(first or only, last or only)
            self.listing.refresh()

    def _fetch(self, wanted: PageWanted) -> Page[LetterRow]:
        return self.desk.db.read(letters, wanted, self._asked)

    def _on_picked(self, rows: list[LetterRow]) -> None:
        self.print_button.setEnabled(bool(rows))
