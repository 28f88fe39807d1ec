"""What one cell of a sheet holds, by its type, its style and the text in it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from claims_desk.domain.messages import say
from claims_desk.imports.cells import Cell, Unusable
from claims_desk.imports.xlsx_parts import Shown, Workbook, plain_text

WIDEST_SHEET: Final = 16_384
_EPOCH: Final = date(1899, 12, 30)
_EPOCH_1904: Final = date(1904, 1, 1)
_FALSE_LEAP_DAY: Final = 60  # Excel counts a 29 February 1900
_FORMULA: Final = say("This cell holds a formula: write the value itself.")
_ERROR: Final = say("This cell holds an error of Excel.")
_REMEMBERED: Final = 50_000


def formula(shown: str) -> Unusable:
    """A cell with a formula, whatever it last gave."""
    return Unusable(shown, _FORMULA)


def letters(index: int) -> str:
    """The name of a column: A for 0, Z for 25, AA for 26."""
    name = ""
    while index >= 0:
        name = chr(ord("A") + index % 26) + name
        index = index // 26 - 1
    return name


COLUMNS: Final = {letters(index): index for index in range(WIDEST_SHEET)}


class CellValues:
    """Reads cells with the texts and styles of their workbook."""

    def __init__(self, book: Workbook) -> None:
        self._texts = book.texts
        self._styles = book.styles
        self._numbers: dict[tuple[str, str], Cell] = {}
        self._epoch = _EPOCH_1904 if book.counts_from_1904 else _EPOCH

    def value(self, kind: str, style: str, text: str) -> Cell:
        """The cell of this type (`n` where none is given), an empty text where nothing can be seen in it.

        Raises ValueError, IndexError or OverflowError for what no program writes.
        """
        if kind == "s":
            return self._texts[int(text)] if text else ""
        if kind == "n":
            return self._known_number(style, text) if text else ""
        if kind == "b":
            return text.strip() == "1"
        if kind == "e":
            return Unusable(text, _ERROR)
        if kind == "d":
            return date.fromisoformat(text[:10])
        return plain_text(text)

    def _known_number(self, style: str, text: str) -> Cell:
        """Days and amounts come again and again: each is read once."""
        number = self._numbers.get((style, text))
        if number is None:
            if len(self._numbers) >= _REMEMBERED:
                self._numbers.clear()
            number = self._numbers[style, text] = self._number(style, text)
        return number

    def _number(self, style: str, text: str) -> Cell:
        index = int(style) if style else 0
        shown = self._styles[index] if index < len(self._styles) else Shown.NUMBER
        if shown is Shown.NUMBER:
            return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else _exact(text)
        number = _exact(text)
        return self._day(number) if shown is Shown.DAY else f"{(Decimal(number) * 100).normalize():f}%"

    def _day(self, number: int | Decimal) -> Cell:
        days = int(number)
        if self._epoch is _EPOCH_1904:
            return _EPOCH_1904 + timedelta(days=days)
        if days < 1 or days == _FALSE_LEAP_DAY:
            return number
        return _EPOCH + timedelta(days=days + (days < _FALSE_LEAP_DAY))


def _exact(text: str) -> int | Decimal:
    """The number Excel shows: 4.0999999999999996 in the file is 4.1. Raises ValueError."""
    number = Decimal(repr(float(text)))
    if not number.is_finite():
        raise ValueError(text)
    return int(number) if number == number.to_integral_value() else number
