"""Scans measured in the real window: from the key until a page stands there, beside PDFium and Qt alone."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from statistics import median
from time import perf_counter
from typing import Final

import pypdfium2
from PIL import Image, ImageDraw
from PySide6.QtGui import QImage, QPixmap

from claims_desk.bench.measures import Measured
from claims_desk.bench.stage import Stage
from claims_desk.bench.typist import rest, wait_until
from claims_desk.domain.messages import say
from claims_desk.services.scans import add_scan
from claims_desk.ui import background
from claims_desk.ui.key.bringing import pages_of
from claims_desk.ui.key.pane import KeyPane
from claims_desk.ui.scan.pictures import SHARP

PAGES: Final = 100
LOOKED_AT: Final = 12
_A4_AT_200: Final = (1_654, 2_339)
_ROUND: Final = 0.3  # seconds: far less than keying a form takes


def measure_pages(stage: Stage, pane: KeyPane) -> Iterator[Measured]:
    """A scan of a hundred pages: one that comes unexpected, and the next one after a moment."""
    paper = scanned_paper(PAGES)
    pages, viewer = pages_of(add_scan(stage.db, stage.clerk, paper, "bench.pdf")), pane.scan.viewer
    plain = [_bare(paper, number) for number in range(LOOKED_AT)]
    pane.keying.scans.show(pages)
    wait_until(lambda: not background.busy())
    far = [_until_shown(pane, PAGES - 1 - 2 * number) for number in range(LOOKED_AT)]
    _until_shown(pane, 0)
    following = []
    for number in range(1, LOOKED_AT + 1):
        rest(_ROUND)
        wait_until(lambda: not background.busy())
        following.append(_until_shown(pane, number))
    viewer.pictures.forget()
    pane.keying.scans.show(())
    for what, times in (
        (say("any page of a scan of 100 until it stands there"), far),
        (say("next page of a scan until it stands there"), following),
    ):
        yield Measured(what, 1, median(times), median(plain), max(times))


def scanned_paper(pages: int) -> bytes:
    """Written pages as a scanner gives them: grey, 200 dots an inch."""
    out = BytesIO()
    sheets = [_sheet(number) for number in range(pages)]
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:], resolution=200, quality=40)
    return out.getvalue()


def _sheet(number: int) -> Image.Image:
    sheet = Image.new("L", _A4_AT_200, 236)
    pen = ImageDraw.Draw(sheet)
    for line in range(24):
        pen.text((120, 100 + line * 90), f"{number:03d} {line:02d} " * 5, fill=40, font_size=30)
    return sheet


def _until_shown(pane: KeyPane, place: int) -> float:
    view = pane.scan.viewer
    started = perf_counter()
    view.go_to(place)
    wait_until(lambda: not view.page.page_size().isEmpty())
    view.page.viewport().repaint()
    return perf_counter() - started


def _bare(paper: bytes, number: int) -> float:
    """Seconds PDFium and Qt take for the same page with nothing around them."""
    started = perf_counter()
    document = pypdfium2.PdfDocument(paper)
    page = document[number]
    drawn = page.render(scale=SHARP / max(page.get_size())).to_pil().convert("RGB")
    width, height = drawn.size
    QPixmap.fromImage(QImage(drawn.tobytes(), width, height, width * 3, QImage.Format.Format_RGB888))
    document.close()
    return perf_counter() - started
