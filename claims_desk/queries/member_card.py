"""A member's card: names, covers, exemptions, what he has used of his limits, and his last claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims_desk.domain.codes import ClaimState, Decision, Period
from claims_desk.domain.facts import Coverage, EarlierClaim, Exemption, Member
from claims_desk.domain.judgement import Case
from claims_desk.domain.messages import Message, say
from claims_desk.models import Claim as ClaimRow
from claims_desk.models import ClaimDecision
from claims_desk.queries.keys import TEXT, key_table
from claims_desk.queries.verifications import hidden_from

LAST_CLAIMS = 10
ANY_CARE = "ANY"


@dataclass(frozen=True, slots=True)
class LastClaim:
    """A claim on the card; amounts in kip, `decision` None while it is not judged."""

    id: int
    form_no: str
    facility_code: str
    care_type: str
    visit_from: date | None
    state: ClaimState
    decision: Decision | None
    allowed: int
    payable: int


@dataclass(frozen=True, slots=True)
class LimitUsed:
    """How much of a limit of the calendar year is used: visits, pieces, or kip where `is_kip`."""

    what: Message
    used: int
    limit: int
    is_kip: bool = False

    @property
    def left(self) -> int:
        """What is left of it, never below 0."""
        return max(0, self.limit - self.used)


@dataclass(frozen=True, slots=True)
class MemberCard:
    """All a clerk needs to see of a member while keying his form."""

    member: Member
    coverages: tuple[Coverage, ...]
    exemptions: tuple[Exemption, ...]
    limits: tuple[LimitUsed, ...]
    last_claims: tuple[LastClaim, ...]


def card_of(session: Session, case: Case, blind_for: int | None = None) -> MemberCard | None:
    """The card of the member of a case; None where its number names nobody for certain.

    A baby on the mother's number has her covers, and limits and last claims of its own. Claims that the clerk
    `blind_for` may have to key a second time are left out.
    """
    if case.member is None:
        return None
    person = case.member.person_no
    coverages = tuple(row for row in case.person_coverages if row.person_no == person)
    return MemberCard(
        member=case.member,
        coverages=coverages,
        exemptions=case.own_exemptions,
        limits=tuple(limits_used(case)),
        last_claims=_last_claims(session, case, coverages, blind_for),
    )


def limits_used(case: Case) -> Iterator[LimitUsed]:
    """What the member has used of the limits of the year: visits, pieces of an item, ceilings."""
    if case.day is None or case.member is None:
        return
    past = list(case.past_of_year(case.day.year))
    yield from _visits(case, case.day, past)
    yield from _pieces(case, case.day.year)
    yield from _ceilings(case, case.day, past)


def _visits(case: Case, day: date, past: Iterable[EarlierClaim]) -> Iterator[LimitUsed]:
    had = Counter(claim.care_type for claim in past if claim.scheme == case.claim.scheme)
    for care_type in sorted({*had, case.claim.care_type}):
        row = case.registers.visit_limits.on(day, case.claim.scheme, care_type)
        if row is not None:
            yield LimitUsed(say("{care} this year", care=care_type), had[care_type], row.max_per_year)


def _pieces(case: Case, year: int) -> Iterator[LimitUsed]:
    used: Counter[str] = Counter()
    for claim in case.past:
        for line in claim.lines:
            day = line.service_date or claim.visit_from
            if day and day.year == year:
                used[line.item_code] += int(line.quantity)
    for code, pieces in sorted(used.items()):
        item = case.registers.items.get(code)
        if item is not None and item.max_per_year is not None:
            yield LimitUsed(say("{item} this year", item=item.name), pieces, item.max_per_year)


def _ceilings(case: Case, day: date, past: list[EarlierClaim]) -> Iterator[LimitUsed]:
    scheme = case.claim.scheme
    for care_type in dict.fromkeys((case.claim.care_type, ANY_CARE)):
        row = case.registers.ceilings.on(day, scheme, care_type, Period.YEAR)
        if row is not None:
            alike = (claim for claim in past if claim.scheme == scheme and care_type in (ANY_CARE, claim.care_type))
            used = sum(claim.allowed for claim in alike)
            what = say("Ceiling of the year") if care_type == ANY_CARE else say("Ceiling for {care}", care=care_type)
            yield LimitUsed(what, used, row.amount, is_kip=True)


def _last_claims(
    session: Session, case: Case, coverages: Iterable[Coverage], blind_for: int | None
) -> tuple[LastClaim, ...]:
    numbers = {(row.scheme, row.member_no) for row in coverages}
    others = {row.id for row in case.earlier if row.person_no != case.person_no}  # of somebody else on the number
    keys = key_table(session, {"scheme": TEXT, "member_no": TEXT}, numbers)
    query = (
        select(
            ClaimRow.id,
            ClaimRow.form_no,
            ClaimRow.facility_code,
            ClaimRow.care_type,
            ClaimRow.visit_from,
            ClaimRow.state,
            ClaimDecision.decision,
            ClaimDecision.allowed,
            ClaimDecision.payable,
        )
        .join_from(keys, ClaimRow, (ClaimRow.member_no == keys.c.member_no) & (ClaimRow.scheme == keys.c.scheme))
        .outerjoin(ClaimDecision, (ClaimDecision.claim_id == ClaimRow.id) & ClaimDecision.current)
        .order_by(ClaimRow.keyed_at.desc(), ClaimRow.id.desc())
        .limit(LAST_CLAIMS + len(others))
    )
    if case.baby:
        query = query.where(ClaimRow.visit_from >= case.born)
    if blind_for is not None:
        query = query.where(~hidden_from(blind_for))
    rows = [row for row in session.execute(query) if row.id not in others]
    return tuple(LastClaim(*row[:7], row[7] or 0, row[8] or 0) for row in rows[:LAST_CLAIMS])
