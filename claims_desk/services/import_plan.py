"""What an import would do: rows to add and to change, counted and told before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import Any, Final, TypeVar

from sqlalchemy import ColumnElement, tuple_

from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import say
from claims_desk.imports.good_rows import ParsedRow
from claims_desk.imports.parsing import RowProblem

T = TypeVar("T")
Values = dict[str, Any]
Progress = Callable[[int, int], None]
CHUNK: Final = 1_000
MOST_OF_A_KEY: Final = 10_000
"""Rows of one key in one file: they are planned together, in memory."""


@dataclass(slots=True)
class Plan:
    """Rows as the table will keep them: `added` whole, `changed` whole with their ids; problems by row."""

    added: list[Values] = field(default_factory=list)
    changed: list[Values] = field(default_factory=list)
    unchanged: int = 0
    problems: list[RowProblem] = field(default_factory=list)

    def extend(self, other: Plan) -> None:
        """Plan what the other does as well."""
        self.added += other.added
        self.changed += other.changed
        self.unchanged += other.unchanged
        self.problems += other.problems


Write = Callable[[Plan], None]
"""Carries a plan out within a deed."""


class Meter:
    """Tells how far a long import is, in rows of all its steps."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress = progress
        self._total = max(total, 1)
        self._done = 0

    def step(self, rows: int) -> None:
        """`rows` more are done."""
        self._done = min(self._done + rows, self._total)
        if self._progress is not None:
            self._progress(self._done, self._total)


def chunks(rows: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """The rows in lists of at most `size`."""
    rest = iter(rows)
    while chunk := list(islice(rest, size)):
        yield chunk


def whole_keys(rows: Iterable[ParsedRow], key: Sequence[str], size: int = CHUNK) -> Iterator[list[ParsedRow]]:
    """The rows in lists of about `size`; those that stand together with one `key` are never taken apart.

    Raises UserError where these are more than anything real has.
    """
    chunk: list[ParsedRow] = []
    for named, some in groupby(rows, key=lambda row: [row.values[name] for name in key]):
        together = [*islice(some, MOST_OF_A_KEY + 1)]
        if len(together) > MOST_OF_A_KEY:
            raise _too_many(named)
        chunk += together
        if len(chunk) >= size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _too_many(named: Sequence[object]) -> UserError:
    key = " ".join(map(str, named))
    return UserError(
        say("More than {most:kip} rows of the file are of {key}.", most=MOST_OF_A_KEY, key=key),
        say("Mend the file and import it again."),
    )


def among(columns: Sequence[ColumnElement[Any]], keys: Iterable[tuple[Hashable, ...]]) -> ColumnElement[bool]:
    """The condition that a row's columns are one of the keys."""
    if len(columns) == 1:
        return columns[0].in_([key[0] for key in keys])
    return tuple_(*columns).in_(list(keys))
