"""A claim as it is written: the one place where facts become rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from claims_desk.domain.dates import (
    BUDDHIST_ERA,
    EARLIEST_YEAR,
    LATEST_YEAR,
    BuddhistYear,
    ImpossibleYear,
    check_year,
)
from claims_desk.domain.errors import UserError
from claims_desk.domain.facts import Claim, Line
from claims_desk.domain.lao import fold
from claims_desk.domain.messages import say
from claims_desk.models import Claim as ClaimRow
from claims_desk.models import ClaimLine
from claims_desk.models.refusals import refuse_unkept
from claims_desk.queries.claim_facts import PLAIN_FIELDS

LARGEST_NUMBER = 10**15


def claim_values(claim: Claim) -> dict[str, Any]:
    """The columns of the form itself. Raises UserError for what no field can hold."""
    values = {name: getattr(claim, name) for name in PLAIN_FIELDS}
    values["documents_seen"] = ";".join(claim.documents_seen)
    values["patient_folded"] = fold(claim.patient_name)[: _longest("patient_folded")]
    for name, value in values.items():
        _check(name, value, _longest(name))
    return values


def line_values(line: Line) -> dict[str, Any]:
    """The columns of a line. Raises UserError for what no field can hold."""
    quantity = None if line.quantity is None else str(line.quantity)
    values = {
        "line_no": line.line_no,
        "item_code": line.item_code,
        "service_date": line.service_date,
        "quantity": quantity,
        "unit_price": line.unit_price,
    }
    for name, value in values.items():
        _check(name, value, _length_of(ClaimLine.__table__.c[name]))
    return values


def write_claim(row: ClaimRow, claim: Claim) -> None:
    """Put the form and its lines into `row`. Raises UserError for what no field can hold, nothing changed."""
    values = claim_values(claim)
    lines = [ClaimLine(**line_values(line)) for line in claim.lines]
    for name, value in values.items():
        setattr(row, name, value)
    row.lines = lines


def changes(before: Claim, after: Claim) -> tuple[dict[str, Any], dict[str, Any]]:
    """What differs between two states of a form, as it was and as it is, for the audit trail."""
    old, new = dict(_written(before)), dict(_written(after))
    differ = sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
    return {name: old.get(name) for name in differ}, {name: new.get(name) for name in differ}


def _written(claim: Claim) -> Iterator[tuple[str, Any]]:
    values = claim_values(claim)
    del values["patient_folded"]
    yield from values.items()
    for line in claim.lines:
        content = line_values(line)
        number = content.pop("line_no")
        for name, value in content.items():
            yield f"lines.{number}.{name}", value


def _longest(name: str) -> int:
    return _length_of(ClaimRow.__table__.c[name])


def _length_of(column: Any) -> int:
    return getattr(column.type, "length", None) or 0


def _check(name: str, value: Any, longest: int) -> None:
    if isinstance(value, str):
        refuse_unkept(value)
    if isinstance(value, str) and len(value) > longest:
        raise UserError(
            say("The field {field} holds at most {longest} characters.", field=name, longest=longest),
            say("Shorten what is written there."),
        )
    if isinstance(value, int) and abs(value) > LARGEST_NUMBER:
        raise UserError(
            say("The number in {field} is larger than any amount can be.", field=name), say("Check what was typed.")
        )
    if isinstance(value, date):
        _check_day(name, value)


def _check_day(name: str, day: date) -> None:
    impossible = say("The day {day} in {field} is not possible.", day=day, field=name)
    try:
        check_year(day.year)
    except BuddhistYear as error:
        values = {"year": str(day.year), "christian": str(day.year - BUDDHIST_ERA)}
        advice = say("{year} is a year of the Buddhist era: write {christian}.", **values)
        raise UserError(impossible, advice) from error
    except ImpossibleYear as error:
        values = {"year": str(day.year), "first": str(EARLIEST_YEAR), "last": str(LATEST_YEAR)}
        advice = say("The year {year} is not possible: write one from {first} to {last}.", **values)
        raise UserError(impossible, advice) from error
