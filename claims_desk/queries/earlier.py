"""Claims keyed before others: of the same persons, form number, or patient at the facility on the day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from typing import Any

from sqlalchemy import Select, and_, or_, select, union
from sqlalchemy.orm import Session

from claims_desk.domain.codes import ClaimState
from claims_desk.domain.facts import Claim, EarlierClaim, EarlierLine, Line
from claims_desk.domain.judgement import Judgement, whole
from claims_desk.domain.lao import fold
from claims_desk.domain.registers import Registers
from claims_desk.models import Claim as ClaimRow
from claims_desk.models import ClaimDecision, ClaimLine, DecisionLine
from claims_desk.queries.claim_facts import quantity_of
from claims_desk.queries.keys import DAY, ID, TEXT, key_table
from claims_desk.queries.people_facts import Number, People

UNJUDGED = (ClaimState.KEYED, ClaimState.CORRECTED)
Order = tuple[datetime, int]
Range = tuple[date, date]
_LAST: Order = (datetime.max, 2**63)  # a claim under the fingers comes after all that are kept
_COLUMNS = (
    *("id", "form_no", "facility_code", "scheme", "member_no", "care_type", "visit_from", "visit_to", "state"),
    *("patient_name", "birth_date"),
)
_IDENTITY = ("scheme", "member_no", "visit_from", "patient_name", "sex", "birth_date")


@dataclass(frozen=True, slots=True)
class _Kept:
    order: Order
    folded: str
    claim: EarlierClaim


class Past:
    """Claims of the past, by what makes them matter to another claim."""

    def __init__(self, kept: Iterable[_Kept], order: Mapping[int, Order], people: People, longest: int) -> None:
        self._order = order
        self._people = people
        self._longest_interval = longest
        self._by_key: dict[tuple[Any, ...], list[_Kept]] = defaultdict(list)
        for row in kept:
            claim = row.claim
            self._by_key["number", claim.scheme, claim.member_no].append(row)
            self._by_key["form", claim.facility_code, claim.form_no].append(row)
            self._by_key["patient", claim.facility_code, claim.visit_from, row.folded, claim.birth_date].append(row)

    def before(self, claim: Claim) -> tuple[EarlierClaim, ...]:
        """What was keyed before `claim` and bears on it, in the order of keying."""
        limit = self._order.get(claim.id, _LAST)
        held = self._people.numbers_held((claim.scheme, claim.member_no))
        found = {row.order: row.claim for row in self._bearing_on(claim, held) if row.order < limit}
        return tuple(_of_these(found[order], held) for order in sorted(found)) if found else ()

    def _bearing_on(self, claim: Claim, held: list[Number]) -> Iterator[_Kept]:
        days = days_that_matter(claim, self._longest_interval)
        for scheme, number in held if days else ():
            for row in self._by_key.get(("number", scheme, number), ()):
                if days and _within(row.claim, days):
                    yield row
        keys = chain(_form_key(claim), _patient_key(claim))
        yield from chain.from_iterable(self._by_key.get(key, ()) for key in keys)


def _of_these(claim: EarlierClaim, held: list[Number]) -> EarlierClaim:
    """The claim, its person named only where it is under one of the numbers: alone or among many, the same."""
    ours = not claim.person_no or (claim.scheme, claim.member_no) in held
    return claim if ours else replace(claim, person_no="")


def as_judged(earlier: EarlierClaim, lines: Sequence[Line], state: ClaimState, judgement: Judgement) -> EarlierClaim:
    """An earlier claim with `lines` as it counts once it is judged, though that is not written yet."""
    allowed = {line.line_no: Decimal(line.quantity) for line in judgement.lines}
    return replace(
        earlier,
        state=state,
        allowed=judgement.allowed,
        lines=tuple(
            EarlierLine(item_code=line.item_code, service_date=line.service_date, quantity=allowed[line.line_no])
            for line in lines
        ),
    )


def days_that_matter(claim: Claim, longest_interval: int) -> Range | None:
    """The calendar years of the claim's days, and the longest interval before the first of them."""
    written = [claim.visit_from, claim.visit_to, *(line.service_date for line in claim.lines)]
    days = [day for day in written if day]
    if not days:
        return None
    first, last = min(days), max(days)
    interval_ago = date.fromordinal(max(1, first.toordinal() - longest_interval))
    return min(interval_ago, first.replace(month=1, day=1)), last.replace(month=12, day=31)


def _within(claim: EarlierClaim, days: Range) -> bool:
    low, high = days
    if claim.visit_from is None:
        return True
    return claim.visit_from <= high and (
        claim.visit_from >= low or (claim.visit_to is not None and claim.visit_to >= low)
    )


def _form_key(claim: Claim) -> Iterator[tuple[str, str, str]]:
    if claim.form_no and claim.facility_code:
        yield ("form", claim.facility_code, claim.form_no)


def _patient_key(claim: Claim) -> Iterator[tuple[str, str, date, str, date]]:
    if claim.facility_code and claim.visit_from and claim.birth_date and (folded := fold(claim.patient_name)):
        yield ("patient", claim.facility_code, claim.visit_from, folded, claim.birth_date)


def load_past(session: Session, claims: Sequence[Claim], registers: Registers, people: People) -> Past:
    """The past of `claims`: what a rule can use of it, no more. Three statements."""
    longest = max((item.min_interval_days or 0 for item in registers.items.values()), default=0)
    rows = session.execute(_kept_query(session, claims, people, longest)).all()
    lines = _lines(session, [row.id for row in rows])
    kept = [_kept(row, lines.get(row.id, ()), people) for row in rows]
    return Past(kept, _orders(session, claims), people, longest)


def _kept(row: Any, lines: Iterable[EarlierLine], people: People) -> _Kept:
    asked = Claim(**{name: getattr(row, name) for name in _IDENTITY})
    return _Kept(
        (row.keyed_at, row.id),
        row.patient_folded,
        EarlierClaim(
            **dict(zip(_COLUMNS, row, strict=False)),
            person_no=people.person_of(asked),
            allowed=0 if row.state in UNJUDGED else row.allowed or 0,
            lines=tuple(lines),
        ),
    )


def _orders(session: Session, claims: Iterable[Claim]) -> dict[int, Order]:
    keys = key_table(session, {"id": ID}, [(claim.id,) for claim in claims])
    query = select(ClaimRow.id, ClaimRow.keyed_at).join(keys, keys.c.id == ClaimRow.id)
    return {claim_id: (keyed_at, claim_id) for claim_id, keyed_at in session.execute(query)}


def _kept_query(session: Session, claims: Sequence[Claim], people: People, longest: int) -> Select[Any]:
    found = union(
        _by_number(session, claims, people, longest), _by_form(session, claims), _by_patient(session, claims)
    ).subquery()
    return (
        select(
            *(ClaimRow.__table__.c[name] for name in _COLUMNS),
            ClaimRow.sex,
            ClaimRow.keyed_at,
            ClaimRow.patient_folded,
            ClaimDecision.allowed,
        )
        .join_from(found, ClaimRow, ClaimRow.id == found.c.id)
        .outerjoin(ClaimDecision, and_(ClaimDecision.claim_id == ClaimRow.id, ClaimDecision.current))
    )


def _by_number(session: Session, claims: Sequence[Claim], people: People, longest: int) -> Select[Any]:
    ranges = ((claim, days_that_matter(claim, longest)) for claim in claims)
    rows = {
        (*number, *days)
        for claim, days in ranges
        if days
        for number in people.numbers_held((claim.scheme, claim.member_no))
    }
    keys = key_table(session, {"scheme": TEXT, "member_no": TEXT, "low": DAY, "high": DAY}, rows)
    since = or_(ClaimRow.visit_from >= keys.c.low, ClaimRow.visit_to >= keys.c.low)
    return (
        select(ClaimRow.id)
        .join_from(keys, ClaimRow, and_(ClaimRow.member_no == keys.c.member_no, ClaimRow.scheme == keys.c.scheme))
        .where(or_(ClaimRow.visit_from.is_(None), and_(ClaimRow.visit_from <= keys.c.high, since)))
    )


def _by_form(session: Session, claims: Sequence[Claim]) -> Select[Any]:
    rows = {key[1:] for claim in claims for key in _form_key(claim)}
    keys = key_table(session, {"facility_code": TEXT, "form_no": TEXT}, rows)
    same = and_(ClaimRow.facility_code == keys.c.facility_code, ClaimRow.form_no == keys.c.form_no)
    return select(ClaimRow.id).join_from(keys, ClaimRow, same)


def _by_patient(session: Session, claims: Sequence[Claim]) -> Select[Any]:
    rows = {key[1:] for claim in claims for key in _patient_key(claim)}
    keys = key_table(session, {"facility_code": TEXT, "visit_from": DAY, "folded": TEXT, "birth_date": DAY}, rows)
    same = and_(
        ClaimRow.facility_code == keys.c.facility_code,
        ClaimRow.visit_from == keys.c.visit_from,
        ClaimRow.patient_folded == keys.c.folded,
        ClaimRow.birth_date == keys.c.birth_date,
    )
    return select(ClaimRow.id).join_from(keys, ClaimRow, same)


def _lines(session: Session, ids: Iterable[int]) -> dict[int, list[EarlierLine]]:
    keys = key_table(session, {"id": ID}, [(claim_id,) for claim_id in ids])
    decided = and_(ClaimDecision.claim_id == ClaimRow.id, ClaimDecision.current, ClaimRow.state.not_in(UNJUDGED))
    priced = and_(DecisionLine.decision_id == ClaimDecision.id, DecisionLine.line_no == ClaimLine.line_no)
    query = (
        select(
            ClaimLine.claim_id, ClaimLine.item_code, ClaimLine.service_date, ClaimLine.quantity, DecisionLine.quantity
        )
        .join_from(keys, ClaimRow, ClaimRow.id == keys.c.id)
        .join(ClaimLine, ClaimLine.claim_id == ClaimRow.id)
        .outerjoin(ClaimDecision, decided)
        .outerjoin(DecisionLine, priced)
        .order_by(ClaimLine.claim_id, ClaimLine.line_no)
    )
    found: dict[int, list[EarlierLine]] = defaultdict(list)
    for claim_id, item_code, service_date, claimed, allowed in session.execute(query):
        quantity = Decimal(whole(quantity_of(claimed)) or 0) if allowed is None else Decimal(allowed)
        found[claim_id].append(EarlierLine(item_code=item_code, service_date=service_date, quantity=quantity))
    return found
