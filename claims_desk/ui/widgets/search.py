"""The search line above a list."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from claims_desk.domain.lao import LAO_DIGITS
from claims_desk.domain.messages import Message, say
from claims_desk.ui import icons, theme
from claims_desk.ui.speech import bind_text
from claims_desk.ui.widgets.edit import Edit
from claims_desk.ui.widgets.hot_key import HotKey

PAUSE_MS = 180
SEARCH_HELP = say(
    "A number, or part of a name in Lao or Roman letters, however it is spelt. The list follows as you type."
)


class SearchBox(Edit[str]):
    """Asks once the typing pauses, at once on Enter. Ctrl+F comes here."""

    searched = Signal(str)

    def __init__(self, placeholder: Message, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asked = ""
        self._glass = self.addAction(icons.icon("search", theme.MUTED), QLineEdit.ActionPosition.LeadingPosition)
        self.setClearButtonEnabled(True)
        self.ask_for(placeholder)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.search_now)
        self.textChanged.connect(self._wait)
        self.committed.connect(self.search_now)
        HotKey(self, "Ctrl+F", say("Search the list"), self.setFocus)
        bind_text(self.setWhatsThis, SEARCH_HELP)

    def changeEvent(self, event: QEvent) -> None:
        """Another contrast has another glass."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._glass.setIcon(icons.icon("search", theme.MUTED))

    def ask_for(self, words: Message) -> None:
        """Say what can be typed here; the tool tip has it whole where the line is short."""
        for setter in (self.setPlaceholderText, self.setAccessibleName, self.setToolTip):
            bind_text(setter, words)

    def read(self, text: str) -> str:
        """The text as typed, Lao digits as 0 to 9."""
        return text.translate(LAO_DIGITS)

    def search_now(self) -> None:
        """Ask for what is typed unless it was just asked for."""
        self._pause.stop()
        text = self.value() or ""
        if text != self._asked:
            self._asked = text
            self.searched.emit(text)

    def _wait(self) -> None:
        self._pause.start()
