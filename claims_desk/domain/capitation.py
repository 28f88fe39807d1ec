"""Capitation: a facility's people times a rate a head and year, paid in four quarters that make the year's amount.

A quarter's terms are those of its first day: the catchment of the register and the rate in force then. Its share is a
quarter of what the whole year would pay on these terms, rounded down to whole kip. What the rounding of the quarters
left over is paid with the fourth, or with a quarter that is paid after the fourth. So a year on unchanged terms pays
exactly catchment times rate; a year whose terms changed pays the sum of its exact quarters, rounded down once; and
a quarter never paid is no part of the sum.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from claims_desk.domain.dates import month_start
from claims_desk.domain.quarters import QUARTERS, Quarter


@dataclass(frozen=True, slots=True)
class PaidQuarter:
    """A quarter of the same year on a voucher: what its terms make in a year, and what it was paid, in kip."""

    number: int
    year_amount: int
    amount: int


def share_of_quarter(number: int, year_amount: int, paid: Sequence[PaidQuarter]) -> int:
    """Kip of a quarter whose terms make `year_amount` in a year, when `paid` are the year's other quarters on vouchers.

    Never below 0.
    """
    if not _settles(number, paid):
        return year_amount // QUARTERS
    exact = year_amount + sum(other.year_amount for other in paid)
    return max(0, exact // QUARTERS - sum(other.amount for other in paid))


def _settles(number: int, paid: Sequence[PaidQuarter]) -> bool:
    """Whether this quarter pays what the others left over: the fourth, and whatever comes after it."""
    return number == QUARTERS or any(other.number == QUARTERS for other in paid)


def months_due(quarter: Quarter, today: date) -> tuple[date, ...]:
    """The months whose returns should have come when a quarter is paid: of it and the one before, those that ended."""
    months = (*quarter.before.months, *quarter.months)
    return tuple(month for month in months if month < month_start(today))
