"""One cell read as its column wants it: a parser a column, made once and called for every row."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from claims_desk.domain.dates import (
    BUDDHIST_ERA,
    EARLIEST_YEAR,
    LATEST_YEAR,
    BuddhistYear,
    ImpossibleYear,
    NotADay,
    check_year,
    parse_day,
)
from claims_desk.domain.lao import LAO_DIGITS
from claims_desk.domain.messages import Message, say
from claims_desk.domain.money import LARGEST_KIP, TooMuch, parse_kip
from claims_desk.imports.columns import LARGEST_WHOLE, Column, Type


@dataclass(frozen=True, slots=True)
class Unusable:
    """A cell of a workbook that holds no value of its own: a formula or one of Excel's errors."""

    shown: str
    reason: Message


Cell = str | int | Decimal | date | bool | Unusable
"""What stands in a cell; an empty one is an empty text."""
Value = str | int | Decimal | date | bool | tuple[str, ...] | None
"""What a cell means; an empty one is None."""
CellParser = Callable[[Cell], Value]

_CONTROL = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile(r"[\r\n\t]+")
_QUANTITY = re.compile(r"[+-]?[0-9]{1,12}(?:[.,][0-9]{1,6})?")
_WHOLE = re.compile(r"-?[0-9]{1,10}")
_YES_NO: Final = {
    "yes": True,
    "true": True,
    "1": True,
    "ແມ່ນ": True,
    "no": False,
    "false": False,
    "0": False,
    "ບໍ່": False,
}
_REMEMBERED: Final = 20_000


class BadCell(ValueError):
    """The cell is not what its column wants; `reason` says why."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason)
        self.reason = reason


def written(cell: Cell) -> str:
    """The cell as text: dates as yyyy-mm-dd, yes and no as such."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Unusable):
        return cell.shown
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def cell_parser(column: Column) -> CellParser:
    """The parser of a column: takes a cell, gives its value, None for an empty one. It raises BadCell."""
    if column.type in (Type.TEXT, Type.CODE):
        return _filled(column, _text_parser(column))
    return _filled(column, _remembering(_PARSERS[column.type](column)))


def _filled(column: Column, parse: CellParser) -> CellParser:
    def of_any(cell: Cell) -> Value:
        if isinstance(cell, Unusable):
            raise BadCell(cell.reason)
        if isinstance(cell, str):
            cell = cell.strip(" \t\r\n\u00a0\u200b\ufeff")
        if cell != "":
            return parse(cell)
        if column.required:
            raise BadCell(say("This field must not be empty."))
        return None

    return of_any


def _remembering(parse: CellParser) -> CellParser:
    """Days, amounts and codes come again and again: each distinct text is read once."""
    known: dict[str, Value] = {}

    def of_any(cell: Cell) -> Value:
        if not isinstance(cell, str):
            return parse(cell)
        if cell not in known:
            if len(known) >= _REMEMBERED:
                known.clear()
            known[cell] = parse(cell)
        return known[cell]

    return of_any


# --- the types ------------------------------------------------------------------------------------


def _text_parser(column: Column) -> CellParser:
    longest = column.longest

    def parse(cell: Cell) -> Value:
        text = cell if isinstance(cell, str) else written(cell)
        if not text.isprintable():
            text = _BREAKS.sub(" ", text.replace("\u200b", ""))
            if _CONTROL.search(text):
                raise BadCell(say("This text holds a character that cannot be printed."))
        if len(text) > longest:
            raise BadCell(say("This text is longer than {longest} characters.", longest=longest))
        return text

    return parse


def _day_parser(_: Column) -> CellParser:
    def parse(cell: Cell) -> Value:
        try:
            if isinstance(cell, date):
                check_year(cell.year)
                return cell
            return parse_day(written(cell))
        except BuddhistYear as error:
            raise BadCell(_buddhist(int(str(error)))) from error
        except ImpossibleYear as error:
            raise BadCell(_impossible(str(error))) from error
        except NotADay as error:
            raise BadCell(say("This is no day: write day/month/year or year-month-day.")) from error

    return parse


def _impossible(year: str) -> Message:
    first, last = str(EARLIEST_YEAR), str(LATEST_YEAR)
    return say("The year {year} is not possible: write one from {first} to {last}.", year=year, first=first, last=last)


def _buddhist(year: int) -> Message:
    return say(
        "{year} is a year of the Buddhist era: write {christian}.", year=str(year), christian=str(year - BUDDHIST_ERA)
    )


def _kip_parser(column: Column) -> CellParser:
    def parse(cell: Cell) -> Value:
        try:
            # A number with a fraction in a workbook is never grouped thousands: 12.345 there is a part of a kip.
            amount = parse_kip("" if isinstance(cell, Decimal | date | bool) else written(cell))
        except TooMuch as error:
            raise BadCell(say("No amount is above {most:kip} kip.", most=LARGEST_KIP)) from error
        except ValueError as error:
            raise BadCell(say("This is no amount of kip: write a whole number such as 1.234.567.")) from error
        if column.least is not None and amount < column.least:
            raise BadCell(say("An amount must not be below 0."))
        return amount

    return parse


def _whole_parser(column: Column) -> CellParser:
    least = column.least or 0

    def parse(cell: Cell) -> Value:
        text = "" if isinstance(cell, bool) else written(cell).translate(LAO_DIGITS)
        if not _WHOLE.fullmatch(text):
            raise BadCell(say("This is no whole number."))
        number = int(text)
        if not least <= number <= LARGEST_WHOLE:
            raise BadCell(say("The number must be from {least} to {most}.", least=least, most=LARGEST_WHOLE))
        return number

    return parse


def _decimal(cell: Cell, wrong: Message) -> Decimal:
    text = "" if isinstance(cell, bool) else written(cell).translate(LAO_DIGITS)
    if not _QUANTITY.fullmatch(text):
        raise BadCell(wrong)
    return Decimal(text.replace(",", "."))


def _quantity_parser(_: Column) -> CellParser:
    return lambda cell: _decimal(cell, say("This is no quantity: write a number such as 2 or 1.5."))


def _percent_parser(_: Column) -> CellParser:
    wrong = say("This is no percentage: write a number from 0 to 100.")

    def parse(cell: Cell) -> Value:
        number = _decimal(cell.removesuffix("%").rstrip() if isinstance(cell, str) else cell, wrong)
        if not 0 <= number <= 100:
            raise BadCell(wrong)
        return number

    return parse


def _yes_no_parser(_: Column) -> CellParser:
    def parse(cell: Cell) -> Value:
        answer = _YES_NO.get(written(cell).lower())
        if answer is None:
            raise BadCell(say("Write yes or no."))
        return answer

    return parse


def _one_of_parser(column: Column) -> CellParser:
    def parse(cell: Cell) -> Value:
        return _allowed(column, written(cell))

    return parse


def _list_parser(column: Column) -> CellParser:
    text = _text_parser(column)

    def parse(cell: Cell) -> Value:
        parts = [part.strip() for part in str(text(cell)).split(";")]
        codes = [_allowed(column, part) if column.allowed else part for part in parts if part]
        if "NONE" in codes and len(codes) > 1 and column.allowed:
            raise BadCell(say("NONE stands alone."))
        return tuple(dict.fromkeys(codes)) or None

    return parse


def _allowed(column: Column, text: str) -> str:
    code = text.upper()
    if code not in column.allowed:
        raise BadCell(say("Only these may stand here: {allowed}.", allowed=" ".join(column.allowed)))
    return code


_PARSERS: Final[dict[Type, Callable[[Column], CellParser]]] = {
    Type.DAY: _day_parser,
    Type.KIP: _kip_parser,
    Type.WHOLE: _whole_parser,
    Type.QUANTITY: _quantity_parser,
    Type.PERCENT: _percent_parser,
    Type.YES_NO: _yes_no_parser,
    Type.ONE_OF: _one_of_parser,
    Type.LIST: _list_parser,
}
