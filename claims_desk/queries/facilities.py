"""Facilities: found by code or by any part of a name."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, select, true
from sqlalchemy.orm import Session

from claims_desk.domain.lao import fold
from claims_desk.domain.messages import Name
from claims_desk.models import Facility
from claims_desk.queries.matching import holds

FOUND_AT_MOST = 10


@dataclass(frozen=True, slots=True)
class FacilityFound:
    """A facility as a look-up offers it."""

    code: str
    name: Name
    level: str


def facility_fits(session: Session, text: str) -> ColumnElement[bool]:
    """Whether a row's facility has `text` at the head of its code or anywhere in its name, in either script."""
    folded = fold(text)
    by_code = Facility.code.istartswith(text.strip(), autoescape=True)
    return by_code | holds(session, Facility.name_folded, folded) if folded else false()


def find_facilities(session: Session, text: str, limit: int = FOUND_AT_MOST) -> tuple[FacilityFound, ...]:
    """Facilities whose code begins with `text` or whose name in either script holds its words.

    They stand by code, the exact one first. A blank text gives the first ones.
    """
    typed = text.strip()
    by_code = Facility.code.istartswith(typed, autoescape=True)
    by_name = and_(true(), *(Facility.name_folded.contains(word, autoescape=True) for word in fold(typed).split()))
    query = (
        select(Facility.code, Facility.name_lo, Facility.name_en, Facility.level)
        .where(by_code | by_name)
        .order_by((Facility.code != typed.upper()), ~by_code, Facility.code)
        .limit(limit)
    )
    return tuple(FacilityFound(code, Name(lao, roman), level) for code, lao, roman, level in session.execute(query))
