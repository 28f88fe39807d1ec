"""Covers and exemptions on a time line, with the day of the visit across them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from claims_desk.domain.dates import format_day
from claims_desk.domain.messages import Message
from claims_desk.ui import theme
from claims_desk.ui.speech import Spoken, speech
from claims_desk.ui.theme import LOOKS, Tone

_BAR = 5
_YEARS_SHOWN = timedelta(days=3 * 365)
_AFTER = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Span:
    """A cover or an exemption: its name, its days, how it stands on the day in a word and a tone."""

    name: Spoken | str
    valid_from: date
    valid_to: date | None
    word: Message
    tone: Tone


class CoverStrip(QWidget):
    """Each span: its days in words and a bar below; the visit's day is the line through all bars."""

    def __init__(self) -> None:
        super().__init__()
        self._spans: Sequence[Span] = ()
        self._day: date | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        speech.changed.connect(self._say_again)

    def show_spans(self, spans: Sequence[Span], day: date | None) -> None:
        """Show these spans around a day."""
        self._spans, self._day = spans, day
        self._say_again()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """A line of words and a bar for each span."""
        return QSize(120, len(self._spans) * self._step())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint words, bars and the day."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, span in enumerate(self._spans):
            self._paint(painter, span, number * self._step())

    def _paint(self, painter: QPainter, span: Span, top: int) -> None:
        height = self.fontMetrics().height()
        box = QRectF(0, top, self.width(), height)
        ink = QColor(LOOKS[span.tone].ink)
        painter.setPen(QColor(theme.TEXT))
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, _words(span))
        painter.setPen(ink)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, span.word.text())
        painter.setPen(Qt.PenStyle.NoPen)
        track = QRectF(0, top + height + 2, self.width(), _BAR)
        painter.setBrush(QColor(theme.NEUTRAL_GROUND))
        painter.drawRoundedRect(track, 2, 2)
        left, right = self._at(span.valid_from), self._at(span.valid_to) if span.valid_to else self.width()
        painter.setBrush(ink)
        if right > left:
            painter.drawRoundedRect(QRectF(left, track.top(), right - left, _BAR), 2, 2)
        if self._day is not None:
            painter.setBrush(QColor(theme.TEXT))
            painter.drawRect(QRectF(self._at(self._day) - 1, track.top() - 2, 2, _BAR + 4))

    def _at(self, day: date) -> float:
        centre = self._day or date.today()  # noqa: DTZ011 - only where the bar is drawn
        start, end = centre - _YEARS_SHOWN, centre + _AFTER
        share = (day - start) / (end - start)
        return min(max(share, 0.0), 1.0) * self.width()

    def _step(self) -> int:
        return self.fontMetrics().height() + _BAR + 9

    def _say_again(self) -> None:
        self.setAccessibleName("; ".join(f"{_words(span)} {span.word.text()}" for span in self._spans))
        self.update()


def _words(span: Span) -> str:
    name = span.name if isinstance(span.name, str) else span.name.text()
    end = format_day(span.valid_to) if span.valid_to else ""
    return f"{name}   {format_day(span.valid_from)} → {end}".rstrip()
