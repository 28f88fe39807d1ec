"""Lines of mixed Lao and Latin text: measured, wrapped at syllables, drawn so that they can be copied again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from reportlab.pdfgen.canvas import Canvas

from claims_desk.documents.fonts import is_lao, runs
from claims_desk.domain.lao import syllables

INK = 0x1B2733
GREY = 0x5B6975
ACCENT = 0x1F5F8B
RULE = 0xC9D1D8
TINT = 0xF1F5F8
RED = 0xB3261E

_ROUNDING = 0.01  # points
_NEVER_FIRST = frozenset("ໆຯ,.;:!?)]}%”’…")
_NEVER_LAST = frozenset("([{“‘")
_WORDS = re.compile("[\u0e80-\u0eff]+|[^\u0e80-\u0eff\\s\u200b]+|\\s+|\u200b+")
_LATIN_BREAKS = re.compile(r"[^/\-_.,;]+[/\-_.,;]*|[/\-_.,;]+")
_CLUSTER = re.compile("[ເແໂໄໃ]?.[\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u0300-\u036f]*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Style:
    """How a line looks: size in points, weight, colour as 0xRRGGBB."""

    size: float
    bold: bool = False
    color: int = INK

    @property
    def leading(self) -> float:
        """From baseline to baseline in points, with room for a tone mark above a vowel."""
        return self.size * 1.5

    @property
    def ascent(self) -> float:
        """Room above the baseline in points."""
        return self.size * 1.12


def width_of(text: str, style: Style) -> float:
    """How wide one line is, in points."""
    return sum(run.width for run in runs(text, style.bold)) * style.size / 1000


def wrap(text: str, width: float, style: Style) -> list[str]:
    """The lines of `text` within `width` points: broken at spaces, syllables, or anywhere where nothing else fits."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_wrapped(paragraph, width, style))
    return lines


def _wrapped(text: str, width: float, style: Style) -> Iterator[str]:
    line, used = "", 0.0
    for piece in _pieces(text):
        parts = _fitting(piece, width, style)
        for at, part in enumerate(parts):
            full = used + width_of(part.rstrip(), style) > width + _ROUNDING
            if line and (full or (at == 0 and len(parts) > 1)):
                yield line.rstrip()
                line, used = "", 0.0
            added = part if line else part.lstrip()
            line += added
            used += width_of(added, style)
    yield line.rstrip()


def _fitting(piece: str, width: float, style: Style) -> list[str]:
    """The piece whole, or letter by letter where even a line of its own is too short for it."""
    return [piece] if width_of(piece.rstrip(), style) <= width + _ROUNDING else _CLUSTER.findall(piece)


@lru_cache(maxsize=5_000)
def _pieces(text: str) -> tuple[str, ...]:
    """The text in parts between which a line may end; each keeps the spaces behind it."""
    pieces: list[str] = []
    glued = True
    for atom in _atoms(text):
        if not atom.strip("\u200b"):
            glued = False
        elif atom.isspace() and pieces:
            pieces[-1] += atom
            glued = False
        elif pieces and (_belongs(pieces[-1], atom) or (glued and not _breakable(pieces[-1], atom))):
            pieces[-1] += atom
            glued = True
        else:
            pieces.append(atom)
            glued = True
    return tuple(pieces)


def _atoms(text: str) -> Iterator[str]:
    for word in _WORDS.findall(text):
        if is_lao(word[0]):
            yield from syllables(word)
        elif word.isspace() or len(word) < 12:
            yield word
        else:
            yield from _LATIN_BREAKS.findall(word)


def _belongs(before: str, after: str) -> bool:
    return before[-1] in _NEVER_LAST or (after[0] in _NEVER_FIRST and not before[-1].isspace())


def _breakable(before: str, after: str) -> bool:
    return is_lao(before[-1]) or is_lao(after[0]) or before[-1] in "/-_.,;"


def draw_line(canvas: Canvas, x: float, y: float, text: str, style: Style) -> None:
    """One line with its baseline at x, y in points from the lower left corner.

    Lao stands under an ActualText span, so that what is copied or searched is the text itself and not the
    glyphs it was drawn with.
    """
    shaped = runs(text, style.bold)
    spanned = any(run.spanned for run in shaped)
    if spanned:
        canvas.addLiteral(f"/Span <</ActualText <FEFF{_plain(text).encode('utf-16-be').hex().upper()}>>> BDC")
    for run in shaped:
        line = canvas.beginText(x, y)
        line.setFillColorRGB(*_rgb(style.color))
        line.setFont(run.face, style.size)
        line.textOut(run.glyphs)
        canvas.drawText(line)
        x += run.width * style.size / 1000
    if spanned:
        canvas.addLiteral("EMC")


def _plain(text: str) -> str:
    return text.replace("\u200b", "")


def _rgb(color: int) -> tuple[float, float, float]:
    return (color >> 16) / 255, (color >> 8 & 0xFF) / 255, (color & 0xFF) / 255
