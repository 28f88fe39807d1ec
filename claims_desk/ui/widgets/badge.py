"""A status in a word, with a picture and a colour; on a form and in a table."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from claims_desk.ui import icons
from claims_desk.ui.speech import Spoken, bind_text, unbind_text
from claims_desk.ui.theme import LOOKS, Tone

_ICON = 12
_SIDE = 8
BESIDE = 12  # pixels at both sides of a badge in its cell


def _width(words: str, metrics: QFontMetricsF) -> float:
    return metrics.horizontalAdvance(words) + _ICON + 3 * _SIDE - 2


def paint_badge(painter: QPainter, box: QRectF, words: str, tone: Tone) -> None:
    """Draw a badge at the left of `box`, centred in its height."""
    look = LOOKS[tone]
    metrics = QFontMetricsF(painter.font())
    height = min(box.height(), metrics.height() + 4)
    width = min(_width(words, metrics), box.width())
    ground = QRectF(box.left(), box.center().y() - height / 2, width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(look.ground))
    painter.drawRoundedRect(ground, 5, 5)
    picture = QRectF(ground.left() + _SIDE, ground.center().y() - _ICON / 2, _ICON, _ICON)
    icons.draw(painter, look.icon, picture, look.ink)
    painter.setPen(QColor(look.ink))
    text_box = ground.adjusted(_ICON + 2 * _SIDE - 3, 0, -2, 0)
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, text_box.width() + 1)
    painter.drawText(text_box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
    painter.restore()


class StatusBadge(QLabel):
    """A status: word, picture and colour say the same."""

    def __init__(self, words: Spoken | str = "", tone: Tone = Tone.NEUTRAL) -> None:
        super().__init__()
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.say(words, tone)

    def say(self, words: Spoken | str, tone: Tone) -> None:
        """Show another status."""
        self._tone = tone
        if isinstance(words, str):
            unbind_text(self.setText)
            self.setText(words)
        else:
            bind_text(self.setText, words)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Room for picture and word."""
        metrics = QFontMetricsF(self.font())
        return QSize(round(_width(self.text(), metrics)) + 2, round(metrics.height()) + 6)

    def minimumSizeHint(self) -> QSize:
        """Never cut off."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the badge."""
        if self.text():
            painter = QPainter(self)
            painter.setFont(self.font())
            paint_badge(painter, QRectF(self.rect()), self.text(), self._tone)


class BadgeDelegate(QStyledItemDelegate):
    """Draws a table's column of statuses as badges; `tone_of` tells a row's tone."""

    def __init__(self, table: QTableView, tone_of: Callable[[Any], Tone]) -> None:
        super().__init__(table)
        self._tone_of = tone_of

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Room for the badge and the air around it."""
        width = _width(str(index.data() or ""), QFontMetricsF(option.font)) + BESIDE
        return QSize(ceil(width), super().sizeHint(option, index).height())

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the cell's ground, then the badge."""
        self.initStyleOption(option, index)
        words, option.text = option.text, ""
        style = option.widget.style()
        style.drawControl(style.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        row = index.data(Qt.ItemDataRole.UserRole)
        if words and row is not None:
            painter.setFont(option.font)
            paint_badge(painter, QRectF(option.rect).adjusted(BESIDE - 4, 2, -4, -2), words, self._tone_of(row))
