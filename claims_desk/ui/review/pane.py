"""Review: the queue of what stopped, and the claim that is open."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from claims_desk.domain.codes import ClaimState, Role
from claims_desk.domain.messages import Message, say
from claims_desk.domain.paging import Page, PageWanted
from claims_desk.domain.terms import CLAIM_STATES
from claims_desk.queries.claims import ClaimListed, ClaimsWanted, ReasonCount, claims, pended_reasons
from claims_desk.ui import background
from claims_desk.ui.desk import Desk, Place
from claims_desk.ui.pane import Pane
from claims_desk.ui.review.claim_view import ClaimView
from claims_desk.ui.review.columns import queue_columns
from claims_desk.ui.review.opened import Opened, open_claim
from claims_desk.ui.review.reason_box import ReasonBox, reason_title
from claims_desk.ui.tones import claim_tone
from claims_desk.ui.widgets import Button, EmptyState, Listing, MessageStrip, PageHeader, Segments

FILTERS: tuple[tuple[ClaimState | None, Message], ...] = (
    (ClaimState.PENDED, CLAIM_STATES[ClaimState.PENDED]),
    (ClaimState.DENIED, CLAIM_STATES[ClaimState.DENIED]),
    (ClaimState.ACCEPTED, CLAIM_STATES[ClaimState.ACCEPTED]),
    (None, say("All")),
)
PLACES = {"pended": ClaimState.PENDED, "denied": ClaimState.DENIED, "accepted": ClaimState.ACCEPTED, "all": None}
DETAIL = say("What a rule stopped waits for a person to decide")


class ReviewPane(Pane):
    """Claims by state and reason, the oldest first; one of them open beside the list."""

    key = "review"
    title = say("Review")
    number = 5
    about = say(
        "Claims that the rules stopped or the sample drew. Choose one in the list: its form, "
        "findings and money stand beside it, what can be done above it."
    )
    roles = frozenset({Role.CLERK, Role.SUPERVISOR, Role.AUDITOR})
    concerns = frozenset({"claims", "submissions"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._asked = ClaimsWanted(states=(ClaimState.PENDED,))
        self._open_id = 0
        self._row = 0
        self._asked_for = False
        self.strip = MessageStrip()
        self.header = PageHeader(self.title, DETAIL)
        self.filter = Segments(say("Which claims"), FILTERS)
        self.reasons = ReasonBox()
        self.bundle_button = Button(say("All bundles"), "", self._leave_bundle, "link")
        self.listing = self._list()
        self.view = ClaimView(desk, self.strip)
        self.side = QStackedWidget()
        self._lay_out()
        self._connect()

    def _list(self) -> Listing[ClaimListed]:
        empty = EmptyState(
            say("Nothing waits here"),
            say("Adjudicate what is keyed in Receive (Ctrl+F8): what the rules stop comes here."),
        )
        columns = queue_columns(self.desk.today)
        self._state_column = [column.key for column in columns].index("state")
        listing = Listing(say("Claims"), columns, self._fetch, empty, kip_of=lambda row: row.claimed)
        listing.table.badge("state", lambda row: claim_tone(row.state))
        listing.table.setColumnHidden(self._state_column, True)
        return listing

    def _lay_out(self) -> None:
        self.side.addWidget(
            EmptyState(say("Choose a claim"), say("Its form, its findings and its history stand here."))
        )
        self.side.addWidget(self.view)
        self.bundle_button.hide()
        self.header.add(self.bundle_button)
        self.header.add(self.filter)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.reasons)
        left.addWidget(self.listing, 1)
        columns = QHBoxLayout()
        columns.setSpacing(12)
        columns.addLayout(left, 8)
        columns.addWidget(self.side, 14)
        for part in (self.header, self.strip):
            self.body.addWidget(part)
        self.body.addLayout(columns, 1)

    def _connect(self) -> None:
        self.filter.chosen.connect(self._on_filter)
        self.reasons.chosen.connect(self._on_reason)
        self.listing.picked.connect(self._on_picked)
        self.listing.model.arrived.connect(self._pick_again)

    def open(self, place: Place | None = None) -> None:
        """The keyboard starts in the list."""
        super().open(place)
        if self.focusWidget() is None:
            self.listing.table.setFocus()

    def refresh(self) -> None:
        """Load the queue, its reasons and the open claim again."""
        self.listing.refresh()
        self.desk.read(self, self._show_reasons, pended_reasons)
        if self._open_id:
            self._open(self._open_id)

    def show_place(self, place: Place) -> None:
        """Open `pended`, `denied`, `accepted` or `all` claims, those of a `bundle`, or one `claim`."""
        if place.what in PLACES:
            self._ask(ClaimsWanted())
            self._press(PLACES[place.what])
            self.reasons.choose(place.text)
            self._on_reason(self.reasons.code())
        elif place.what == "bundle":
            self._ask(ClaimsWanted(submission_id=place.id))
            self._press(None)
        elif place.what == "claim":
            self._asked_for = True
            self._open(place.id)

    def _fetch(self, wanted: PageWanted) -> Page[ClaimListed]:
        return self.desk.db.read(claims, wanted, replace(self._asked, blind_for=self.desk.blind_for))

    def _press(self, state: ClaimState | None) -> None:
        if self.filter.value() == state:
            self._on_filter(state)
        else:
            self.filter.set_value(state)

    def _on_filter(self, state: ClaimState | None) -> None:
        reason = self.reasons.code() if state == ClaimState.PENDED else ""
        self.listing.table.setColumnHidden(self._state_column, state is not None)
        self.reasons.setVisible(state == ClaimState.PENDED)
        states = () if state is None else (state,)
        self._ask(ClaimsWanted(states=states, submission_id=self._asked.submission_id, reason=reason))
        self.listing.refresh()

    def _on_reason(self, code: str) -> None:
        self.header.say_detail(reason_title(code) if code else DETAIL)
        self._ask(ClaimsWanted(states=self._asked.states, submission_id=self._asked.submission_id, reason=code))
        self.listing.refresh()

    def _leave_bundle(self) -> None:
        self._ask(ClaimsWanted(states=self._asked.states, reason=self._asked.reason))
        self.listing.refresh()

    def _ask(self, wanted: ClaimsWanted) -> None:
        self._asked = wanted
        self._row = 0
        self._asked_for = False
        self.bundle_button.setVisible(wanted.submission_id is not None)

    def _show_reasons(self, reasons: tuple[ReasonCount, ...]) -> None:
        self.reasons.show_reasons(reasons)

    def _on_picked(self, rows: list[ClaimListed]) -> None:
        if not rows:
            return
        self._row = self.listing.model.rows.index(rows[0])
        self._asked_for = False
        if rows[0].id != self._open_id:
            self.strip.hide()
            self._open(rows[0].id)

    def _pick_again(self) -> None:
        """Mark the open claim again; where it has left the queue, the one that stands in its place."""
        rows = self.listing.model.rows
        number = next((number for number, row in enumerate(rows) if row.id == self._open_id), None)
        if number is None and not self._asked_for:
            number = min(self._row, len(rows) - 1)
        if not rows and not self._asked_for:
            self._open_id = 0
            self.side.setCurrentIndex(0)
        elif number is not None:
            self._mark(number)

    def _mark(self, number: int) -> None:
        told = self.strip.text()
        self.listing.table.selectRow(number)
        if told:
            self.strip.show()

    def _open(self, claim_id: int) -> None:
        self._open_id = claim_id
        background.run(self, partial(open_claim, self.desk, claim_id), self._show, self.strip.tell_refusal)

    def _show(self, opened: Opened) -> None:
        if opened.record.claim.id == self._open_id:
            self.view.show_claim(opened)
            self.side.setCurrentWidget(self.view)
