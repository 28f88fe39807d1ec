"""The payment files: save the sealed bytes, withdraw what never went out."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from claims_desk.domain.codes import Role
from claims_desk.domain.messages import say
from claims_desk.domain.paging import Page, PageWanted
from claims_desk.queries.payment_files import PaymentFileRow, payment_files
from claims_desk.services.payment_files import save_payment_file, withdraw_payment_file
from claims_desk.ui.desk import Desk
from claims_desk.ui.papers import paper_folder
from claims_desk.ui.payments.columns import FILES
from claims_desk.ui.widgets import Button, EmptyState, Listing, MessageStrip, PrimaryButton, Tone, ask_words


class FileView(QWidget):
    """The list of payment files."""

    def __init__(self, desk: Desk, strip: MessageStrip) -> None:
        super().__init__()
        self.desk, self.strip = desk, strip
        empty = EmptyState(say("No payment file yet"), say("Select posted vouchers of one bank and press Ctrl+B."))
        self.listing = Listing(say("Payment files"), FILES, self._fetch, empty, kip_of=lambda row: row.total)
        self.listing.search.hide()
        self.listing.table.badge("state", lambda row: Tone.BAD if row.withdrawn else Tone.GOOD)
        self.listing.picked.connect(self._on_picked)
        self.save_button = PrimaryButton(say("Save to disk"), "Ctrl+S", self.save)
        self.withdraw_button = Button(say("Withdraw"), "Ctrl+W", self.withdraw, "danger")
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.withdraw_button)
        row.addWidget(self.save_button)
        self.withdraw_button.setVisible(desk.actor.may(Role.ACCOUNTANT))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.listing, 1)
        self._on_picked([])

    def refresh(self) -> None:
        """Load the files again."""
        self.listing.refresh()

    def save(self) -> None:
        """Write the sealed bytes of the selected file to the folder of papers."""
        for row in self.listing.chosen_rows():
            work = partial(save_payment_file, self.desk.db, row.id, paper_folder())
            self.desk.do(self, work, self._saved, failed=self.strip.tell_refusal)

    def withdraw(self) -> None:
        """Take the selected file back, with a reason."""
        for row in self.listing.chosen_rows():
            title = say("Withdraw payment file {number}", number=row.number)
            question = say("Why? Only a file that never went to the bank is withdrawn.")
            ask_words(self, title, question, say("Withdraw"), partial(self._withdraw, row.id))

    def _withdraw(self, file_id: int, reason: str) -> None:
        work = partial(withdraw_payment_file, self.desk.db, self.desk.actor, file_id, reason)
        self.desk.do(self, work, self._withdrawn, "payment_files", "vouchers", failed=self.strip.tell_refusal)

    def _withdrawn(self, _none: None) -> None:
        self.strip.tell(say("Its vouchers may be sent again."), Tone.GOOD)

    def _saved(self, path: Path) -> None:
        self.strip.tell(say("Saved as {path}.", path=path), Tone.GOOD)

    def _fetch(self, wanted: PageWanted) -> Page[PaymentFileRow]:
        return self.desk.db.read(payment_files, wanted)

    def _on_picked(self, rows: list[PaymentFileRow]) -> None:
        self.save_button.setEnabled(bool(rows))
        self.withdraw_button.setEnabled(bool(rows) and not rows[0].withdrawn)
