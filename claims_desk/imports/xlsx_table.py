"""Workbooks (.xlsx): the cells of one sheet, read row by row as they stand, never by what a formula last gave."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from itertools import islice
from pathlib import Path

from claims_desk.imports.raw_table import RawRow, Table, open_table
from claims_desk.imports.xlsx_package import open_package
from claims_desk.imports.xlsx_parts import read_workbook
from claims_desk.imports.xlsx_quick import Unusual, quick_rows
from claims_desk.imports.xlsx_sheet import careful_rows


def open_xlsx(path: Path, sheet: str) -> Table:
    """The table on the sheet of that name, else on the first. Raises UserError for whatever is no plain workbook."""
    return open_table(path, lambda: _rows(path, sheet))


def _rows(path: Path, sheet: str) -> Generator[RawRow, None, None]:
    with open_package(path) as package:
        book = read_workbook(package, sheet)
        given = 0
        try:
            with closing(quick_rows(package, book)) as rows:
                for row in rows:
                    yield row
                    given += 1
        except Unusual:
            with closing(careful_rows(package, book)) as rows:
                yield from islice(rows, given, None)
