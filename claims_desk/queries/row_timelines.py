"""The rows of one key of a register; of a dated one in the order of their days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims_desk.queries.listed_registers import REGISTERS

_UNSHOWN = frozenset({"id", "version"})


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A row as it stands, its values by column; `version` tells whether somebody has changed it since."""

    id: int
    version: int
    values: Mapping[str, Any]

    @property
    def valid_from(self) -> date:
        """Its first day."""
        first: date = self.values["valid_from"]
        return first

    @property
    def valid_to(self) -> date | None:
        """Its last day; None is open."""
        last: date | None = self.values["valid_to"]
        return last

    def holds(self, day: date) -> bool:
        """Whether the row is in force on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def row_timeline(session: Session, register: str, key: Mapping[str, str]) -> tuple[HeldRow, ...]:
    """Every row of `key` (column by column) of the dated register of that name."""
    return tuple(sorted(_rows(session, register, key), key=lambda row: row.valid_from))


def held_row(session: Session, register: str, key: Mapping[str, str]) -> HeldRow | None:
    """The row of `key` of a register whose rows are not dated; None where there is none."""
    return next(_rows(session, register, key), None)


def _rows(session: Session, register: str, key: Mapping[str, str]) -> Iterator[HeldRow]:
    table = REGISTERS[register].table.__table__
    query = select(*table.c).where(*(table.c[name] == value for name, value in key.items()))
    for row in session.execute(query).mappings():
        yield HeldRow(row["id"], row["version"], {name: row[name] for name in row if name not in _UNSHOWN})
