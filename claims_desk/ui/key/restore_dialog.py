"""Asks into which open bundle of its facility a denied claim is restored."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from claims_desk.domain.columns import Align, Column, Format
from claims_desk.domain.dates import format_month
from claims_desk.domain.facts import Claim
from claims_desk.domain.messages import say
from claims_desk.queries.submissions import SubmissionRow
from claims_desk.ui.widgets import HouseDialog, Table, Words
from claims_desk.ui.widgets.rows import RowsModel

_BUNDLES: tuple[Column[SubmissionRow], ...] = (
    Column("number", say("Bundle"), lambda row: row.number, width=18),
    Column("month", say("Month"), lambda row: format_month(row.month), align=Align.RIGHT, width=8),
    Column("received_on", say("Received"), lambda row: row.received_on, Format.DAY, align=Align.RIGHT, width=10),
    Column("forms", say("Forms"), lambda row: f"{row.keyed.forms} / {row.counted.forms}", align=Align.RIGHT, width=8),
)
_LEAST_HEIGHT, _LEAST_WIDTH = 150, 560


class RestoreDialog(HouseDialog):
    """The open bundles, the newest first; `row` is the one chosen once the dialog is accepted."""

    def __init__(self, parent: QWidget, claim: Claim, bundles: Sequence[SubmissionRow]) -> None:
        super().__init__(parent, say("Restore form {form}", form=claim.form_no), say("Restore"), "F9")
        self.row = bundles[0]
        self.table: Table[SubmissionRow] = Table(RowsModel(_BUNDLES, bundles), say("Open bundles of the facility"))
        self.table.setMinimumSize(_LEAST_WIDTH, _LEAST_HEIGHT)
        self.table.selectRow(0)
        self.table.opened.connect(self.accept)
        question = say("In which bundle does the corrected form lie? It must be one of the forms counted for it.")
        stays = say("Its first day of receipt stays, {day}: what came in time stays in time.", day=claim.received_date)
        self.body.addWidget(Words(question, wraps=True))
        if claim.received_date is not None:
            self.body.addWidget(Words(stays, "muted", wraps=True))
        self.body.addWidget(self.table)
        self.table.setFocus()

    def accept(self) -> None:
        """Go on with the bundle the keyboard is on."""
        self.row = self.table.current_row() or self.row
        super().accept()
