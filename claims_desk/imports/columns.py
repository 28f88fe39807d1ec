"""What a column of a table may hold, in one word a column; a name that ends in `*` must be filled in every row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

CODE_LENGTH: Final = 40
TEXT_LENGTH: Final = 200
LARGEST_WHOLE: Final = 2_147_483_647


class Type(StrEnum):
    """The kinds of cell; the value is the word that users read in `docs/files.md`."""

    TEXT = "text"
    CODE = "code"
    DAY = "day"
    KIP = "kip"
    WHOLE = "whole number"
    QUANTITY = "quantity"
    PERCENT = "percent"
    YES_NO = "yes or no"
    ONE_OF = "one of"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `allowed` closes a list of codes, `least` is the smallest number, `longest` counts characters."""

    name: str
    type: Type
    required: bool = False
    allowed: tuple[str, ...] = ()
    longest: int = TEXT_LENGTH
    least: int | None = 0


def _column(
    name: str, kind: Type, allowed: Iterable[str] = (), longest: int = TEXT_LENGTH, least: int | None = 0
) -> Column:
    codes = tuple(str(code) for code in allowed)
    return Column(name.removesuffix("*"), kind, name.endswith("*"), codes, longest, least)


def text(name: str, longest: int = TEXT_LENGTH) -> Column:
    """Free text."""
    return _column(name, Type.TEXT, longest=longest)


def code(name: str, longest: int = CODE_LENGTH) -> Column:
    """A code or number of a register: leading zeros belong to it."""
    return _column(name, Type.CODE, longest=longest)


def day(name: str) -> Column:
    """A day of the Christian era."""
    return _column(name, Type.DAY)


def kip(name: str, least: int | None = 0) -> Column:
    """A whole amount of kip; `least` None also takes an amount below 0."""
    return _column(name, Type.KIP, least=least)


def whole(name: str, least: int = 0) -> Column:
    """A whole number."""
    return _column(name, Type.WHOLE, least=least)


def quantity(name: str) -> Column:
    """A decimal number as typed, whatever its sign."""
    return _column(name, Type.QUANTITY, longest=20)


def percent(name: str) -> Column:
    """A decimal number from 0 to 100."""
    return _column(name, Type.PERCENT)


def yes_no(name: str) -> Column:
    """Yes or no."""
    return _column(name, Type.YES_NO)


def one_of(name: str, allowed: Iterable[str]) -> Column:
    """One code of a closed list."""
    return _column(name, Type.ONE_OF, allowed)


def list_of(name: str, allowed: Iterable[str] = ()) -> Column:
    """Several codes with `;` between them, of a closed list where one is given."""
    return _column(name, Type.LIST, allowed)
