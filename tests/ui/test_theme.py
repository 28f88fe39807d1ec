from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetrics
from PySide6.QtWidgets import QApplication

from claims_desk.ui import theme
from claims_desk.ui.theme import LOOKS, Tone


def luminance(colour: str) -> float:
    shade = QColor(colour)
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in shade.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


WRITTEN = [
    (theme.TEXT, theme.GROUND),
    (theme.MUTED, theme.CARD),
    (theme.MUTED, theme.GROUND),
    (theme.MUTED, theme.NEUTRAL_GROUND),
    (theme.ACCENT, theme.CARD),
    (theme.ACCENT, theme.ACCENT_GROUND),
    (theme.ON_ACCENT, theme.ACCENT),
    (theme.NAVIGATION_TEXT, theme.NAVIGATION),
    (theme.NAVIGATION_TEXT, theme.NAVIGATION_CHOSEN),
    (theme.TEXT, theme.CHOSEN),
    (theme.CARD, theme.TEXT),
    *((look.ink, look.ground) for look in LOOKS.values()),
    *((look.ink, theme.CARD) for look in LOOKS.values()),
]


@pytest.mark.parametrize(("ink", "ground"), WRITTEN)
def test_every_text_has_the_contrast_of_wcag_aa(ink: str, ground: str) -> None:
    assert contrast(ink, ground) >= 4.5


def test_the_borders_of_fields_can_be_told_from_their_ground() -> None:
    assert contrast(theme.CONTROL_LINE, theme.CARD) >= 3


def test_every_tone_has_a_picture_of_its_own() -> None:
    assert len({look.icon for look in LOOKS.values()}) == len(Tone)


def test_the_shipped_fonts_are_used_and_lao_marks_fit_in_a_table_row(qapp: QApplication) -> None:
    font: QFont = qapp.font()
    assert QFontInfo(font).family() == "Noto Sans Lao"
    drawn = QFontMetrics(font).boundingRect("ທີ່ ຊື່ ປິ່ນ ນ້ຳ ຢູ່ ໝື່ນ")
    assert drawn.height() <= theme.row_height() - 4
