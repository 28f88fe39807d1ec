"""The paper on which zones are drawn: with the mouse, or with the keys alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen

from claims_desk.domain.scans import WHOLE, Zone
from claims_desk.ui import theme
from claims_desk.ui.scan.page_view import PageView

_LEAST_PIXELS: Final = 6  # of a rectangle that is meant
_STEP, _FINE, _LEAST = 100, 20, 100  # ten-thousandths of the page
_FIRST: Final = QRect(500, 500, 4_000, 400)
_WAYS: Final = {
    Qt.Key.Key_Left: QPoint(-1, 0),
    Qt.Key.Key_Right: QPoint(1, 0),
    Qt.Key.Key_Up: QPoint(0, -1),
    Qt.Key.Key_Down: QPoint(0, 1),
}
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ZoneCanvas(PageView):
    """A page on which a rectangle can be drawn; `drawn` carries it in ten-thousandths of the page.

    With the keyboard on it arrows move a frame, with Shift they change its size, with Ctrl in small steps; Enter
    draws it.
    """

    follows: ClassVar[bool] = False
    drawn = Signal(QRect)

    def __init__(self) -> None:
        super().__init__()
        self.frame = QRect()
        self._others: Sequence[Zone] = ()
        self._from: QPoint | None = None
        self._drawing = QRect()

    def offer(self, zone: Zone | None, others: Sequence[Zone]) -> None:
        """Mark a field's zone and the `others` of the page, and begin the frame there, else under the last one."""
        self._others = others
        if zone is not None:
            self.frame = QRect(zone.left, zone.top, zone.width, zone.height)
        elif self.frame.isNull():
            self.frame = QRect(_FIRST)
        self.show_zone(zone)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The frame is moved, sized and kept; every other key is the page's."""
        key = Qt.Key(event.key())
        if key in _WAYS:
            self._push(_WAYS[key], event.modifiers())
        elif key in _ENTER:
            box = QRect(self.frame)
            self.frame.translate(0, min(box.height() + _STEP, WHOLE - box.top() - box.height()))
            self.drawn.emit(box)
        else:
            super().keyPressEvent(event)

    def _push(self, way: QPoint, held: Qt.KeyboardModifier) -> None:
        step = way * (_FINE if held & Qt.KeyboardModifier.ControlModifier else _STEP)
        box = self.frame
        if held & Qt.KeyboardModifier.ShiftModifier:
            box.setWidth(max(_LEAST, min(box.width() + step.x(), WHOLE - box.left())))
            box.setHeight(max(_LEAST, min(box.height() + step.y(), WHOLE - box.top())))
        else:
            left = max(0, min(box.left() + step.x(), WHOLE - box.width()))
            box.moveTo(left, max(0, min(box.top() + step.y(), WHOLE - box.height())))
        self._keep_in_sight(self.rect_of(QRectF(box)))
        self.viewport().update()

    def _keep_in_sight(self, box: QRect) -> None:
        room = self.viewport().rect()
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setValue(down.value() + max(0, box.bottom() - room.bottom()) + min(0, box.top() - room.top()))
        across.setValue(across.value() + max(0, box.right() - room.right()) + min(0, box.left() - room.left()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a rectangle."""
        self._from = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw it."""
        if self._from is not None:
            self._drawing = QRect(self._from, event.position().toPoint()).normalized()
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It is drawn; a mere click is none."""
        drawing, self._from, self._drawing = self._drawing & self.page_rect(), None, QRect()
        page = self.page_rect()
        if min(drawing.width(), drawing.height()) >= _LEAST_PIXELS:
            self.drawn.emit(
                QRect(
                    (drawing.left() - page.left()) * WHOLE // page.width(),
                    (drawing.top() - page.top()) * WHOLE // page.height(),
                    drawing.width() * WHOLE // page.width(),
                    drawing.height() * WHOLE // page.height(),
                )
            )
        self.viewport().update()

    def go_to_zone(self) -> None:
        """The paper stays while zones are set on it, unless the zone is out of sight."""
        zone = self.zone_rect()
        if zone is not None and not self.viewport().rect().contains(zone.center()):
            super().go_to_zone()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the other zones, and what is being drawn, over the page."""
        super().paintEvent(event)
        if self.page_size().isEmpty():
            return
        painter = QPainter(self.viewport())
        painter.setPen(QPen(QColor(theme.MUTED), 1, Qt.PenStyle.DashLine))
        for other in self._others:
            painter.drawRect(self.rect_of(QRectF(other.left, other.top, other.width, other.height)))
        drawing = self.rect_of(QRectF(self.frame)) if self.hasFocus() and self._from is None else self._drawing
        if not drawing.isNull():
            painter.setPen(QPen(QColor(theme.WARN), 2))
            painter.drawRect(drawing)
