"""Whoever stands behind the member numbers of some claims: coverages, members and exemptions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import FromClause, Join, and_, select
from sqlalchemy.orm import Session

from claims_desk.domain.facts import Claim, Coverage, EarlierClaim, Exemption, Member
from claims_desk.domain.judgement import Case
from claims_desk.domain.messages import Name
from claims_desk.domain.registers import Registers
from claims_desk.models import Coverage as CoverageRow
from claims_desk.models import Exemption as ExemptionRow
from claims_desk.models import Member as MemberRow
from claims_desk.queries.keys import TEXT, Columns, key_table

Number = tuple[str, str]  # scheme and member number
Row = TypeVar("Row")
Key = TypeVar("Key")

_COVERAGE = ("scheme", "member_no", "person_no", "status", "option", "relation", "valid_from", "valid_to")
_NUMBER: Columns = {"scheme": TEXT, "member_no": TEXT}
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
        """The person a claim is for, as a rule would see him, a baby on the mother's number as one of its own.

        Empty where the number names nobody for certain.
        """
        rows = self.by_number.get((claim.scheme, claim.member_no), ())
        members = tuple(self.members[person] for person in {row.person_no for row in rows})
        if len(members) == 1 and claim.birth_date in (None, members[0].birth_date):
            return members[0].person_no
        return Case(claim, _NOTHING, coverages=tuple(rows), members=members).person_no

    def case(
        self, claim: Claim, registers: Registers, earlier: tuple[EarlierClaim, ...] = (), proposed: bool = False
    ) -> Case:
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
            proposed=proposed,
        )


def load_people(session: Session, numbers: Iterable[Number]) -> People:
    """The people behind `numbers`, and behind every other number they hold. Four statements."""
    asked = {number for number in numbers if number[1]}
    own = _COVERAGES.alias("own")
    theirs = _coverages(
        session,
        _of_numbers(key_table(session, _NUMBER, asked), own).join(
            _COVERAGES, _COVERAGES.c.person_no == own.c.person_no
        ),
    )
    held = {(row.scheme, row.member_no) for row in theirs}
    shared = [row for row in theirs if (row.scheme, row.member_no) in asked]
    shared += _coverages(session, _of_numbers(key_table(session, _NUMBER, held - asked), _COVERAGES))
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


def _of_numbers(keys: FromClause, coverages: FromClause) -> Join:
    """The coverages under the numbers of `keys`."""
    same = and_(coverages.c.scheme == keys.c.scheme, coverages.c.member_no == keys.c.member_no)
    return keys.join(coverages, same)


def _coverages(session: Session, found: Join) -> list[Coverage]:
    """The coverages that are found, each once, in the order of their days."""
    query = select(_COVERAGES.c.id, *(_COVERAGES.c[name] for name in _COVERAGE)).select_from(found)
    rows = session.execute(query.order_by(_COVERAGES.c.valid_from, _COVERAGES.c.id).distinct()).all()
    return [Coverage(**dict(zip(_COVERAGE, row[1:], strict=True))) for row in rows]


def _exemptions(session: Session, persons: Iterable[tuple[str]]) -> list[Exemption]:
    wanted = key_table(session, {"person_no": TEXT}, persons)
    query = select(*(_EXEMPTIONS.c[name] for name in _EXEMPTION)).join(
        wanted, wanted.c.person_no == _EXEMPTIONS.c.person_no
    )
    rows = session.execute(query.order_by(_EXEMPTIONS.c.valid_from, _EXEMPTIONS.c.id)).all()
    return [Exemption(**dict(zip(_EXEMPTION, row, strict=True))) for row in rows]


def _members(session: Session, persons: Iterable[tuple[str]]) -> dict[str, Member]:
    wanted = key_table(session, {"person_no": TEXT}, persons)
    query = select(*(_MEMBERS.c[name] for name in ("name_lo", "name_en", *_MEMBER)))
    rows = session.execute(query.join(wanted, wanted.c.person_no == _MEMBERS.c.person_no)).all()
    return {row[0]: Member(name=Name(lao, roman), **dict(zip(_MEMBER, row, strict=True))) for lao, roman, *row in rows}
