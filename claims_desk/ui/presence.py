"""Whether somebody sits here, and how fast he keys."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QLineEdit

from claims_desk.ui.input_watch import InputWatch

_HOUR = 3600.0
_MINUTE = 60.0
LEAST_MINUTES = 2
LONGEST_PAUSE = 30.0  # who keys nothing for longer is doing something else


class KeyPace:
    """Keystrokes an hour over the minutes of the last hour in which somebody keyed; and a tally to be put down."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._keys: deque[float] = deque()
        self._tally, self._seconds = 0, 0.0

    def count(self) -> None:
        """Count one keystroke."""
        now = self._clock()
        if self._keys:
            self._seconds += min(now - self._keys[-1], LONGEST_PAUSE)
        self._tally += 1
        self._keys.append(now)

    def take(self) -> tuple[int, int]:
        """Keystrokes since the last taking, and the seconds they took, longer pauses cut short; whole seconds."""
        taken = self._tally, int(self._seconds)
        self._tally, self._seconds = 0, self._seconds - taken[1]
        return taken

    def put_back(self, keystrokes: int, seconds: int) -> None:
        """Count again what was taken and could not be put down."""
        self._tally, self._seconds = self._tally + keystrokes, self._seconds + seconds

    def an_hour(self) -> int:
        """Keystrokes an hour; 0 until two minutes were keyed in."""
        now = self._clock()
        while self._keys and self._keys[0] < now - _HOUR:
            self._keys.popleft()
        minutes = {int(at // _MINUTE) for at in self._keys}
        return round(len(self._keys) * 60 / len(minutes)) if len(minutes) >= LEAST_MINUTES else 0


class Presence(QObject):
    """Notices every key and click; `left` after `minutes` without any, `paced` once a minute."""

    left = Signal()
    paced = Signal(int)

    def __init__(self, minutes: int, parent: QObject) -> None:
        super().__init__(parent)
        self.keys = KeyPace()
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self.left)
        self.lock_after(minutes)
        self._minute = QTimer(self)
        self._minute.setInterval(60_000)
        self._minute.timeout.connect(self._tell_pace)
        self._minute.start()
        watch = InputWatch(self)
        watch.keyed.connect(self._count)
        watch.moved.connect(self._idle.start)

    def lock_after(self, minutes: int) -> None:
        """Count the quiet minutes anew, up to `minutes`."""
        self._idle.start(minutes * 60_000)

    def _count(self) -> None:
        self._idle.start()
        if isinstance(QApplication.focusWidget(), QLineEdit):
            self.keys.count()

    def _tell_pace(self) -> None:
        self.paced.emit(self.keys.an_hour())
