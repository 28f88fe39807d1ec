"""The few pictures of the window, drawn as lines so that they stay sharp at any scale and need no files."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap

_SIZE = 64.0


def _lines(*points: tuple[float, float]) -> QPainterPath:
    path = QPainterPath(QPointF(*points[0]))
    for point in points[1:]:
        path.lineTo(QPointF(*point))
    return path


def _check() -> QPainterPath:
    return _lines((12, 34), (26, 48), (52, 18))


def _cross() -> QPainterPath:
    path = _lines((16, 16), (48, 48))
    path.addPath(_lines((48, 16), (16, 48)))
    return path


def _warning() -> QPainterPath:
    path = _lines((32, 8), (58, 54), (6, 54), (32, 8))
    path.addPath(_lines((32, 24), (32, 38)))
    path.addPath(_lines((32, 46), (32, 47)))
    return path


def _info() -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QRectF(7, 7, 50, 50))
    path.addPath(_lines((32, 30), (32, 46)))
    path.addPath(_lines((32, 19), (32, 20)))
    return path


def _dot() -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QRectF(20, 20, 24, 24))
    return path


def _search() -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QRectF(10, 10, 32, 32))
    path.addPath(_lines((38, 38), (56, 56)))
    return path


def _down() -> QPainterPath:
    return _lines((14, 24), (32, 42), (50, 24))


def _paper() -> QPainterPath:
    path = _lines((14, 6), (40, 6), (52, 18), (52, 58), (14, 58), (14, 6))
    path.addPath(_lines((24, 30), (42, 30)))
    path.addPath(_lines((24, 42), (42, 42)))
    return path


_SHAPES: dict[str, Callable[[], QPainterPath]] = {
    "check": _check,
    "cross": _cross,
    "warning": _warning,
    "info": _info,
    "dot": _dot,
    "search": _search,
    "down": _down,
    "paper": _paper,
}


def draw(painter: QPainter, name: str, box: QRectF, colour: str) -> None:
    """Draw the picture `name` into `box`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width() / _SIZE, box.height() / _SIZE)
    pen = QPen(QColor(colour), 7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    if name == "dot":
        painter.setBrush(QColor(colour))
    painter.drawPath(_SHAPES[name]())
    painter.restore()


def picture(name: str, colour: str, size: int = 16, ratio: float = 2.0) -> QPixmap:
    """The picture as a pixmap of `size` device-independent pixels, sharp up to `ratio`."""
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    draw(painter, name, QRectF(1, 1, size - 2, size - 2), colour)
    painter.end()
    return pixmap


def icon(name: str, colour: str) -> QIcon:
    """The picture as an icon."""
    return QIcon(picture(name, colour))
