"""The search line above a list."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from claims_desk.domain.messages import Message
from claims_desk.ui import icons
from claims_desk.ui.speech import bind_text
from claims_desk.ui.theme import MUTED
from claims_desk.ui.widgets.edit import Edit

PAUSE_MS = 180


class SearchBox(Edit[str]):
    """Asks once the typing pauses, at once on Enter. Ctrl+F comes here."""

    searched = Signal(str)

    def __init__(self, placeholder: Message, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asked = ""
        self.addAction(icons.icon("search", MUTED), QLineEdit.ActionPosition.LeadingPosition)
        self.setClearButtonEnabled(True)
        bind_text(self.setPlaceholderText, placeholder)
        bind_text(self.setAccessibleName, placeholder)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.search_now)
        self.textChanged.connect(self._wait)
        self.committed.connect(self.search_now)
        QShortcut(QKeySequence("Ctrl+F"), self, self.setFocus)

    def read(self, text: str) -> str:
        """The text as typed, without spaces around it."""
        return text.strip()

    def search_now(self) -> None:
        """Ask for what is typed unless it was just asked for."""
        self._pause.stop()
        text = self.text().strip()
        if text != self._asked:
            self._asked = text
            self.searched.emit(text)

    def _wait(self) -> None:
        self._pause.start()
