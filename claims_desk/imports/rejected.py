"""The rows that could not go in, written back for the user to mend: same columns, and the reason."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import ENGLISH, LAO, say
from claims_desk.imports.cells import written
from claims_desk.imports.parsing import RowProblem, column_name
from claims_desk.imports.raw_table import Table

REASON: Final = "reason"


def rejected_path(source: Path) -> Path:
    """Where the rejected rows of a file go: `members.xlsx` to `members-rejected.csv` beside it."""
    return source.with_name(f"{source.stem}-rejected.csv")


def write_rejected(path: Path, table: Table, problems: Iterable[RowProblem]) -> Path:
    """Write the rows of the table that have problems, each once, with all its reasons in Lao and English.

    The file appears whole or not at all. Raises UserError where it cannot be written.
    """
    reasons: dict[int, list[RowProblem]] = defaultdict(list)
    for problem in problems:
        reasons[problem.row_no].append(problem)
    unfinished = path.with_name(f".{path.name}.part")
    try:
        with unfinished.open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream).writerows(_rows(table, reasons))
        unfinished.replace(path)
    except OSError as error:
        raise UserError(
            say("The file {file} cannot be written.", file=path.name), say("Close it elsewhere, or free some space.")
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return path


def _rows(table: Table, reasons: dict[int, list[RowProblem]]) -> Iterator[list[str]]:
    kept = [index for index, title in enumerate(table.header) if column_name(title) != REASON]
    yield [*(table.header[index] for index in kept), REASON]
    width = len(table.header)
    for row_no, cells in table.rows():
        if row_no in reasons:
            row = [written(cell) for cell in cells] + [""] * (width - len(cells))
            yield [*(row[index] for index in kept), " | ".join(map(_told, reasons[row_no])), *row[width:]]


def _told(problem: RowProblem) -> str:
    where = f"{problem.column}: " if problem.column else ""
    return f"{where}{problem.reason.text(LAO)} / {problem.reason.text(ENGLISH)}"
