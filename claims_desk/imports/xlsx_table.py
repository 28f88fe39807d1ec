"""Workbooks (.xlsx): the cells of one sheet, read row by row as they stand, never by what a formula last gave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final

from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import say
from claims_desk.imports.cells import Cell, Unusable
from claims_desk.imports.raw_table import MOST_COLUMNS, MOST_ROWS, RawRow, Table, open_table
from claims_desk.imports.xlsx_package import XmlPart, damaged, open_package
from claims_desk.imports.xlsx_parts import Shown, Workbook, plain_text, read_workbook

MOST_ELEMENTS: Final = 60_000_000
WIDEST_SHEET: Final = 16_384
_EPOCH: Final = date(1899, 12, 30)
_EPOCH_1904: Final = date(1904, 1, 1)
_FALSE_LEAP_DAY: Final = 60  # Excel counts a 29 February 1900
_FORMULA: Final = say("This cell holds a formula: write the value itself.")
_ERROR: Final = say("This cell holds an error of Excel.")


def open_xlsx(path: Path, sheet: str) -> Table:
    """The table on the sheet of that name, else on the first. Raises UserError for whatever is no plain workbook."""
    return open_table(path, lambda: _rows(path, sheet))


def _rows(path: Path, sheet: str) -> Iterator[RawRow]:
    with open_package(path) as package:
        book = read_workbook(package, sheet)
        reader = _Sheet(path, book)
        part = XmlPart(package, book.sheet).on(reader.start, reader.end, reader.text)
        for _ in part.pieces():
            yield from reader.complete
            reader.complete.clear()


class _Sheet:
    """Gathers the rows of a sheet."""

    def __init__(self, path: Path, book: Workbook) -> None:
        self.path = path
        self.book = book
        self.complete: list[RawRow] = []
        self._columns = {_letters(index): index for index in range(WIDEST_SHEET)}
        self._row_no = 0
        self._elements = 0
        self._cells: dict[int, Cell] = {}
        self._column = -1
        self._type = self._style = ""
        self._formula = self._inside = False
        self._text: list[str] = []

    def start(self, name: str, values: Mapping[str, str]) -> None:
        """An element begins: a row, a cell, its value, its formula."""
        tag = name[name.rfind(" ") + 1 :]
        self._elements += 1
        if tag == "c":
            self._start_cell(values)
        elif tag in ("v", "t"):
            self._inside = True
        elif tag == "f":
            self._formula = True
        elif tag == "row":
            self._start_row(values.get("r"))

    def text(self, text: str) -> None:
        """The characters of a value."""
        if self._inside:
            self._text.append(text)

    def end(self, name: str) -> None:
        """An element ends; a row is complete."""
        self._inside = False
        tag = name[name.rfind(" ") + 1 :]
        if tag == "c":
            self._end_cell()
        elif tag == "row":
            self._end_row()

    def _start_row(self, number: str | None) -> None:
        try:
            self._row_no = int(number) if number is not None else self._row_no + 1
        except ValueError as error:
            raise damaged(self.path) from error
        if not 0 < self._row_no <= MOST_ROWS or self._elements > MOST_ELEMENTS:
            raise UserError(
                say("The file {file} has more than {most} rows.", file=self.path.name, most=MOST_ROWS),
                say("Import it in parts."),
            )
        self._cells = {}
        self._column = -1

    def _start_cell(self, values: Mapping[str, str]) -> None:
        place = values.get("r")
        column = self._column + 1 if place is None else self._columns.get(place.rstrip("0123456789"))
        if column is None or self._elements > MOST_ELEMENTS:
            raise damaged(self.path)
        self._column = column
        self._type = values.get("t", "n")
        self._style = values.get("s", "")
        self._formula = False
        self._text = []

    def _end_cell(self) -> None:
        text = "".join(self._text)
        try:
            cell: Cell = Unusable(text, _FORMULA) if self._formula else self._value(text)
        except (ValueError, IndexError, OverflowError) as error:
            raise damaged(self.path) from error
        if isinstance(cell, str) and not cell.strip(" \r\n\t\u00a0\u200b"):
            return
        if self._column >= MOST_COLUMNS:
            raise UserError(
                say(
                    "Row {row} of the file {file} has more than {most} columns.",
                    row=self._row_no,
                    file=self.path.name,
                    most=MOST_COLUMNS,
                )
            )
        self._cells[self._column] = cell

    def _value(self, text: str) -> Cell:
        if self._type == "s":
            return self.book.texts[int(text)] if text else ""
        if self._type == "n":
            return self._number(text) if text else ""
        if self._type == "b":
            return text.strip() == "1"
        if self._type == "e":
            return Unusable(text, _ERROR)
        if self._type == "d":
            return date.fromisoformat(text[:10])
        return plain_text(text)

    def _number(self, text: str) -> Cell:
        style = int(self._style) if self._style else 0
        shown = self.book.styles[style] if style < len(self.book.styles) else Shown.NUMBER
        if shown is Shown.NUMBER:
            return int(text) if text.isdigit() and len(text) < 16 else _exact(text)
        number = _exact(text)
        return _percent(number) if shown is Shown.PERCENT else self._day(number)

    def _day(self, number: int | Decimal) -> Cell:
        days = int(number)
        if self.book.counts_from_1904:
            return _EPOCH_1904 + timedelta(days=days)
        if days < 1 or days == _FALSE_LEAP_DAY:
            return number
        return _EPOCH + timedelta(days=days + (days < _FALSE_LEAP_DAY))

    def _end_row(self) -> None:
        cells = self._cells
        if cells:
            self.complete.append((self._row_no, [cells.get(column, "") for column in range(max(cells) + 1)]))


def _letters(index: int) -> str:
    """A for 0, Z for 25, AA for 26."""
    name = ""
    while index >= 0:
        name = chr(ord("A") + index % 26) + name
        index = index // 26 - 1
    return name


def _exact(text: str) -> int | Decimal:
    """The number Excel shows: 4.0999999999999996 in the file is 4.1. Raises ValueError."""
    number = Decimal(repr(float(text)))
    if not number.is_finite():
        raise ValueError(text)
    return int(number) if number == number.to_integral_value() else number


def _percent(number: int | Decimal) -> str:
    return f"{(Decimal(number) * 100).normalize():f}%"
