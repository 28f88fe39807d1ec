"""What was found so far: each with its code, its words and what to do, and the way to its field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from claims_desk.domain.codes import Severity
from claims_desk.domain.judgement import Finding
from claims_desk.domain.messages import Message, say
from claims_desk.domain.terms import SEVERITIES
from claims_desk.ui.tones import FINDING_TONES, WEIGHTIEST_FIRST
from claims_desk.ui.widgets import Card, StatusBadge, Words

_LEAST_HEIGHT = 110
_NOTHING = say("Nothing found so far.")


class FindingRow(QFrame):
    """One finding; a click goes to its field."""

    clicked = Signal()

    def __init__(self, finding: Finding) -> None:
        super().__init__()
        self.finding = finding
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        words = say("{code} {severity}", code=finding.code, severity=SEVERITIES[finding.severity])
        badge = StatusBadge(words, FINDING_TONES[finding.severity])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 6)
        column.setSpacing(1)
        head = QHBoxLayout()
        head.addWidget(badge)
        if finding.line_no is not None:
            head.addWidget(Words(say("line {number}", number=finding.line_no), "muted"))
        head.addStretch()
        column.addLayout(head)
        column.addWidget(Words(finding.message, wraps=True))
        if finding.fix.template:
            column.addWidget(Words(finding.fix, "muted", wraps=True))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to the field."""
        self.clicked.emit()


class LowScroll(QScrollArea):
    """Asks for little height and takes what is left."""

    def sizeHint(self) -> QSize:
        """A finding or two."""
        return QSize(200, _LEAST_HEIGHT)


class FindingsList(Card):
    """Every finding, the weightiest first; `chosen` carries the one whose field is wanted."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(say("Findings"))
        self.shown: tuple[Finding, ...] = ()
        self._next = 0
        self._counts = Words("", "muted")
        self.head.addWidget(self._counts)
        self._nothing = Words(_NOTHING, "muted", wraps=True)
        self._list = QWidget()
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, 0, 6, 0)
        self._rows.setSpacing(4)
        self._scroll = LowScroll()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setProperty("look", "inside")
        self._scroll.setWidget(self._list)
        self.add(self._nothing)
        self.add(self._scroll, 1)
        self.show_findings(())

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show these; the same ones again change nothing on the screen."""
        ordered = tuple(sorted(findings, key=lambda found: WEIGHTIEST_FIRST.index(found.severity)))
        if ordered != self.shown or not ordered:
            self.shown, self._next = ordered, 0
            self._fill()

    def choose_next(self, back: bool = False) -> None:
        """Go to the next finding's field, round and round (F6; Shift+F6 back)."""
        if self.shown:
            step = len(self.shown) - 2 if back else 0
            number = (self._next + step) % len(self.shown)
            self._next = number + 1
            self._choose(self.shown[number])

    def _choose(self, finding: Finding) -> None:
        for row in self._list.findChildren(FindingRow):
            if row.finding == finding:
                self._scroll.ensureWidgetVisible(row)
        self.chosen.emit(finding)

    def _fill(self) -> None:
        """Lay the rows in their order; those of findings that stay are kept, since making one takes time."""
        before: list[FindingRow] = []
        while item := self._rows.takeAt(0):
            widget = item.widget()
            if isinstance(widget, FindingRow):
                before.append(widget)
        for finding in self.shown:
            row = next((each for each in before if each.finding == finding), None)
            if row is not None:
                before.remove(row)
            self._rows.addWidget(row or self._row(finding))
        for row in before:
            row.hide()
            row.deleteLater()
        self._rows.addStretch()
        self._nothing.setVisible(not self.shown)
        self._counts.say(_counted(self.shown))

    def _row(self, finding: Finding) -> FindingRow:
        row = FindingRow(finding)
        row.clicked.connect(lambda: self._choose(finding))
        return row


def _counted(findings: Sequence[Finding]) -> Message | str:
    counts = Counter(found.severity for found in findings)
    stop = counts[Severity.PEND] + counts[Severity.DENY]
    values = {"stop": stop, "cut": counts[Severity.ADJUST], "warn": counts[Severity.WARN]}
    return say("{stop} stop · {cut} cut · {warn} warn   F6", **values) if findings else ""
