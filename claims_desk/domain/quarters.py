"""Quarters of the calendar year, which is the fiscal year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from claims_desk.domain.dates import month_end

QUARTERS: Final = 4
"""So many a year."""

MONTHS_A_QUARTER: Final = 3


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a year, `number` from 1 to 4."""

    year: int
    number: int

    @property
    def months(self) -> tuple[date, ...]:
        """The first days of its three months."""
        first = (self.number - 1) * MONTHS_A_QUARTER + 1
        return tuple(date(self.year, month, 1) for month in range(first, first + MONTHS_A_QUARTER))

    @property
    def first(self) -> date:
        """Its first day."""
        return self.months[0]

    @property
    def last(self) -> date:
        """Its last day."""
        return month_end(self.months[-1])

    @property
    def before(self) -> Quarter:
        """The quarter before."""
        return Quarter(self.year, self.number - 1) if self.number > 1 else Quarter(self.year - 1, QUARTERS)

    def and_before(self, count: int) -> list[Quarter]:
        """This quarter and those before it, `count` in all, the newest first."""
        quarters = [self]
        while len(quarters) < count:
            quarters.append(quarters[-1].before)
        return quarters

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"


def quarter_of(day: date) -> Quarter:
    """The quarter a day lies in."""
    return Quarter(day.year, (day.month - 1) // MONTHS_A_QUARTER + 1)
