"""Facilities: found by code or by any part of a name."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import Session

from claims_desk.domain.lao import fold
from claims_desk.domain.messages import Name
from claims_desk.models import Facility

FOUND_AT_MOST = 10


@dataclass(frozen=True, slots=True)
class FacilityFound:
    """A facility as a look-up offers it."""

    code: str
    name: Name
    level: str


def is_called(text: str) -> ColumnElement[bool]:
    """Whether the code of a facility begins with `text` or its name in either script holds its words."""
    words = [Facility.name_folded.contains(word, autoescape=True) for word in fold(text).split()]
    return or_(_begins_with(text.strip()), and_(*words) if words else false())


def _begins_with(code: str) -> ColumnElement[bool]:
    return Facility.code.istartswith(code, autoescape=True)


def find_facilities(session: Session, text: str, limit: int = FOUND_AT_MOST) -> tuple[FacilityFound, ...]:
    """Facilities whose code begins with `text` or whose name in either script holds its words.

    They stand by code, the exact one first. A blank text gives the first ones.
    """
    typed = text.strip()
    by_code = _begins_with(typed)
    query = (
        select(Facility.code, Facility.name_lo, Facility.name_en, Facility.level)
        .where(is_called(text))
        .order_by((Facility.code != typed.upper()), ~by_code, Facility.code)
        .limit(limit)
    )
    return tuple(FacilityFound(code, Name(lao, roman), level) for code, lao, roman, level in session.execute(query))
