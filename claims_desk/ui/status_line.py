"""The line at the foot: office, user, database, draft, pace, language."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QStatusBar

from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import ENGLISH, LAO, current_language, say
from claims_desk.domain.terms import role_names
from claims_desk.queries.connection import answers
from claims_desk.ui.background import Latest
from claims_desk.ui.desk import Desk
from claims_desk.ui.sounds import sounds
from claims_desk.ui.speech import bind_text, speech, switch_language
from claims_desk.ui.theme import Tone
from claims_desk.ui.widgets import Words
from claims_desk.ui.widgets.announce import announcer
from claims_desk.ui.widgets.labels import ShortWords

ASK_AGAIN_MS = 20_000
TOLD_MS = 8_000


class StatusLine(QStatusBar):
    """Tells where one stands; `language_switched` carries the language chosen here."""

    language_switched = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setSizeGripEnabled(False)
        self.pace, self.draft, self.database = Words(""), Words(""), ShortWords()
        user = say("{name} · {roles}", name=desk.actor.name, roles=role_names(desk.actor.roles))
        office = ShortWords()
        office.say(desk.office_name)
        for label in (office, Words(user), self.database, self.draft, self.pace):
            self.addPermanentWidget(label)
        self._language = QPushButton()
        self._language.clicked.connect(self.switch)
        self.addPermanentWidget(self._language)
        bind_text(self._language.setAccessibleName, say("Switch the language"))
        bind_text(self._language.setToolTip, say("Switch the language"))
        self._told = QLabel()
        self._told_long = QTimer(self)
        self._told_long.setSingleShot(True)
        self._told_long.setInterval(TOLD_MS)
        self._told_long.timeout.connect(self._told.clear)
        self.addWidget(self._told, 1)
        self._ask_connection()
        desk.draft_saved.connect(self._show_draft)
        desk.told.connect(self.tell)
        speech.changed.connect(self._name_language)
        self._name_language()

    def tell(self, words: str) -> None:
        """Say at the left, for a few seconds, what was done."""
        self._told.setText(words)
        announcer.announce(self._told, words)
        sounds.done()
        self._told_long.start()

    def show_pace(self, keys_an_hour: int) -> None:
        """Show keystrokes an hour."""
        self.pace.say(say("{keys:kip} keys/hour", keys=keys_an_hour) if keys_an_hour else "")

    def _ask_connection(self) -> None:
        db = self._desk.db
        self._latest: Latest[None, bool] = Latest(
            self, lambda _: db.read(answers), self._show_connected, self._show_lost
        )
        self._timer = QTimer(self)
        self._timer.setInterval(ASK_AGAIN_MS)
        self._timer.timeout.connect(self._ask)
        self._timer.start()
        self._ask()

    def _ask(self) -> None:
        self._latest.ask(None)

    def _show_connected(self, _answer: bool) -> None:
        db = self._desk.db
        kind = say("file {place}", place=db.place) if db.is_sqlite else say("server {place}", place=db.place)
        self.database.say(say("{database} · connected", database=kind))

    def _show_lost(self, problem: UserError) -> None:
        self.database.say(say("{place} · not connected", place=self._desk.db.place), Tone.BAD)
        self.database.setToolTip(problem.text())

    def _show_draft(self) -> None:
        self.draft.say(say("Draft saved {time}", time=datetime.now().astimezone().strftime("%H:%M:%S")))

    def _name_language(self) -> None:
        self._language.setText("English" if current_language() == LAO else "ລາວ")
        self._language.ensurePolished()
        self._language.setMinimumWidth(self._language.sizeHint().width())

    def switch(self) -> None:
        """Say everything in the other language."""
        language = ENGLISH if current_language() == LAO else LAO
        switch_language(language)
        self.language_switched.emit(language)
