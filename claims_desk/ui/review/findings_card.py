"""What the rules found: code, what it does, what is wrong and what mends it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from claims_desk.domain.messages import Message, Name, say
from claims_desk.domain.terms import SEVERITIES
from claims_desk.queries.claim_opened import DecisionShown, FindingShown
from claims_desk.ui.review.refilled import RefilledCard
from claims_desk.ui.tones import FINDING_TONES
from claims_desk.ui.widgets import StatusBadge, Words

CODE_WIDTH = 132


class FindingsCard(RefilledCard):
    """The findings of the current decision, as they were said on its day."""

    def __init__(self) -> None:
        super().__init__(say("Findings"))

    def show_decision(self, decision: DecisionShown | None) -> None:
        """Show what was found."""
        self.show_rows([_row(finding) for finding in decision.findings] if decision else [])


def _row(finding: FindingShown) -> QWidget:
    row = QWidget()
    grid = QGridLayout(row)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(1)
    grid.setColumnMinimumWidth(0, CODE_WIDTH)
    grid.setColumnStretch(1, 1)
    tells = say("{code} {does}", code=finding.code, does=SEVERITIES[finding.severity])
    grid.addWidget(StatusBadge(tells, FINDING_TONES[finding.severity]), 0, 0, 2, 1, Qt.AlignmentFlag.AlignTop)
    grid.addWidget(Words(_message(finding), wraps=True), 0, 1)
    grid.addWidget(Words(finding.fix, "muted", wraps=True), 1, 1)
    return row


def _message(finding: FindingShown) -> Message | Name:
    if finding.line_no is None:
        return finding.message
    return say("Line {line}: {message}", line=finding.line_no, message=finding.message)
