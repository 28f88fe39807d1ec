"""Count and kip of a list's filter and of its selection."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from claims_desk.domain.messages import Message, say
from claims_desk.ui.widgets.labels import ShortWords, Words


class TotalsBar(QWidget):
    """The line under a list."""

    def __init__(self) -> None:
        super().__init__()
        self.all = Words("", "muted")
        self.chosen = ShortWords("", "note")
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 2, 0)
        row.addWidget(self.all)
        row.addStretch()
        row.addWidget(self.chosen)

    def show_all(self, count: int, kip: int | None = None) -> None:
        """Count and kip of the whole filter."""
        self.all.say(_total(count, kip))

    def show_chosen(self, count: int, kip: int | None = None) -> None:
        """Count and kip of what is selected; nothing for none."""
        self.chosen.say(say("Selected. {total}", total=_total(count, kip)) if count else "")


def _total(count: int, kip: int | None) -> Message:
    if kip is None:
        return say("Rows: {count:kip}", count=count)
    return say("Rows: {count:kip} · {kip:kip} kip", count=count, kip=kip)
