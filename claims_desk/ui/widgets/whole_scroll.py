"""A place to scroll in whose content is never squeezed: text that wraps keeps every line."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class WholeScroll(QScrollArea):
    """Scrolls `content` where it needs more height at this width than there is; Qt alone would squeeze it.

    `width_needed` says, in pixels, what it needs where the view is narrower.
    """

    width_needed = Signal(int)

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._content = content
        self.setWidget(content)
        content.installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width needs another height."""
        super().resizeEvent(event)
        self._keep_whole()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Other words need another height."""
        if watched is self._content and event.type() == QEvent.Type.LayoutRequest:
            self._keep_whole()
        return super().eventFilter(watched, event)

    def _keep_whole(self) -> None:
        layout = self._content.layout()
        if layout is None:
            return
        least = layout.minimumSize().width()
        if least > self.viewport().width():
            self.width_needed.emit(least + self.width() - self.viewport().width())
        width = max(self.viewport().width(), least)
        height = layout.minimumHeightForWidth(width) if layout.hasHeightForWidth() else layout.minimumSize().height()
        if height != self._content.minimumHeight():
            self._content.setMinimumHeight(height)
