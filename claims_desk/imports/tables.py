"""Open any table a user brings: `.csv` or `.xlsx`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import say
from claims_desk.imports.csv_table import open_csv
from claims_desk.imports.raw_table import Table, unreadable
from claims_desk.imports.xlsx_table import open_xlsx

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0"

__all__ = ["Table", "read_table"]


def read_table(path: Path, kind_name: str) -> Table:
    """The table in the file; of a workbook the sheet named after the kind, else the first.

    The rows are read when they are asked for. Raises UserError for a file that is missing, hostile, damaged or not
    of the two formats, here or while rows are read. Nothing is ever written.
    """
    start = _first_bytes(path)
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        return open_xlsx(path, kind_name)
    if suffix != ".csv":
        raise UserError(say("The file {file} is of no known format.", file=path.name), say("Save it as .csv or .xlsx."))
    if start in (_ZIP, _OLE):
        raise UserError(
            say("The file {file} is a workbook under the name of a CSV file.", file=path.name),
            say("Give it the ending .xlsx."),
        )
    return open_csv(path)


def _first_bytes(path: Path) -> bytes:
    if not path.is_file():
        raise UserError(say("There is no file {file}.", file=path.name), say("Check its name and folder."))
    try:
        with path.open("rb") as stream:
            return stream.read(4)
    except OSError as error:
        raise unreadable(path) from error
