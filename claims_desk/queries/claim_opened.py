"""One claim opened: the form, what was decided and why, what it was priced by, and all that happened to it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims_desk.domain.codes import ClaimState, Decision, Severity
from claims_desk.domain.facts import Claim
from claims_desk.domain.messages import Name
from claims_desk.domain.scans import ScanPage
from claims_desk.models import AuditEntry, ClaimDecision, DecisionLine, FindingRow, Submission, User, Verification
from claims_desk.models import Claim as ClaimRow
from claims_desk.queries.facts import load_claims
from claims_desk.queries.scans import pages_of_claim
from claims_desk.queries.verifications import hidden_from


@dataclass(frozen=True, slots=True)
class FindingShown:
    """A finding as it was said when the claim was decided; `line_no` None is the claim's."""

    code: str
    severity: Severity
    line_no: int | None
    field: str
    message: Name
    fix: Name


@dataclass(frozen=True, slots=True)
class LineDecided:
    """What was decided of a line: quantity paid, tariff price (None: none) and allowed, in kip."""

    line_no: int
    quantity: int
    price: int | None
    allowed: int


@dataclass(frozen=True, slots=True)
class DecisionShown:
    """A decision with its amounts in kip; `reason` is a supervisor's, empty for the rules."""

    decision: Decision
    method: str
    allowed: int
    copay_due: int
    payable: int
    reason: str
    decided_by: str
    decided_at: datetime
    explanation: tuple[Name, ...]
    lines: tuple[LineDecided, ...]
    findings: tuple[FindingShown, ...]


@dataclass(frozen=True, slots=True)
class HistoryStep:
    """One thing that happened to the claim; `before` and `after` hold what changed, field by field. Times in UTC."""

    at: datetime
    who: str
    action: str
    why: str = ""
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class ClaimOpened:
    """A claim with all that bears on it; `decision` None while it is not judged, `decisions` the newest first.

    `pages` are its scans, in their order.
    """

    claim: Claim
    version: int
    state: ClaimState
    submission_id: int | None
    bundle: str
    keyed_by: str
    keyed_at: datetime
    copied_from: int | None
    decision: DecisionShown | None
    decisions: tuple[DecisionShown, ...]
    history: tuple[HistoryStep, ...]
    pages: tuple[ScanPage, ...] = ()


def claim_if_shown(session: Session, claim_id: int, blind_for: int | None = None) -> ClaimOpened | None:
    """One claim; None where it is not there, as after an older backup, or not for the eyes of `blind_for`."""
    query = select(ClaimRow.id).where(ClaimRow.id == claim_id)
    if blind_for is not None:
        query = query.where(~hidden_from(blind_for))
    return claim_opened(session, claim_id) if session.execute(query).first() is not None else None


def claim_opened(session: Session, claim_id: int) -> ClaimOpened:
    """One claim. Raises NoResultFound where it is not there."""
    query = (
        select(ClaimRow, User.name, Submission.number)
        .join(User, User.id == ClaimRow.keyed_by)
        .outerjoin(Submission, Submission.id == ClaimRow.submission_id)
        .where(ClaimRow.id == claim_id)
    )
    row, keyer, bundle = session.execute(query).one()
    decisions = _decisions(session, claim_id)
    return ClaimOpened(
        claim=load_claims(session, [claim_id])[0],
        version=row.version,
        state=row.state,
        submission_id=row.submission_id,
        bundle=bundle or "",
        keyed_by=keyer,
        keyed_at=row.keyed_at,
        copied_from=row.copied_from,
        decision=decisions[0] if decisions else None,
        decisions=tuple(decisions),
        history=_history(session, claim_id, decisions),
        pages=pages_of_claim(session, claim_id),
    )


def _decisions(session: Session, claim_id: int) -> list[DecisionShown]:
    query = (
        select(ClaimDecision, User.name)
        .join(User, User.id == ClaimDecision.decided_by)
        .where(ClaimDecision.claim_id == claim_id)
        .order_by(ClaimDecision.current.desc(), ClaimDecision.id.desc())
    )
    return [_decision(session, row, name) for row, name in session.execute(query).all()]


def _decision(session: Session, row: ClaimDecision, decided_by: str) -> DecisionShown:
    lines = select(DecisionLine).where(DecisionLine.decision_id == row.id).order_by(DecisionLine.line_no)
    findings = select(FindingRow).where(FindingRow.decision_id == row.id).order_by(FindingRow.position)
    steps = zip(row.explanation_lo.splitlines(), row.explanation_en.splitlines(), strict=True)
    return DecisionShown(
        decision=row.decision,
        method=row.method,
        allowed=row.allowed,
        copay_due=row.copay_due,
        payable=row.payable,
        reason=row.reason,
        decided_by=decided_by,
        decided_at=row.decided_at,
        explanation=tuple(Name(lao, english) for lao, english in steps),
        lines=tuple(
            LineDecided(line.line_no, line.quantity, line.price, line.allowed)
            for line in session.execute(lines).scalars()
        ),
        findings=tuple(_finding(found) for found in session.execute(findings).scalars()),
    )


def _finding(row: FindingRow) -> FindingShown:
    message, fix = Name(row.message_lo, row.message_en), Name(row.fix_lo, row.fix_en)
    return FindingShown(row.code, row.severity, row.line_no, row.field, message, fix)


def _history(session: Session, claim_id: int, decisions: list[DecisionShown]) -> tuple[HistoryStep, ...]:
    entries = (
        select(AuditEntry)
        .where(AuditEntry.record == ClaimRow.__tablename__, AuditEntry.record_id == claim_id)
        .order_by(AuditEntry.seq)
    )
    steps = [_step(entry) for entry in session.execute(entries).scalars()]
    steps += [
        HistoryStep(row.decided_at, row.decided_by, "claim.adjudicate", after={"decision": row.decision})
        for row in decisions
        if not row.reason
    ]
    if not decisions:
        # Until the claim is judged nobody reads in its history that it was keyed twice: what then still waits differs.
        return tuple(sorted(steps, key=lambda step: step.at))
    verified = (
        select(Verification.verified_at, User.name)
        .join(User, User.id == Verification.verified_by)
        .where(Verification.claim_id == claim_id)
    )
    steps += [HistoryStep(at, name, "claim.verify") for at, name in session.execute(verified)]
    return tuple(sorted(steps, key=lambda step: step.at))


def _step(entry: AuditEntry) -> HistoryStep:
    at = datetime.fromisoformat(entry.at).astimezone(UTC).replace(tzinfo=None)
    before = json.loads(entry.before) if entry.before else None
    after = json.loads(entry.after) if entry.after else None
    return HistoryStep(at, entry.user_name, entry.action, entry.why, before, after)
