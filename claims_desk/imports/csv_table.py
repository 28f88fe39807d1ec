"""CSV files: UTF-8, with comma, semicolon or tab, read row by row within limits."""

from __future__ import annotations

import csv
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Final, TextIO

from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import say
from claims_desk.imports.cells import Cell
from claims_desk.imports.raw_table import MOST_COLUMNS, MOST_ROWS, RawRow, Table, open_table

SEPARATORS: Final = ",;\t"
LARGEST_FILE: Final = 500_000_000
LONGEST_ROW: Final = 1_000_000
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")


def open_csv(path: Path) -> Table:
    """The table of a CSV file. Raises UserError for another encoding, a file too large, or one without a header."""
    _check_start(path)
    return open_table(path, lambda: _rows(path))


def _check_start(path: Path) -> None:
    if path.stat().st_size > LARGEST_FILE:
        raise UserError(say("The file {file} is too large.", file=path.name), say("Import it in parts."))
    with path.open("rb") as stream:
        start = stream.read(4096)
    if start.startswith(_UTF16_MARKS) or b"\0" in start:
        raise _wrong_encoding(path, 1)


def _wrong_encoding(path: Path, row_no: int) -> UserError:
    return UserError(
        say("The file {file} is not UTF-8 text (near row {row}).", file=path.name, row=row_no),
        say("Save it as CSV UTF-8, or as a workbook (.xlsx)."),
    )


class _Lines:
    """The lines of a file; it stops where one row runs on without end, as behind a quote never closed."""

    def __init__(self, stream: TextIO, path: Path) -> None:
        self.stream = stream
        self.path = path
        self.row_no = 1
        self.length = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self.stream.readline(LONGEST_ROW)
        if not line:
            raise StopIteration
        self.length += len(line)
        if self.length >= LONGEST_ROW:
            raise UserError(
                say("Row {row} of the file {file} is too long.", row=self.row_no, file=self.path.name),
                say("Look for a quotation mark that is not closed."),
            )
        if "\0" in line:
            raise _wrong_encoding(self.path, self.row_no)
        return line

    def next_row(self) -> None:
        """A row is complete: count anew."""
        self.row_no += 1
        self.length = 0


def _separator(path: Path) -> str:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        header = next((line for line in _Lines(stream, path) if line.strip()), "")
    return max(SEPARATORS, key=lambda mark: _cell_count(header, mark))


def _cell_count(header: str, separator: str) -> int:
    try:
        return len(next(csv.reader([header], delimiter=separator), []))
    except csv.Error:
        return 0


def _rows(path: Path) -> Generator[RawRow, None, None]:
    row_no = 0
    try:
        separator = _separator(path)
        with path.open(encoding="utf-8-sig", newline="") as stream:
            lines = _Lines(stream, path)
            for row_no, row in enumerate(csv.reader(lines, delimiter=separator, strict=True), start=1):
                lines.next_row()
                cells = _checked(row, row_no, path)
                if cells:
                    yield row_no, cells
    except UnicodeDecodeError as error:
        raise _wrong_encoding(path, row_no + 1) from error
    except csv.Error as error:
        raise UserError(
            say("Row {row} of the file {file} cannot be read.", row=row_no + 1, file=path.name),
            say("Look for a quotation mark that is not closed."),
        ) from error


def _checked(row: list[str], row_no: int, path: Path) -> list[Cell]:
    """The cells up to the last that holds something."""
    if row_no > MOST_ROWS:
        raise UserError(
            say("The file {file} has more than {most} rows.", file=path.name, most=MOST_ROWS),
            say("Import it in parts."),
        )
    while row and not row[-1].strip(" \u00a0\u200b"):
        row.pop()
    if len(row) > MOST_COLUMNS:
        raise UserError(
            say(
                "Row {row} of the file {file} has more than {most} columns.",
                row=row_no,
                file=path.name,
                most=MOST_COLUMNS,
            )
        )
    return [*row]
