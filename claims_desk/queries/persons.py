"""One person of the register: who he is, who lives with him, his covers, exemptions and last claims."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import Session

from claims_desk.domain.codes import ClaimState, Decision
from claims_desk.domain.messages import Name
from claims_desk.models import Claim, ClaimDecision, Coverage, Exemption, Facility, Member
from claims_desk.queries.verifications import hidden_from

LAST_CLAIMS = 10
HOUSEHOLD_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Relative:
    """Somebody of the same family book."""

    person_no: str
    name: Name
    sex: str
    birth_date: date
    death_date: date | None


@dataclass(frozen=True, slots=True)
class CoverSpan:
    """A cover and its days, both included; `valid_to` None is open."""

    scheme: str
    member_no: str
    status: str
    relation: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class ExemptSpan:
    """An exemption and its days, both included, with what proves it."""

    category: str
    evidence: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class PersonClaim:
    """A claim under one of the person's numbers, payable in kip; `decision` None while it is not judged."""

    id: int
    form_no: str
    visit_from: date | None
    care_type: str
    facility: Name
    state: ClaimState
    decision: Decision | None
    payable: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """All the register knows of a person; `household` are the others of the same family book, the oldest first."""

    person_no: str
    name: Name
    sex: str
    birth_date: date
    death_date: date | None
    family_book_no: str
    national_id: str
    district_code: str
    village: str
    phone: str
    household: tuple[Relative, ...]
    coverages: tuple[CoverSpan, ...]
    exemptions: tuple[ExemptSpan, ...]
    claims: tuple[PersonClaim, ...]


def person(session: Session, person_no: str, blind_for: int | None = None) -> Person | None:
    """The person of that number; None where the register has none.

    Claims that the clerk `blind_for` may have to key a second time are left out.
    """
    row = session.execute(select(Member).where(Member.person_no == person_no)).scalar_one_or_none()
    if row is None:
        return None
    return Person(
        person_no=row.person_no,
        name=Name(row.name_lo, row.name_en),
        sex=row.sex,
        birth_date=row.birth_date,
        death_date=row.death_date,
        family_book_no=row.family_book_no,
        national_id=row.national_id,
        district_code=row.district_code,
        village=row.village,
        phone=row.phone,
        household=_household(session, row),
        coverages=_coverages(session, person_no),
        exemptions=_exemptions(session, person_no),
        claims=_claims(session, person_no, blind_for),
    )


def _household(session: Session, row: Member) -> tuple[Relative, ...]:
    if not row.family_book_no:
        return ()
    query = (
        select(Member)
        .where(Member.family_book_no == row.family_book_no, Member.id != row.id)
        .order_by(Member.birth_date, Member.id)
        .limit(HOUSEHOLD_SHOWN)
    )
    return tuple(
        Relative(each.person_no, Name(each.name_lo, each.name_en), each.sex, each.birth_date, each.death_date)
        for each in session.execute(query).scalars()
    )


def _coverages(session: Session, person_no: str) -> tuple[CoverSpan, ...]:
    columns = (
        Coverage.scheme,
        Coverage.member_no,
        Coverage.status,
        Coverage.relation,
        Coverage.valid_from,
        Coverage.valid_to,
    )
    query = select(*columns).where(Coverage.person_no == person_no).order_by(Coverage.valid_from.desc(), Coverage.id)
    return tuple(CoverSpan(*found) for found in session.execute(query))


def _exemptions(session: Session, person_no: str) -> tuple[ExemptSpan, ...]:
    columns = (Exemption.category, Exemption.evidence, Exemption.valid_from, Exemption.valid_to)
    query = select(*columns).where(Exemption.person_no == person_no).order_by(Exemption.valid_from.desc(), Exemption.id)
    return tuple(ExemptSpan(*found) for found in session.execute(query))


def _claims(session: Session, person_no: str, blind_for: int | None) -> tuple[PersonClaim, ...]:
    """Of a number that several persons share, those claims that do not name another birth date."""
    held = exists().where(
        Coverage.person_no == person_no, Coverage.scheme == Claim.scheme, Coverage.member_no == Claim.member_no
    )
    born = select(Member.birth_date).where(Member.person_no == person_no).scalar_subquery()
    numbers = select(Coverage.member_no).where(Coverage.person_no == person_no)
    query = (
        select(Claim, Facility.name_lo, Facility.name_en, ClaimDecision.decision, ClaimDecision.payable)
        .outerjoin(ClaimDecision, and_(ClaimDecision.claim_id == Claim.id, ClaimDecision.current))
        .outerjoin(Facility, Facility.code == Claim.facility_code)
        .where(Claim.member_no.in_(numbers), held, Claim.state != ClaimState.VOID)
        .where(Claim.birth_date.is_(None) | (Claim.birth_date == born))
        .order_by(Claim.visit_from.desc(), Claim.id.desc())
        .limit(LAST_CLAIMS)
    )
    if blind_for is not None:
        query = query.where(~hidden_from(blind_for))
    return tuple(
        PersonClaim(
            claim.id,
            claim.form_no,
            claim.visit_from,
            claim.care_type,
            Name(lao or claim.facility_code, roman or claim.facility_code),
            claim.state,
            decision,
            payable,
        )
        for claim, lao, roman, decision, payable in session.execute(query)
    )
