"""One list of columns a table: the screen, the page and the workbook all read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from claims_desk.domain.dates import format_day
from claims_desk.domain.messages import Message, Name
from claims_desk.domain.money import format_kip

T = TypeVar("T")
Cell = str | int | date | Message | Name | None


class Align(StrEnum):
    """Where a cell's text stands."""

    LEFT = "left"
    RIGHT = "right"
    CENTRE = "centre"


class Format(StrEnum):
    """How a value is written: as it is, grouped kip, a plain count, or a day."""

    TEXT = "text"
    KIP = "kip"
    COUNT = "count"
    DAY = "day"


NUMBERS = frozenset({Format.KIP, Format.COUNT})


@dataclass(frozen=True)
class Column(Generic[T]):
    """One column of a table of rows T; `width` is in characters of its usual content."""

    key: str
    title: Message
    value: Callable[[T], Cell]
    format: Format = Format.TEXT
    align: Align | None = None
    width: int = 12
    total: bool = False

    @property
    def alignment(self) -> Align:
        """Numbers stand right unless the column says otherwise."""
        return self.align or (Align.RIGHT if self.format in NUMBERS else Align.LEFT)

    def text(self, row: T, language: str | None = None) -> str:
        """The row's cell as it is read, in `language` or the language in use."""
        return show(self.value(row), self.format, language)

    def sum(self, rows: Iterable[T]) -> int:
        """The column's total over `rows`, empty cells as 0 (kip, or a count)."""
        return sum(value for row in rows if isinstance(value := self.value(row), int))


def show(value: Cell, form: Format = Format.TEXT, language: str | None = None) -> str:
    """A value as it is read: empty for None, kip in groups, days as d/M/yyyy."""
    if value is None:
        return ""
    if isinstance(value, Message | Name):
        return value.text(language)
    if isinstance(value, date):
        return format_day(value)
    if form is Format.KIP and isinstance(value, int):
        return format_kip(value)
    return str(value)
