"""One of a few filters, as a row of buttons side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from claims_desk.domain.messages import Message
from claims_desk.ui.speech import bind_text

V = TypeVar("V")


class _Segment(QPushButton):
    """One filter; as wide as its word in bold, which it is in when it is down."""

    def __init__(self) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setProperty("look", "segment")

    def sizeHint(self) -> QSize:
        """Room for the bold word, so that nothing is cut off or moves when it is pressed."""
        font = QFont(self.font())
        font.setBold(True)
        size = super().sizeHint()
        return QSize(max(size.width(), QFontMetrics(font).horizontalAdvance(self.text()) + 26), size.height())

    def minimumSizeHint(self) -> QSize:
        """Never narrower."""
        return self.sizeHint()


class Segments(QWidget, Generic[V]):
    """Buttons of which one is down; arrow keys move between them, `chosen` carries the value."""

    chosen = Signal(object)

    def __init__(self, name: Message, choices: Sequence[tuple[V, Message]]) -> None:
        super().__init__()
        self._values = [value for value, _ in choices]
        self._group = QButtonGroup(self)
        bind_text(self.setAccessibleName, name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for number, (_, words) in enumerate(choices):
            button = _Segment()
            bind_text(button.setText, words)
            bind_text(button.setAccessibleName, words)
            self._group.addButton(button, number)
            row.addWidget(button)
        self._group.button(0).setChecked(True)
        self._group.idToggled.connect(self._toggled)

    def value(self) -> V:
        """The value whose button is down."""
        return self._values[self._group.checkedId()]

    def set_value(self, value: V) -> None:
        """Press the value's button."""
        self._group.button(self._values.index(value)).setChecked(True)

    def _toggled(self, number: int, down: bool) -> None:
        if down:
            self.chosen.emit(self._values[number])
