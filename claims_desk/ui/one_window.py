"""One window on one file: a second one is refused, whichever PC of the network it stands on."""

from __future__ import annotations

from PySide6.QtCore import QLockFile

from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import say
from claims_desk.models.database import Database


class OneWindow:
    """Holds the file this window works on; a program that was killed holds nothing.

    Commands need no window and are not kept out: they come and go in transactions of their own.
    """

    def __init__(self) -> None:
        self._held: QLockFile | None = None

    def take(self, url: str) -> None:
        """Hold the file of `url` in place of what was held before; a server is for many windows and is not held.

        Raises UserError where another window holds the file.
        """
        path = Database.file_of(url)
        wanted = None if path is None else QLockFile(f"{path}.window")
        if wanted is not None and self._held is not None and wanted.fileName() == self._held.fileName():
            return
        if wanted is not None:
            wanted.setStaleLockTime(0)  # only a holder that no longer runs is passed over, never a slow one
            if not wanted.tryLock(0) and wanted.error() == QLockFile.LockError.LockFailedError:
                raise _held_elsewhere(wanted)
        self.let_go()
        self._held = wanted

    def let_go(self) -> None:
        """Hold nothing any more."""
        if self._held is not None:
            self._held.unlock()
            self._held = None


def _held_elsewhere(lock: QLockFile) -> UserError:
    _process, computer, _program = lock.getLockInfo()
    return UserError(
        say("This file is open in another window of Claims Desk, on the PC {computer}.", computer=computer or "?"),
        say(
            "Go on in that window or close it first. Several people at once need an office server. If that PC was"
            " switched off while it was open, delete the file “{file}”.",
            file=lock.fileName(),
        ),
    )
