"""The health of the database: everything held against everything else, on asking."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from claims_desk.domain.columns import Column
from claims_desk.domain.messages import Message, say
from claims_desk.services.verify import Finding, verify
from claims_desk.ui.cancelling import cancellable
from claims_desk.ui.desk import Desk
from claims_desk.ui.widgets import (
    EmptyState,
    MessageStrip,
    PrimaryButton,
    RowsModel,
    Table,
    Tone,
    Words,
    show_progress,
)


@dataclass(frozen=True, slots=True)
class HealthRow:
    """One check, and one thing that is wrong with it or None."""

    checked: Message
    fault: Message | None


HEALTH: Final[tuple[Column[HealthRow], ...]] = (
    Column("checked", say("What was checked"), lambda row: row.checked, width=34),
    Column("result", say("Result"), lambda row: say("holds") if row.fault is None else say("fails"), width=12),
    Column("fault", say("What is wrong"), lambda row: row.fault, width=70),
)


class HealthView(QWidget):
    """A button, and what the last check found."""

    def __init__(self, desk: Desk, strip: MessageStrip) -> None:
        super().__init__()
        self.desk, self.strip = desk, strip
        self.button = PrimaryButton(say("Check the database"), "F9", self.check)
        self.table: Table[HealthRow] = Table(RowsModel(HEALTH), say("What was checked"))
        self.table.badge("result", lambda row: Tone.GOOD if row.fault is None else Tone.BAD)
        nothing = EmptyState(
            say("Not checked since you opened this"), say("Press F9: it reads everything, changes nothing.")
        )
        self._pages = QStackedWidget()
        self._pages.addWidget(nothing)
        self._pages.addWidget(self.table)
        self.when = Words("", "muted")
        head = QHBoxLayout()
        head.addWidget(self.when, 1)
        head.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._pages, 1)

    def refresh(self) -> None:
        """A check is made on asking only."""

    def check(self) -> None:
        """Check everything, with progress."""
        db = self.desk.db
        show_progress(
            self,
            say("Checking the database"),
            cancellable(lambda told: verify(db, told)),
            self._show,
            self.strip.tell_refusal,
        )

    def _show(self, found: list[Finding] | None) -> None:
        if found is None:
            return
        self.table.rows_model.set_rows([row for finding in found for row in _rows(finding)])
        self._pages.setCurrentWidget(self.table)
        self.when.say(say("Checked on {day}, {count} checks", day=self.desk.today(), count=len(found)))
        failing = sum(bool(finding.faults) for finding in found)
        if failing:
            self.strip.tell(_alarm(failing, len(found)), Tone.BAD)
        else:
            self.strip.tell(say("All {all} checks hold.", all=len(found)), Tone.GOOD)


def _rows(finding: Finding) -> Iterator[HealthRow]:
    if not finding.faults:
        yield HealthRow(finding.checked, None)
    for fault in finding.faults:
        yield HealthRow(finding.checked, fault)


def _alarm(failing: int, count: int) -> Message:
    failed = say("{failing} of {all} checks fail.", failing=failing, all=count)
    advice = say("Pay nothing from this database; tell the auditor and the administrator, and keep the file as it is.")
    return say("{first} {second}", first=failed, second=advice)
