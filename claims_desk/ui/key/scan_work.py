"""The scan of the form on the table: pages brought in, taken from the tray, turned, taken off; kept with the draft."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import say
from claims_desk.domain.scans import ScanFile, ScanPage
from claims_desk.services.scan_tray import pages_in, plain_pages
from claims_desk.ui.desk import Desk
from claims_desk.ui.key.bringing import Bringing, pages_of
from claims_desk.ui.key.scanner_tray import ScannerTray


class ScanWork(QObject):
    """`changed` when the pages of the form or the tray are others, `edited` when the clerk did it to the form.

    `split_asked` carries pages that may belong to several forms, `failed` why a file was not taken, `came` how many
    pages came to the tray, `came_again` tells that what stands on the form was brought once more.
    """

    changed = Signal()
    edited = Signal()
    split_asked = Signal(object)
    failed = Signal(object)
    came = Signal(int)
    came_again = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self.bringing = Bringing(desk, self)
        self._form = 0
        self.pages: tuple[ScanPage, ...] = ()
        self._handed_in: tuple[int, tuple[ScanPage, ...]] = (0, ())
        self.tray = ScannerTray(desk, self.bringing, lambda: self.keys, self)
        self.tray.changed.connect(self.changed)
        self.tray.came.connect(self.came)
        self.tray.failed.connect(self.failed)
        self.bringing.failed.connect(self.failed)

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
        self.show(self.tray.pages[: self.tray.a_form])

    def show(self, pages: Sequence[ScanPage]) -> None:
        """The pages of another form: a claim that was opened, or a draft."""
        self._form += 1
        self.pages = tuple(pages)
        self.changed.emit()

    def hand_in(self) -> tuple[ScanPage, ...]:
        """The pages as they are saved with the form; one that comes while that goes on is not among them."""
        self._handed_in = (self._form, self.pages)
        return self.pages

    def saved(self) -> None:
        """The form is saved: its pages are no longer on the tray, where those that came for it since wait."""
        form, pages = self._handed_in
        self.tray.let_go(pages, late=self.pages if form == self._form else ())

    def as_typed(self) -> list[list[Any]]:
        """The pages as a draft can hold them."""
        return plain_pages(self.pages)

    def show_typed(self, typed: object) -> None:
        """Show what `as_typed` gave; of anything else the pages that can be read."""
        self.show(pages_in(typed))

    # --- pages are brought

    def bring(self, paths: Sequence[Path], picture: bytes = b"") -> None:
        """Attach what was chosen, dropped or pasted: the files, else the picture; nothing where there is neither."""
        self.bringing.bring(paths, picture, partial(self._on_brought, self._form))

    def _on_brought(self, form: int, files: Sequence[ScanFile]) -> None:
        """Attach what came, or ask; if another form lies on the table by now, it waits on the tray."""
        pages = [page for file in files for page in pages_of(file)]
        new = list({page.key: page for page in pages if page.key not in self.keys}.values())
        if form != self._form:
            self.tray.lay(new)
            self.came.emit(len(new))
        elif len(new) > 1:
            self.split_asked.emit(new)
        elif new:
            self.attach(new)
        elif pages:
            self.came_again.emit()
            self.failed.emit(
                UserError(say("This paper stands on the form already."), say("Look whether it is the right one."))
            )

    def split(self, pages: Sequence[ScanPage], a_form: int) -> None:
        """Attach the first `a_form` pages here and lay the rest on the tray, as many for each form to come."""
        rest = pages[a_form:]
        self.tray.lay(rest, a_form if rest else None)
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
            self.tray.lay_first(page)
            self._edit((*self.pages[:place], *self.pages[place + 1 :]))

    def _edit(self, pages: tuple[ScanPage, ...]) -> None:
        if pages != self.pages:
            self.pages = pages
            self.changed.emit()
            self.edited.emit()
