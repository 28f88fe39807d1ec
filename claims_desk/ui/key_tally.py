"""What a clerk keys in this window, put down for his figures every few minutes and when he leaves."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from claims_desk.domain.codes import Role
from claims_desk.domain.errors import UserError
from claims_desk.services.work_days import note_keystrokes
from claims_desk.ui import background
from claims_desk.ui.desk import Desk
from claims_desk.ui.presence import KeyPace

EVERY_MS = 10 * 60_000


class TallyKeeper(QObject):
    """Keeps the tally of `keys` in the database; only a clerk's is kept."""

    def __init__(self, desk: Desk, keys: KeyPace, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._keys = desk, keys
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.keep)
        self._timer.start()

    def keep(self) -> None:
        """Put down what was keyed since the last time; where the database refuses, it is tried again later."""
        if not self._desk.actor.may(Role.CLERK):
            return
        keystrokes, seconds = self._keys.take()
        if not keystrokes:
            return
        db, actor = self._desk.db, self._desk.actor

        def again(_problem: UserError) -> None:
            self._keys.put_back(keystrokes, seconds)

        background.run(self, lambda: note_keystrokes(db, actor, keystrokes, seconds), lambda _none: None, again)
