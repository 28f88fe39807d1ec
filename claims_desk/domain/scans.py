"""Scans: files known by the SHA-256 of their bytes, their pages, and where on a page a field of the form stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Final

MOST_BYTES: Final = 25 * 1024 * 1024
MOST_PAGES: Final = 300
MOST_PIXELS: Final = 50_000_000
"""Of one page: A4 at 600 dots an inch has 35 million."""
TURNS: Final = (0, 90, 180, 270)
WHOLE: Final = 10_000
"""Zones are kept in ten-thousandths of the page's width and height."""
ANY_FORM: Final = ""
LINES: Final = "lines"
"""The zone of the lines under the fields."""


class ScanKind(StrEnum):
    """What a file is, by its bytes and never by its name."""

    PDF = "PDF"
    PNG = "PNG"
    JPEG = "JPEG"
    TIFF = "TIFF"
    WEBP = "WEBP"
    BMP = "BMP"


_BEGINNINGS: Final = (
    (b"\x89PNG\r\n\x1a\n", ScanKind.PNG),
    (b"\xff\xd8\xff", ScanKind.JPEG),
    (b"II*\x00", ScanKind.TIFF),
    (b"MM\x00*", ScanKind.TIFF),
    (b"BM", ScanKind.BMP),
)
_PDF_BEGINS_WITHIN: Final = 1024
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class ScanFile:
    """A file found good: `pages` are width and height of each, pixels of a picture, points of a PDF."""

    sha256: str
    kind: ScanKind
    pages: tuple[tuple[int, int], ...]
    size: int


@dataclass(frozen=True, slots=True)
class ScanPage:
    """One page of a file as it is attached to a claim, turned clockwise by `rotation` degrees."""

    sha256: str
    page_no: int = 1
    rotation: int = 0

    @property
    def key(self) -> str:
        """The page, whichever way it is turned: what X05 compares."""
        return f"{self.sha256}/{self.page_no}"


def is_page(page: ScanPage) -> bool:
    """Whether a page read from a file on the PC can be one at all."""
    number = page.page_no
    digest = isinstance(page.sha256, str) and _DIGEST.fullmatch(page.sha256)
    return bool(digest) and isinstance(number, int) and 0 < number <= MOST_PAGES and page.rotation in TURNS


@dataclass(frozen=True, slots=True)
class Zone:
    """The part of the turned page `page_no` of a claim where `field` stands, in ten-thousandths of the page."""

    form_type: str
    field: str
    page_no: int
    left: int
    top: int
    width: int
    height: int


Zones = Mapping[tuple[str, str], Zone]


def digest_of(content: bytes) -> str:
    """What a file is known by: 64 hexadecimal digits."""
    return sha256(content).hexdigest()


def kind_of(content: bytes) -> ScanKind | None:
    """What the bytes are; None where they are nothing the program shows."""
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return ScanKind.WEBP
    return ScanKind.PDF if b"%PDF-" in content[:_PDF_BEGINS_WITHIN] else None


def zone_for(zones: Zones, form_type: str, field: str) -> Zone | None:
    """Where a field stands on forms of the type; else where it stands on any form."""
    return zones.get((form_type, field)) or zones.get((ANY_FORM, field))
