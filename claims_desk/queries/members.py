"""Members found: by any number, name in either script, birth date or village, as they were typed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, false, or_, select, union_all
from sqlalchemy.orm import Session

from claims_desk.domain.messages import Name
from claims_desk.domain.name_index import VILLAGE, village_word, word_id
from claims_desk.domain.paging import Page, PageWanted
from claims_desk.domain.typed_search import understand
from claims_desk.models import Coverage, Member, MemberWord
from claims_desk.queries.keys import ID, TEXT, key_table
from claims_desk.queries.lao_order import lao_order
from claims_desk.queries.matching import begins
from claims_desk.queries.name_search import search_names
from claims_desk.queries.name_words import vocabulary
from claims_desk.queries.number_search import OWN_NUMBERS, search_numbers, ways_to_write
from claims_desk.queries.paging import Sorts, fetch_page

FOUND_AT_MOST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class MembersWanted:
    """What members must have, all of it; empty asks for nothing. `name` is any part, in either script.

    `number` is the beginning of any number; `village` any part of its name, in either script.
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
    """A member as a list or a look-up offers him; `numbers` are `scheme number` of his coverages, newest first.

    `matched` is another number of his, where he was found by it.
    """

    person_no: str
    name: Name
    sex: str
    birth_date: date
    death_date: date | None
    district_code: str
    village: str
    family_book_no: str
    numbers: tuple[tuple[str, str], ...]
    matched: str = ""


SORTS: Sorts = {
    "name": Member.name_key,
    "person_no": Member.person_no,
    "birth_date": Member.birth_date,
    "village": lao_order(Member.village),
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
    """At most `limit` members for a field that is being typed in.

    Understood are the beginning of any number, a day, month or year of birth, parts of names in either script and a
    village, together or alone. The likeliest come first: numbers, then the names themselves, those that begin so, those
    that hold it, members of a village so called, then names that sound so or are misspelt.
    """
    typed = understand(text)
    numbered = search_numbers(session, typed.number, limit) if typed.number else []
    named = search_names(session, typed, limit) if len(numbered) < limit else []
    matched = dict(numbered)
    wanted = list(dict.fromkeys((*matched, *(hit.id for hit in named))))[:limit]
    rows = {row.id: row for row in session.execute(select(Member).where(Member.id.in_(wanted))).scalars()}
    numbers = _numbers(session, [row.person_no for row in rows.values()])
    return tuple(_found(rows[key], numbers, matched.get(key, "")) for key in wanted if key in rows)


def _conditions(session: Session, asked: MembersWanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if asked.number:
        conditions.append(or_(*_numbered(session, asked.number)))
    if asked.name:
        conditions += (_with_word(session, name) for name in understand(asked.name).names)
    if asked.birth_date:
        conditions.append(Member.birth_date == asked.birth_date)
    if asked.family_book_no:
        conditions.append(Member.family_book_no == asked.family_book_no.strip())
    if asked.village:
        home = vocabulary(session).villages(village_word(asked.village).lstrip(VILLAGE), said=True)
        conditions.append(_in_index(session, home))
    if asked.district_code:
        conditions.append(Member.district_code == asked.district_code)
    if asked.scheme:
        covered = select(Coverage.person_no).where(Coverage.scheme == asked.scheme)
        conditions.append(Member.person_no.in_(covered))
    return conditions


def _anything(session: Session, text: str) -> ColumnElement[bool]:
    """A number that begins with the text; or all of its words and days, each word in a name or in a village's.

    Letters alone are a name: as the beginning of a number they would say only which scheme.
    """
    typed = understand(text)
    named = [_with_word(session, name, or_village=True) for name in typed.names]
    if typed.village:
        named.append(_in_index(session, vocabulary(session).villages(typed.village, said=True)))
    if typed.born:
        named.append(Member.birth_date.between(*typed.born))
    if not any(letter.isdigit() for letter in typed.number):
        return and_(*named) if named else false()
    if not named:
        return or_(*_numbered(session, typed.number))
    numbered = (select(Member.id).where(each) for each in _numbered(session, typed.number))
    return Member.id.in_(union_all(select(Member.id).where(*named), *numbered))  # an OR is asked of every member


def _with_word(session: Session, name: str, *, or_village: bool = False) -> ColumnElement[bool]:
    """Whether a name has the word somewhere; where no name has, whether one sounds so."""
    words, script = vocabulary(session), vocabulary(session).of_script(name)
    found: list[str] = list(script.holding(name) or script.alike(name))
    return _in_index(session, found + (words.villages(name, said=False) if or_village else []))


def _in_index(session: Session, words: Iterable[str]) -> ColumnElement[bool]:
    keys = key_table(session, {"word_id": ID}, [(word_id(word),) for word in words])
    return Member.id.in_(select(MemberWord.member_id).join(keys, keys.c.word_id == MemberWord.word_id))


def _numbered(session: Session, typed: str) -> list[ColumnElement[bool]]:
    """The ways in which one of a member's numbers begins so."""
    spellings = sorted(ways_to_write(typed))
    held = select(Coverage.person_no).where(or_(*(begins(session, Coverage.member_no, each) for each in spellings)))
    own = (begins(session, column, each) for column in OWN_NUMBERS for each in spellings)
    return [Member.person_no.in_(held), *own]


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


def _found(row: Member, numbers: dict[str, list[tuple[str, str]]], matched: str = "") -> MemberFound:
    held = tuple(numbers.get(row.person_no, ()))
    return MemberFound(
        person_no=row.person_no,
        name=Name(row.name_lo, row.name_en),
        sex=row.sex,
        birth_date=row.birth_date,
        death_date=row.death_date,
        district_code=row.district_code,
        village=row.village,
        family_book_no=row.family_book_no,
        numbers=held,
        matched="" if matched in {number for _, number in held} else matched,
    )
