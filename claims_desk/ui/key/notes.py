"""The words beneath a row of fields, on one line: a note may run on under its neighbours, so nothing jumps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from claims_desk.ui.speech import speech
from claims_desk.ui.theme import ACCENT, LOOKS, Tone, house_font
from claims_desk.ui.widgets import Field

_GAP = 14
_LEAST = 40


@dataclass(frozen=True, slots=True)
class Note:
    """A text to paint from `left` on, at most `room` pixels wide."""

    text: str
    colour: str
    left: int
    room: int


class NoteLine(QWidget):
    """Paints what a row's fields have to say; that of the field in focus is never cut short."""

    def __init__(self, fields: Sequence[Field]) -> None:
        super().__init__()
        self._fields = fields
        self.setFont(house_font(QApplication.font().pixelSize() - 1))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for field in fields:
            field.noted.connect(self._changed)
        QApplication.instance().focusChanged.connect(self._on_focus)  # type: ignore[union-attr]

    def sizeHint(self) -> QSize:
        """One line high."""
        return QSize(0, self.fontMetrics().height() + 1)

    def notes(self) -> list[Note]:
        """What is to be painted: the field in focus first, then findings, then hints where there is room left."""
        told = [field for field in self._fields if field.note.text()]
        ranked = sorted(told, key=_weight)
        placed: list[Note] = []
        for field in ranked:
            note = self._placed(field, placed)
            if note is not None:
                placed.append(note)
        return placed

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the notes, cut short with dots where there is no room."""
        painter = QPainter(self)
        for note in self.notes():
            painter.setPen(QColor(note.colour))
            shown = self.fontMetrics().elidedText(note.text, Qt.TextElideMode.ElideRight, note.room)
            painter.drawText(QRect(note.left, 0, note.room + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, shown)

    def _placed(self, field: Field, taken: Sequence[Note]) -> Note | None:
        """Where a field's note goes beside those placed already: from its field on, pushed left where it must be."""
        start, needed = field.x() + 1, self.fontMetrics().horizontalAdvance(_text(field)) + 2
        before = max((note.left + note.room + _GAP for note in taken if note.left <= start), default=0)
        after = min((note.left - _GAP for note in taken if note.left > start), default=self.width())
        if before > start + field.width() // 2 or after - max(before, start) < _LEAST:
            return None
        moves = field.edit.hasFocus() or bool(field.note.property("tone"))
        left = max(before, min(start, after - needed)) if moves else start
        return Note(_text(field), _colour(field), left, min(needed, after - left))

    def _changed(self) -> None:
        for field in self._fields:
            field.edit.setToolTip(_text(field))
        self.update()

    def _on_focus(self, _old: QWidget | None, _new: QWidget | None) -> None:
        self.update()


class NotedRow(QWidget):
    """A row of fields with its line of notes."""

    def __init__(self, fields: Sequence[Field], gap: int = 8) -> None:
        super().__init__()
        row = QHBoxLayout()
        row.setSpacing(gap)
        for field in fields:
            field.note.hide()
            row.addWidget(field, field.grows)
        self._fields = fields
        speech.changed.connect(self._fit)
        self._fit()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(NoteLine(fields))

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
    return LOOKS[Tone(tone)].ink if tone else ACCENT
