"""Claims keyed before others: of the same persons, form number, or patient at the facility on the day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, FromClause, Select, and_, exists, or_, select, tuple_, union_all
from sqlalchemy.orm import Session

from claims_desk.domain.codes import UNJUDGED, ClaimState
from claims_desk.domain.facts import Claim, EarlierClaim, EarlierLine, Line
from claims_desk.domain.judgement import Judgement, whole
from claims_desk.domain.lao import fold
from claims_desk.domain.registers import Registers
from claims_desk.models import Claim as ClaimRow
from claims_desk.models import ClaimDecision, ClaimLine, DecisionLine, Submission
from claims_desk.queries.claim_facts import quantity_of
from claims_desk.queries.keys import DAY, ID, TEXT, Columns, key_table
from claims_desk.queries.people_facts import Number, People
from claims_desk.queries.proposed import PROPOSED, proposed_query
from claims_desk.queries.verifications import under_second_keying

Range = tuple[date, date]
_CLAIMS = ClaimRow.__table__
_LINES = ClaimLine.__table__
_DECISIONS = ClaimDecision.__table__
_DECIDED_LINES = DecisionLine.__table__
_BUNDLES = Submission.__table__
_MINE = _CLAIMS.alias("mine")
COLUMNS = (
    *("id", "form_no", "facility_code", "scheme", "member_no", "care_type", "visit_from", "visit_to", "state"),
    *("patient_name", "birth_date", "copied_from", "keyed_by"),
)
_IDENTITY = ("scheme", "member_no", "visit_from", "patient_name", "sex", "birth_date")
_WHOSE: Columns = {"place": ID, "own": ID}  # which of the claims asks, and its id


def as_judged(earlier: EarlierClaim, lines: Sequence[Line], state: ClaimState, judgement: Judgement) -> EarlierClaim:
    """An earlier claim with `lines` as it counts once it is judged, though that is not written yet."""
    allowed = {line.line_no: Decimal(line.quantity) for line in judgement.lines}
    return replace(
        earlier,
        state=state,
        blind=False,
        allowed=judgement.allowed,
        lines=tuple(
            EarlierLine(item_code=line.item_code, service_date=line.service_date, quantity=allowed[line.line_no])
            for line in lines
        ),
    )


class Before(NamedTuple):
    """What was keyed before a claim, in that order, and whether its number, which nobody has, is proposed."""

    claims: tuple[EarlierClaim, ...]
    proposed: bool


def load_past(session: Session, claims: Sequence[Claim], registers: Registers, people: People) -> list[Before]:
    """For each of `claims` what was keyed before it and a rule can use, in the order of keying. Three statements.

    Before a claim that is not saved comes all that is.
    """
    longest = max((item.min_interval_days or 0 for item in registers.items.values()), default=0)
    held = [people.numbers_held((claim.scheme, claim.member_no)) for claim in claims]
    bearing: list[set[int]] = [set() for _ in claims]
    unknown = [
        (place, claim.scheme, claim.member_no)
        for place, claim in enumerate(claims)
        if claim.member_no and not people.by_number.get((claim.scheme, claim.member_no))
    ]
    query = union_all(*_bearing_queries(session, claims, held, longest), proposed_query(session, unknown))
    for place, other in session.execute(query).all():
        bearing[place].add(other)
    kept = _earlier_claims(session, set().union(*bearing) - {PROPOSED}, people)
    order = {key: count for count, key in enumerate(kept)}
    return [
        Before(
            tuple(_of_these(kept[key], numbers) for key in sorted(keys - {PROPOSED}, key=order.__getitem__)),
            PROPOSED in keys,
        )
        for keys, numbers in zip(bearing, held, strict=True)
    ]


def _of_these(claim: EarlierClaim, held: list[Number]) -> EarlierClaim:
    """The claim, its person named only where it is under one of the numbers: alone or among many, the same."""
    ours = not claim.person_no or (claim.scheme, claim.member_no) in held
    return claim if ours else replace(claim, person_no="")


# --- which claims bear on which -----------------------------------------------------------------


def _bearing_queries(
    session: Session, claims: Sequence[Claim], held: Sequence[list[Number]], longest: int
) -> tuple[Select[Any], ...]:
    """Pairs: the place of a claim among `claims`, and the id of one keyed before it that bears on it."""
    numbers = key_table(
        session,
        {**_WHOSE, "scheme": TEXT, "member_no": TEXT, "low": DAY, "high": DAY},
        (
            (place, claim.id, *number, *days)
            for place, (claim, numbers) in enumerate(zip(claims, held, strict=True))
            if numbers and (days := days_that_matter(claim, longest))
            for number in numbers
        ),
    )
    forms = key_table(session, {**_WHOSE, "facility_code": TEXT, "form_no": TEXT}, _form_keys(claims))
    patients = key_table(
        session,
        {**_WHOSE, "facility_code": TEXT, "visit_from": DAY, "patient_folded": TEXT, "birth_date": DAY},
        _patient_keys(claims),
    )
    return (
        _before(numbers, "scheme", "member_no").where(_has_a_day_within(numbers.c.low, numbers.c.high)),
        _before(forms, "facility_code", "form_no"),
        _before(patients, "facility_code", "visit_from", "patient_folded", "birth_date"),
        _restored(session, claims),
    )


def _restored(session: Session, claims: Sequence[Claim]) -> Select[Any]:
    """The claim each was made from, and the one that was made from: a paper may be denied more than once."""
    own = key_table(
        session,
        {"place": ID, "copied_from": ID},
        ((place, claim.copied_from) for place, claim in enumerate(claims) if claim.copied_from),
    )
    way = select(own.c.place, own.c.copied_from).cte("way", recursive=True)
    further = select(way.c.place, _CLAIMS.c.copied_from).join(_CLAIMS, _CLAIMS.c.id == way.c.copied_from)
    way = way.union_all(further.where(_CLAIMS.c.copied_from.is_not(None)))
    return select(way.c.place, way.c.copied_from)


def _before(keys: FromClause, *names: str) -> Select[Any]:
    """Claims that agree with a key in the columns `names` and were keyed before the claim it belongs to."""
    sooner = tuple_(_CLAIMS.c.keyed_at, _CLAIMS.c.id) < tuple_(_MINE.c.keyed_at, _MINE.c.id)
    same = and_(*(_CLAIMS.c[name] == keys.c[name] for name in names))
    return (
        select(keys.c.place, _CLAIMS.c.id)
        .select_from(keys)
        .outerjoin(_MINE, _MINE.c.id == keys.c.own)
        .join(_CLAIMS, same)
        .where(or_(_MINE.c.id.is_(None), sooner))
    )


def _has_a_day_within(low: ColumnElement[date], high: ColumnElement[date]) -> ColumnElement[bool]:
    """The claim has no first day, its visit shares a day with the span, or the day of one of its lines is in it."""
    visit = and_(_CLAIMS.c.visit_from <= high, or_(_CLAIMS.c.visit_from >= low, _CLAIMS.c.visit_to >= low))
    line = exists().where(_LINES.c.claim_id == _CLAIMS.c.id, _LINES.c.service_date.between(low, high))
    return or_(_CLAIMS.c.visit_from.is_(None), visit, line)


def days_that_matter(claim: Claim, longest_interval: int) -> Range | None:
    """The calendar years of the claim's days, and the longest interval before the first of them."""
    written = [claim.visit_from, claim.visit_to, *[line.service_date for line in claim.lines]]
    days = [day for day in written if day]
    if not days:
        return None
    first, last = min(days), max(days)
    interval_ago = date.fromordinal(max(1, first.toordinal() - longest_interval))
    return min(interval_ago, date(first.year, 1, 1)), date(last.year, 12, 31)


def _form_keys(claims: Iterable[Claim]) -> Iterator[tuple[int, int, str, str]]:
    for place, claim in enumerate(claims):
        if claim.form_no and claim.facility_code:
            yield place, claim.id, claim.facility_code, claim.form_no


def _patient_keys(claims: Iterable[Claim]) -> Iterator[tuple[int, int, str, date, str, date]]:
    for place, claim in enumerate(claims):
        if claim.facility_code and claim.visit_from and claim.birth_date and (folded := fold(claim.patient_name)):
            yield place, claim.id, claim.facility_code, claim.visit_from, folded, claim.birth_date


# --- what they are ------------------------------------------------------------------------------


def _earlier_claims(session: Session, ids: Iterable[int], people: People) -> dict[int, EarlierClaim]:
    """The claims of `ids` as later ones see them, in the order of keying."""
    keys = key_table(session, {"id": ID}, [(claim_id,) for claim_id in ids])
    lines = _lines(session, keys)
    more = (_CLAIMS.c.sex, _BUNDLES.c.month, _DECISIONS.c.allowed, under_second_keying().label("blind"))
    query = (
        select(*(_CLAIMS.c[name] for name in COLUMNS), *more)
        .join_from(keys, _CLAIMS, _CLAIMS.c.id == keys.c.id)
        .outerjoin(_BUNDLES, _BUNDLES.c.id == _CLAIMS.c.submission_id)
        .outerjoin(_DECISIONS, and_(_DECISIONS.c.claim_id == _CLAIMS.c.id, _DECISIONS.c.current))
        .order_by(_CLAIMS.c.keyed_at, _CLAIMS.c.id)
    )
    return {row.id: _earlier_claim(row, lines.get(row.id, ()), people) for row in session.execute(query).all()}


def _earlier_claim(row: Any, lines: Iterable[EarlierLine], people: People) -> EarlierClaim:
    asked = Claim(**{name: getattr(row, name) for name in _IDENTITY})
    return EarlierClaim(
        **dict(zip(COLUMNS, row, strict=False)),
        person_no=people.person_of(asked),
        month=row.month,
        blind=bool(row.blind),
        allowed=0 if row.state in UNJUDGED else row.allowed or 0,
        lines=tuple(lines),
    )


def _lines(session: Session, keys: FromClause) -> Mapping[int, list[EarlierLine]]:
    decided = and_(_DECISIONS.c.claim_id == _CLAIMS.c.id, _DECISIONS.c.current, _CLAIMS.c.state.not_in(UNJUDGED))
    priced = and_(_DECIDED_LINES.c.decision_id == _DECISIONS.c.id, _DECIDED_LINES.c.line_no == _LINES.c.line_no)
    columns = (_LINES.c.claim_id, _LINES.c.item_code, _LINES.c.service_date, _LINES.c.quantity)
    query = (
        select(*columns, _DECIDED_LINES.c.quantity)
        .join_from(keys, _CLAIMS, _CLAIMS.c.id == keys.c.id)
        .join(_LINES, _LINES.c.claim_id == _CLAIMS.c.id)
        .outerjoin(_DECISIONS, decided)
        .outerjoin(_DECIDED_LINES, priced)
        .order_by(_LINES.c.claim_id, _LINES.c.line_no)
    )
    found: dict[int, list[EarlierLine]] = defaultdict(list)
    for claim_id, item_code, service_date, claimed, allowed in session.execute(query).all():
        quantity = Decimal(whole(quantity_of(claimed)) or 0) if allowed is None else Decimal(allowed)
        found[claim_id].append(EarlierLine(item_code=item_code, service_date=service_date, quantity=quantity))
    return found
