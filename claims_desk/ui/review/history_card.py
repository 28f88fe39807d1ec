"""All that happened to a claim: who, when, what, why, and what was changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from claims_desk.domain.codes import Decision
from claims_desk.domain.dates import format_day
from claims_desk.domain.messages import Message, say
from claims_desk.domain.terms import CLAIM_STATES
from claims_desk.queries.claim_opened import ClaimOpened, HistoryStep
from claims_desk.services.decisions import STATE_OF
from claims_desk.ui.paper_form import LABELS
from claims_desk.ui.review.columns import local_time
from claims_desk.ui.review.refilled import RefilledCard
from claims_desk.ui.widgets import Words

ACTIONS: Mapping[str, Message] = {
    "claim.key": say("keyed"),
    "claim.import": say("taken in from a file"),
    "claim.correct": say("corrected"),
    "claim.verify": say("keyed a second time"),
    "claim.release": say("let go without a second keying"),
    "claim.adjudicate": say("adjudicated"),
    "claim.accept": say("accepted over the rules"),
    "claim.deny": say("denied"),
    "claim.return": say("given back to the clerk"),
    "claim.void": say("made void"),
}
WHEN_WIDTH = 132
CHANGES_SHOWN = 6


class HistoryCard(RefilledCard):
    """The steps of a claim's life, the newest first."""

    def __init__(self) -> None:
        super().__init__(say("History"))

    def show_claim(self, record: ClaimOpened) -> None:
        """Show what happened; a claim out of a file begins with its import."""
        steps = list(record.history)
        if all(step.action != "claim.key" for step in steps):
            steps.insert(0, HistoryStep(record.keyed_at, record.keyed_by, "claim.import"))
        self.show_rows([_row(step) for step in reversed(steps)])


def _row(step: HistoryStep) -> QWidget:
    row = QWidget()
    grid = QGridLayout(row)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(1)
    grid.setColumnMinimumWidth(0, WHEN_WIDTH)
    grid.setColumnStretch(1, 1)
    at = local_time(step.at)
    grid.addWidget(Words(f"{format_day(at)} {at:%H:%M}", "muted"), 0, 0, Qt.AlignmentFlag.AlignTop)
    grid.addWidget(Words(_what(step), wraps=True), 0, 1)
    details = [say("“{why}”", why=step.why)] if step.why else _changes(step)
    for number, detail in enumerate(details, start=1):
        grid.addWidget(Words(detail, "muted", wraps=True), number, 1)
    return row


def _what(step: HistoryStep) -> Message:
    action = ACTIONS.get(step.action, Message(step.action))
    decided = str((step.after or {}).get("decision")) if step.action == "claim.adjudicate" else ""
    if decided in Decision.__members__:
        return say(
            "{name}: {action}, {decision}",
            name=step.who,
            action=action,
            decision=CLAIM_STATES[STATE_OF[Decision(decided)]],
        )
    return say("{name}: {action}", name=step.who, action=action)


def _changes(step: HistoryStep) -> list[Message]:
    if step.action != "claim.correct" or step.after is None:
        return []
    before = step.before or {}
    shown = [
        say("{field}: {old} → {new}", field=_field(name), old=_plain(before.get(name)), new=_plain(value))
        for name, value in step.after.items()
    ]
    rest = len(shown) - CHANGES_SHOWN
    return [*shown[:CHANGES_SHOWN], say("and {count} more", count=rest)] if rest > 0 else shown


def _field(name: str) -> Message:
    if name in LABELS:
        return LABELS[name]
    _, _, cell = name.partition("lines.")
    return say("Line {line}", line=cell.replace(".", " ")) if cell else Message(name)


def _plain(value: Any) -> str:
    return "–" if value in (None, "") else str(value)
