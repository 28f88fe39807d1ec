"""What waits in the office, and how its work has gone."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from claims_desk.domain.codes import BatchState, ClaimState, ProposalState, Severity, SubmissionState, VoucherState
from claims_desk.domain.dates import office_day
from claims_desk.models import (
    Batch,
    Claim,
    ClaimDecision,
    Facility,
    FindingRow,
    MemberProposal,
    PaymentFile,
    PaymentFileVoucher,
    Submission,
    Voucher,
    VoucherLine,
)
from claims_desk.queries.figures import own_day
from claims_desk.queries.verifications import count_to_resolve, count_to_verify

WEEKS = 8
RULES_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits at each step; `oldest_pended` is the day the oldest pended claim was decided.

    `to_verify` and `differences` are those this user may key again or decide. His own figures come last: forms keyed
    today, first or second, the pace (None where nothing was counted), and his errors per 1,000 fields up to the
    evening before.
    """

    open_bundles: int
    forms_to_key: int
    to_verify: int
    differences: int
    pended: int
    oldest_pended: date | None
    accepted: int
    to_approve: int
    to_certify: int
    to_post: int
    to_send: int
    proposed: int
    keyed_today: int
    keys_an_hour: int | None
    errors_per_thousand: int | None


@dataclass(frozen=True, slots=True)
class Week:
    """One week's work in claims: `monday` is its first day."""

    monday: date
    received: int
    keyed: int
    decided: int


@dataclass(frozen=True, slots=True)
class Amount:
    """Kip paid this fiscal year for a scheme at a level."""

    scheme: str
    level: str
    kip: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How the office's work has gone: by week, by rule, by scheme, and how many days a payment takes."""

    weeks: tuple[Week, ...]
    pended_by_rule: tuple[tuple[str, int], ...]
    paid: tuple[Amount, ...]
    days_median: int | None
    days_90: int | None


def waiting(session: Session, user_id: int, today: date) -> Waiting:
    """What waits now, and how many forms the user keyed today."""
    pended_since = session.execute(
        select(func.count(), func.min(ClaimDecision.decided_at))
        .join(Claim, Claim.id == ClaimDecision.claim_id)
        .where(ClaimDecision.current, Claim.state == ClaimState.PENDED)
    ).one()
    pace, measured = own_day(session, user_id, today)
    return Waiting(
        open_bundles=_count(session, Submission.id, Submission.state == SubmissionState.OPEN),
        forms_to_key=_forms_to_key(session),
        to_verify=count_to_verify(session, user_id),
        differences=count_to_resolve(session, user_id),
        pended=pended_since[0],
        oldest_pended=office_day(pended_since[1]) if pended_since[1] else None,
        accepted=_count(session, Claim.id, Claim.state == ClaimState.ACCEPTED),
        to_approve=_count(session, Batch.id, Batch.state == BatchState.PROPOSED),
        to_certify=_count(session, Voucher.id, Voucher.state == VoucherState.PREPARED),
        to_post=_count(session, Voucher.id, Voucher.state == VoucherState.CERTIFIED),
        to_send=_count(session, Voucher.id, Voucher.state == VoucherState.POSTED, Voucher.amount > 0, ~_on_live_file()),
        proposed=_count(session, MemberProposal.id, MemberProposal.state == ProposalState.PROPOSED),
        keyed_today=pace.forms,
        keys_an_hour=pace.keys_an_hour,
        errors_per_thousand=measured.per_thousand,
    )


def progress(session: Session, today: date) -> Progress:
    """How the work has gone in the last eight weeks, and what was paid this fiscal year."""
    spans = _days_to_payment(session, today)
    return Progress(
        weeks=_weeks(session, today),
        pended_by_rule=_pended_by_rule(session),
        paid=_paid(session, today),
        days_median=percentile(spans, 50),
        days_90=percentile(spans, 90),
    )


def percentile(counts: Counter[int], percent: int) -> int | None:
    """The value below or at which `percent` of the counted values lie; None where nothing was counted."""
    needed = counts.total() * percent
    reached = 0
    for value in sorted(counts):
        reached += counts[value] * 100
        if reached >= needed:
            return value
    return None


def _count(session: Session, key: InstrumentedAttribute[int], *conditions: ColumnElement[bool]) -> int:
    return session.execute(select(func.count(key)).where(*conditions)).scalar_one()


def _on_live_file() -> ColumnElement[bool]:
    return exists().where(
        PaymentFileVoucher.voucher_id == Voucher.id,
        PaymentFileVoucher.payment_file_id == PaymentFile.id,
        PaymentFile.withdrawn_at.is_(None),
    )


def _forms_to_key(session: Session) -> int:
    keyed = (
        select(func.count(Claim.id))
        .where(Claim.submission_id == Submission.id, Claim.state != ClaimState.VOID)
        .scalar_subquery()
    )
    rows = session.execute(select(Submission.forms_counted, keyed).where(Submission.state == SubmissionState.OPEN))
    return sum(max(0, counted - done) for counted, done in rows)


def _weeks(session: Session, today: date) -> tuple[Week, ...]:
    first = today - timedelta(days=today.weekday(), weeks=WEEKS - 1)
    begin = datetime.combine(first, time.min)
    received = _by_week(
        session,
        select(Submission.received_on, func.sum(Submission.forms_counted))
        .where(Submission.received_on >= first)
        .group_by(Submission.received_on),
    )
    keyed_day, decided_day = func.date(Claim.keyed_at), func.date(ClaimDecision.decided_at)
    keyed = _by_week(session, select(keyed_day, func.count()).where(Claim.keyed_at >= begin).group_by(keyed_day))
    decided = _by_week(
        session,
        select(decided_day, func.count())
        .where(ClaimDecision.current, ClaimDecision.decided_at >= begin)
        .group_by(decided_day),
    )
    mondays = [first + timedelta(weeks=number) for number in range(WEEKS)]
    return tuple(Week(monday, received[monday], keyed[monday], decided[monday]) for monday in mondays)


def _by_week(session: Session, query: Select[Any, int]) -> Counter[date]:
    weeks: Counter[date] = Counter()
    for day, count in session.execute(query):
        on = date.fromisoformat(day) if isinstance(day, str) else day
        weeks[on - timedelta(days=on.weekday())] += int(count)
    return weeks


def _pended_by_rule(session: Session) -> tuple[tuple[str, int], ...]:
    claims = func.count(func.distinct(ClaimDecision.claim_id))
    rows = session.execute(
        select(FindingRow.code, claims)
        .join(ClaimDecision, ClaimDecision.id == FindingRow.decision_id)
        .join(Claim, Claim.id == ClaimDecision.claim_id)
        .where(ClaimDecision.current, Claim.state == ClaimState.PENDED, FindingRow.severity == Severity.PEND)
        .group_by(FindingRow.code)
        .order_by(claims.desc(), FindingRow.code)
        .limit(RULES_SHOWN)
    )
    return tuple((code, count) for code, count in rows)


def _paid(session: Session, today: date) -> tuple[Amount, ...]:
    rows = session.execute(
        select(Voucher.scheme, Facility.level, func.sum(Voucher.amount))
        .join(Facility, Facility.code == Voucher.facility_code)
        .where(Voucher.state == VoucherState.POSTED, Voucher.fiscal_year == today.year)
        .group_by(Voucher.scheme, Facility.level)
        .order_by(Voucher.scheme, Facility.level)
    )
    return tuple(Amount(scheme, level, int(kip)) for scheme, level, kip in rows)


def _days_to_payment(session: Session, today: date) -> Counter[int]:
    rows = session.execute(
        select(Submission.received_on, Voucher.posted_on, func.count())
        .select_from(VoucherLine)
        .join(Voucher, Voucher.id == VoucherLine.voucher_id)
        .join(Batch, Batch.id == VoucherLine.batch_id)
        .join(Submission, Submission.id == Batch.submission_id)
        .where(Voucher.state == VoucherState.POSTED, Voucher.amount > 0, Voucher.fiscal_year == today.year)
        .group_by(Submission.received_on, Voucher.posted_on)
    )
    spans: Counter[int] = Counter()
    for received, posted, count in rows:
        if posted is not None:
            spans[(posted - received).days] += count
    return spans
