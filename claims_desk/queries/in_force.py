"""Rows of dated tables in force on a day, and the numbers that parameters have then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from claims_desk.models import Parameter

Day = date | ColumnElement[date] | InstrumentedAttribute[date]


def in_force(row: Any, day: Day) -> ColumnElement[bool]:
    """Whether a row of a dated table, or of an alias of one, holds on `day`."""
    return and_(row.valid_from <= day, or_(row.valid_to.is_(None), row.valid_to >= day))


def numbers_in_force(session: Session, names: Iterable[str], day: date) -> Mapping[tuple[str, str], int]:
    """The parameters of these names on `day`, by name and scheme, an empty scheme for all; what is no number is not."""
    query = select(Parameter.name, Parameter.scheme, Parameter.value).where(
        Parameter.name.in_(list(names)), in_force(Parameter, day)
    )
    return {(name, scheme): int(value) for name, scheme, value in session.execute(query) if value.isdecimal()}
