"""Rows of one key held against each other: the same key twice, and days of one key that overlap."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Final

from claims_desk.domain.messages import Message, say
from claims_desk.imports.cells import Value
from claims_desk.imports.kinds import Kind

Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Met:
    """An earlier row of the file stands in the way; without a `reason` it says exactly the same."""

    reason: Message | None = None


REPEATED: Final = Met()
Meet = Callable[[int, Values], Met | None]
"""Takes a row's number and values; None where it is new and is from now on known."""


def rows_seen(kind: Kind) -> Meet:
    """What remembers the rows of one key of this kind."""
    if not kind.key:
        return _SameEvidence().meet
    return _Ranges().meet if kind.dated else _First().meet


class _SameEvidence:
    """Rows of evidence, which have one key only where they say the same."""

    def __init__(self) -> None:
        self._met = False

    def meet(self, _row_no: int, _values: Values) -> Met | None:
        met, self._met = self._met, True
        return REPEATED if met else None


class _First:
    """The first row of a key."""

    def __init__(self) -> None:
        self._first: tuple[int, Values] | None = None

    def meet(self, row_no: int, values: Values) -> Met | None:
        if self._first is None:
            self._first = row_no, values
            return None
        first_no, first = self._first
        return REPEATED if first == values else Met(say("Row {row} has the same key and other content.", row=first_no))


class _Ranges:
    """The days of a key, apart from one another and in order."""

    def __init__(self) -> None:
        self._ranges: list[tuple[date, date, int, Values]] = []

    def meet(self, row_no: int, values: Values) -> Met | None:
        start, end = values["valid_from"], values["valid_to"] or date.max
        assert isinstance(start, date)
        assert isinstance(end, date)
        place = bisect(self._ranges, start, key=itemgetter(0))
        for first, last, other_no, other in self._ranges[max(place - 1, 0) : place + 1]:
            if first <= end and start <= last:
                return REPEATED if other == values else Met(_overlap(other_no))
        self._ranges.insert(place, (start, end, row_no, values))
        return None


def _overlap(row_no: int) -> Message:
    return say("The days overlap those of row {row}, which has the same key.", row=row_no)
