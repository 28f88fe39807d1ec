"""Two small charts, drawn flat: bars by week, and amounts in order. Every bar has its number beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from claims_desk.domain.dates import format_day
from claims_desk.domain.messages import Message, say
from claims_desk.domain.money import format_kip
from claims_desk.queries.home import Week
from claims_desk.ui import theme
from claims_desk.ui.speech import Spoken, bind_text, speech

CENTRE = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
WIDEST_BAR = 44.0
WORDS_SHARE = 0.5
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
SERIES: tuple[tuple[str, str, Message], ...] = (
    ("received", "CONTROL_LINE", say("received")),
    ("keyed", "ACCENT", say("keyed")),
    ("decided", "GOOD", say("decided")),
)


class WeekChart(QWidget):
    """Claims received, keyed and decided, a group of bars a week."""

    def __init__(self) -> None:
        super().__init__()
        self._weeks: tuple[Week, ...] = ()
        self.setMinimumHeight(160)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        bind_text(self.setAccessibleName, say("Claims by week"))
        speech.changed.connect(self.update)

    def show_weeks(self, weeks: tuple[Week, ...]) -> None:
        """Draw other weeks."""
        self._weeks = weeks
        self.setAccessibleDescription(
            "; ".join(f"{format_day(w.monday)}: {w.received}, {w.keyed}, {w.decided}" for w in weeks)
        )
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw legend, bars and weeks."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = self.fontMetrics().height()
        self._draw_legend(painter, line)
        if not self._weeks:
            return
        area = QRectF(0, line * 1.6, self.width(), self.height() - line * 2.8)
        highest = max(1, *(max(w.received, w.keyed, w.decided) for w in self._weeks))
        step = area.width() / len(self._weeks)
        for number, week in enumerate(self._weeks):
            group = QRectF(area.left() + number * step, area.top(), step, area.height())
            self._draw_group(painter, group, week, highest)
            painter.setPen(QColor(theme.MUTED))
            painter.drawText(QRectF(group.left(), area.bottom() + 2, step, line), CENTRE, _short(week))
        painter.fillRect(QRectF(0, area.bottom(), self.width(), 1), QColor(theme.LINE))

    def _draw_legend(self, painter: QPainter, line: int) -> None:
        left = 0.0
        for _, token, words in SERIES:
            painter.fillRect(QRectF(left, line * 0.4, 10, 10), QColor(theme.colour(token)))
            painter.setPen(QColor(theme.MUTED))
            text = words.text()
            width = self.fontMetrics().horizontalAdvance(text) + 8
            painter.drawText(QRectF(left + 16, 0, width, line * 1.2), LEFT, text)
            left += width + 28

    def _draw_group(self, painter: QPainter, group: QRectF, week: Week, highest: int) -> None:
        line = self.fontMetrics().height()
        width = min(WIDEST_BAR, group.width() / 4)
        left = group.center().x() - width * 1.5
        for number, (key, token, _) in enumerate(SERIES):
            value = int(getattr(week, key))
            height = (group.height() - line) * value / highest
            bar = QRectF(left + number * width, group.bottom() - height, width - 3, height)
            painter.fillRect(bar, QColor(theme.colour(token)))
            said = format_kip(value)
            if value and self.fontMetrics().horizontalAdvance(said) < width:
                painter.setPen(QColor(theme.TEXT))
                painter.drawText(bar.adjusted(-8, -line, 8, -bar.height()), CENTRE, said)


def _short(week: Week) -> str:
    return f"{week.monday.day}/{week.monday.month}"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its words and its amount."""

    words: Spoken
    amount: int


class RankChart(QWidget):
    """Bars from the side, each with its words and its number."""

    def __init__(self, name: Message) -> None:
        super().__init__()
        self._bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        bind_text(self.setAccessibleName, name)
        speech.changed.connect(self._say)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Draw other bars."""
        self._bars = tuple(bars)
        self._say()

    def sizeHint(self) -> QSize:
        """A line for each bar."""
        return QSize(240, max(1, len(self._bars)) * self._line())

    def minimumSizeHint(self) -> QSize:
        """No bar is left out."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw words, bar and number of each."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = self.fontMetrics()
        longest = max((metrics.horizontalAdvance(bar.words.text()) for bar in self._bars), default=0) + 12
        words = min(longest, round(self.width() * WORDS_SHARE))
        numbers = max((metrics.horizontalAdvance(format_kip(bar.amount)) for bar in self._bars), default=0) + 12
        room = max(20, self.width() - words - numbers)
        highest = max((abs(bar.amount) for bar in self._bars), default=0) or 1
        for number, bar in enumerate(self._bars):
            top = number * self._line()
            painter.setPen(QColor(theme.TEXT))
            shown = metrics.elidedText(bar.words.text(), Qt.TextElideMode.ElideRight, words - 8)
            painter.drawText(QRectF(0, top, words, self._line()), LEFT, shown)
            track = QRectF(words, top + self._line() / 2 - 5, room, 10)
            painter.fillRect(track, QColor(theme.NEUTRAL_GROUND))
            track.setWidth(room * abs(bar.amount) / highest)
            painter.fillRect(track, QColor(theme.ACCENT))
            painter.drawText(QRectF(self.width() - numbers, top, numbers, self._line()), RIGHT, format_kip(bar.amount))

    def _say(self) -> None:
        self.setAccessibleDescription("; ".join(f"{bar.words.text()}: {bar.amount}" for bar in self._bars))
        self.updateGeometry()
        self.update()

    def _line(self) -> int:
        return round(self.fontMetrics().height() * 1.3)
