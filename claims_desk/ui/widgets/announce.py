"""Words for the ear: what comes up beside the focus is said by a screen reader, which would pass it over."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from claims_desk.ui.speech import Spoken


class Announcer(QObject):
    """Hands words to the screen reader; `said` carries them too."""

    said = Signal(str)

    def announce(self, part: QWidget, words: Spoken | str) -> None:
        """Say what is told at `part`, after what is being said; nothing for no words or where nobody sees them."""
        text = words if isinstance(words, str) else words.text()
        if not text or not part.isVisible():
            return
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(part, text))
        self.said.emit(text)


announcer = Announcer()
