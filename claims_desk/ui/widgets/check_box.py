"""A box to check, drawn in the house's look."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton

from claims_desk.domain.messages import Message, say
from claims_desk.ui import icons, theme
from claims_desk.ui.speech import bind_text
from claims_desk.ui.widgets.edit import ENTER_KEYS


class CheckBox(QCheckBox):
    """Space checks it, Enter moves on."""

    KEYS: ClassVar[Mapping[str, Message]] = {"Space": say("Check or uncheck"), "Enter": say("Next field")}

    def __init__(self, words: Message, checked: bool = False) -> None:
        super().__init__()
        bind_text(self.setText, words)
        bind_text(self.setAccessibleName, words)
        self.setChecked(checked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next field, Shift+Enter back."""
        if event.key() in ENTER_KEYS and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
        ):
            self.focusNextPrevChild(not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box and its word, then the mark."""
        super().paintEvent(event)
        if self.isChecked():
            option = QStyleOptionButton()
            self.initStyleOption(option)
            box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
            painter = QPainter(self)
            icons.draw(painter, "check", QRectF(box).adjusted(3, 3, -3, -3), theme.ON_ACCENT)
