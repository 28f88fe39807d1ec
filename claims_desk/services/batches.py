"""Batches: the accepted claims of a closed bundle, put up for approval and decided by somebody who did none of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select, update

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import BatchState, ClaimState, Role, SubmissionState
from claims_desk.domain.dates import utc_now
from claims_desk.domain.errors import Refused, UserError
from claims_desk.domain.messages import say
from claims_desk.models import Batch, Claim, ClaimDecision, Submission, Verification
from claims_desk.models.database import Database
from claims_desk.services.deed import Deed, deed
from claims_desk.services.hands import correctors
from claims_desk.services.reasons import need_reason


@dataclass(frozen=True, slots=True)
class Amounts:
    """Totals of claims with their current decision, in kip."""

    claims: int
    claimed: int
    allowed: int
    copay_due: int
    payable: int


@dataclass(frozen=True, slots=True)
class _Accepted:
    claim: Claim
    decision: ClaimDecision


def make_batches(db: Database, actor: Actor, submission_id: int) -> list[int]:
    """Put the accepted claims of a closed bundle up for approval, one batch a scheme; returns the batches' ids.

    Raises UserError while the bundle is open or nothing in it waits.
    """
    with deed(db, actor, Role.CLERK, Role.SUPERVISOR) as work:
        bundle = work.get(Submission, submission_id)
        if bundle.state != SubmissionState.CLOSED:
            raise UserError(
                say("Bundle {number} is still open.", number=bundle.number),
                say("Close it first: its claims must agree with the totals counted by hand."),
            )
        by_scheme: dict[str, list[_Accepted]] = defaultdict(list)
        for row in _accepted(work, submission_id):
            by_scheme[row.claim.scheme].append(row)
        if not by_scheme:
            raise UserError(
                say("No accepted claim of bundle {number} waits for a batch.", number=bundle.number),
                say("Adjudicate its claims, or cure the pended ones first."),
            )
        return [_make_batch(work, bundle, scheme, rows).id for scheme, rows in sorted(by_scheme.items())]


def _accepted(work: Deed, submission_id: int) -> list[_Accepted]:
    query = (
        select(Claim, ClaimDecision)
        .join(ClaimDecision, (ClaimDecision.claim_id == Claim.id) & ClaimDecision.current)
        .where(Claim.submission_id == submission_id, Claim.state == ClaimState.ACCEPTED)
        .order_by(Claim.id)
    )
    return [_Accepted(claim, decision) for claim, decision in work.session.execute(query)]


def _make_batch(work: Deed, bundle: Submission, scheme: str, rows: list[_Accepted]) -> Batch:
    amounts = _sum(rows)
    batch = Batch(
        number=_next_number(work, bundle, scheme),
        submission_id=bundle.id,
        facility_code=bundle.facility_code,
        scheme=scheme,
        claims=amounts.claims,
        claimed=amounts.claimed,
        allowed=amounts.allowed,
        copay_due=amounts.copay_due,
        payable=amounts.payable,
        made_by=work.actor.user_id,
        made_at=utc_now(),
    )
    work.session.add(batch)
    work.session.flush()
    for row in rows:
        row.claim.state = ClaimState.BATCHED
        row.claim.batch_id = batch.id
    work.record("batch.make", batch, after={"number": batch.number, "claims": len(rows), "payable": batch.payable})
    return batch


def _sum(rows: Iterable[_Accepted]) -> Amounts:
    taken = list(rows)
    return Amounts(
        claims=len(taken),
        claimed=sum(row.claim.claimed_total or 0 for row in taken),
        allowed=sum(row.decision.allowed for row in taken),
        copay_due=sum(row.decision.copay_due for row in taken),
        payable=sum(row.decision.payable for row in taken),
    )


def _next_number(work: Deed, bundle: Submission, scheme: str) -> str:
    same = select(func.count()).where(Batch.submission_id == bundle.id, Batch.scheme == scheme)
    return f"{bundle.number}/{scheme}/{work.session.execute(same).scalar_one() + 1}"


def approve_batch(db: Database, actor: Actor, batch_id: int, version: int | None = None) -> None:
    """Approve a batch after checking its totals against its claims.

    Raises Refused for whoever keyed, corrected, verified, reviewed or batched any of it, UserError where totals differ.
    """
    with deed(db, actor, Role.SUPERVISOR) as work:
        batch = _proposed(work, batch_id, version)
        _refuse_own_work(work, batch)
        _check_totals(work, batch)
        _decide(work, batch, BatchState.APPROVED, "")
        _move_claims(work, batch, ClaimState.APPROVED)
        work.record("batch.approve", batch, after={"number": batch.number, "payable": batch.payable})


def return_batch(db: Database, actor: Actor, batch_id: int, version: int | None, reason: str) -> None:
    """Give a batch back with a reason; its claims are accepted claims again. Raises UserError without a reason."""
    need_reason(reason)
    with deed(db, actor, Role.SUPERVISOR) as work:
        batch = _proposed(work, batch_id, version)
        _refuse_own_work(work, batch)
        _decide(work, batch, BatchState.RETURNED, reason)
        leave = update(Claim).where(Claim.batch_id == batch.id)
        work.session.execute(leave.values(state=ClaimState.ACCEPTED, batch_id=None, version=Claim.version + 1))
        work.record("batch.return", batch, after={"number": batch.number}, why=reason)


def _proposed(work: Deed, batch_id: int, version: int | None) -> Batch:
    batch = work.get(Batch, batch_id, version)
    if batch.state != BatchState.PROPOSED:
        raise UserError(
            say("Batch {number} is already decided.", number=batch.number), say("Refresh the list and choose another.")
        )
    return batch


def _refuse_own_work(work: Deed, batch: Batch) -> None:
    claims = select(Claim.id).where(Claim.batch_id == batch.id)
    hands = (
        select(Claim.keyed_by).where(Claim.batch_id == batch.id),
        select(Verification.verified_by).where(Verification.claim_id.in_(claims)),
        select(Verification.resolved_by).where(Verification.claim_id.in_(claims)),
        select(ClaimDecision.decided_by).where(ClaimDecision.claim_id.in_(claims), ClaimDecision.reason != ""),
    )
    took_part = {user_id for query in hands for user_id in work.session.execute(query.distinct()).scalars()}
    if work.actor.user_id in took_part | correctors(work.session, claims) | {batch.made_by}:
        raise Refused(
            say("{name} took part in batch {number} and may not decide it.", name=work.actor.name, number=batch.number),
            say("A supervisor who keyed, verified, reviewed or batched none of it decides."),
        )


def _check_totals(work: Deed, batch: Batch) -> None:
    query = (
        select(Claim, ClaimDecision)
        .join(ClaimDecision, (ClaimDecision.claim_id == Claim.id) & ClaimDecision.current)
        .where(Claim.batch_id == batch.id, Claim.state == ClaimState.BATCHED)
    )
    now = _sum(_Accepted(claim, decision) for claim, decision in work.session.execute(query))
    then = Amounts(batch.claims, batch.claimed, batch.allowed, batch.copay_due, batch.payable)
    if now != then:
        raise UserError(
            say(
                "The totals of batch {number} differ: now {now} claims for {now_kip:kip} kip,"
                " when it was made {then} for {then_kip:kip} kip.",
                number=batch.number,
                now=now.claims,
                now_kip=now.payable,
                then=then.claims,
                then_kip=then.payable,
            ),
            say("Return the batch and make it again."),
        )


def _decide(work: Deed, batch: Batch, state: BatchState, reason: str) -> None:
    batch.state = state
    batch.reason = reason
    batch.decided_by = work.actor.user_id
    batch.decided_at = utc_now()


def _move_claims(work: Deed, batch: Batch, state: ClaimState) -> None:
    moved = update(Claim).where(Claim.batch_id == batch.id).values(state=state, version=Claim.version + 1)
    work.session.execute(moved)
