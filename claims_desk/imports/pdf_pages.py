"""PDF by PDFium: sizes of pages, and pages as pictures. PDFium bears one thread at a time: a lock stands before it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

import pypdfium2
from PIL import Image
from pypdfium2 import raw

from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import say
from claims_desk.domain.scans import MOST_PAGES, MOST_PIXELS

_ENDS_WITHIN = 2048
_DEPTH_OF_PICTURES = 4
_ONE_AT_A_TIME = Lock()


def pdf_page_sizes(content: bytes) -> tuple[tuple[int, int], ...]:
    """Width and height of each page in points. Raises UserError for what cannot be shown page by page."""
    if b"%%EOF" not in content[-_ENDS_WITHIN:]:
        raise UserError(
            say("The PDF is cut short: its end is missing."), say("Wait until it is written, or scan the paper again.")
        )
    with _document(content) as document:
        if not 0 < len(document) <= MOST_PAGES:
            raise UserError(
                say(
                    "The PDF has {pages} pages; from 1 to {most} can be attached.", pages=len(document), most=MOST_PAGES
                ),
                say("Scan fewer forms into one file."),
            )
        return tuple(_size(document[number]) for number in range(len(document)))


def pdf_picture(content: bytes, page_no: int, longest: int) -> Image.Image:
    """A page, its longer side `longest` pixels. Raises UserError where PDFium cannot draw it."""
    with _document(content) as document:
        page = document[page_no - 1]
        scale = longest / max(1.0, *page.get_size())
        picture: Image.Image = page.render(scale=scale).to_pil()
        return picture.convert("RGB")


def _size(page: Any) -> tuple[int, int]:
    for part in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=_DEPTH_OF_PICTURES):
        width, height = part.get_px_size()
        if width * height > MOST_PIXELS:
            raise UserError(
                say(
                    "A page of the PDF holds a picture of {pixels:kip} pixels, too many to show.", pixels=width * height
                ),
                say("Scan with 300 dots an inch."),
            )
    width, height = page.get_size()
    return max(1, round(width)), max(1, round(height))


@contextmanager
def _document(content: bytes) -> Iterator[Any]:
    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(content)
            try:
                yield document
            finally:
                document.close()
        except pypdfium2.PdfiumError as error:
            raise _refusal(error) from error


def _refusal(error: pypdfium2.PdfiumError) -> UserError:
    if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
        return UserError(
            say("The PDF is locked with a password."), say("Save it without one, or scan the paper again.")
        )
    return UserError(say("The PDF is damaged and cannot be opened."), say("Scan the paper again."))
