"""What a claim asks for and what it would be paid, with the steps of the price."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from claims_desk.domain.codes import Decision
from claims_desk.domain.messages import ENGLISH, LAO, Message, Name, say
from claims_desk.domain.money import format_kip
from claims_desk.queries.claim_opened import ClaimOpened
from claims_desk.ui.theme import Tone
from claims_desk.ui.widgets import Card, Words

AMOUNTS: tuple[Message, ...] = (say("Claimed"), say("Allowed"), say("Co-payment due"), say("Payable"))


class MoneyCard(Card):
    """Four amounts in a row, and under them how they came about."""

    def __init__(self) -> None:
        super().__init__(say("Price"))
        self.provisional = Words("", "note")
        self.head.addWidget(self.provisional)
        self.amounts = [Words("", "heading") for _ in AMOUNTS]
        row = QHBoxLayout()
        for title, amount in zip(AMOUNTS, self.amounts, strict=True):
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addWidget(Words(title, "label"))
            column.addWidget(amount)
            row.addLayout(column, 1)
        self.steps = Words("", "muted", wraps=True)
        self.add(row)
        self.add(self.steps)

    def show_claim(self, record: ClaimOpened) -> None:
        """Show the amounts of the current decision; none where it is not judged yet."""
        decision = record.decision
        values = (decision.allowed, decision.copay_due, decision.payable) if decision else (None, None, None)
        for amount, value in zip(self.amounts, (record.claim.claimed_total, *values), strict=True):
            amount.say("–" if value is None else format_kip(value))
        paid = decision is not None and decision.decision == Decision.ACCEPT
        self.amounts[-1].say(self.amounts[-1].text(), Tone.GOOD if paid else None)
        pends = decision is not None and decision.decision == Decision.PEND
        self.provisional.say(say("provisional while it is pended") if pends else "")
        self._show_steps(record)

    def _show_steps(self, record: ClaimOpened) -> None:
        steps = record.decision.explanation if record.decision else ()
        self.steps.setVisible(bool(steps))
        lao, english = ("\n".join(step.text(language) for step in steps) for language in (LAO, ENGLISH))
        self.steps.say(Name(lao, english))
