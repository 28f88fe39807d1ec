"""The sheet of keys, to hang beside the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from claims_desk.documents.blocks import foot, title_lines
from claims_desk.documents.sheet import Sheet
from claims_desk.documents.text import Style
from claims_desk.domain.columns import Align
from claims_desk.domain.messages import say

TITLE = say("Keys")
HEAD, KEY, WORDS = Style(11, bold=True), Style(9, bold=True), Style(9)
KEY_WIDTH = 110.0  # points


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A key, where it works and what it does there."""

    where: str
    keys: str
    does: str


def keys_pdf(lines: Sequence[KeyLine], language: str) -> bytes:
    """The keys by where they work, A4, in the language their words are in."""
    sheet = Sheet()
    sheet.y = title_lines(sheet, sheet.top, TITLE, [language], Align.LEFT) - 6
    for where, group in groupby(lines, lambda line: line.where):
        _section(sheet, where, list(group))
    return sheet.finish(TITLE.text(language), foot([], [language]), language)


def _section(sheet: Sheet, where: str, lines: Sequence[KeyLine]) -> None:
    sheet.keep(60)
    sheet.y = sheet.line(sheet.left, sheet.y - 8, where, HEAD) - 2
    for line in lines:
        sheet.keep(24)
        sheet.line(sheet.left, sheet.y, line.keys, KEY)
        sheet.y = sheet.paragraph(sheet.left + KEY_WIDTH, sheet.y, sheet.width - KEY_WIDTH, line.does, WORDS) - 2
