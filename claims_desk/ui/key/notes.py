"""Rows of fields with the words beneath them on one line: a note runs on under its neighbours, so nothing jumps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from claims_desk.ui import theme
from claims_desk.ui.speech import speech
from claims_desk.ui.theme import LOOKS, Tone, house_font, repolish
from claims_desk.ui.widgets import Field, FlowLayout

_GAP = 14
_UNDER_CAPTION = 3
_LEAST = 40


@dataclass(frozen=True, slots=True)
class Note:
    """A text to paint from `left` on, at most `room` pixels wide."""

    text: str
    colour: str
    left: int
    room: int


class NotedRow(QWidget):
    """A row of fields that breaks in a narrow window. The note of the field in focus is never cut short."""

    def __init__(self, fields: Sequence[Field], gap: int = 8) -> None:
        super().__init__()
        self._fields = fields
        self.setFont(house_font(QApplication.font().pixelSize() - 1))
        self._line = self.fontMetrics().height() + 2
        holder = QWidget()
        flow = FlowLayout(holder, gap, self._line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, self._line)
        column.addWidget(holder)
        for field in fields:
            field.note.hide()
            flow.add(field, field.grows)
            field.noted.connect(self._changed)
        QApplication.instance().focusChanged.connect(self._on_focus)  # type: ignore[union-attr]
        speech.changed.connect(self._fit)
        speech.changed.connect(self._changed, Qt.ConnectionType.QueuedConnection)
        self._fit()

    def stand_close(self, close: bool) -> None:
        """Make the fields as low as their letters allow; a row of Lao vowels and tone marks still fits."""
        for field in self._fields:
            layout = field.layout()
            assert layout is not None
            layout.setSpacing(0 if close else _UNDER_CAPTION)
            if bool(field.edit.property("low")) != close:
                field.edit.setProperty("low", close)
                repolish(field.edit)

    def least_height(self) -> int:
        """Pixels of one line of fields with the words beneath."""
        return max(field.minimumSizeHint().height() for field in self._fields) + self._line

    def notes(self, fields: Sequence[Field]) -> list[Note]:
        """What is painted below some fields: that of the field in focus first, then findings, then hints."""
        placed: list[Note] = []
        for field in sorted((each for each in fields if each.note.text()), key=_weight):
            note = self._placed(field, placed)
            if note is not None:
                placed.append(note)
        return placed

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the notes, cut short with dots where there is no room."""
        painter = QPainter(self)
        for below, fields in self._lines():
            for note in self.notes(fields):
                painter.setPen(QColor(note.colour))
                shown = self.fontMetrics().elidedText(note.text, Qt.TextElideMode.ElideRight, note.room)
                box = QRect(note.left, below, note.room + 2, self.fontMetrics().height())
                painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)

    def _lines(self) -> Iterator[tuple[int, list[Field]]]:
        for _, fields in groupby(self._fields, key=lambda field: field.y()):
            line = list(fields)
            yield max(field.geometry().bottom() for field in line) + 2, line

    def _placed(self, field: Field, taken: Sequence[Note]) -> Note | None:
        """Where a field's note goes beside those placed already: from its field on, pushed left where it must be."""
        start, needed = field.x() + 1, self.fontMetrics().horizontalAdvance(_text(field)) + 2
        before = max((note.left + note.room + _GAP for note in taken if note.left <= start), default=0)
        after = min((note.left - _GAP for note in taken if note.left > start), default=self.width())
        if before > start + field.width() // 2 or after - max(before, start) < _LEAST:
            return None
        moves = field.edit.hasFocus() or bool(field.note.property("tone"))
        left = max(before, min(start, after - needed) if moves else start)
        return Note(_text(field), _colour(field), left, min(needed, after - left))

    def _changed(self) -> None:
        for field in self._fields:
            field.edit.setToolTip(_text(field))
        self.update()

    def _on_focus(self, _old: QWidget | None, _new: QWidget | None) -> None:
        self.update()

    def _fit(self) -> None:
        """Fields that do not grow are as wide as their content or their caption."""
        for field in self._fields:
            least = max(field.edit.minimumWidth(), field.caption.sizeHint().width())
            if not field.grows:
                field.setFixedWidth(least)


def _weight(field: Field) -> tuple[bool, bool, int]:
    return not field.edit.hasFocus(), not field.note.property("tone"), -field.x()


def _text(field: Field) -> str:
    return field.note.text().replace("\u200b", "")


def _colour(field: Field) -> str:
    tone = field.note.property("tone")
    return LOOKS[Tone(tone)].ink if tone else theme.ACCENT
