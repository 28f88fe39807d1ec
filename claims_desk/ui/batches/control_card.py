"""The control totals of one bundle, from the hand count to what is payable."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from claims_desk.domain.messages import Message, say
from claims_desk.domain.money import format_kip
from claims_desk.queries.batches import BatchRow, BundleControl
from claims_desk.ui.widgets import Card, StatusBadge, Tone, Words


class ControlCard(Card):
    """One line a stage: forms and kip; a difference is told in words."""

    STAGES: tuple[Message, ...] = (
        say("Counted by hand"),
        say("Keyed in the bundle"),
        say("Allowed in the bundle"),
        say("Payable in the bundle"),
        say("In this batch, claimed"),
        say("In this batch, co-payment"),
        say("In this batch, payable"),
    )

    def __init__(self) -> None:
        super().__init__(say("Control totals"))
        self.badge = StatusBadge("", Tone.NEUTRAL)
        self.head.addWidget(self.badge)
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        self._cells: list[tuple[Words, Words]] = []
        for column, heading in ((1, say("Forms")), (2, say("Kip"))):
            self._grid.addWidget(Words(heading, "label"), 0, column, Qt.AlignmentFlag.AlignRight)
        for number, stage in enumerate(self.STAGES, 1):
            forms, kip = Words(""), Words("", "heading" if number == len(self.STAGES) else "")
            self._grid.addWidget(Words(stage, "muted"), number, 0)
            self._grid.addWidget(forms, number, 1, Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(kip, number, 2, Qt.AlignmentFlag.AlignRight)
            self._cells.append((forms, kip))
        self._grid.setColumnMinimumWidth(1, 60)
        self._grid.setColumnMinimumWidth(2, 110)
        self.add(self._grid)
        self.rest = Words("", "note", wraps=True)
        self.add(self.rest)

    def show_totals(self, batch: BatchRow, bundle: BundleControl) -> None:
        """Show a batch beside its bundle."""
        figures = (
            (bundle.forms_counted, bundle.kip_counted),
            (bundle.forms_keyed, bundle.kip_keyed),
            (None, bundle.kip_allowed),
            (None, bundle.kip_payable),
            (batch.claims, batch.claimed),
            (None, batch.copay_due),
            (batch.claims, batch.payable),
        )
        for (forms, kip), (count, amount) in zip(self._cells, figures, strict=True):
            forms.say("" if count is None else format_kip(count))
            kip.say(format_kip(amount))
        self._say_agreement(bundle)
        self.rest.say(
            say("Of this bundle pended: {pended}, denied: {denied}.", pended=bundle.pended, denied=bundle.denied)
        )

    def _say_agreement(self, bundle: BundleControl) -> None:
        if bundle.agrees:
            self.badge.say(say("agree"), Tone.GOOD)
        else:
            self.badge.say(say("differ"), Tone.BAD)
