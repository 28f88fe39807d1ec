"""The bundle on the table: which one, how far, and its running totals against the hand's."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from claims_desk.domain.codes import SubmissionState
from claims_desk.domain.messages import Message, say
from claims_desk.domain.paging import Page, PageWanted
from claims_desk.queries.submissions import SubmissionRow, submission, submission_if_there, submissions
from claims_desk.ui.desk import Desk
from claims_desk.ui.speech import bind_text
from claims_desk.ui.widgets import Card, Choice, CodeEdit, FlowLayout, Tone, Words
from claims_desk.ui.widgets.choices import SHOWN_AT_MOST

_WIDTH_OF_NUMBER = 20


class BundleBar(Card):
    """Choose a bundle by number (F2 lists the open ones); `turned` carries the one chosen, or None.

    `full` carries the bundle when the last of its counted forms is keyed, and when one of a full bundle is mended.
    """

    turned = Signal(object)
    full = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.bundle: SubmissionRow | None = None
        self._offered: dict[str, int] = {}
        self.number = CodeEdit(self._look_up)
        self.number.setMinimumWidth(_WIDTH_OF_NUMBER * self.fontMetrics().horizontalAdvance("0"))
        bind_text(self.number.setAccessibleName, say("Bundle"))
        bind_text(self.number.setPlaceholderText, say("Bundle, F2 lists them"))
        self.place = Words("", "heading")
        self.forms, self.kip, self.sum = Words(), Words(), Words()
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        bind_text(self.progress.setAccessibleName, say("Forms keyed of those counted"))
        self._lay_out()
        self.number.committed.connect(self._on_number)
        self.show_bundle(None)

    def _lay_out(self) -> None:
        which, totals, holder = QWidget(), QWidget(), QWidget()
        for part, words in (
            (which, (Words(say("Bundle"), "label"), self.number, self.place)),
            (totals, (self.forms, self.kip, self.sum)),
        ):
            row = QHBoxLayout(part)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(14)
            for each in words:
                row.addWidget(each)
            if part is which:
                row.addStretch()
        flow = FlowLayout(holder, gap=14, row_gap=4)
        flow.add(which, grows=1)
        flow.add(totals)
        self.add(holder)
        self.add(self.progress)
        self.stand_close(False)

    def stand_close(self, close: bool) -> None:
        """Take less height while there is paper: the totals say what the bar shows."""
        self.body.setContentsMargins(*((12, 2, 12, 2) if close else (14, 8, 14, 9)))
        self.progress.setHidden(close)

    def open(self, submission_id: int) -> None:
        """Show a bundle by its id, as it stands now; of one that is not there, none."""
        self._desk.read(self, self._opened_if_there, submission_if_there, submission_id)

    def take(self, row: SubmissionRow) -> None:
        """Show a bundle that was chosen elsewhere, and turn to it."""
        self._opened(row)

    def offer_open_ones(self) -> None:
        """Take the open bundle where there is only one, else list them under the field."""
        self._desk.read(self, self._on_open_ones, submissions, PageWanted(limit=SHOWN_AT_MOST), SubmissionState.OPEN)

    def refresh(self) -> None:
        """Count again what is keyed."""
        if self.bundle is not None:
            self._desk.read(self, self.show_bundle, submission, self.bundle.id)

    def show_bundle(self, row: SubmissionRow | None) -> None:
        """Show a bundle and its totals."""
        before, self.bundle = self.bundle, row
        if row is None:
            for label in (self.place, self.forms, self.kip, self.sum):
                label.say("")
            self.progress.setValue(0)
            return
        self.number.set_choice(_choice(row))
        self.place.say(_place(row))
        keyed, counted = row.keyed, row.counted
        for label, words, done, of in (
            (self.forms, say("{done} / {of} forms", done=keyed.forms, of=counted.forms), keyed.forms, counted.forms),
            (self.kip, say("{done:kip} / {of:kip} kip", done=keyed.kip, of=counted.kip), keyed.kip, counted.kip),
            (self.sum, _sums(keyed.form_numbers, counted.form_numbers), keyed.form_numbers, counted.form_numbers),
        ):
            label.say(words, _tone(done, of))
        self.progress.setMaximum(max(1, counted.forms))
        self.progress.setValue(min(keyed.forms, counted.forms))
        moved = before is not None and before.id == row.id and (before.keyed, before.counted) != (keyed, counted)
        if moved and keyed.forms >= counted.forms:
            self.full.emit(row)

    def _look_up(self, text: str) -> list[Choice[str]]:
        wanted = PageWanted(limit=SHOWN_AT_MOST, search=text)
        found = self._desk.db.read(submissions, wanted, SubmissionState.OPEN).rows
        self._offered = {**self._offered, **{row.number.upper(): row.id for row in found}}
        return [_choice(row) for row in found]

    def _on_open_ones(self, page: Page[SubmissionRow]) -> None:
        rows = page.rows
        self._offered = {row.number.upper(): row.id for row in rows}
        if len(rows) == 1:
            self._opened(rows[0])
        elif rows and self.bundle is None:
            self.number.setFocus()
            self.number.open_list()

    def _on_number(self) -> None:
        submission_id = self._offered.get((self.number.value() or "").upper())
        if submission_id is not None:
            self.open(submission_id)

    def _opened_if_there(self, row: SubmissionRow | None) -> None:
        if row is not None:
            self._opened(row)
        else:
            self.offer_open_ones()

    def _opened(self, row: SubmissionRow) -> None:
        self.show_bundle(row)
        self.turned.emit(row)


def _choice(row: SubmissionRow) -> Choice[str]:
    return Choice(row.number, row.number, _place(row))


def _place(row: SubmissionRow) -> Message:
    month = say("{month}/{year}", month=row.month.month, year=row.month.year)
    return say("{code} {facility} · {month}", code=row.facility_code, facility=row.facility, month=month)


def _sums(done: int, of: int) -> Message:
    return say("Form numbers {done:kip} / {of:kip}", done=done, of=of)


def _tone(keyed: int, counted: int) -> Tone | None:
    return Tone.GOOD if keyed == counted else Tone.BAD if keyed > counted else None
