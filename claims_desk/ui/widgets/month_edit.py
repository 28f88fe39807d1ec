"""The field for a month."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from claims_desk.domain.dates import BUDDHIST_ERA, BuddhistYear, NotADay, format_month, month_start, parse_day
from claims_desk.domain.messages import say
from claims_desk.ui.widgets.edit import Edit, Unreadable

_MONTH = re.compile(r"(\d{1,2})(?:/(\d{2,4}))?")
_CENTURY = 2000


class MonthEdit(Edit[date]):
    """A month by its first day: `9/2026`, `9/26`, `9` (the last September), `t` this month, `-1` last month."""

    def __init__(self, parent: QWidget | None = None, today: Callable[[], date] = date.today) -> None:
        super().__init__(parent)
        self._today = today

    def read(self, text: str) -> date:
        """The first day of the month. Raises Unreadable."""
        this_month = month_start(self._today())
        if text.lower() in ("t", "ມ"):
            return this_month
        if text == "-1":
            return month_start(this_month - timedelta(days=1))
        found = _MONTH.fullmatch(text.strip())
        if found is None:
            raise Unreadable(say("“{typed}” is no month. Write it like 9/2026.", typed=text))
        return self._month(text, int(found[1]), found[2], this_month)

    def show_value(self, value: date) -> str:
        """The month as M/yyyy."""
        return format_month(value)

    def _month(self, text: str, number: int, year: str | None, this_month: date) -> date:
        written = int(year) if year else this_month.year
        full = written if written > 99 else _CENTURY + written
        try:
            month = parse_day(f"1/{number}/{full:04d}")
        except BuddhistYear:
            christian = full - BUDDHIST_ERA
            raise Unreadable(
                say("{year} is a Buddhist year. Write {christian}.", year=full, christian=christian)
            ) from None
        except NotADay:
            raise Unreadable(say("“{typed}” is no month. Write it like 9/2026.", typed=text)) from None
        return month if year or month <= this_month else month.replace(year=full - 1)
