"""Labels: words in the language in use, in one of the house's looks."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy

from claims_desk.domain.lao import syllables
from claims_desk.ui.speech import Spoken, bind_text, unbind_text
from claims_desk.ui.theme import Tone, turn_tone

CENTRED = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


def breakable(text: str) -> str:
    """The text with zero-width spaces between Lao syllables, so that lines can break there; never to be stored."""
    return "\u200b".join(syllables(text))


class Words(QLabel):
    """A label; `look` is "", "muted", "title", "heading", "label", "note" or "huge".

    `plain` is what it says, without the places where lines may break.
    """

    def __init__(self, words: Spoken | str = "", look: str = "", wraps: bool = False) -> None:
        super().__init__()
        self.plain = ""
        self.setProperty("look", look)
        self.setWordWrap(wraps)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.say(words)

    def say(self, words: Spoken | str, tone: Tone | None = None) -> None:
        """Say other words, in a tone where they are a status."""
        if isinstance(words, str):
            unbind_text(self.show_text)
            self.show_text(words)
        else:
            bind_text(self.show_text, words)
        turn_tone(self, tone)

    def show_text(self, text: str) -> None:
        """Show a text as it stands, broken at Lao syllables where the label wraps."""
        self.plain = text
        self.setText(breakable(text) if self.wordWrap() else text)
        if self.wordWrap():
            self.setAccessibleName(text)


class ShortWords(Words):
    """Words that give way where the line is short: cut with dots, whole in the tool tip."""

    def show_text(self, text: str) -> None:
        """Show a text, the whole of it in the tool tip too."""
        super().show_text(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:
        """A few letters and the dots."""
        return QSize(48, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as much as there is room for."""
        room = self.contentsRect()
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, room.width())
        self.style().drawItemText(
            painter, room, CENTRED, self.palette(), self.isEnabled(), shown, self.foregroundRole()
        )


class Rule(QFrame):
    """A thin line between two parts."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "rule")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
