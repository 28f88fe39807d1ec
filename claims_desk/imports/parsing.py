"""Rows of a table read as a kind wants them: values where all is well, problems told where it is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from claims_desk.domain import carrying
from claims_desk.domain.errors import UserError
from claims_desk.domain.lao import fold
from claims_desk.domain.messages import Message, say
from claims_desk.imports.cells import BadCell, Cell, CellParser, Value, cell_parser, written
from claims_desk.imports.columns import whole
from claims_desk.imports.good_rows import AsKept, GoodRows, ParsedRow
from claims_desk.imports.keys import rows_seen
from claims_desk.imports.kinds import WHOLE_NUMBERS, Kind
from claims_desk.imports.raw_table import Table


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row cannot go in: row number, column (empty: the row as a whole), what stands there, and the reason."""

    row_no: int
    column: str
    value: str
    reason: Message


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """All a file says. `repeated` counts rows that say exactly what an earlier row says; `rows` is without them."""

    rows: GoodRows
    problems: list[RowProblem]
    unknown_columns: list[str]
    repeated: int = 0


class _Field(NamedTuple):
    """Where a column of the kind stands in the file, and how it is read."""

    place: int
    name: str
    parse: CellParser


_NOWHERE = 1 << 30
_COUNT = cell_parser(whole("value"))
Progress = Callable[[int], None]


def parse_rows(table: Table, kind: Kind, progress: Progress = lambda _: None, *, as_kept: AsKept = dict) -> ParsedFile:
    """Read every row of the table; `progress` is told the rows read every now and then.

    Rows of evidence are repeated where `as_kept` makes the same of them.

    Raises UserError where a required column is missing or the file cannot be read to its end, sqlite3.Error where the
    disk is full.
    """
    fields, unknown = match_header(table, kind)
    rows = GoodRows(kind, as_kept)
    problems: list[RowProblem] = []
    rows.add(_good_rows(table, kind, fields, problems, progress))
    met = [*_meetings(kind, rows)]
    rows.drop([row_no for row_no, _ in met])
    problems += [problem for _, problem in met if problem]
    problems.sort(key=lambda problem: problem.row_no)
    return ParsedFile(rows, problems, unknown, repeated=sum(problem is None for _, problem in met))


def _good_rows(
    table: Table, kind: Kind, fields: list[_Field], problems: list[RowProblem], progress: Progress
) -> Iterator[ParsedRow]:
    width = len(table.header)
    for read, (row_no, cells) in enumerate(table.rows(), 1):
        if read % 1000 == 0:
            progress(read)
        values, bad = _read_row(row_no, cells, fields, width)
        bad = bad or _row_problems(row_no, kind, values)
        if bad:
            problems += bad
        else:
            yield ParsedRow(row_no, values)


def _meetings(kind: Kind, rows: GoodRows) -> Iterator[tuple[int, RowProblem | None]]:
    """The rows that an earlier one makes needless, and why those cannot go in that say something else."""
    for some in rows.of_one_key():
        meet = rows_seen(kind)
        for row_no, values in some:
            if met := meet(row_no, values):
                yield row_no, _clash(row_no, kind, values, met.reason) if met.reason else None


def parse_typed(kind: Kind, typed: Mapping[str, Cell]) -> tuple[dict[str, Value], list[RowProblem]]:
    """One row typed by hand, read as a file's row 1 would be; a column that is not typed is blank."""
    fields = [_Field(place, column.name, cell_parser(column)) for place, column in enumerate(kind.columns)]
    values, bad = _read_row(1, [typed.get(name, "") for name in kind.names], fields, len(fields))
    return values, bad or _row_problems(1, kind, values)


def column_name(written_name: str) -> str:
    """The name of a column as files may write it: any case, blanks or hyphens for `_`, a `*` behind it."""
    return fold(written_name).rstrip("*").strip().replace(" ", "_").replace("-", "_")


def match_header(table: Table, kind: Kind) -> tuple[list[_Field], list[str]]:
    """Where the kind's columns stand, and the columns nobody knows. Raises UserError for one missing or doubled."""
    places: dict[str, int] = {}
    unknown: list[str] = []
    for index, title in enumerate(table.header):
        name = column_name(title)
        if name in places:
            raise UserError(say("The file {file} has the column {name} twice.", file=table.path.name, name=name))
        if name in kind.names:
            places[name] = index
        elif name:
            unknown.append(title.strip())
    missing = [name for name in kind.required if name not in places]
    if missing:
        raise UserError(
            say("The file {file} lacks the column {names}.", file=table.path.name, names=", ".join(missing)),
            say("The columns of {kind} are: {names}.", kind=kind.name, names=", ".join(kind.names)),
        )
    return [_Field(places.get(c.name, _NOWHERE), c.name, cell_parser(c)) for c in kind.columns], unknown


def _read_row(
    row_no: int, cells: list[Cell], fields: list[_Field], width: int
) -> tuple[dict[str, Value], list[RowProblem]]:
    values: dict[str, Value] = {}
    bad: list[RowProblem] = []
    count = len(cells)
    for index, name, parse in fields:
        try:
            values[name] = parse(cells[index]) if index < count else parse("")
        except BadCell as error:
            shown = written(cells[index]) if index < count else ""
            bad.append(RowProblem(row_no, name, shown[:200], error.reason))
    if count > width:
        reason = say("The row has more cells than the header: is a separator part of a value?")
        bad.append(RowProblem(row_no, "", written(cells[-1])[:200], reason))
    return values, bad


def _row_problems(row_no: int, kind: Kind, values: dict[str, Any]) -> list[RowProblem]:
    return [
        *_backwards(row_no, kind, values),
        *_uncountable(row_no, kind, values),
        *_uncarriable(row_no, kind, values),
    ]


def _backwards(row_no: int, kind: Kind, values: dict[str, Any]) -> Iterator[RowProblem]:
    for first, last in kind.ordered:
        if values[first] is not None and values[last] is not None and values[last] < values[first]:
            reason = say("{last} lies before {first}.", last=last, first=first)
            yield RowProblem(row_no, last, str(values[last]), reason)


def _uncountable(row_no: int, kind: Kind, values: dict[str, Any]) -> Iterator[RowProblem]:
    if kind.name == "parameters" and values["name"] in WHOLE_NUMBERS:
        try:
            _COUNT(values["value"])
        except BadCell as error:
            yield RowProblem(row_no, "value", values["value"], error.reason)


def _uncarriable(row_no: int, kind: Kind, values: dict[str, Any]) -> Iterator[RowProblem]:
    if kind.name == "parameters" and values["name"] == carrying.PARAMETER:
        try:
            carrying.carried_fields(values["value"])
        except ValueError as error:
            reason = say(
                "“{word}” is no field that is carried over. Write some of {names} with ; between, or {none}.",
                word=str(error),
                names=", ".join(carrying.MAY_BE_CARRIED),
                none=carrying.NONE,
            )
            yield RowProblem(row_no, "value", values["value"], reason)


def _clash(row_no: int, kind: Kind, values: dict[str, Value], reason: Message) -> RowProblem:
    column = "valid_from" if kind.dated else kind.key[0]
    return RowProblem(row_no, column, str(values[column]), reason)
