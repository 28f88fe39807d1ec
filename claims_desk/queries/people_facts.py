"""Whoever stands behind the member numbers of some claims: coverages, members and exemptions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims_desk.domain.facts import Claim, Coverage, Exemption, Member
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
        """The person a claim is for, as a rule would see him, a baby on the mother's number as one of its own.

        Empty where the number names nobody for certain.
        """
        rows = self.by_number.get((claim.scheme, claim.member_no), ())
        members = tuple(self.members[person] for person in {row.person_no for row in rows})
        if len(members) == 1 and claim.birth_date in (None, members[0].birth_date):
            return members[0].person_no
        return Case(claim, _NOTHING, coverages=tuple(rows), members=members).person_no

    def case(self, claim: Claim, registers: Registers) -> Case:
        """The claim with its people, and without its past."""
        number = (claim.scheme, claim.member_no)
        coverages = self.by_number.get(number, ())
        persons = list(dict.fromkeys(row.person_no for row in coverages))
        return Case(
            claim,
            registers,
            coverages=tuple(coverages),
            members=tuple(self.members[person] for person in persons),
            person_coverages=tuple(self.coverages_of_persons(number)),
            exemptions=tuple(row for person in persons for row in self.exemptions.get(person, ())),
        )


def load_people(session: Session, numbers: Iterable[Number]) -> People:
    """The people behind `numbers`, and behind every other number they hold. Five statements."""
    asked = {number for number in numbers if number[1]}
    own = _coverages(session, ("scheme", "member_no"), asked)
    theirs = _coverages(session, ("person_no",), {(row.person_no,) for row in own})
    shared = _coverages(session, ("scheme", "member_no"), {(row.scheme, row.member_no) for row in theirs})
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


def _coverages(session: Session, names: tuple[str, ...], keys: Iterable[tuple[str, ...]]) -> list[Coverage]:
    table = CoverageRow.__table__
    wanted = key_table(session, dict.fromkeys(names, TEXT), keys)
    query = select(*(table.c[name] for name in _COVERAGE)).order_by(table.c.valid_from, table.c.id)
    for name in names:
        query = query.where(table.c[name] == wanted.c[name])
    return [Coverage(**dict(zip(_COVERAGE, row, strict=True))) for row in session.execute(query)]


def _exemptions(session: Session, persons: Iterable[tuple[str]]) -> list[Exemption]:
    wanted = key_table(session, {"person_no": TEXT}, persons)
    query = select(*(ExemptionRow.__table__.c[name] for name in _EXEMPTION)).join(
        wanted, wanted.c.person_no == ExemptionRow.person_no
    )
    rows = session.execute(query.order_by(ExemptionRow.valid_from, ExemptionRow.id))
    return [Exemption(**dict(zip(_EXEMPTION, row, strict=True))) for row in rows]


def _members(session: Session, persons: Iterable[tuple[str]]) -> dict[str, Member]:
    wanted = key_table(session, {"person_no": TEXT}, persons)
    query = select(*MemberRow.__table__.c).join(wanted, wanted.c.person_no == MemberRow.person_no)
    return {row.person_no: _member(row) for row in session.execute(query)}


def _member(row: Any) -> Member:
    return Member(
        person_no=row.person_no,
        name=Name(row.name_lo, row.name_en),
        sex=row.sex,
        birth_date=row.birth_date,
        death_date=row.death_date,
        district_code=row.district_code,
        village=row.village,
        family_book_no=row.family_book_no,
        national_id=row.national_id,
        phone=row.phone,
    )
