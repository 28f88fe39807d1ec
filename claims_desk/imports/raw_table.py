"""A table as a file holds it: a header, and rows of raw cells with the numbers a spreadsheet shows for them."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import say
from claims_desk.imports.cells import Cell

MOST_COLUMNS: Final = 500
MOST_ROWS: Final = 1_048_576
"""As many as a sheet of Excel has."""

RawRow = tuple[int, list[Cell]]
"""Row number, from 1 and counting the header, and the cells up to the last one that holds something."""
ReadRows = Callable[[], Generator[RawRow, None, None]]


@dataclass(frozen=True)
class Table:
    """A file opened for reading: its header is known, its rows are read again each time they are asked for.

    Nothing of the file is kept in memory.
    """

    path: Path
    header: tuple[str, ...]
    header_row: int
    _read: ReadRows
    _made: tuple[int, int]

    def rows(self) -> Generator[RawRow, None, None]:
        """The rows below the header that hold anything. Raises UserError for what cannot be read."""
        try:
            with closing(self._read()) as rows:
                for row_no, cells in rows:
                    if row_no > self.header_row:
                        yield row_no, cells
            unchanged = _stamp(self.path) == self._made
        except OSError as error:
            raise unreadable(self.path) from error
        if not unchanged:
            raise UserError(
                say("The file {file} changed while it was read.", file=self.path.name), say("Import it again.")
            )


def unreadable(path: Path) -> UserError:
    """What is said of a file the computer cannot read."""
    return UserError(say("The file {file} cannot be read.", file=path.name), say("Copy it to this computer first."))


def _stamp(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def open_table(path: Path, read: ReadRows) -> Table:
    """The table whose first row with anything in it is the header. Raises UserError for an empty one."""
    try:
        made = _stamp(path)
        with closing(read()) as rows:
            for row_no, cells in rows:
                header = tuple(name if isinstance(name, str) else "" for name in cells)
                return Table(path, header, row_no, read, made)
    except OSError as error:
        raise unreadable(path) from error
    raise UserError(say("The file {file} is empty.", file=path.name), say("Its first row must name the columns."))
