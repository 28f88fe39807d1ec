"""A monthly return: patients by diagnosis group, sex, under or over five, free or paying."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final, NamedTuple

from claims_desk.domain.codes import AgeBand, Pays, Section, Sex
from claims_desk.domain.diagnosis_groups import groups_of

MOST_PATIENTS: Final = 99_999
NOT_REPORTED: Final = "–"
"""What is written in a place whose number the facility does not know."""


class Who(NamedTuple):
    """Whom a column of the form counts."""

    sex: Sex
    age: AgeBand
    pays: Pays


class Cell(NamedTuple):
    """A place of the form; `group` is the number in its section."""

    section: Section
    group: int
    who: Who


COLUMNS: Final = tuple(Who(sex, age, pays) for pays in Pays for age in AgeBand for sex in Sex)
"""The columns in the order of the form."""

Counts = Mapping[Cell, int | None]
"""What stands in each place: a number, or None for "not reported". A place left blank is not there."""


@cache
def row_of(section: Section, group: int) -> tuple[Cell, ...]:
    """The places of one group."""
    return tuple(Cell(section, group, who) for who in COLUMNS)


def places(section: Section) -> Iterator[Cell]:
    """Every place of a section, in the order of the form."""
    for group in groups_of(section):
        yield from row_of(section, group.number)


def all_places() -> Iterator[Cell]:
    """Every place of the form."""
    for section in Section:
        yield from places(section)


def blanks(counts: Counts, wanted: Iterable[Cell]) -> list[Cell]:
    """Those of the wanted places in which nothing stands."""
    return [cell for cell in wanted if cell not in counts]


def total(counts: Counts, wanted: Iterable[Cell]) -> int:
    """The patients in the wanted places; what is blank or not reported adds nothing."""
    return sum(counts.get(cell) or 0 for cell in wanted)


def whole_total(counts: Counts, wanted: Iterable[Cell]) -> int | None:
    """The patients in the wanted places; None while one of them is blank or not reported."""
    found = [counts.get(cell) for cell in wanted]
    numbers = [number for number in found if number is not None]
    return sum(numbers) if len(numbers) == len(found) else None


def block_of(section: Section, group: int) -> Iterator[Cell]:
    """The places of a group; of the whole section where `group` is 0."""
    yield from row_of(section, group) if group else places(section)


PLACES: Final = frozenset(all_places())
"""All 680 of them."""
