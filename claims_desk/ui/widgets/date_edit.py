"""The field for a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from claims_desk.domain.dates import BUDDHIST_ERA, BuddhistYear, NotADay, format_day, parse_typed_day
from claims_desk.domain.messages import say
from claims_desk.ui.widgets.edit import Edit, Unreadable


class DateEdit(Edit[date]):
    """A day: `10/3/2026`, `10/3` (this fiscal year), `t` today, `+1` days after `start` (or after today)."""

    def __init__(
        self,
        parent: QWidget | None = None,
        start: Callable[[], date | None] = lambda: None,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__(parent)
        self._start, self._today = start, today

    def read(self, text: str) -> date:
        """The day. Raises Unreadable, for a year of the Buddhist era with the Christian one beside it."""
        try:
            return parse_typed_day(text, self._today(), self._start())
        except BuddhistYear as error:
            year = int(str(error.args[0]))
            raise Unreadable(
                say("{year} is a Buddhist year. Write {christian}.", year=year, christian=year - BUDDHIST_ERA)
            ) from None
        except NotADay:
            raise Unreadable(say("“{typed}” is no day. Write it like 10/3/2026.", typed=text)) from None

    def show_value(self, value: date) -> str:
        """The day as d/M/yyyy."""
        return format_day(value)
