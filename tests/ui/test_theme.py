from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetrics
from PySide6.QtWidgets import QApplication

from claims_desk.domain.messages import say
from claims_desk.ui import theme
from claims_desk.ui.theme import CONTRASTS, LOOKS, Tone
from claims_desk.ui.widgets import Button, TextEdit


def luminance(colour: str) -> float:
    shade = QColor(colour)
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in shade.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


WRITTEN = [
    ("TEXT", "GROUND"),
    ("MUTED", "CARD"),
    ("MUTED", "GROUND"),
    ("MUTED", "NEUTRAL_GROUND"),
    ("ACCENT", "CARD"),
    ("ACCENT", "GROUND"),
    ("ACCENT", "ACCENT_GROUND"),
    ("ACCENT_DARK", "CHOSEN"),
    ("ON_ACCENT", "ACCENT"),
    ("ON_ACCENT", "ACCENT_DARK"),
    ("ON_ACCENT", "NAVIGATION"),
    ("ON_ACCENT", "NAVIGATION_CHOSEN"),
    ("NAVIGATION_TEXT", "NAVIGATION"),
    ("NAVIGATION_TEXT", "NAVIGATION_CHOSEN"),
    ("TEXT", "CHOSEN"),
    ("CARD", "TEXT"),
    *((ink, ground) for ink in ("GOOD", "WARN", "BAD") for ground in (f"{ink}_GROUND", "CARD")),
]


@pytest.mark.parametrize(("contrast_name", "least"), [("normal", 4.5), ("high", 7.0)])
@pytest.mark.parametrize(("ink", "ground"), WRITTEN)
def test_every_text_has_its_contrast(ink: str, ground: str, contrast_name: str, least: float) -> None:
    tokens = CONTRASTS[contrast_name]
    assert contrast(tokens[ink], tokens[ground]) >= least


@pytest.mark.parametrize("name", CONTRASTS)
def test_the_borders_of_fields_can_be_told_from_their_ground(name: str) -> None:
    assert contrast(CONTRASTS[name]["CONTROL_LINE"], CONTRASTS[name]["CARD"]) >= 3


def test_a_contrast_is_in_use_at_once_everywhere(qapp: QApplication) -> None:
    theme.dress(qapp, contrast="high")
    assert theme.MUTED == CONTRASTS["high"]["MUTED"] == LOOKS[Tone.NEUTRAL].ink
    assert CONTRASTS["high"]["ACCENT"] in qapp.styleSheet()
    theme.dress(qapp)
    assert CONTRASTS["normal"]["MUTED"] == theme.MUTED


def test_no_colour_is_imported_by_name_so_that_another_contrast_reaches_it() -> None:
    named = re.compile(r"from claims_desk\.ui\.theme import (.*)")
    taken = {
        word
        for path in Path(theme.__file__).parent.rglob("*.py")
        for line in named.findall(path.read_text(encoding="utf-8"))
        for word in line.split(", ")
    }
    assert taken & set(CONTRASTS["normal"]) == set()


def test_every_tone_has_a_picture_of_its_own() -> None:
    assert len({look.icon for look in LOOKS.values()}) == len(Tone)


def test_the_shipped_fonts_are_used_and_lao_marks_fit_in_a_table_row(qapp: QApplication) -> None:
    font: QFont = qapp.font()
    assert QFontInfo(font).family() == "Noto Sans Lao"
    drawn = QFontMetrics(font).boundingRect("ທີ່ ຊື່ ປິ່ນ ນ້ຳ ຢູ່ ໝື່ນ")
    assert drawn.height() <= theme.row_height() - 4


@pytest.mark.parametrize("low", [False, True])
@pytest.mark.parametrize("look", ["", "primary", "danger", "link"])
@pytest.mark.parametrize("kind", [Button, TextEdit])
def test_what_is_in_focus_is_no_larger_than_what_is_not(form, kind, look, low):
    widget, other = kind(say("Print")) if kind is Button else kind(), TextEdit()
    widget.setProperty("look", look)
    widget.setProperty("low", low)
    theme.repolish(widget)
    form(other, widget)
    sizes = [widget.sizeHint()]
    widget.setFocus()
    QApplication.processEvents()
    assert widget.hasFocus()
    sizes.append(widget.sizeHint())
    for tone in ("bad", "warn"):
        widget.setProperty("tone", tone)
        theme.repolish(widget)
        sizes.append(widget.sizeHint())
    assert sizes == [sizes[0]] * 4
