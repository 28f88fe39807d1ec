"""Buttons, which show their shortcut."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcutEvent
from PySide6.QtWidgets import QPushButton

from claims_desk.domain.messages import Message
from claims_desk.ui.speech import bind_text
from claims_desk.ui.widgets.hot_key import key_words


class Button(QPushButton):
    """A button with its shortcut behind its word; Enter presses it too.

    `look` is "", "primary", "danger" or "link".
    """

    def __init__(
        self, words: Message, shortcut: str = "", on_click: Callable[[], object] | None = None, look: str = ""
    ) -> None:
        super().__init__()
        self._shortcut = shortcut
        self.setProperty("look", look)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        bind_text(self.say, words)
        if on_click is not None:
            self.clicked.connect(lambda _checked: on_click())

    def say(self, text: str) -> None:
        """Show a word and the shortcut; Qt forgets the shortcut with each new text."""
        shown = key_words(self._shortcut)
        self.setText(f"{text}   {shown}" if shown else text)
        self.setAccessibleName(text)
        self.setShortcut(QKeySequence(self._shortcut))

    def setVisible(self, visible: bool) -> None:
        """Show or hide it; while it stands nowhere it is not shown yet, else it would open a window of its own."""
        if visible and self.parentWidget() is None:
            self.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)
        else:
            super().setVisible(visible)

    def event(self, event: QEvent) -> bool:
        """A shortcut presses the button at once; Qt itself would wait a tenth of a second for the look of it."""
        if isinstance(event, QShortcutEvent) and not event.isAmbiguous():
            self.click()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class PrimaryButton(Button):
    """The one thing to do here."""

    def __init__(self, words: Message, shortcut: str = "", on_click: Callable[[], object] | None = None) -> None:
        super().__init__(words, shortcut, on_click, "primary")
