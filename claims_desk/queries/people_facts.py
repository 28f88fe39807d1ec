"""Whoever stands behind the member numbers of some claims: coverages, members and exemptions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims_desk.domain.facts import Claim, Coverage, EarlierClaim, Exemption, Member
from claims_desk.domain.judgement import Case
from claims_desk.domain.messages import Name
from claims_desk.domain.registers import Registers
from claims_desk.models import Coverage as CoverageRow
from claims_desk.models import Exemption as ExemptionRow
from claims_desk.models import Member as MemberRow
from claims_desk.queries.keys import TEXT, key_table

Number = tuple[str, str]  # scheme and member number
Row = TypeVar("Row")
Key = TypeVar("Key")

_COVERAGE = ("scheme", "member_no", "person_no", "status", "option", "relation", "valid_from", "valid_to")
_EXEMPTION = ("person_no", "category", "valid_from", "valid_to")
_MEMBER = (
    *("person_no", "sex", "birth_date", "death_date", "district_code", "village", "family_book_no", "national_id"),
    "phone",
)
_COVERAGES = CoverageRow.__table__
_EXEMPTIONS = ExemptionRow.__table__
_MEMBERS = MemberRow.__table__
_NOTHING = Registers()


@dataclass(frozen=True, slots=True)
class People:
    """The persons behind numbers, with every number they hold."""

    by_number: Mapping[Number, list[Coverage]]
    by_person: Mapping[str, list[Coverage]]
    members: Mapping[str, Member]
    exemptions: Mapping[str, list[Exemption]]

    def coverages_of_persons(self, number: Number) -> list[Coverage]:
        """All coverages of the persons a number names."""
        persons = dict.fromkeys(row.person_no for row in self.by_number.get(number, ()))
        return [row for person in persons for row in self.by_person.get(person, ())]

    def numbers_held(self, number: Number) -> list[Number]:
        """Every number under which claims of the same persons may stand, this one included."""
        held = dict.fromkeys((row.scheme, row.member_no) for row in self.coverages_of_persons(number))
        return list(held | {number: None}) if number[1] else []

    def person_of(self, claim: Claim) -> str:
        """The person a claim is for, as a rule would see him; empty where the number names nobody for certain."""
        rows = self.by_number.get((claim.scheme, claim.member_no), ())
        persons = {row.person_no for row in rows}
        if len(persons) < 2:
            return persons.pop() if persons else ""
        members = tuple(self.members[person] for person in persons)
        member = Case(claim, _NOTHING, coverages=tuple(rows), members=members).member
        return member.person_no if member else ""

    def case(self, claim: Claim, registers: Registers, earlier: tuple[EarlierClaim, ...] = ()) -> Case:
        """The claim with its people and what was keyed before it."""
        number = (claim.scheme, claim.member_no)
        coverages = self.by_number.get(number, ())
        persons = list(dict.fromkeys(row.person_no for row in coverages))
        return Case(
            claim,
            registers,
            coverages=tuple(coverages),
            members=tuple([self.members[person] for person in persons]),
            person_coverages=tuple(self.coverages_of_persons(number)),
            exemptions=tuple([row for person in persons for row in self.exemptions.get(person, ())]),
            earlier=earlier,
        )


def load_people(session: Session, numbers: Iterable[Number]) -> People:
    """The people behind `numbers`, and behind every other number they hold. Five statements."""
    asked = {number for number in numbers if number[1]}
    seen: dict[int, Coverage] = {}
    own = _coverages(session, ("scheme", "member_no"), asked, seen)
    theirs = _coverages(session, ("person_no",), {(row.person_no,) for row in own}, seen)
    others = {(row.scheme, row.member_no) for row in theirs} - asked
    shared = own + _coverages(session, ("scheme", "member_no"), others, seen)
    persons = {(row.person_no,) for row in shared}
    return People(
        by_number=_grouped(shared, lambda row: (row.scheme, row.member_no)),
        by_person=_grouped(theirs, lambda row: row.person_no),
        members=_members(session, persons),
        exemptions=_grouped(_exemptions(session, persons), lambda row: row.person_no),
    )


def _grouped(rows: Iterable[Row], key: Callable[[Row], Key]) -> dict[Key, list[Row]]:
    groups: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups


def _coverages(
    session: Session, names: tuple[str, ...], keys: Iterable[tuple[str, ...]], seen: dict[int, Coverage]
) -> list[Coverage]:
    """The coverages of `keys` in order of their days; each is made once and remembered in `seen` by its id."""
    wanted = key_table(session, dict.fromkeys(names, TEXT), keys)
    query = select(_COVERAGES.c.id, *(_COVERAGES.c[name] for name in _COVERAGE))
    for name in names:
        query = query.where(_COVERAGES.c[name] == wanted.c[name])
    found = []
    for key, *row in session.execute(query.order_by(_COVERAGES.c.valid_from, _COVERAGES.c.id)):
        if key not in seen:
            seen[key] = Coverage(**dict(zip(_COVERAGE, row, strict=True)))
        found.append(seen[key])
    return found


def _exemptions(session: Session, persons: Iterable[tuple[str]]) -> list[Exemption]:
    wanted = key_table(session, {"person_no": TEXT}, persons)
    query = select(*(_EXEMPTIONS.c[name] for name in _EXEMPTION)).join(
        wanted, wanted.c.person_no == _EXEMPTIONS.c.person_no
    )
    rows = session.execute(query.order_by(_EXEMPTIONS.c.valid_from, _EXEMPTIONS.c.id))
    return [Exemption(**dict(zip(_EXEMPTION, row, strict=True))) for row in rows]


def _members(session: Session, persons: Iterable[tuple[str]]) -> dict[str, Member]:
    wanted = key_table(session, {"person_no": TEXT}, persons)
    query = select(*(_MEMBERS.c[name] for name in ("name_lo", "name_en", *_MEMBER)))
    rows = session.execute(query.join(wanted, wanted.c.person_no == _MEMBERS.c.person_no))
    return {row[0]: Member(name=Name(lao, roman), **dict(zip(_MEMBER, row, strict=True))) for lao, roman, *row in rows}
