"""What is dragged to give the paper more or less height."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from claims_desk.ui import theme

_HEIGHT, _WIDTH = 5, 48


class ScanGrip(QWidget):
    """`moved` carries how far it was dragged down in pixels, `let_go` comes at the end."""

    moved = Signal(int)
    let_go = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(_HEIGHT)
        self.setCursor(Qt.CursorShape.SplitVCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the border."""
        self.moved.emit(round(event.position().y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Leave it there."""
        self.let_go.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the grip."""
        painter = QPainter(self)
        painter.fillRect((self.width() - _WIDTH) // 2, _HEIGHT // 2 - 1, _WIDTH, 3, QColor(theme.HANDLE))
