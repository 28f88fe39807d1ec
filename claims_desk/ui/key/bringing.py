"""Brings files to the scans: read, looked at and kept in the lane of drawing, so that a large one holds up nobody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import say
from claims_desk.domain.scans import ScanFile, ScanPage
from claims_desk.imports.scan_file import read_scan_file
from claims_desk.services.scans import add_scan
from claims_desk.ui import background
from claims_desk.ui.desk import Desk
from claims_desk.ui.scan.brought import cannot_read, files_of, shown_name

Done = Callable[[Sequence[ScanFile]], object]
Brought = tuple[Sequence[ScanFile], Sequence[UserError]]


class Bringing(QObject):
    """`failed` carries why a file was not kept; of many the good ones are, and the first of the others is named."""

    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._under_way = 0

    @property
    def is_busy(self) -> bool:
        """Whether a file is still being read."""
        return self._under_way > 0

    def bring(self, paths: Sequence[Path], picture: bytes, done: Done) -> None:
        """Keep the files, else the picture; what is good goes to `done`, nothing where neither was brought."""
        if paths or picture:
            self._under_way += 1
            work, told = partial(self._kept, paths, picture), partial(self._on_brought, done)
            background.draw(self, work, told, self.failed.emit, rank=background.FIRST, ended=self._on_ended)

    def keep(self, name: str, content: bytes, done: Callable[[ScanFile], object], failed: background.Failed) -> None:
        """Keep bytes that were read already."""
        db, actor = self._desk.db, self._desk.actor
        background.draw(self, lambda: add_scan(db, actor, content, name), done, failed)

    def _kept(self, paths: Sequence[Path], picture: bytes) -> Brought:
        """In the background, one file after another."""
        db, actor = self._desk.db, self._desk.actor
        if not paths:
            return [add_scan(db, actor, picture)], []
        kept, refused = [], []
        for path in files_of(paths):
            try:
                kept.append(add_scan(db, actor, read_scan_file(path), path.name))
            except UserError as problem:
                refused.append(of_file(path, problem))
            except OSError as error:
                refused.append(cannot_read(path, error))
        return kept, refused

    def _on_ended(self) -> None:
        self._under_way -= 1

    def _on_brought(self, done: Done, brought: Brought) -> None:
        kept, refused = brought
        if refused:
            self.failed.emit(refused[0] if len(refused) == 1 else _and_more(refused[0], len(refused) - 1))
        done(kept)


def pages_of(file: ScanFile) -> list[ScanPage]:
    """Every page of a file, upright as scanned."""
    return [ScanPage(file.sha256, number) for number in range(1, len(file.pages) + 1)]


def of_file(path: Path, problem: UserError) -> UserError:
    """The refusal with the name of the file it is about."""
    return UserError(say("“{name}” is not attached. {why}", name=shown_name(path), why=problem.message), problem.advice)


def _and_more(problem: UserError, others: int) -> UserError:
    return UserError(say("{first} Nor are {others} other files.", first=problem.message, others=others), problem.advice)
