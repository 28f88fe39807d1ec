"""Where the form scrolls under the paper when the window is low: the field in focus is always whole in sight."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QApplication, QWidget

from claims_desk.ui.widgets import Field
from claims_desk.ui.widgets.whole_scroll import WholeScroll

LEAST_ROWS = 1.5  # rows of fields that are always in sight


class FormScroll(WholeScroll):
    """Scrolls the sheet to the field or cell in focus, with its label and the words beneath it."""

    def __init__(self, content: QWidget) -> None:
        super().__init__(content)
        self.setProperty("look", "inside")
        QApplication.instance().focusChanged.connect(self._follow)  # type: ignore[union-attr]

    def sizeHint(self) -> QSize:
        """Asks for nothing and takes what is left."""
        return QSize(200, self.minimumHeight())

    def show_row(self, row: int) -> None:
        """Leave at least one row of fields in sight, each `row` pixels high."""
        self.setMinimumHeight(round(row * LEAST_ROWS))

    def follow(self) -> None:
        """Bring what has the focus into sight."""
        self._follow(None, QApplication.focusWidget())

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        content = self.widget()
        if now is None or content is None or not content.isAncestorOf(now):
            return
        field = now.parentWidget()
        seen = field if isinstance(field, Field) else now
        box = QRect(seen.mapTo(content, QPoint(0, 0)), seen.size())
        below = self.fontMetrics().height() + 6
        bar, room = self.verticalScrollBar(), self.viewport().height()
        if box.bottom() + below > bar.value() + room:
            bar.setValue(box.bottom() + below - room)
        if box.top() < bar.value():
            bar.setValue(box.top())
