"""A span of whole months: a month, a quarter, a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from claims_desk.domain.dates import format_month, month_end, month_start


@dataclass(frozen=True, slots=True)
class Months:
    """From the first day of a month to the last day of the same or a later one."""

    first: date
    last: date

    @classmethod
    def of(cls, first: date, last: date | None = None) -> Months:
        """The months of two days, or the month of one."""
        return cls(month_start(first), month_end(last or first))

    @property
    def words(self) -> str:
        """As it is read: 3/2026, 1–3/2026, 12/2025–1/2026."""
        first, last = self.first, self.last
        if first.year != last.year:
            return f"{format_month(first)}–{format_month(last)}"
        return format_month(last) if first.month == last.month else f"{first.month}–{format_month(last)}"

    @property
    def stem(self) -> str:
        """As it stands in numbers and file names: 2026-03, 2026-01_2026-03."""
        first, last = f"{self.first:%Y-%m}", f"{self.last:%Y-%m}"
        return first if first == last else f"{first}_{last}"
