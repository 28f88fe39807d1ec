"""One bundle: what was counted by hand against what is keyed, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from claims_desk.domain.dates import format_month
from claims_desk.domain.messages import Message, say
from claims_desk.domain.money import format_kip
from claims_desk.domain.wrong_form import Suspect
from claims_desk.queries.bundle_work import BundleWork
from claims_desk.queries.submissions import SubmissionRow
from claims_desk.ui.receive.columns import standing_tone, standing_words
from claims_desk.ui.receive.next_step import Step, step_words
from claims_desk.ui.theme import Tone
from claims_desk.ui.widgets import Card, StatusBadge, Words

ROWS: tuple[Message, ...] = (say("Forms"), say("Kip"), say("Form numbers"))
HEADS: tuple[Message, ...] = (say("Counted"), say("Keyed"), say("Difference"))
SUSPECTS_SHOWN = 3
RIGHT = Qt.AlignmentFlag.AlignRight


class BundleCard(Card):
    """The bundle chosen in the list."""

    def __init__(self) -> None:
        super().__init__(say("Bundle"))
        self.state = StatusBadge("", Tone.NEUTRAL)
        self.head.addWidget(self.state)
        self.facility = Words("", wraps=True)
        self.received = Words("", "muted", wraps=True)
        self.work = Words("", "muted", wraps=True)
        self.next = Words("", wraps=True)
        self.next.hide()
        self.suspects = [Words("", "note", wraps=True) for _ in range(SUSPECTS_SHOWN)]
        self._cells: list[list[Words]] = []
        for part in (self.facility, self.received, self._totals(), self.next):
            self.add(part)
        for words in (*self.suspects, self.work):
            self.add(words)

    def _totals(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        for column, head in enumerate(HEADS, start=1):
            grid.addWidget(Words(head, "muted"), 0, column, RIGHT)
        for row, name in enumerate(ROWS, start=1):
            cells = [Words("") for _ in HEADS]
            grid.addWidget(Words(name, "muted"), row, 0)
            for column, cell in enumerate(cells, start=1):
                grid.addWidget(cell, row, column, RIGHT)
            self._cells.append(cells)
        grid.setHorizontalSpacing(14)
        return grid

    def show_bundle(self, row: SubmissionRow) -> None:
        """Show a bundle."""
        self.title.say(row.number)
        self.state.say(standing_words(row), standing_tone(row))
        self.facility.say(row.facility)
        self.received.say(
            say(
                "Month {month}, received on {day} by {name}",
                month=format_month(row.month),
                day=row.received_on,
                name=row.received_by,
            )
        )
        for cells, values in zip(self._cells, _table(row), strict=True):
            for cell, value in zip(cells, values, strict=True):
                cell.say(value)
            cells[-1].say(values[-1], None if values[-1] == "0" else Tone.BAD)
        self.work.say("")
        self.show_suspects(())

    def show_step(self, row: SubmissionRow, step: Step) -> None:
        """Say what comes next, and what does not agree."""
        words = step_words(row, step)
        self.next.setVisible(words is not None)
        tone = Tone.BAD if step is Step.COMPARE else Tone.GOOD if step is Step.CLOSE else None
        self.next.say(words or "", tone)

    def show_suspects(self, found: Sequence[Suspect]) -> None:
        """Name the forms that explain the difference alone, the likeliest first."""
        shown = [*found[:SUSPECTS_SHOWN], *[None] * SUSPECTS_SHOWN]
        for words, suspect in zip(self.suspects, shown, strict=False):
            words.setVisible(suspect is not None)
            if suspect is not None:
                words.say(say("Form {form}: {why}", form=suspect.form_no, why=suspect.why))

    def show_work(self, work: BundleWork) -> None:
        """Show how far its claims are."""
        self.work.say(
            say(
                "{waiting:kip} claims to adjudicate, {accepted:kip} accepted, {pended:kip} pended, {denied:kip} denied",
                waiting=work.waiting,
                accepted=work.accepted,
                pended=work.pended,
                denied=work.denied,
            )
        )


def _table(row: SubmissionRow) -> tuple[tuple[str, str, str], ...]:
    by_hand, keyed = row.counted, row.keyed
    return (
        _line(by_hand.forms, keyed.forms),
        _line(by_hand.kip, keyed.kip),
        _line(by_hand.form_numbers, keyed.form_numbers),
    )


def _line(counted: int, keyed: int) -> tuple[str, str, str]:
    gap = keyed - counted
    return format_kip(counted), format_kip(keyed), f"+{format_kip(gap)}" if gap > 0 else format_kip(gap)
