"""Batches: put up for approval, looked through, approved or given back."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from claims_desk.domain.codes import BatchState, Role
from claims_desk.domain.messages import Message, say
from claims_desk.domain.paging import Page, PageWanted
from claims_desk.domain.terms import BATCH_STATES
from claims_desk.queries.batches import (
    BatchClaim,
    BatchRow,
    ReadyBundle,
    batch_claims,
    batches,
    bundle_control,
    bundles_to_batch,
)
from claims_desk.services.batches import make_batches, return_batch
from claims_desk.services.bulk import BulkOutcome, approve_batches, do_each
from claims_desk.ui.batches.columns import BATCHES, CLAIMS, TONES
from claims_desk.ui.batches.control_card import ControlCard
from claims_desk.ui.bulk_told import tell_outcome
from claims_desk.ui.desk import Desk, Place
from claims_desk.ui.pane import Command, Pane
from claims_desk.ui.widgets import (
    Button,
    EmptyState,
    Listing,
    MessageStrip,
    PageHeader,
    PrimaryButton,
    Segments,
    Tone,
    ask_words,
)

FILTERS: tuple[tuple[BatchState | None, Message], ...] = (
    (BatchState.PROPOSED, BATCH_STATES[BatchState.PROPOSED]),
    (BatchState.APPROVED, BATCH_STATES[BatchState.APPROVED]),
    (BatchState.RETURNED, BATCH_STATES[BatchState.RETURNED]),
    (None, say("All")),
)


class BatchesPane(Pane):
    """Accepted claims of closed bundles on their way to payment."""

    key = "batches"
    title = say("Batches")
    number = 6
    about = say(
        "Accepted claims of closed bundles. Who took no part in them approves a batch, or gives it back with a reason."
    )
    roles = frozenset({Role.CLERK, Role.SUPERVISOR, Role.ACCOUNTANT, Role.AUDITOR})
    concerns = frozenset({"batches", "claims", "submissions", "vouchers"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._ready: tuple[ReadyBundle, ...] = ()
        self._shown: BatchRow | None = None
        self._state: BatchState | None = BatchState.PROPOSED
        self.strip = MessageStrip()
        self.filter = Segments(say("Which batches"), FILTERS)
        self.listing = self._batch_list()
        self.control = ControlCard()
        self.claims = self._claim_list()
        self._lay_out()
        self.filter.chosen.connect(self._on_filter)
        self.listing.picked.connect(self._on_picked)
        self.listing.model.arrived.connect(self._choose_first)

    def _batch_list(self) -> Listing[BatchRow]:
        empty = EmptyState(say("No batch here"), say("Close a bundle in Receive, then make its batches with Ctrl+N."))
        listing = Listing(say("Batches"), BATCHES, self._fetch, empty, kip_of=lambda row: row.payable, many=True)
        listing.table.badge("state", lambda row: TONES[row.state])
        return listing

    def _claim_list(self) -> Listing[BatchClaim]:
        empty = EmptyState(say("Choose a batch"), say("Its claims stand here."))
        listing = Listing(say("Claims of the batch"), CLAIMS, self._fetch_claims, empty, kip_of=lambda row: row.payable)
        listing.search.hide()
        listing.opened.connect(lambda row: self.desk.go(Place("review", "claim", row.id)))
        return listing

    def _lay_out(self) -> None:
        header = PageHeader(self.title, say("From a closed bundle to approval, by somebody who did none of it"))
        self.make_button = Button(say("Make batches"), "Ctrl+N", self.make)
        self.return_button = Button(say("Give back"), "Ctrl+R", self.give_back, "danger")
        self.approve_button = PrimaryButton(say("Approve"), "F9", self.approve)
        decides = self.desk.actor.may(Role.SUPERVISOR)
        self.make_button.setVisible(self.desk.actor.may(Role.CLERK, Role.SUPERVISOR))
        for button in (self.return_button, self.approve_button):
            button.setVisible(decides)
            button.setEnabled(False)
        for button in (self.make_button, self.return_button, self.approve_button):
            header.add(button)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.filter, alignment=Qt.AlignmentFlag.AlignLeft)
        left.addWidget(self.listing, 1)
        right = QVBoxLayout()
        right.addWidget(self.control)
        right.addWidget(self.claims, 1)
        columns = QHBoxLayout()
        columns.setSpacing(12)
        columns.addLayout(left, 6)
        columns.addLayout(right, 5)
        self.body.addWidget(header)
        self.body.addWidget(self.strip)
        self.body.addLayout(columns, 1)

    def open(self, place: Place | None = None) -> None:
        """The keyboard starts in the list."""
        super().open(place)
        if self.focusWidget() is None:
            self.listing.table.setFocus()

    def refresh(self) -> None:
        """Load the list and what waits for a batch again."""
        self.listing.refresh()
        self.desk.read(self, self._show_ready, bundles_to_batch)

    def show_place(self, place: Place) -> None:
        """Open the batches of a state such as `proposed`, or one `batch` by its number."""
        state = next((state for state in BatchState if state.value.lower() == place.what), None)
        if state is not None or place.what == "batch":
            self.filter.set_value(state)
            self.listing.search.setText(place.text)

    def commands(self) -> list[Command]:
        """What Ctrl+K can do here."""
        return [Command(say("Make batches"), self.make, "Ctrl+N")]

    def make(self) -> None:
        """Make the batches of every closed bundle that waits; one that is refused does not stop the next."""
        db, actor = self.desk.db, self.desk.actor
        bundles = [(bundle.submission_id, 0) for bundle in self._ready]
        deed = partial(do_each, bundles, lambda bundle, _version: make_batches(db, actor, bundle))
        self.desk.do(self, deed, self._made, "batches", "claims", failed=self.strip.tell_refusal)

    def approve(self) -> None:
        """Approve the selected batches, each checked; those refused are told."""
        chosen = [(row.id, row.version) for row in self.listing.chosen_rows()]
        deed = partial(approve_batches, self.desk.db, self.desk.actor, chosen)
        self.desk.do(self, deed, self._approved, "batches", "claims", failed=self.strip.tell_refusal)

    def give_back(self) -> None:
        """Give the selected batch back, with a reason."""
        row = self._shown
        if row is None:
            return
        db, actor = self.desk.db, self.desk.actor
        title = say("Give back batch {number}", number=row.number)
        ask_words(
            self,
            title,
            say("Why? Its claims are accepted claims again."),
            say("Give back"),
            lambda reason: self.desk.do(
                self,
                lambda: return_batch(db, actor, row.id, row.version, reason),
                lambda _none: self.strip.tell(say("Batch {number} was given back.", number=row.number), Tone.GOOD),
                "batches",
                "claims",
                failed=self.strip.tell_refusal,
            ),
        )

    def _on_filter(self, state: BatchState | None) -> None:
        self._state = state
        self.listing.refresh()

    def _fetch(self, wanted: PageWanted) -> Page[BatchRow]:
        return self.desk.db.read(batches, wanted, self._state)

    def _fetch_claims(self, wanted: PageWanted) -> Page[BatchClaim]:
        return self.desk.db.read(batch_claims, wanted, self._shown.id if self._shown else 0)

    def _show_ready(self, ready: tuple[ReadyBundle, ...]) -> None:
        self._ready = ready
        self.make_button.setEnabled(bool(ready))

    def _made(self, outcome: BulkOutcome) -> None:
        tell_outcome(self.strip, outcome, say("Batches were made for {count} bundles.", count=outcome.done))
        self.listing.table.setFocus()

    def _approved(self, outcome: BulkOutcome) -> None:
        tell_outcome(self.strip, outcome, say("{count} batches approved.", count=outcome.done))

    def _choose_first(self) -> None:
        """There is always a batch to look at, and never one that the filter has left behind."""
        if self.listing.model.rows:
            self.listing.table.selectRow(0)
        else:
            self._on_picked([])

    def _on_picked(self, rows: list[BatchRow]) -> None:
        open_rows = [row for row in rows if row.state == BatchState.PROPOSED]
        self.approve_button.setEnabled(bool(open_rows) and len(open_rows) == len(rows))
        self.return_button.setEnabled(len(open_rows) == 1 and len(rows) == 1)
        self._shown = rows[0] if rows else None
        self.control.setVisible(self._shown is not None)
        self.claims.refresh()
        if self._shown is not None:
            row = self._shown
            self.desk.read(
                self, lambda bundle: self.control.show_totals(row, bundle), bundle_control, row.submission_id
            )
