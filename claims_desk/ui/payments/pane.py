"""Payments: vouchers, payment files, letters, capitation and the pool's ledger, each behind its button."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget

from claims_desk.domain.codes import Role, VoucherState
from claims_desk.domain.messages import Message, say
from claims_desk.ui.desk import Desk, Place
from claims_desk.ui.pane import Command, Pane
from claims_desk.ui.payments.capitation_view import CapitationView
from claims_desk.ui.payments.file_view import FileView
from claims_desk.ui.payments.ledger_view import LedgerView
from claims_desk.ui.payments.letter_view import LetterView
from claims_desk.ui.payments.voucher_view import VoucherView
from claims_desk.ui.widgets import MessageStrip, PageHeader, Segments

VIEWS: tuple[tuple[str, Message], ...] = (
    ("vouchers", say("Vouchers")),
    ("files", say("Payment files")),
    ("letters", say("Letters")),
    ("capitation", say("Capitation")),
    ("ledger", say("Pool ledger")),
)


class PaymentsPane(Pane):
    """Money on its way to the facilities, and what they are told."""

    key = "payments"
    title = say("Payments")
    number = 7
    about = say(
        "Vouchers from preparing to posting, the letters to facilities, files for the bank and the pool's ledger."
    )
    roles = frozenset({Role.ACCOUNTANT, Role.SUPERVISOR, Role.AUDITOR})
    concerns = frozenset({"vouchers", "batches", "payment_files", "claims", "monthly_returns"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        strip = self.strip = MessageStrip()
        self.switch = Segments(say("What to show"), VIEWS)
        self.vouchers = VoucherView(desk, strip)
        self.files = FileView(desk, strip)
        self.letters = LetterView(desk, strip)
        self.capitation = CapitationView(desk, strip)
        self.ledger = LedgerView(desk)
        self._views = QStackedWidget()
        for view in self._in_order():
            self._views.addWidget(view)
        header = PageHeader(self.title, say("Prepared by one, certified by another, posted under a number for good"))
        header.add(self.switch)
        self.body.addWidget(header)
        self.body.addWidget(strip)
        self.body.addWidget(self._views, 1)
        self.switch.chosen.connect(self._show)

    def open(self, place: Place | None = None) -> None:
        """The keyboard starts in the list of vouchers."""
        super().open(place)
        if self.focusWidget() is None:
            self.vouchers.listing.table.setFocus()

    def refresh(self) -> None:
        """Load all lists again."""
        for view in self._in_order():
            view.refresh()

    def _in_order(self) -> tuple[VoucherView, FileView, LetterView, CapitationView, LedgerView]:
        return self.vouchers, self.files, self.letters, self.capitation, self.ledger

    def show_place(self, place: Place) -> None:
        """Open a view by its name, the vouchers of a state such as `prepared`, with a text to search for."""
        state = next((state for state in VoucherState if state.value.lower() == place.what), None)
        if state is not None:
            self.switch.set_value(VIEWS[0][0])
            self.vouchers.filter.set_value(state)
        if place.what in dict(VIEWS):
            self.switch.set_value(place.what)
        if place.text:
            self.vouchers.listing.search.setText(place.text)

    def commands(self) -> list[Command]:
        """What Ctrl+K can do here."""
        views = [Command(title, lambda key=key: self.switch.set_value(key)) for key, title in VIEWS]  # type: ignore[misc]
        return [Command(say("Prepare vouchers"), self.vouchers.prepare, "Ctrl+N"), *views]

    def _show(self, view: str) -> None:
        self._views.setCurrentIndex([key for key, _ in VIEWS].index(view))
