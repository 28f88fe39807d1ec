"""A span of months as a filter: from a month to a month, either left open where that is allowed."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, Signal

from claims_desk.domain.dates import month_end
from claims_desk.domain.messages import say
from claims_desk.ui.desk import Desk
from claims_desk.ui.speech import bind_text, speech
from claims_desk.ui.widgets import MonthEdit


class MonthSpan(QObject):
    """Two month fields; `changed` when either was left with another month."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self.first, self.last = MonthEdit(today=desk.today), MonthEdit(today=desk.today)
        for edit, words in ((self.first, say("From month")), (self.last, say("To month"))):
            bind_text(edit.setPlaceholderText, words)
            bind_text(edit.setAccessibleName, words)
            edit.committed.connect(self._on_committed)
        speech.changed.connect(self._fit)
        self._fit()

    def first_day(self) -> date | None:
        """The first day of the span; None where it is open."""
        return self.first.value()

    def last_day(self) -> date | None:
        """The last day of the span; None where it is open."""
        month = self.last.value()
        return None if month is None else month_end(month)

    def _fit(self) -> None:
        """As wide as the longer of its words, in every language and size."""
        for edit in (self.first, self.last):
            edit.setFixedWidth(max(112, edit.fontMetrics().horizontalAdvance(edit.placeholderText()) + 28))

    def _on_committed(self) -> None:
        if self.first.problem is None and self.last.problem is None:
            self.changed.emit()
