"""Notices inside the window: they never stop the work."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import say
from claims_desk.ui import icons, theme
from claims_desk.ui.sounds import sounds
from claims_desk.ui.speech import Spoken, bind_text
from claims_desk.ui.theme import LOOKS, Tone, repolish
from claims_desk.ui.widgets.announce import announcer
from claims_desk.ui.widgets.labels import Words


class MessageStrip(QFrame):
    """A line of notice above a form or list; hidden while there is nothing to say."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "strip")
        self._picture = QLabel()
        self._words = Words(wraps=True)
        self._close = QPushButton()
        self._close.setProperty("look", "link")
        self._close.setIcon(icons.icon("cross", theme.MUTED))
        bind_text(self._close.setAccessibleName, say("Close this notice"))
        self._close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 6, 4)
        row.addWidget(self._picture)
        row.addWidget(self._words, 1)
        row.addWidget(self._close)
        self.hide()

    def tell(self, words: Spoken | str, tone: Tone = Tone.INFO) -> None:
        """Show a notice."""
        self._words.say(words)
        self._picture.setPixmap(icons.picture(LOOKS[tone].icon, LOOKS[tone].ink))
        self.setProperty("tone", tone.value)
        repolish(self)
        self.show()
        announcer.announce(self, words)
        if tone is Tone.BAD:
            sounds.refused()

    def tell_refusal(self, problem: UserError) -> None:
        """Show why a deed was refused, and what to do; fits `failed=` of `background.run`."""
        self.tell(problem, Tone.BAD)

    def text(self) -> str:
        """What is being told; empty while hidden."""
        return self._words.text() if not self.isHidden() else ""
