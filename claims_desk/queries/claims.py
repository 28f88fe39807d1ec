"""Claims on a list: by state, bundle, reason and age."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased, lazyload

from claims_desk.domain.codes import ClaimState, Decision, Severity
from claims_desk.domain.lao import fold
from claims_desk.domain.paging import Page, PageWanted
from claims_desk.models import Claim, ClaimDecision, FindingRow, Submission, User
from claims_desk.queries.keys import ID, key_table
from claims_desk.queries.lao_order import lao_order
from claims_desk.queries.matching import begins, holds
from claims_desk.queries.paging import Sorts, fetch_page
from claims_desk.queries.verifications import hidden_from

FOUND_AT_MOST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimsWanted:
    """What claims must have, all of it; empty asks for nothing.

    `reason` is the code of a finding that stops them (pend or deny); `decided_until` asks for those that have waited
    since that day or longer; `not_by` leaves out what a user keyed or corrected, `blind_for` what a clerk may not see
    because he may have to key it a second time.
    """

    states: Collection[ClaimState] = ()
    submission_id: int | None = None
    facility_code: str = ""
    reason: str = ""
    decided_until: date | None = None
    not_by: int | None = None
    blind_for: int | None = None


@dataclass(frozen=True, slots=True)
class ClaimListed:
    """A claim on a list; amounts in kip, provisional while it pends, 0 before it is judged.

    `reasons` are the codes that stop it, in the order of the catalogue.
    """

    id: int
    version: int
    form_no: str
    bundle: str
    facility_code: str
    scheme: str
    member_no: str
    patient_name: str
    care_type: str
    visit_from: date | None
    claimed: int
    state: ClaimState
    decision: Decision | None
    allowed: int
    payable: int
    decided_at: datetime | None
    keyed_by: str
    keyed_at: datetime
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """How many pended claims a rule stops, and since when the oldest of them waits."""

    code: str
    claims: int
    oldest: datetime
    kip: int


KEYER = aliased(User)
STOPS = (Severity.PEND, Severity.DENY)
SORTS: Sorts = {
    "form_no": Claim.form_no,
    "facility": Claim.facility_code,
    "scheme": Claim.scheme,
    "member_no": Claim.member_no,
    "patient": lao_order(Claim.patient_name),
    "care_type": Claim.care_type,
    "visit_from": Claim.visit_from,
    "claimed": Claim.claimed_total,
    "state": Claim.state,
    "payable": ClaimDecision.payable,
    "decided_at": ClaimDecision.decided_at,
    "keyed_at": Claim.keyed_at,
}
SORTED_BY_DECISION = ("payable", "decided_at")
_CURRENT = and_(ClaimDecision.claim_id == Claim.id, ClaimDecision.current)
Found = tuple[Claim, ClaimDecision | None, str | None, str]


def claims(session: Session, wanted: PageWanted, asked: ClaimsWanted | None = None) -> Page[ClaimListed]:
    """A page of claims in the order of keying; kip is what they claim.

    `wanted.search` is the beginning of a form or member number, or any part of the patient's name as written.
    """
    asked = asked or ClaimsWanted()
    query = select(Claim.id).where(*_conditions(asked))
    if asked.reason or asked.decided_until or wanted.sort in SORTED_BY_DECISION:
        query = query.outerjoin(ClaimDecision, _CURRENT)
    if wanted.search.strip():
        query = query.where(_anything(session, wanted.search))
    page = fetch_page(session, query, wanted, int, sorts=SORTS, tie=Claim.id, kip=Claim.claimed_total)
    rows = {row[0].id: _together(*row) for row in session.execute(_joined().where(Claim.id.in_(page.rows)))}
    reasons = _reasons(session, page.rows)
    return Page(tuple(_row(rows[key], reasons) for key in page.rows), page.count, page.kip)


def find_claims(
    session: Session,
    text: str,
    limit: int = FOUND_AT_MOST,
    blind_for: int | None = None,
    member_nos: Sequence[str] = (),
) -> tuple[ClaimListed, ...]:
    """At most `limit` claims whose form number begins with `text` or whose member has a number of `member_nos`.

    The newest come first, those of the number before those of a member; `blind_for` as in ClaimsWanted.
    """
    if not text.strip():
        return ()
    found: list[Found] = []
    for fits in (begins(session, Claim.form_no, text.strip()), Claim.member_no.in_(member_nos)):
        query = _joined().where(fits)
        if blind_for is not None:
            query = query.where(~hidden_from(blind_for))
        query = query.order_by(Claim.id.desc()).limit(limit - len(found))
        found += [_together(*row) for row in session.execute(query)]
    reasons = _reasons(session, [claim.id for claim, _, _, _ in found])
    return tuple(_row(one, reasons) for one in dict.fromkeys(found))


def pended_reasons(session: Session) -> tuple[ReasonCount, ...]:
    """The rules that stop pended claims, most claims first; a claim stopped by two counts under both."""
    stopped = (
        select(FindingRow.code, Claim.id, ClaimDecision.decided_at, Claim.claimed_total)
        .join(ClaimDecision, ClaimDecision.id == FindingRow.decision_id)
        .join(Claim, Claim.id == ClaimDecision.claim_id)
        .where(ClaimDecision.current, Claim.state == ClaimState.PENDED, FindingRow.severity == Severity.PEND)
        .distinct()
        .subquery()
    )
    counted = func.count(stopped.c.id)
    query = (
        select(stopped.c.code, counted, func.min(stopped.c.decided_at), func.sum(stopped.c.claimed_total))
        .group_by(stopped.c.code)
        .order_by(counted.desc(), stopped.c.code)
    )
    return tuple(ReasonCount(code, many, oldest, int(kip or 0)) for code, many, oldest, kip in session.execute(query))


def _joined() -> Select[*tuple[Any, ...]]:
    return (
        select(Claim, ClaimDecision, Submission.number, KEYER.name)
        .outerjoin(ClaimDecision, _CURRENT)
        .outerjoin(Submission, Submission.id == Claim.submission_id)
        .join(KEYER, KEYER.id == Claim.keyed_by)
        .options(lazyload(Claim.lines))
    )


def _conditions(asked: ClaimsWanted) -> Iterable[Any]:
    if asked.states:
        yield Claim.state.in_(asked.states)
    if asked.submission_id is not None:
        yield Claim.submission_id == asked.submission_id
    if asked.facility_code:
        yield Claim.facility_code == asked.facility_code
    if asked.reason:
        yield exists().where(
            FindingRow.decision_id == ClaimDecision.id,
            FindingRow.code == asked.reason,
            FindingRow.severity.in_(STOPS),
        )
    if asked.decided_until is not None:
        yield ClaimDecision.decided_at < datetime.combine(asked.decided_until, datetime.max.time())
    if asked.not_by is not None:
        yield Claim.keyed_by != asked.not_by
        yield or_(Claim.corrected_by.is_(None), Claim.corrected_by != asked.not_by)
    if asked.blind_for is not None:
        yield ~hidden_from(asked.blind_for)


def _anything(session: Session, text: str) -> Any:
    typed, folded = text.strip(), fold(text)
    numbers = (begins(session, Claim.form_no, typed), begins(session, Claim.member_no, typed))
    return or_(*numbers, holds(session, Claim.patient_folded, folded)) if folded else or_(*numbers)


def _together(claim: Claim, decision: ClaimDecision | None, bundle: str | None, keyer: str) -> Found:
    return claim, decision, bundle, keyer


def _reasons(session: Session, claim_ids: Iterable[int]) -> dict[int, list[str]]:
    keys = key_table(session, {"id": ID}, [(claim_id,) for claim_id in claim_ids])
    query = (
        select(ClaimDecision.claim_id, FindingRow.code)
        .join_from(keys, ClaimDecision, (ClaimDecision.claim_id == keys.c.id) & ClaimDecision.current)
        .join(FindingRow, FindingRow.decision_id == ClaimDecision.id)
        .where(FindingRow.severity.in_(STOPS))
        .order_by(ClaimDecision.claim_id, FindingRow.position)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for claim_id, code in session.execute(query):
        if code not in found[claim_id]:
            found[claim_id].append(code)
    return found


def _row(found: Found, reasons: dict[int, list[str]]) -> ClaimListed:
    claim, decision, bundle, keyer = found
    return ClaimListed(
        id=claim.id,
        version=claim.version,
        form_no=claim.form_no,
        bundle=bundle or "",
        facility_code=claim.facility_code,
        scheme=claim.scheme,
        member_no=claim.member_no,
        patient_name=claim.patient_name,
        care_type=claim.care_type,
        visit_from=claim.visit_from,
        claimed=claim.claimed_total or 0,
        state=claim.state,
        decision=decision.decision if decision else None,
        allowed=decision.allowed if decision else 0,
        payable=decision.payable if decision else 0,
        decided_at=decision.decided_at if decision else None,
        keyed_by=keyer,
        keyed_at=claim.keyed_at,
        reasons=tuple(reasons.get(claim.id, ())),
    )
