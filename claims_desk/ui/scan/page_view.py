"""One page, turned and enlarged as it is wanted, with the zone of the field in focus marked on it."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea

from claims_desk.domain.messages import say
from claims_desk.domain.scans import WHOLE, Zone
from claims_desk.ui import theme
from claims_desk.ui.speech import bind_text

_STEP = 1.25
_LEAST, _MOST = 0.25, 6.0
_PAN = 60
READABLE = 1_140
"""Pixels of a page's longer side at which a line written by hand, 6 mm of A4, is 23 pixels high."""
_ROOM_ABOVE = 0.35  # share of the height left above a zone that is scrolled to


class PageView(QAbstractScrollArea):
    """Fits the width, times `zoom`; where it `follows`, a marked zone is shown so large that it can be read.

    `pressed` carries keys it has no use for; `sharper` asks for a larger picture.
    """

    follows: ClassVar[bool] = True
    pressed = Signal(QKeyEvent)
    sharper = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.zoom = 1.0
        self.rotation = 0
        self.words = ""
        self._picture = QPixmap()
        self._turned = QPixmap()
        self._zone: QRectF | None = None
        self._grabbed: QPoint | None = None
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        bind_text(self.setAccessibleName, say("Page of the scan"))

    def show_picture(self, picture: QPixmap, rotation: int) -> None:
        """Show a page turned clockwise by `rotation` degrees; a null picture with `words` in its place."""
        self._picture, self.rotation = picture, rotation
        self._turned = picture.transformed(QTransform().rotate(rotation)) if rotation else picture
        self._fit_bars()
        self.go_to_zone()
        self.viewport().update()

    def turn(self) -> None:
        """Show the page turned a quarter further, for as long as it is looked at."""
        self.show_picture(self._picture, (self.rotation + 90) % 360)

    def show_zone(self, zone: Zone | None) -> None:
        """Mark a zone and scroll to it at once; None marks nothing and stays where it is."""
        self._zone = None if zone is None else QRectF(zone.left, zone.top, zone.width, zone.height)
        self._fit_bars()
        self.go_to_zone()
        self.viewport().update()

    def page_size(self) -> QSize:
        """The shown size of the page in pixels."""
        if self._turned.isNull():
            return QSize()
        width = max(1, round(self.viewport().width() * self.zoom), self._readable_width())
        return QSize(width, max(1, width * self._turned.height() // self._turned.width()))

    def _readable_width(self) -> int:
        """Width at which handwriting in the marked zone can be read, the zone still whole; 0 where there is none."""
        if self._zone is None or self.zoom != 1 or not self.follows:
            return 0
        page = self._turned.size()
        readable = READABLE * page.width() // max(page.width(), page.height())
        return min(readable, round(self.viewport().width() * WHOLE / self._zone.width()))

    def page_rect(self) -> QRect:
        """Where the page lies in the view, scrolled as it is."""
        size, room = self.page_size(), self.viewport().size()
        left = max(0, (room.width() - size.width()) // 2) - self.horizontalScrollBar().value()
        return QRect(QPoint(left, -self.verticalScrollBar().value()), size)

    def zone_rect(self) -> QRect | None:
        """Where the marked zone lies in the view."""
        return None if self._zone is None or self._turned.isNull() else self.rect_of(self._zone)

    def rect_of(self, box: QRectF) -> QRect:
        """Where a box in ten-thousandths of the page lies in the view."""
        page = self.page_rect()
        across, down = page.width() / WHOLE, page.height() / WHOLE
        return QRectF(
            page.left() + box.left() * across, page.top() + box.top() * down, box.width() * across, box.height() * down
        ).toRect()

    def zoom_by(self, steps: int) -> None:
        """Larger or smaller by steps; what is in the middle stays there."""
        self.set_zoom(self.zoom * _STEP**steps)

    def set_zoom(self, zoom: float) -> None:
        """Show the page `zoom` times the width of the view."""
        before = self._middle()
        self.zoom = min(max(zoom, _LEAST), _MOST)
        self._fit_bars()
        page = self.page_size()
        self.horizontalScrollBar().setValue(round(before.x() * page.width()) - self.viewport().width() // 2)
        self.verticalScrollBar().setValue(round(before.y() * page.height()) - self.viewport().height() // 2)
        self.viewport().update()
        if page.width() > self._turned.width():
            self.sharper.emit()

    def go_to_zone(self) -> None:
        """Scroll so that the marked zone is in sight, with some paper around it."""
        zone = self.zone_rect()
        if zone is None:
            return
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        spare = max(0, self.viewport().height() - zone.height())
        down.setValue(down.value() + zone.top() - round(spare * _ROOM_ABOVE))
        across.setValue(across.value() + zone.center().x() - self.viewport().width() // 2)

    def _middle(self) -> QPointF:
        page, room = self.page_rect(), self.viewport().rect().center()
        return QPointF((room.x() - page.left()) / max(1, page.width()), (room.y() - page.top()) / max(1, page.height()))

    def _fit_bars(self) -> None:
        page, room = self.page_size(), self.viewport().size()
        for bar, size, seen in (
            (self.verticalScrollBar(), page.height(), room.height()),
            (self.horizontalScrollBar(), page.width(), room.width()),
        ):
            bar.setRange(0, max(0, size - seen))
            bar.setPageStep(max(1, seen))
            bar.setSingleStep(_PAN)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the page, around it the desk, on it the zone."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(theme.NEUTRAL_GROUND))
        if self._turned.isNull():
            painter.setPen(QColor(theme.MUTED))
            painter.drawText(
                self.viewport().rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.words
            )
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(self.page_rect(), self._turned)
        zone = self.zone_rect()
        if zone is not None:
            ground = QColor(theme.ACCENT)
            ground.setAlpha(28)
            painter.fillRect(zone, ground)
            painter.setPen(QPen(QColor(theme.ACCENT), 2))
            painter.drawRect(zone)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The page keeps fitting, the zone stays in sight."""
        super().resizeEvent(event)
        self._fit_bars()
        self.go_to_zone()

    def scrollContentsBy(self, _across: int, _down: int) -> None:
        """Scrolled: paint again."""
        self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls, with Ctrl it enlarges."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the paper."""
        self._grabbed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the paper."""
        if self._grabbed is not None:
            moved = event.position().toPoint() - self._grabbed
            self._grabbed = event.position().toPoint()
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - moved.x())
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() - moved.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._grabbed = None

    def event(self, event: QEvent) -> bool:
        """Esc leaves the paper before it leaves the pane."""
        overrides = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if overrides and event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the paper; every other key is told."""
        bars = {
            Qt.Key.Key_Up: (self.verticalScrollBar(), -1),
            Qt.Key.Key_Down: (self.verticalScrollBar(), 1),
            Qt.Key.Key_Left: (self.horizontalScrollBar(), -1),
            Qt.Key.Key_Right: (self.horizontalScrollBar(), 1),
        }
        found = bars.get(Qt.Key(event.key()))
        if found is not None:
            bar, way = found
            bar.setValue(bar.value() + way * _PAN)
        else:
            event.ignore()
            self.pressed.emit(event)
