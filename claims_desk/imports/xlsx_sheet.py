"""The rows of a sheet, element by element: reads whatever XML may look like, and refuses what no program writes."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Final

from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import say
from claims_desk.imports.cells import Cell
from claims_desk.imports.raw_table import MOST_COLUMNS, MOST_ROWS, RawRow
from claims_desk.imports.xlsx_cells import COLUMNS, CellValues, formula
from claims_desk.imports.xlsx_package import Package, XmlPart, damaged
from claims_desk.imports.xlsx_parts import Workbook

MOST_ELEMENTS: Final = 60_000_000


def careful_rows(package: Package, book: Workbook) -> Generator[RawRow, None, None]:
    """Every row of the sheet that holds anything. Raises UserError."""
    reader = _Sheet(package.path, CellValues(book))
    part = XmlPart(package, book.sheet).on(reader.start, reader.end, reader.text)
    with closing(part.pieces()) as pieces:
        for _ in pieces:
            yield from reader.complete
            reader.complete.clear()


class _Sheet:
    """Gathers the rows as their elements come by."""

    def __init__(self, path: Path, values: CellValues) -> None:
        self.path = path
        self.complete: list[RawRow] = []
        self._values = values
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
            cells = self._cells
            if cells:
                self.complete.append((self._row_no, [cells.get(column, "") for column in range(max(cells) + 1)]))

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
        column = self._column + 1 if place is None else COLUMNS.get(place.rstrip("0123456789"))
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
            cell = formula(text) if self._formula else self._values.value(self._type, self._style, text)
        except (ValueError, IndexError, OverflowError) as error:
            raise damaged(self.path) from error
        if cell == "":
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
