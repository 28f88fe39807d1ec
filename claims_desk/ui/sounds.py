"""Short sounds for who looks at the paper and not at the screen: off unless he turns them on in his settings."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

BETWEEN_MS = 160
QUIET_SECONDS = 0.6  # what goes wrong at once is one thing that went wrong


class Sounds:
    """One beep of the PC when something is done, two when something is refused or cannot be read.

    The PC's own beep needs no sound device: where there is none, nothing is heard and nothing fails.
    """

    def __init__(self, beep: Callable[[], object] = QApplication.beep, clock: Callable[[], float] = monotonic) -> None:
        self.are_on = False
        self._beep, self._clock = beep, clock
        self._last = -QUIET_SECONDS

    def done(self) -> None:
        """Something was done."""
        self._sound(1)

    def refused(self) -> None:
        """Something was refused, or cannot be read."""
        self._sound(2)

    def _sound(self, beeps: int) -> None:
        now = self._clock()
        if not self.are_on or QApplication.instance() is None or now - self._last < QUIET_SECONDS:
            return
        self._last = now
        self._beep()
        if beeps > 1:
            QTimer.singleShot(BETWEEN_MS, self._beep)


sounds = Sounds()
"""The one the whole window uses."""
