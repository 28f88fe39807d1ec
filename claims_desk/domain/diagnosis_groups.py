"""The diagnosis groups of a monthly return, outpatient and inpatient, in the order of the form."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from claims_desk.domain.codes import Section
from claims_desk.domain.messages import Name

_HEAD: Final = re.compile(r"(OPD|IPD) \((\d+)\)")


@dataclass(frozen=True, slots=True)
class Group:
    """A row of the form. `twin` is the number of the same group in the other section, None where it has none."""

    section: Section
    number: int
    name: Name
    twin: int | None


@cache
def diagnosis_groups() -> tuple[Group, ...]:
    """Every group, the outpatient ones first, numbered from 1 in each section."""
    numbers = {section: _numbers(names) for section, names in _lists().items()}
    other = {Section.OPD: Section.IPD, Section.IPD: Section.OPD}
    names = _names()
    return tuple(
        Group(section, number, names[key], numbers[other[section]].get(key))
        for section, keys in numbers.items()
        for key, number in keys.items()
    )


@cache
def groups_of(section: Section) -> tuple[Group, ...]:
    """The groups of one section."""
    return tuple(group for group in diagnosis_groups() if group.section == section)


def group_of(section: Section, number: int) -> Group:
    """One group by its number. Raises IndexError where there is none."""
    return groups_of(section)[number - 1]


def _numbers(names: list[str]) -> Mapping[str, int]:
    return {_key(name): number for number, name in enumerate(names, start=1)}


def _lists() -> Mapping[Section, list[str]]:
    found: dict[Section, list[str]] = {}
    for line in filter(None, _text("dhis2_diagnosis_groups.txt").splitlines()):
        if head := _HEAD.fullmatch(line):
            found[Section(head[1])] = []
        else:
            found[list(found)[-1]].append(line)
    return found


def _names() -> Mapping[str, Name]:
    return {_key(row["group"]): Name(row["name_lo"], row["name_en"]) for row in _rows()}


def _rows() -> Iterator[dict[str, str]]:
    yield from csv.DictReader(_text("diagnosis_groups_names.csv").splitlines())


def _key(name: str) -> str:
    """The two lists write some groups with a capital or a full stop more."""
    return name.rstrip(".").casefold()


def _text(file_name: str) -> str:
    return (files("claims_desk.resources") / "data" / file_name).read_text(encoding="utf-8")
