"""The claim that may be this same paper: told while it is typed, and set beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout

from claims_desk.domain.codes import ClaimState
from claims_desk.domain.dates import format_day, office_day
from claims_desk.domain.facts import Claim, EarlierClaim
from claims_desk.domain.judgement import Case
from claims_desk.domain.messages import Message, say
from claims_desk.domain.money import format_kip
from claims_desk.domain.terms import CLAIM_STATES, care_name
from claims_desk.queries.claim_opened import ClaimOpened, claim_if_shown
from claims_desk.ui.desk import Desk
from claims_desk.ui.paper_form import LABELS
from claims_desk.ui.speech import Spoken
from claims_desk.ui.tones import claim_tone
from claims_desk.ui.widgets import Button, Card, StatusBadge, Tone, Words

COMPARED = (
    "form_no", "member_no", "patient_name", "care_type", "visit_from", "visit_to", "diagnosis_main", "claimed_total",
)  # fmt: skip


def claim_alike(case: Case) -> EarlierClaim | None:
    """The claim keyed last that may be the same paper: same form number at the facility, else same person and day.

    A denied one counts here, a void one does not, nor those this one restores.
    """
    others = [row for row in case.earlier if row.state != ClaimState.VOID and row not in case.restored]
    mine, person = case.claim, case.person_no
    numbered = [
        row for row in others if mine.form_no and (row.form_no, row.facility_code) == (mine.form_no, mine.facility_code)
    ]
    same_day = [row for row in others if person and case.day and (row.person_no, row.visit_from) == (person, case.day)]
    return max(numbered or same_day, key=lambda row: row.id, default=None)


class OtherClaimCard(Card):
    """One line that says which claim is alike; opened (F8), that claim stands here field by field.

    `turned` tells whether it is open now.
    """

    turned = Signal(bool)

    def __init__(self, desk: Desk) -> None:
        super().__init__(say("Keyed already?"))
        self._desk = desk
        self._other: EarlierClaim | None = None
        self._typed = Claim()
        self._opened: ClaimOpened | None = None
        self.button = Button(say("Compare"), "F8", self.turn, "link")
        self.state = StatusBadge("", Tone.NEUTRAL)
        self.told = Words("", "", wraps=True)
        self.keyed = Words("", "muted", wraps=True)
        self._grid = QGridLayout()
        self._cells = [(Words(LABELS[name], "label"), Words("", "", wraps=True)) for name in COMPARED]
        self._lines = (Words(say("Lines of the form"), "label"), Words("", "", wraps=True))
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        self.body.setSpacing(4)
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.head.addWidget(self.state)
        self.head.addWidget(self.button)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        for row, (caption, value) in enumerate((*self._cells, self._lines)):
            self._grid.addWidget(caption, row, 0)
            self._grid.addWidget(value, row, 1)
        for part in (self.told, self.keyed):
            self.add(part)
        self.body.addLayout(self._grid)
        self._show_parts(False)

    @property
    def is_open(self) -> bool:
        """Whether the other claim stands beside the form."""
        return self._opened is not None

    def show_alike(self, other: EarlierClaim | None, case: Case) -> None:
        """Tell which claim is alike; None closes the card."""
        self._typed = case.claim
        if other is None or self._other is None or other.id != self._other.id:
            self.close_it()
        self._other = other
        self.setVisible(other is not None)
        if other is not None:
            self.told.say(_why(other, case), Tone.WARN)
            self.state.say(CLAIM_STATES[other.state], claim_tone(other.state))
        if self._opened is not None:
            self._fill(self._opened.claim)

    def turn(self) -> None:
        """Open the other claim beside the form, or close it (F8)."""
        if self.is_open:
            self.close_it()
        elif self._other is not None:
            self._desk.read(self, self._show, claim_if_shown, self._other.id, self._desk.blind_for)

    def close_it(self) -> None:
        """Leave the one line only (Esc)."""
        self._opened = None
        self._show_parts(False)

    def _show(self, found: ClaimOpened | None) -> None:
        if found is None:
            self.keyed.say(say("A colleague keyed it. You may have to key it again, so it is not shown."))
            self.keyed.show()
            return
        if self._other is None or found.claim.id != self._other.id:
            return
        self._opened = found
        day = office_day(found.keyed_at)
        values = {"name": found.keyed_by, "day": day, "bundle": found.bundle or "–"}
        self.keyed.say(say("Keyed by {name} on {day}, bundle {bundle}", **values))
        self._fill(found.claim)
        self._show_parts(True)

    def _fill(self, theirs: Claim) -> None:
        for name, (_, value) in zip(COMPARED, self._cells, strict=True):
            there, here = getattr(theirs, name), getattr(self._typed, name)
            value.say(_shown(name, there), Tone.BAD if here not in ("", None) and here != there else None)
        said = say(
            "{count} lines, {kip:kip} kip", count=len(theirs.lines), kip=int(sum(x.claimed for x in theirs.lines))
        )
        self._lines[1].say(said)

    def _show_parts(self, is_open: bool) -> None:
        for part in self._parts():
            part.setVisible(is_open)
        self.turned.emit(is_open)

    def _parts(self) -> Iterator[Words]:
        yield self.keyed
        for pair in (*self._cells, self._lines):
            yield from pair


def _why(other: EarlierClaim, case: Case) -> Message:
    values: dict[str, Any] = {"form": other.form_no or "–", "care": care_name(other.care_type)}
    values |= {"day": other.visit_from or "–", "facility": other.facility_code}
    if other.form_no == case.claim.form_no and other.facility_code == case.claim.facility_code:
        if other.blind:
            return say("Form number {form} of {facility} is keyed already.", **values)
        return say("Form number {form} of {facility} is keyed already. {care}, {day}.", **values)
    if other.blind:
        return say("The same person on the same day stands on a form a colleague keyed.")
    return say("The same person on the same day stands on form {form} of {facility}. {care}, {day}.", **values)


def _shown(name: str, value: Any) -> Spoken | str:
    if value in ("", None):
        return "–"
    if isinstance(value, date):
        return format_day(value)
    if isinstance(value, int):
        return format_kip(value)
    return care_name(value) if name == "care_type" else str(value)
