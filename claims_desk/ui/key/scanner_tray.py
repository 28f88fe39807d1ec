"""The tray of one user: pages that wait for their form, come from the scanner's folder or laid there by the clerk."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial
from pathlib import Path

from platformdirs import user_data_path
from PySide6.QtCore import QObject, Signal

from claims_desk.domain.errors import UserError
from claims_desk.domain.scans import ScanFile, ScanPage, digest_of
from claims_desk.services.scan_tray import Tray, TrayFile, as_written
from claims_desk.ui import background
from claims_desk.ui.desk import Desk
from claims_desk.ui.key.bringing import Bringing, of_file, pages_of
from claims_desk.ui.scan.folder_watch import FolderWatch, Stamp


class ScannerTray(QObject):
    """`changed` when other pages lie on the tray, `came` carries how many came, `failed` why a file was not taken.

    `on_form` gives the keys of the pages on the form: what is scanned once more and lies there does not come again.
    """

    changed = Signal()
    came = Signal(int)
    failed = Signal(object)

    def __init__(self, desk: Desk, bringing: Bringing, on_form: Callable[[], Collection[str]], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._bringing, self._on_form = desk, bringing, on_form
        self._tray = Tray()
        self._untaken: set[Path] = set()
        self._is_loaded = False
        self._file = TrayFile(_tray_path(desk, desk.db.identity), _tray_path(desk, desk.db.place))
        self._watch = FolderWatch(self)
        self._watch.arrived.connect(self._on_arrived)
        self._watch.refused.connect(self._on_refused)
        self._watch.away.connect(self.failed)
        background.keep(self, self._file.load, self._on_loaded)

    @property
    def pages(self) -> Sequence[ScanPage]:
        """What lies on the tray, in the order it is to be taken; a page on the form lies here until that is saved."""
        return self._tray.pages

    @property
    def a_form(self) -> int:
        """How many pages go to each new form by themselves; 0: none."""
        return self._tray.a_form

    def lay(self, pages: Iterable[ScanPage], a_form: int | None = None) -> None:
        """Lay pages behind the others; from now on each new form gets `a_form` of them, None: as many as before."""
        if a_form is not None:
            self._tray.a_form = a_form
        self._set([*self.pages, *pages])

    def lay_first(self, page: ScanPage) -> None:
        """Lay a page on the tray as the next to be taken."""
        self._set([page, *(each for each in self.pages if each.key != page.key)])

    def let_go(self, pages: Iterable[ScanPage], late: Iterable[ScanPage] = ()) -> None:
        """Take pages off the tray for good, and lay those of `late` that are none of them behind the others."""
        gone = {page.key for page in pages}
        self._set(page for page in (*self.pages, *late) if page.key not in gone)

    def empty(self) -> None:
        """Let go of all; new forms get none by themselves any more."""
        self._tray.a_form = 0
        self._set(())

    def watch(self, folder: str) -> None:
        """Watch a scanner's folder, once it is known what was taken from it before."""
        if self._is_loaded:
            self._watch.watch(folder, self._tray.seen)

    def _on_loaded(self, tray: Tray) -> None:
        self._is_loaded = True
        tray.pages += self._tray.pages
        self._tray = tray
        self.changed.emit()
        self.watch(self._desk.settings.scan_folder)

    def _on_arrived(self, path: Path, content: bytes, stamp: Stamp) -> None:
        self._bringing.keep(path.name, content, partial(self._on_scanned, path), partial(self._on_untaken, path))

    def _on_scanned(self, path: Path, file: ScanFile) -> None:
        self._untaken.discard(path)
        known = {*self._on_form(), *(page.key for page in self.pages)}
        new = [page for page in pages_of(file) if page.key not in known]
        self.lay(new)
        if new:
            self.came.emit(len(new))

    def _on_untaken(self, path: Path, problem: UserError) -> None:
        """A full disk is told once, and the file is taken when there is room."""
        self._watch.take_again(path)
        if path not in self._untaken:
            self._untaken.add(path)
            self.failed.emit(of_file(path, problem))

    def _on_refused(self, path: Path, stamp: Stamp, problem: UserError) -> None:
        self.failed.emit(of_file(path, problem))
        self._keep()

    def _set(self, pages: Iterable[ScanPage]) -> None:
        self._tray.pages = list({page.key: page for page in pages}.values())
        self._keep()
        self.changed.emit()

    def _keep(self) -> None:
        written = as_written(self._tray)
        background.keep(self, lambda: self._file.save(written), lambda _none: None, self.failed.emit)


def _tray_path(desk: Desk, database: str) -> Path:
    """One tray a user and database."""
    name = digest_of(f"{desk.actor.name}\n{database}".encode())[:32]
    return user_data_path("claims-desk", appauthor=False) / "trays" / f"{name}.json"
