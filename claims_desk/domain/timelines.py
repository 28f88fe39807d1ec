"""The time line of one key of a dated table: which value holds on which days, and how a change from a day cuts it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Generic, TypeVar

V = TypeVar("V")
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch(Generic[V]):
    """A value from a day to a day, both included; `valid_to` None is open."""

    valid_from: date
    valid_to: date | None
    value: V

    def holds(self, day: date) -> bool:
        """Whether the value is in force on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


Line = Sequence[Stretch[V]]
"""Stretches of which no two share a day."""


def on(line: Line[V], day: date) -> Stretch[V] | None:
    """The stretch in force on `day`; None where there is a gap."""
    return next((one for one in line if one.holds(day)), None)


def changed_from(line: Line[V], day: date, value: V) -> list[Stretch[V]]:
    """The line with another value from `day` on, as long as what stood there would have lasted.

    What is in force on `day` ends the day before; a gap is filled up to the next stretch. What is planned for later
    keeps its days.
    """
    held = on(line, day)
    until = held.valid_to if held else _day_before_next(line, day)
    return _in_order([*_without(line, held), *_head(held, day), Stretch(day, until, value)])


def ended_before(line: Line[V], day: date) -> list[Stretch[V]]:
    """The line without what is in force on `day`, from that day on; what begins that very day goes altogether."""
    held = on(line, day)
    return _in_order([*_without(line, held), *_head(held, day)])


def brought_forward(line: Line[V], day: date, first: date) -> list[Stretch[V]]:
    """The line as if what holds on `day`, be it nothing, held from the earlier day `first` on already."""
    held = on(line, day)
    before = [piece for one in line if one.valid_from < first for piece in _head(one, first)]
    after = [one for one in line if one.valid_from > day]
    return before + ([replace(held, valid_from=first)] if held else []) + after


def _head(held: Stretch[V] | None, day: date) -> Iterator[Stretch[V]]:
    """What is left of a stretch that ends before `day` at the latest."""
    if held is not None and held.valid_from < day:
        last = day - _A_DAY
        yield held if held.valid_to is not None and held.valid_to <= last else replace(held, valid_to=last)


def _day_before_next(line: Line[V], day: date) -> date | None:
    later = [one.valid_from for one in line if one.valid_from > day]
    return min(later) - _A_DAY if later else None


def _without(line: Line[V], held: Stretch[V] | None) -> list[Stretch[V]]:
    return [one for one in line if one is not held]


def _in_order(line: Iterable[Stretch[V]]) -> list[Stretch[V]]:
    return sorted(line, key=lambda one: one.valid_from)
