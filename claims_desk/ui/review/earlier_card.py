"""The earlier claims that the findings name, each a click away."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from claims_desk.domain.facts import EarlierClaim
from claims_desk.domain.messages import Message, say
from claims_desk.domain.terms import CLAIM_STATES, care_name
from claims_desk.ui.desk import Desk, Place
from claims_desk.ui.review.opened import Opened
from claims_desk.ui.review.refilled import RefilledCard
from claims_desk.ui.tones import claim_tone
from claims_desk.ui.widgets import Button, StatusBadge, Words


class EarlierCard(RefilledCard):
    """One line an earlier claim; its button opens it here."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(say("Earlier claims"))
        self.desk = desk

    def show_claim(self, opened: Opened) -> None:
        """Show the earlier claims of an opened one."""
        self.show_rows(self._rows_of(opened))

    def _rows_of(self, opened: Opened) -> Iterable[QWidget]:
        for other in opened.earlier:
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            place = Place("review", "claim", other.id)
            button = Button(say("Form {form}", form=other.form_no), "", lambda to=place: self.desk.go(to), "link")  # type: ignore[misc]
            line.addWidget(button)
            line.addWidget(Words(_words(other, opened), wraps=True), 1)
            line.addWidget(StatusBadge(CLAIM_STATES[other.state], claim_tone(other.state)))
            yield row


def _words(other: EarlierClaim, opened: Opened) -> Message:
    return say(
        "{care}, {day} at {facility}, allowed {allowed:kip}",
        care=care_name(other.care_type),
        day=other.visit_from or "–",
        facility=opened.facility(other.facility_code),
        allowed=other.allowed,
    )
