"""Members found by the beginning of any number they have."""

from __future__ import annotations

from typing import Final, NamedTuple

from sqlalchemy import Select, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from claims_desk.models import Coverage, Member
from claims_desk.queries.matching import begins, in_letter_order

SPACED: Final = ("", "-", " ")
"""What may stand in a register where a space was typed."""

OWN_NUMBERS: Final = (Member.person_no, Member.family_book_no, Member.national_id, Member.phone)


class NumberFound(NamedTuple):
    """A member and the number of his that begins as typed."""

    member_id: int
    number: str


def search_numbers(session: Session, typed: str, most: int) -> list[NumberFound]:
    """At most `most` members one of whose numbers begins with `typed`: those whose whole number it is first, then by
    kind of number and by number. Capitals and spaces do not count.
    """
    spellings = ways_to_write(typed)
    held = select(Member.id, Coverage.member_no).join(Coverage, Coverage.person_no == Member.person_no)
    kinds = ((Coverage.member_no, held), *((column, select(Member.id, column)) for column in OWN_NUMBERS))
    some = [
        _some(session, place, query, column, spelling, most)
        for place, (column, query) in enumerate(kinds)
        for spelling in sorted(spellings)
    ]
    rows = session.execute(union_all(*some)).all()
    ordered = sorted(rows, key=lambda row: (row.number not in spellings, row.place, row.number, row.id))
    found = {row.id: NumberFound(row.id, row.number) for row in reversed(ordered)}
    return [found[key] for key in dict.fromkeys(row.id for row in ordered)][:most]


def _some(
    session: Session,
    place: int,
    query: Select[int, str],
    column: InstrumentedAttribute[str],
    spelling: str,
    most: int,
) -> Select[int, str, int]:
    begun = query.where(begins(session, column, spelling))
    some = begun.order_by(in_letter_order(session, column), Member.id).limit(most).subquery()
    return select(some.c[0].label("id"), some.c[1].label("number"), literal(place).label("place"))


def ways_to_write(typed: str) -> frozenset[str]:
    """A number as registers may have it: typed spaces left out or as hyphens, letters as typed or as capitals."""
    joined = {between.join(typed.split()) for between in SPACED}
    return frozenset(joined | {text.upper() for text in joined})
