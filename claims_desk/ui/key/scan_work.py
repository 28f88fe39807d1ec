"""The scan of the form on the table: pages brought in, taken from the tray, turned, taken off; kept with the draft."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from platformdirs import user_data_path
from PySide6.QtCore import QObject, Signal

from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import say
from claims_desk.domain.scans import ScanFile, ScanPage, digest_of
from claims_desk.imports.scan_file import read_scan_file
from claims_desk.services.scan_tray import Tray, TrayFile, as_written, pages_in, plain_pages
from claims_desk.services.scans import add_scan
from claims_desk.ui import background
from claims_desk.ui.desk import Desk
from claims_desk.ui.scan.folder_watch import FolderWatch, Stamp, cannot_read

Brought = tuple[str, Callable[[], bytes]]


class ScanWork(QObject):
    """`changed` when the pages of the form or the tray are others, `edited` when the clerk did it to the form.

    `split_asked` carries pages that may belong to several forms, `failed` why a file was not taken, `came` pages
    that came from the scanner.
    """

    changed = Signal()
    edited = Signal()
    split_asked = Signal(object)
    failed = Signal(object)
    came = Signal(int)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.pages: tuple[ScanPage, ...] = ()
        self._handed_in: tuple[ScanPage, ...] = ()
        self.tray = Tray()
        self._is_loaded = False
        self._file = TrayFile(_tray_path(desk, desk.db.identity), _tray_path(desk, desk.db.place))
        self._watch = FolderWatch(self)
        self._watch.arrived.connect(self._on_arrived)
        self._watch.refused.connect(self._on_refused)
        self._watch.away.connect(self.failed)
        background.keep(self, self._file.load, self._on_loaded)

    @property
    def keys(self) -> tuple[str, ...]:
        """The pages as the rules see them."""
        return tuple(page.key for page in self.pages)

    def waiting(self) -> tuple[ScanPage, ...]:
        """The pages on the tray that are not on the form."""
        return tuple(page for page in self.tray.pages if page.key not in self.keys)

    # --- forms come and go

    def begin(self) -> None:
        """A new form: it gets its share of the tray by itself, where the clerk chose so."""
        self.pages = tuple(self.tray.pages[: self.tray.a_form])
        self.changed.emit()

    def show(self, pages: Sequence[ScanPage]) -> None:
        """The pages of an opened claim or a draft."""
        self.pages = tuple(pages)
        self.changed.emit()

    def hand_in(self) -> tuple[ScanPage, ...]:
        """The pages as they are saved with the form; one taken while that goes on is not among them."""
        self._handed_in = self.pages
        return self.pages

    def saved(self) -> None:
        """The form is saved: the pages handed in with it are no longer on the tray."""
        gone = {page.key for page in self._handed_in}
        self._set_tray(page for page in self.tray.pages if page.key not in gone)

    def as_typed(self) -> list[list[Any]]:
        """The pages as a draft can hold them."""
        return plain_pages(self.pages)

    def show_typed(self, typed: object) -> None:
        """Show what `as_typed` gave; of anything else the pages that can be read."""
        self.show(pages_in(typed))

    # --- pages are brought

    def bring(self, paths: Sequence[Path], picture: bytes = b"") -> None:
        """Attach what was chosen, dropped or pasted: the files, else the picture; nothing where there is neither."""
        self._bring([_reading(path) for path in paths] or ([("", lambda: picture)] if picture else []))

    def _bring(self, brought: Sequence[Brought]) -> None:
        if not brought:
            return
        db, actor = self._desk.db, self._desk.actor

        def work() -> tuple[list[ScanFile], list[UserError]]:
            files, refused = [], []
            for name, read in brought:
                try:
                    files.append(add_scan(db, actor, read(), name))
                except UserError as problem:
                    refused.append(_of_file(name, problem) if len(brought) > 1 else problem)
            return files, refused

        background.run(self, work, self._on_brought, self.failed.emit)

    def _on_brought(self, brought: tuple[Sequence[ScanFile], Sequence[UserError]]) -> None:
        """What is good of many is attached; of what is not, the first is told, and how many there are."""
        files, refused = brought
        if len(refused) > 1:
            self.failed.emit(_and_more(refused[0], len(refused) - 1))
        elif refused:
            self.failed.emit(refused[0])
        pages = [page for file in files for page in pages_of(file)]
        if len(pages) > 1:
            self.split_asked.emit(pages)
        else:
            self.attach(pages)

    def split(self, pages: Sequence[ScanPage], a_form: int) -> None:
        """Attach the first `a_form` pages here and lay the rest on the tray, as many for each form to come."""
        self.tray.a_form = a_form if len(pages) > a_form else self.tray.a_form
        self._set_tray([*self.tray.pages, *pages[a_form:]])
        self.attach(pages[:a_form])

    def attach(self, pages: Iterable[ScanPage]) -> None:
        """Attach pages that are not attached yet."""
        self._edit((*self.pages, *(page for page in pages if page.key not in self.keys)))

    def take_next(self) -> None:
        """Attach the first page that waits on the tray."""
        self.attach(self.waiting()[:1])

    def take(self, place: int) -> None:
        """Attach the page at `place` of those that wait."""
        self.attach(self.waiting()[place : place + 1])

    def empty_tray(self) -> None:
        """Let go of what waits; pages on the form stay."""
        self.tray.a_form = 0
        self._set_tray(())

    # --- pages are changed

    def turn(self, place: int, degrees: int = 90) -> None:
        """Turn a page clockwise."""
        if place < len(self.pages):
            page = self.pages[place]
            turned = replace(page, rotation=(page.rotation + degrees) % 360)
            self._edit((*self.pages[:place], turned, *self.pages[place + 1 :]))

    def take_off(self, place: int) -> None:
        """Take a page off the form; it lies on the tray then, first in turn."""
        if place < len(self.pages):
            page = self.pages[place]
            self._set_tray([page, *(each for each in self.tray.pages if each.key != page.key)])
            self._edit((*self.pages[:place], *self.pages[place + 1 :]))

    def _edit(self, pages: tuple[ScanPage, ...]) -> None:
        if pages != self.pages:
            self.pages = pages
            self.changed.emit()
            self.edited.emit()

    # --- tray and scanner

    def watch(self, folder: str) -> None:
        """Watch a scanner's folder, once it is known what was taken from it before."""
        if self._is_loaded:
            self._watch.watch(folder, self.tray.seen)

    def _on_loaded(self, tray: Tray) -> None:
        self._is_loaded = True
        tray.pages += self.tray.pages
        self.tray = tray
        self.changed.emit()
        self.watch(self._desk.settings.scan_folder)

    def _on_arrived(self, path: Path, content: bytes, stamp: Stamp) -> None:
        db, actor = self._desk.db, self._desk.actor
        background.run(self, lambda: add_scan(db, actor, content, path.name), self._on_scanned, self.failed.emit)

    def _on_refused(self, path: Path, stamp: Stamp, problem: UserError) -> None:
        self.failed.emit(problem)
        self._keep_tray()

    def _on_scanned(self, file: ScanFile) -> None:
        known = {*self.keys, *(page.key for page in self.tray.pages)}
        new = [page for page in pages_of(file) if page.key not in known]
        self._set_tray([*self.tray.pages, *new])
        self.came.emit(len(new))

    def _set_tray(self, pages: Iterable[ScanPage]) -> None:
        self.tray.pages = list(pages)
        self._keep_tray()
        self.changed.emit()

    def _keep_tray(self) -> None:
        written = as_written(self.tray)
        background.keep(self, lambda: self._file.save(written), lambda _none: None, self.failed.emit)


def pages_of(file: ScanFile) -> list[ScanPage]:
    """Every page of a file, upright as scanned."""
    return [ScanPage(file.sha256, number) for number in range(1, len(file.pages) + 1)]


def _reading(path: Path) -> Brought:
    def read() -> bytes:
        try:
            return read_scan_file(path)
        except OSError as error:
            raise cannot_read(path, error) from error

    return path.name, read


def _of_file(name: str, problem: UserError) -> UserError:
    return UserError(say("“{name}” is not attached. {why}", name=name, why=problem.message), problem.advice)


def _and_more(problem: UserError, others: int) -> UserError:
    return UserError(say("{first} Nor are {others} other files.", first=problem.message, others=others), problem.advice)


def _tray_path(desk: Desk, database: str) -> Path:
    """One tray a user and database."""
    name = digest_of(f"{desk.actor.name}\n{database}".encode())[:32]
    return user_data_path("claims-desk", appauthor=False) / "trays" / f"{name}.json"
