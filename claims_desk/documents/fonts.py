"""The four faces of the paper, and how a run of one script is shaped in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import as_file, files
from threading import Lock

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import ShapedStr, TTFont, shapeStr

LATIN_FACE = "NotoSans"
LAO_FACE = "NotoSansLao"
_MEASURED_AT = 1000  # font size at which shaped widths are kept: a width is then per mille of any size
_loading = Lock()
_TONE_BEFORE_VOWEL = re.compile("([\u0ec8-\u0ecc])([\u0eb1\u0eb4-\u0eb9\u0ebb\u0ebc])")


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one script, ready for its face; `width` is per mille of the font size.

    `spanned`: what is drawn is not letter for letter the text, which must then be told beside it.
    """

    face: str
    glyphs: str
    width: float
    spanned: bool


def face(script: str, bold: bool) -> TTFont:
    """The registered face of a script, every glyph of it within reach of the shaper."""
    with _loading:  # two threads that print their first paper at once must not register a face twice
        return _load(script, bold)


@cache
def _load(script: str, bold: bool) -> TTFont:
    name = f"{script}-{'Bold' if bold else 'Regular'}"
    with as_file(files("claims_desk.resources") / "fonts" / f"{name}.ttf") as path:
        font = TTFont(name, str(path), asciiReadable=0)
    if script == LAO_FACE:
        _name_every_glyph(font)
    pdfmetrics.registerFont(font)
    return font


def _name_every_glyph(font: TTFont) -> None:
    # Glyphs without a character get private code points as they are met; met in one order, the same
    # paper has the same bytes whatever was printed before it.
    shaper = font.hbFont()
    for glyph in range(font.hbFace.glyph_count):
        if glyph not in font.face.glyphToChar:
            font.hbAddPrivate(shaper.glyph_to_string(glyph), glyph, shaper.get_glyph_h_advance(glyph))


def is_lao(char: str) -> bool:
    """Whether a character is set in the Lao face: the Lao block, and the kip sign only that face has."""
    return "\u0e80" <= char <= "\u0eff" or char == "₭"


@lru_cache(maxsize=20_000)
def runs(text: str, bold: bool) -> tuple[Run, ...]:
    """The text face by face, shaped; zero-width spaces are for layout and are left out."""
    scripts = re.findall("[\u0e80-\u0eff₭]+|[^\u0e80-\u0eff₭]+", text.replace("\u200b", ""))
    return tuple(_lao_run(part, bold) if is_lao(part[0]) else _latin_run(part, bold) for part in scripts)


def _latin_run(text: str, bold: bool) -> Run:
    font = face(LATIN_FACE, bold)
    known = font.face.charToGlyph
    drawn = "".join(char if ord(char) in known else "?" for char in text)  # a letter we lack is seen to be lacking
    return Run(font.fontName, drawn, font.stringWidth(drawn, _MEASURED_AT), spanned=drawn != text)


def _lao_run(text: str, bold: bool) -> Run:
    font = face(LAO_FACE, bold)
    shaped = shapeStr(_TONE_BEFORE_VOWEL.sub(r"\2\1", text), font.fontName, _MEASURED_AT, force=True)
    if isinstance(shaped, ShapedStr):
        width = sum(glyph.x_advance for glyph in shaped.__shapeData__)
    else:
        width = font.stringWidth(shaped, _MEASURED_AT)
    return Run(font.fontName, shaped, width, spanned=True)
