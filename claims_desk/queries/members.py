"""Members found: by number, name in either script, birth date, family book or village."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, select
from sqlalchemy.orm import Session

from claims_desk.domain.lao import fold
from claims_desk.domain.messages import Name
from claims_desk.domain.paging import Page, PageWanted
from claims_desk.models import Coverage, Member
from claims_desk.queries.keys import TEXT, key_table
from claims_desk.queries.matching import begins, holds
from claims_desk.queries.paging import Sorts, fetch_page

FOUND_AT_MOST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class MembersWanted:
    """What members must have, all of it; empty asks for nothing. `name` is any part, in either script.

    `number` is the beginning of a member number or a person number; `village` any part of its name.
    """

    number: str = ""
    name: str = ""
    birth_date: date | None = None
    family_book_no: str = ""
    village: str = ""
    district_code: str = ""
    scheme: str = ""


@dataclass(frozen=True, slots=True)
class MemberFound:
    """A member as a list or a look-up offers him; `numbers` are `scheme number` of his coverages, newest first."""

    person_no: str
    name: Name
    sex: str
    birth_date: date
    death_date: date | None
    district_code: str
    village: str
    family_book_no: str
    numbers: tuple[tuple[str, str], ...]


_NAMES = (Member.name_lo_folded, Member.name_en_folded)
SORTS: Sorts = {
    "name": Member.name_key,
    "person_no": Member.person_no,
    "birth_date": Member.birth_date,
    "village": Member.village,
    "family_book_no": Member.family_book_no,
    "sex": Member.sex,
}


def members(session: Session, wanted: PageWanted, asked: MembersWanted | None = None) -> Page[MemberFound]:
    """A page of members in the order of the Lao dictionary; `wanted.search` is a number or any part of a name."""
    query = select(Member.id).where(*_conditions(session, asked or MembersWanted()))
    if wanted.search.strip():
        query = query.where(_anything(session, wanted.search))
    page = fetch_page(session, query, _by_name(wanted), int, sorts=SORTS, tie=Member.id)
    rows = {row.id: row for row in session.execute(select(Member).where(Member.id.in_(page.rows))).scalars()}
    numbers = _numbers(session, [row.person_no for row in rows.values()])
    return Page(tuple(_found(rows[member_id], numbers) for member_id in page.rows), page.count)


def find_members(session: Session, text: str, limit: int = FOUND_AT_MOST) -> tuple[MemberFound, ...]:
    """At most `limit` members for a field that is being typed in: numbers that begin with it, then names that do,
    then names that have it inside.
    """
    found: dict[int, Member] = {}
    for query in _steps(session, text):
        if len(found) < limit:
            rows = session.execute(query.limit(limit)).scalars()
            found.update((row.id, row) for row in rows if len(found) < limit)
    numbers = _numbers(session, [row.person_no for row in found.values()])
    return tuple(_found(row, numbers) for row in list(found.values())[:limit])


def _steps(session: Session, text: str) -> list[Select[Any]]:
    typed, name = text.strip(), fold(text)
    if not name:
        return []
    held = select(Member).join(Coverage, Coverage.person_no == Member.person_no)
    by_number = held.where(begins(session, Coverage.member_no, typed)).order_by(Coverage.member_no)
    by_person = select(Member).where(begins(session, Member.person_no, typed)).order_by(Member.person_no)
    beginning = [select(Member).where(begins(session, column, name)).order_by(column) for column in _NAMES]
    inside = [select(Member.id).where(holds(session, column, name)).limit(FOUND_AT_MOST) for column in _NAMES]
    return [
        by_number,
        by_person,
        *beginning,
        *(select(Member).where(Member.id.in_(ids.scalar_subquery())) for ids in inside),
    ]


def _conditions(session: Session, asked: MembersWanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if asked.number:
        conditions.append(Member.id.in_(_with_number(session, asked.number.strip())))
    if asked.name:
        conditions.append(_named(session, asked.name))
    if asked.birth_date:
        conditions.append(Member.birth_date == asked.birth_date)
    if asked.family_book_no:
        conditions.append(Member.family_book_no == asked.family_book_no.strip())
    if asked.village:
        conditions.append(holds(session, Member.village, asked.village.strip()))
    if asked.district_code:
        conditions.append(Member.district_code == asked.district_code)
    if asked.scheme:
        covered = select(Coverage.person_no).where(Coverage.scheme == asked.scheme)
        conditions.append(Member.person_no.in_(covered))
    return conditions


def _anything(session: Session, text: str) -> ColumnElement[bool]:
    return _one_of(_with_number(session, text.strip()).union(_with_name(session, text)))


def _named(session: Session, text: str) -> ColumnElement[bool]:
    return _one_of(_with_name(session, text))


def _one_of(ids: Select[Any] | CompoundSelect[Any]) -> ColumnElement[bool]:
    return Member.id.in_(select(ids.subquery().c.id))


def _with_name(session: Session, text: str) -> Select[Any]:
    """Whoever has every word of `text` somewhere in one name; each name is looked through in its own index."""
    words = fold(text).split()
    lao, roman = (select(Member.id).where(and_(*(holds(session, column, word) for word in words))) for column in _NAMES)
    return select(lao.union(roman).subquery().c.id)


def _with_number(session: Session, number: str) -> Select[Any]:
    held = (
        select(Member.id)
        .join(Coverage, Coverage.person_no == Member.person_no)
        .where(begins(session, Coverage.member_no, number))
    )
    own = select(Member.id).where(begins(session, Member.person_no, number))
    return select(held.union(own).subquery().c.id)


def _by_name(wanted: PageWanted) -> PageWanted:
    if wanted.sort:
        return wanted
    return PageWanted(wanted.offset, wanted.limit, "name", wanted.descending, wanted.search)


def _numbers(session: Session, persons: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    keys = key_table(session, {"person_no": TEXT}, [(person,) for person in persons])
    query = (
        select(Coverage.person_no, Coverage.scheme, Coverage.member_no)
        .join(keys, keys.c.person_no == Coverage.person_no)
        .order_by(Coverage.valid_from.desc(), Coverage.id)
    )
    numbers: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for person_no, scheme, member_no in session.execute(query):
        if (scheme, member_no) not in numbers[person_no]:
            numbers[person_no].append((scheme, member_no))
    return numbers


def _found(row: Member, numbers: dict[str, list[tuple[str, str]]]) -> MemberFound:
    return MemberFound(
        person_no=row.person_no,
        name=Name(row.name_lo, row.name_en),
        sex=row.sex,
        birth_date=row.birth_date,
        death_date=row.death_date,
        district_code=row.district_code,
        village=row.village,
        family_book_no=row.family_book_no,
        numbers=tuple(numbers.get(row.person_no, ())),
    )
