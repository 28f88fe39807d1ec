"""Pages as pictures, drawn off the window's thread and kept while there is room."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage, QPixmap

from claims_desk.domain.errors import UserError
from claims_desk.domain.scans import ScanPage
from claims_desk.imports.scan_file import page_picture
from claims_desk.services.scan_store import read_scan
from claims_desk.ui import background
from claims_desk.ui.desk import Desk

THUMBNAIL, SHARP, SHARPEST = 120, 2_400, 5_000
"""Pixels of a page's longer side: in the row of pages, to read, to read enlarged."""
_MOST_BYTES: Final = 96 * 1024 * 1024
_FILES_HELD: Final = 2
Key = tuple[str, int, int]


class Pictures(QObject):
    """The pages of the database's scans, upright as scanned; whoever asks is answered once, in the window's thread."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._kept: OrderedDict[Key, QPixmap] = OrderedDict()
        self._files: OrderedDict[str, bytes] = OrderedDict()

    def ask(
        self,
        page: ScanPage,
        longest: int,
        done: Callable[[QPixmap], object],
        failed: Callable[[UserError], object],
        wanted: Callable[[], bool],
        rank: int = background.FIRST,
    ) -> None:
        """Give the picture of a page to `done`: at once where it is kept, else when it is drawn and still `wanted`."""
        key = (page.sha256, page.page_no, longest)
        if key in self._kept:
            self._kept.move_to_end(key)
            done(self._kept[key])
            return
        drawn = partial(self._draw, *key)
        background.draw(self, drawn, lambda image: done(self._keep(key, image)), failed, wanted=wanted, rank=rank)

    def forget(self) -> None:
        """Let go of what is kept in memory."""
        self._kept.clear()
        self._files.clear()

    def prepare(self, page: ScanPage, wanted: Callable[[], bool]) -> None:
        """Draw a page that is likely looked at next, so that it stands there at once; what fails is told then."""
        self.ask(page, SHARP, _nothing, _nothing, wanted, background.SOON)

    def _draw(self, sha256: str, page_no: int, longest: int) -> QImage:
        """In the background, one page at a time."""
        content = self._files.get(sha256) or self._desk.db.read(read_scan, sha256)
        self._files[sha256] = content
        while len(self._files) > _FILES_HELD:
            self._files.popitem(last=False)
        shown = page_picture(content, page_no, longest)
        image = QImage(shown.pixels, shown.width, shown.height, shown.width * 3, QImage.Format.Format_RGB888)
        return image.convertToFormat(QImage.Format.Format_RGB32)

    def _keep(self, key: Key, image: QImage) -> QPixmap:
        self._kept[key] = QPixmap.fromImage(image)
        while len(self._kept) > 1 and sum(map(_bytes, self._kept.values())) > _MOST_BYTES:
            self._kept.popitem(last=False)
        return self._kept.get(key) or QPixmap.fromImage(image)


def _nothing(_told: object) -> None:
    """Nobody waits for it yet."""


def _bytes(picture: QPixmap) -> int:
    return picture.width() * picture.height() * 4
