"""Scans as they come in: looked at by their bytes before anything is kept, and turned into pictures to show."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image, ImageOps, ImageSequence

from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import say
from claims_desk.domain.scans import MOST_BYTES, MOST_PAGES, MOST_PIXELS, ScanFile, ScanKind, digest_of, kind_of
from claims_desk.imports.pdf_pages import pdf_page_sizes, pdf_picture
from claims_desk.imports.tiff_pages import tiff_is_whole

_MEGABYTE: Final = 1024 * 1024
_UNREADABLE: Final = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, OverflowError)
"""What Pillow raises for a file that is not what its first bytes say."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page to show: `pixels` are red, green and blue, row by row without a gap."""

    width: int
    height: int
    pixels: bytes


def read_scan_file(path: Path) -> bytes:
    """The bytes of a file on disk. Raises UserError where it is too large, OSError where it cannot be read."""
    with path.open("rb") as stream:
        content = stream.read(MOST_BYTES + 1)
    _refuse_size(content)
    return content


def look_at(content: bytes) -> ScanFile:
    """What the file is, after every page of it was opened.

    Raises UserError for an empty, too large, unknown, locked or damaged one, and for one with too many pages or pixels.
    """
    _refuse_size(content)
    kind = kind_of(content)
    if kind is None:
        raise UserError(
            say("The file is neither a picture nor a PDF."),
            say("Attach PDF, JPEG, PNG, TIFF, WebP or BMP; save other papers as PDF first."),
        )
    pages = pdf_page_sizes(content) if kind is ScanKind.PDF else _frame_sizes(content, kind)
    return ScanFile(digest_of(content), kind, pages, len(content))


def page_picture(content: bytes, page_no: int, longest: int) -> Picture:
    """Page `page_no`, counted from 1, its longer side at most `longest` pixels. Raises UserError where it cannot be."""
    kind = kind_of(content)
    if kind is ScanKind.PDF:
        shown = pdf_picture(content, page_no, longest)
    elif kind is None:
        raise _damaged()
    else:
        shown = _frame(content, kind, page_no, longest)
    return Picture(shown.width, shown.height, shown.tobytes())


def _refuse_size(content: bytes) -> None:
    if not content:
        raise UserError(say("The file is empty."), say("Scan the paper again."))
    if len(content) > MOST_BYTES:
        raise UserError(
            say("The file is larger than {most} MB.", most=MOST_BYTES // _MEGABYTE),
            say("Scan with 300 dots an inch in grey, or fewer pages into one file."),
        )


def _frame_sizes(content: bytes, kind: ScanKind) -> tuple[tuple[int, int], ...]:
    if kind is ScanKind.TIFF and not tiff_is_whole(content):
        raise _damaged()
    try:
        with Image.open(BytesIO(content), formats=(kind.value,)) as image:
            frames = getattr(image, "n_frames", 1) if kind is ScanKind.TIFF else 1
            if frames > MOST_PAGES:
                raise UserError(
                    say("The file has {pages} pages; at most {most} can be attached.", pages=frames, most=MOST_PAGES),
                    say("Scan fewer forms into one file."),
                )
            return tuple(_opened(frame) for frame in ImageSequence.Iterator(image)) if frames > 1 else (_opened(image),)
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except _UNREADABLE as error:
        raise _damaged() from error


def _opened(image: Image.Image) -> tuple[int, int]:
    if image.width * image.height > MOST_PIXELS:
        raise _too_many_pixels()
    image.load()
    return image.size


def _frame(content: bytes, kind: ScanKind, page_no: int, longest: int) -> Image.Image:
    try:
        with Image.open(BytesIO(content), formats=(kind.value,)) as image:
            if image.width * image.height > MOST_PIXELS:
                raise _too_many_pixels()
            if page_no > 1:
                image.seek(page_no - 1)
            image.draft("RGB", (longest, longest))
            small = _in_shades(image)
            small.thumbnail((longest, longest), Image.Resampling.BILINEAR, reducing_gap=2.0)
            ImageOps.exif_transpose(small, in_place=True)  # once it is small: a copy of a large page takes 100 MB
            return _on_white(small)
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except _UNREADABLE as error:
        raise _damaged() from error


def _in_shades(image: Image.Image) -> Image.Image:
    """The picture in shades of eight bits, which alone can be made smaller without losing thin strokes."""
    if image.mode.startswith("I;16"):
        return image.point(lambda shade: shade * (1 / 256)).convert("L")
    if image.mode in ("L", "RGB", "P", "PA") and image.has_transparency_data:
        return image.convert("RGBA")
    return image.convert({"1": "L", "P": "RGB"}[image.mode]) if image.mode in ("1", "P") else image


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image if image.mode == "RGB" else image.convert("RGB")
    paper = Image.new("RGBA", image.size, "white")
    paper.alpha_composite(image.convert("RGBA"))
    return paper.convert("RGB")


def _too_many_pixels() -> UserError:
    return UserError(
        say("The picture has more than {most:kip} pixels.", most=MOST_PIXELS), say("Scan with 300 dots an inch.")
    )


def _damaged() -> UserError:
    return UserError(say("The picture is damaged or cut short."), say("Scan the paper again."))
