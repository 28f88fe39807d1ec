"""Colours, type and shapes of the window: named tokens, and the one style sheet made from them.

The tokens are those in use: `dress` puts others in their place for high contrast. Painting code reads `theme.MUTED`
when it paints; a colour imported by its name would stay what it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from string import Template

from PySide6.QtGui import QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

NAVIGATION = "#12344a"
NAVIGATION_CHOSEN = "#1d4d6b"
NAVIGATION_TEXT = "#d5e3ec"
NAVIGATION_MARK = "#5cc3f0"
ACCENT = "#0b6896"
ACCENT_DARK = "#085273"
ACCENT_GROUND = "#eef6fb"
GROUND = "#f2f5f7"
CARD = "#ffffff"
LINE = "#d9e0e5"
CONTROL_LINE = "#8695a1"
TEXT = "#17222c"
MUTED = "#55636f"
ON_ACCENT = "#ffffff"
GOOD = "#167339"
GOOD_GROUND = "#e5f4ea"
WARN = "#855300"
WARN_GROUND = "#fdf2da"
BAD = "#b3231b"
BAD_GROUND = "#fdecea"
NEUTRAL_GROUND = "#e9eef2"
CHOSEN = "#dcedf7"
HANDLE = "#b4c0ca"

NORMAL: Mapping[str, str] = {name: ink for name, ink in list(globals().items()) if name.isupper()}
"""What is shipped: every text at least 4.5 to 1 on its ground (WCAG AA)."""
HIGH: Mapping[str, str] = {
    **NORMAL,
    "NAVIGATION": "#00121d",
    "NAVIGATION_CHOSEN": "#0b3a57",
    "NAVIGATION_TEXT": "#ffffff",
    "NAVIGATION_MARK": "#7fd6ff",
    "ACCENT": "#00456b",
    "ACCENT_DARK": "#003350",
    "GROUND": "#ffffff",
    "LINE": "#5a6670",
    "CONTROL_LINE": "#2b3740",
    "TEXT": "#000000",
    "MUTED": "#2b3740",
    "GOOD": "#004d1d",
    "WARN": "#593700",
    "BAD": "#8a0f09",
    "HANDLE": "#5a6670",
}
"""For weak eyes and bright rooms: every text at least 7 to 1 (WCAG AAA), and lines that can be seen."""
CONTRASTS: Mapping[str, Mapping[str, str]] = {"normal": NORMAL, "high": HIGH}


class Tone(StrEnum):
    """What a status means; each tone has a colour and a picture of its own."""

    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    INFO = "info"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Look:
    """How a tone is shown: ink on ground, with a picture so that colour never stands alone."""

    ink: str
    ground: str
    icon: str


def _looks() -> dict[Tone, Look]:
    return {
        Tone.GOOD: Look(GOOD, GOOD_GROUND, "check"),
        Tone.WARN: Look(WARN, WARN_GROUND, "warning"),
        Tone.BAD: Look(BAD, BAD_GROUND, "cross"),
        Tone.INFO: Look(ACCENT, ACCENT_GROUND, "info"),
        Tone.NEUTRAL: Look(MUTED, NEUTRAL_GROUND, "dot"),
    }


LOOKS = _looks()
FAMILIES = ["Noto Sans Lao", "Noto Sans"]
TEXT_SIZES = {"normal": 13, "large": 15, "largest": 17}
_FONT_FILES = ("NotoSans-Regular", "NotoSans-Bold", "NotoSansLao-Regular", "NotoSansLao-Bold")


@cache
def load_fonts() -> None:
    """Add the fonts that travel with the program; the PC's own are never relied on."""
    folder = files("claims_desk.resources") / "fonts"
    for name in _FONT_FILES:
        QFontDatabase.addApplicationFontFromData((folder / f"{name}.ttf").read_bytes())


def house_font(size: int, bold: bool = False) -> QFont:
    """The Lao font with the Latin one behind it, `size` in pixels."""
    font = QFont(FAMILIES)
    font.setPixelSize(size)
    font.setBold(bold)
    return font


def dress(app: QApplication, text_size: str = "normal", contrast: str = "normal") -> None:
    """Give the whole program its look; `text_size` is a key of TEXT_SIZES, `contrast` one of CONTRASTS."""
    load_fonts()
    use_contrast(contrast)
    app.setStyle(QStyleFactory.create("Fusion"))
    size = TEXT_SIZES.get(text_size, TEXT_SIZES["normal"])
    app.setFont(house_font(size))
    app.setPalette(_palette())
    app.setStyleSheet(style_sheet(size))


def use_contrast(contrast: str) -> None:
    """Put the tokens of a contrast into use; what is painted from now on has them."""
    globals().update(CONTRASTS[contrast])
    LOOKS.update(_looks())


def colour(token: str) -> str:
    """The colour a token has now, for a list that names its tokens."""
    return str(globals()[token])


def row_height() -> int:
    """Height of a table's row in pixels, with room for Lao vowels and tone marks."""
    return round(QApplication.font().pixelSize() * 2.35)


def turn_tone(widget: QWidget, tone: Tone | None) -> None:
    """Give a widget a tone; the style sheet is applied again only where it is another, since that takes time."""
    value = tone.value if tone else ""
    if (widget.property("tone") or "") != value:
        widget.setProperty("tone", value)
        repolish(widget)


def repolish(widget: QWidget) -> None:
    """Apply the style sheet again after a property it looks at was changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def _palette() -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    colours = {
        role.Window: GROUND,
        role.Base: CARD,
        role.AlternateBase: GROUND,
        role.Text: TEXT,
        role.WindowText: TEXT,
        role.Button: CARD,
        role.ButtonText: TEXT,
        role.Highlight: ACCENT,
        role.HighlightedText: ON_ACCENT,
        role.PlaceholderText: MUTED,
        role.ToolTipBase: TEXT,
        role.ToolTipText: CARD,
        role.Link: ACCENT,
    }
    for name, colour in colours.items():
        palette.setColor(name, colour)
    return palette


def style_sheet(size: int) -> str:
    """The style sheet for a text of `size` pixels."""
    tokens = {name: globals()[name] for name in NORMAL}
    sizes = {
        "size": size,
        "small": size - 1,
        "title": size + 5,
        "large": size + 2,
        "huge": size * 2 + 2,
        "control": round(size * 2.1),
        "low": round(size * 1.7),
        "head": round(size * 2.3),
    }
    sizes |= {f"{name}_in_focus": sizes[name] - 2 for name in ("control", "head")}  # its border is wider
    source = (files("claims_desk.ui") / "theme.qss").read_text(encoding="utf-8")
    return Template(source).substitute(tokens, **sizes)
