"""The days of the demo: the last full quarter before November 2026, and what came before it."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Final

MONTHS: Final = (date(2026, 7, 1), date(2026, 8, 1), date(2026, 9, 1))
QUARTER_START: Final = MONTHS[0]
QUARTER_END: Final = date(2026, 9, 30)
REGISTER_DAY: Final = date(2026, 6, 30)  # ages of the register are those of this day
TARIFF_START: Final = date(2025, 1, 1)
TARIFF_CHANGE: Final = date(2026, 7, 1)
NHI_START: Final = date(2017, 10, 1)  # the month NHI began in the province
SETTLED: Final = date(2026, 3, 31)  # a cover as old as this has served every waiting time of the quarter


def days(count: int) -> timedelta:
    """A span of days."""
    return timedelta(days=count)


def month_after(month: date) -> date:
    """The first day of the following month."""
    return (month.replace(day=28) + days(4)).replace(day=1)


def between(rng: Random, first: date, last: date) -> date:
    """A day by chance, both ends included; `first` where the span is empty."""
    return first + days(rng.randint(0, max(0, (last - first).days)))


def day_of_month(rng: Random, month: date) -> date:
    """A day of the month by chance; two Sundays in three move to the Saturday before, or the Monday after."""
    day = between(rng, month, month_after(month) - days(1))
    if day.weekday() == 6 and rng.random() < 0.67:
        return day - days(1) if day > month else day + days(1)
    return day
