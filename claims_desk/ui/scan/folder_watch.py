"""Watches the folder a scanner writes into: a file is taken once it has stopped growing and can be opened."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import say
from claims_desk.imports.scan_file import look_at, read_scan_file
from claims_desk.services.scan_tray import Seen
from claims_desk.ui import background
from claims_desk.ui.scan.brought import SUFFIXES, cannot_read

PAUSE_MS, IDLE_MS = 500, 5_000
TRIES = 10  # looks at a file that no longer grows and still cannot be opened
Stamp = tuple[int, int]


class FolderWatch(QObject):
    """`arrived` carries path, bytes and stamp (size, time) of each new file; `refused` path, stamp and why.

    `away` carries, once each time, that the folder is not there; it is looked for until it comes back.
    """

    arrived = Signal(object, object, object)
    refused = Signal(object, object, object)
    away = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._folder: Path | None = None
        self._is_away = False
        self._seen: Seen = {}
        self._before: dict[Path, Stamp] = {}
        self._tries: dict[Path, int] = {}
        self._opening: set[Path] = set()
        self._watcher = QFileSystemWatcher(self)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self.look)
        self._watcher.directoryChanged.connect(self.look)

    def watch(self, folder: str, seen: Seen) -> None:
        """Watch a folder, none where it is empty; `seen` are files taken before, by name."""
        wanted = Path(folder) if folder else None
        if wanted == self._folder and seen is self._seen:
            return
        self._seen, self._folder = seen, wanted
        if self._watcher.directories():
            self._watcher.removePaths(self._watcher.directories())
        self._again.stop()
        self._is_away = False
        if folder:
            self.look()

    def take_again(self, path: Path) -> None:
        """What was taken could not be kept: let it come once more with the next look."""
        self._seen.pop(path.name, None)

    def look(self) -> None:
        """See what is new, in the background: the folder may lie on a slow network."""
        if self._folder is not None:
            background.draw(self, partial(_listing, self._folder), self._listed)

    def _listed(self, listed: dict[Path, Stamp] | None) -> None:
        if listed is None and not self._is_away:
            self.away.emit(
                UserError(
                    say("The scanner's folder “{folder}” is not there.", folder=self._folder),
                    say("Check the network, or choose another in My settings (Ctrl+K). It is looked for meanwhile."),
                )
            )
        self._is_away = listed is None
        if self._folder is not None and listed is not None and not self._watcher.directories():
            self._watcher.addPath(str(self._folder))
        found = listed or {}
        new = {path: stamp for path, stamp in found.items() if self._seen.get(path.name) != list(stamp)}
        for path, stamp in new.items():
            if self._before.get(path) == stamp and path not in self._opening:
                self._opening.add(path)
                refuse = partial(self._refuse, path, stamp)
                background.draw(self, partial(_opened, path), partial(self._take, path, stamp), refuse)
        self._before = found
        self._again.start(PAUSE_MS if new else IDLE_MS)

    def _take(self, path: Path, stamp: Stamp, content: bytes) -> None:
        self._forget(path, stamp)
        self.arrived.emit(path, content, stamp)

    def _refuse(self, path: Path, stamp: Stamp, problem: UserError) -> None:
        self._opening.discard(path)
        self._tries[path] = self._tries.get(path, 0) + 1
        if self._tries[path] >= TRIES:
            self._forget(path, stamp)
            self.refused.emit(path, stamp, problem)

    def _forget(self, path: Path, stamp: Stamp) -> None:
        self._opening.discard(path)
        self._tries.pop(path, None)
        self._seen[path.name] = list(stamp)


def _listing(folder: Path) -> dict[Path, Stamp] | None:
    """The scans in the folder, the oldest first; None while the folder, or its network, is away."""
    found: dict[Path, Stamp] = {}
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                path = Path(entry.path)
                if path.suffix.lower() in SUFFIXES and entry.is_file():
                    about = entry.stat()
                    found[path] = (about.st_size, about.st_mtime_ns)
    except OSError:
        return None
    return dict(sorted(found.items(), key=lambda each: each[1][1]))


def _opened(path: Path) -> bytes:
    """The bytes, once every page opens. Raises UserError while they do not."""
    try:
        content = read_scan_file(path)
    except OSError as error:
        raise cannot_read(path, error) from error
    look_at(content)
    return content
