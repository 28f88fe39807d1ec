"""The vouchers: prepare, certify, post, print, send, reverse."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QVBoxLayout, QWidget

from claims_desk.domain.codes import Role, VoucherState
from claims_desk.domain.dates import office_today
from claims_desk.domain.messages import Message, say
from claims_desk.domain.paging import Page, PageWanted
from claims_desk.domain.terms import VOUCHER_STATES
from claims_desk.queries.vouchers import VoucherRow, vouchers
from claims_desk.services.bulk import BulkOutcome, do_each
from claims_desk.services.payment_files import make_payment_file
from claims_desk.services.printing import print_voucher
from claims_desk.services.vouchers import (
    cancel_voucher,
    certify_voucher,
    post_voucher,
    prepare_vouchers,
    reverse_voucher,
)
from claims_desk.ui.bulk_told import tell_outcome
from claims_desk.ui.desk import Desk
from claims_desk.ui.papers import paper_folder, show_paper
from claims_desk.ui.payments.columns import VOUCHERS, voucher_tone
from claims_desk.ui.widgets import (
    Button,
    EmptyState,
    FlowLayout,
    Listing,
    MessageStrip,
    PrimaryButton,
    Segments,
    Tone,
    Words,
    ask_words,
)

FILTERS: tuple[tuple[VoucherState | None, Message], ...] = (
    (None, say("All")),
    *((state, VOUCHER_STATES[state]) for state in VoucherState),
)
OWN = say("You prepared this; another accountant certifies it.")
T = TypeVar("T")
WHOLE_ROW = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
NO_CHANGE = QItemSelectionModel.SelectionFlag.NoUpdate
OPEN = (VoucherState.PREPARED, VoucherState.CERTIFIED)


class VoucherView(QWidget):
    """The list of vouchers and the steps of the one or the many selected."""

    def __init__(self, desk: Desk, strip: MessageStrip) -> None:
        super().__init__()
        self.desk, self.strip = desk, strip
        self._state: VoucherState | None = None
        self._chosen: frozenset[int] = frozenset()
        self.filter = Segments(say("Which vouchers"), FILTERS)
        self.filter.chosen.connect(self._on_filter)
        empty = EmptyState(say("No voucher here"), say("When a batch is approved, prepare its voucher with Ctrl+N."))
        self.listing = Listing(say("Vouchers"), VOUCHERS, self._fetch, empty, kip_of=lambda row: row.amount, many=True)
        self.listing.table.badge("state", voucher_tone)
        self.listing.tools.insertWidget(0, self.filter)
        self.listing.picked.connect(self._on_picked)
        self.listing.model.arrived.connect(self._choose_again)
        self.listing.opened.connect(lambda _row: self.print_chosen())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._buttons())
        column.addWidget(self.note)
        column.addWidget(self.listing, 1)

    def _buttons(self) -> QWidget:
        self.prepare_button = Button(say("Prepare vouchers"), "Ctrl+N", self.prepare)
        self.certify_button = Button(say("Certify"), "F7", self.certify)
        self.post_button = PrimaryButton(say("Post"), "F9", self.post)
        self.print_button = Button(say("Print"), "Ctrl+P", self.print_chosen)
        self.file_button = Button(say("Payment file"), "Ctrl+B", self.send)
        self.undo_button = Button(say("Cancel or reverse"), "Ctrl+R", self.undo, "danger")
        self.note = Words("", "note")
        row = QWidget()
        flow = FlowLayout(row, gap=8, row_gap=6)
        pays = self.desk.actor.may(Role.ACCOUNTANT)
        steps = (self.prepare_button, self.certify_button, self.post_button)
        for button in (*steps, self.print_button, self.file_button, self.undo_button):
            flow.add(button)
            button.setVisible(pays or button is self.print_button)
        self._on_picked([])
        return row

    def refresh(self) -> None:
        """Load the vouchers again."""
        self.listing.refresh()

    def prepare(self) -> None:
        """Prepare a voucher for every facility and scheme that waits."""
        work = partial(prepare_vouchers, self.desk.db, self.desk.actor)
        self._do(work, lambda made: self._tell(say("{count} vouchers were prepared.", count=len(made))))

    def certify(self) -> None:
        """Certify the selected vouchers that somebody else prepared."""
        db, actor = self.desk.db, self.desk.actor
        rows = [(row.id, row.version) for row in self.listing.chosen_rows()]
        work = partial(do_each, rows, lambda key, version: certify_voucher(db, actor, key, version))
        self._do(work, partial(self._tell_outcome, say("certified")))

    def post(self) -> None:
        """Post the selected vouchers under today's date."""
        db, actor, today = self.desk.db, self.desk.actor, office_today()
        rows = [(row.id, row.version) for row in reversed(self.listing.chosen_rows())]
        work = partial(do_each, rows, lambda key, version: post_voucher(db, actor, key, version, on=today))
        self._do(work, partial(self._tell_outcome, say("posted")))

    def print_chosen(self) -> None:
        """Write the selected vouchers as PDF and show the first."""
        keys = [row.id for row in self.listing.chosen_rows()]
        db, folder = self.desk.db, paper_folder()
        if keys:
            self._do(lambda: [print_voucher(db, key, folder) for key in keys], self._printed)

    def send(self) -> None:
        """Seal the selected vouchers into one payment file for their bank."""
        keys = [row.id for row in self.listing.chosen_rows()]
        work = partial(make_payment_file, self.desk.db, self.desk.actor, keys, on=office_today())
        self._do(work, lambda _file: self._tell(say("The payment file is sealed; it stands under Payment files.")))

    def undo(self) -> None:
        """Cancel a voucher not yet posted, or prepare the reversal of a posted one, with a reason."""
        rows = self.listing.chosen_rows()
        if len(rows) != 1:
            return
        row = rows[0]
        if row.state in OPEN:
            title, what = say("Cancel voucher"), say("Why? Its batches wait for a new voucher.")
        else:
            title = say("Reverse voucher {number}", number=row.number)
            what = say("Why? The reversal is prepared now; certified and posted, it frees the claims.")
        ask_words(self, title, what, title, partial(self._undo, row))

    def _undo(self, row: VoucherRow, reason: str) -> None:
        db, actor = self.desk.db, self.desk.actor
        if row.state in OPEN:
            cancel = partial(cancel_voucher, db, actor, row.id, row.version, reason)
            self._do(cancel, lambda _none: self._tell(say("The voucher is cancelled.")))
        else:
            reverse = partial(reverse_voucher, db, actor, row.id, reason)
            self._do(reverse, lambda _key: self._tell(say("The reversal is prepared.")))

    def _do(self, work: Callable[[], T], done: Callable[[T], object]) -> None:
        self.desk.do(self, work, done, "vouchers", "batches", "claims", "payment_files", failed=self.strip.tell_refusal)

    def _printed(self, paths: list[Path]) -> None:
        show_paper(paths[0])
        self._tell(say("Printed into {folder}.", folder=paths[0].parent))

    def _tell(self, words: Message) -> None:
        self.strip.tell(words, Tone.GOOD)

    def _tell_outcome(self, what: Message, outcome: BulkOutcome) -> None:
        tell_outcome(self.strip, outcome, say("{count} vouchers {what}.", count=outcome.done, what=what))

    def _fetch(self, wanted: PageWanted) -> Page[VoucherRow]:
        return self.desk.db.read(vouchers, wanted, self._state)

    def _on_filter(self, state: VoucherState | None) -> None:
        self._state = state
        self.listing.refresh()

    def _choose_again(self) -> None:
        """What was chosen stays chosen through its next step; the first voucher where nothing was."""
        rows, table = self.listing.model.rows, self.listing.table
        again = [place for place, row in enumerate(rows) if row.id in self._chosen] or [0]
        if not rows or table.selectionModel().hasSelection():
            return
        for place in again:
            table.selectionModel().select(self.listing.model.index(place, 0), WHOLE_ROW)
        table.selectionModel().setCurrentIndex(self.listing.model.index(again[0], 0), NO_CHANGE)

    def _on_picked(self, rows: list[VoucherRow]) -> None:
        self._chosen = frozenset(row.id for row in rows) or self._chosen
        states = {row.state for row in rows}
        payable = bool(rows) and all(row.state == VoucherState.POSTED and not row.file for row in rows)
        prepared = states == {VoucherState.PREPARED}
        own = prepared and all(row.prepared_by == self.desk.actor.name for row in rows)
        self.certify_button.setEnabled(prepared and not own)
        self.note.setVisible(own)
        self.note.say(OWN if own else "")
        self.post_button.setEnabled(states == {VoucherState.CERTIFIED})
        self.print_button.setEnabled(bool(rows))
        self.file_button.setEnabled(payable and not any(row.reversed or row.reverses for row in rows))
        self.undo_button.setEnabled(len(rows) == 1 and rows[0].state != VoucherState.CANCELLED)
