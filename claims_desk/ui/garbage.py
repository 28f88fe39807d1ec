"""Python's garbage is looked for on the window's thread alone, between two turns of its loop.

Left to itself Python looks whenever enough was made, on whichever thread made it, in the middle of whatever runs.
Objects of Qt found there are deleted on a worker's thread, or while Qt still stands in them, and the process ends.
"""

from __future__ import annotations

import gc
from time import monotonic

from PySide6.QtCore import QObject, QTimer

from claims_desk.ui.input_watch import InputWatch

ROUND_MS = 200
QUIET_SECONDS = 3.0
"""How long nobody may have keyed before all is looked through: a clerk would feel that between two keys."""
YOUNG, MIDDLE, OLD = 1_000, 10, 10
"""Objects more made than gone, rounds among the young, rounds among the middle ones: when each is looked through."""


class GarbageRounds(QObject):
    """Looks for garbage five times a second while the window's loop runs; `end` leaves it to Python again.

    What stands in memory when it begins, chiefly modules, is not looked through again.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._keyed = monotonic()
        InputWatch(self).keyed.connect(self._note_key)
        gc.disable()
        gc.collect()
        gc.freeze()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(ROUND_MS)

    def look(self) -> None:
        """Look as far as it is time for."""
        young, middle, old = gc.get_count()
        if old >= OLD and monotonic() - self._keyed >= QUIET_SECONDS:
            gc.collect()
        elif middle >= MIDDLE:
            gc.collect(1)
        elif young >= YOUNG:
            gc.collect(0)

    def end(self) -> None:
        """Leave looking to Python again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def _note_key(self) -> None:
        self._keyed = monotonic()
