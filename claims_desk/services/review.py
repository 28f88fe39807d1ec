"""Review: a supervisor decides over the rules, with a reason; never on his own work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import ClaimState, Decision, Role, Severity
from claims_desk.domain.dates import utc_now
from claims_desk.domain.errors import Refused, UserError
from claims_desk.domain.messages import ENGLISH, LAO, Message, say
from claims_desk.models import Claim, ClaimDecision, DecisionLine, FindingRow, Scheme, Verification
from claims_desk.models.database import Database
from claims_desk.services.decisions import STATE_OF, retire_decisions
from claims_desk.services.deed import Deed, deed
from claims_desk.services.hands import correctors
from claims_desk.services.reasons import need_reason

SUPERVISOR_CODE = "S01"  # the code under which a supervisor's own reason stands on the letter
DECIDED = (ClaimState.PENDED, ClaimState.ACCEPTED)


def accept_claim(db: Database, actor: Actor, claim_id: int, version: int | None, reason: str) -> None:
    """Accept a pended claim over the rules, at the amounts they had set provisionally.

    Raises Refused for whoever keyed, corrected or verified it, UserError without a reason, unless it is pended, or
    where no fund could pay it.
    """
    need_reason(reason)
    with deed(db, actor, Role.SUPERVISOR) as work:
        claim = _reviewed(work, claim_id, version, (ClaimState.PENDED,))
        _refuse_own_work(work, claim)
        _need_scheme(work, claim)
        kept = [row for row in _findings(work, claim) if row.severity != Severity.PEND]
        step = say("Accepted by {name}: {reason}", name=actor.name, reason=reason)
        _decide(work, claim, _Outcome(Decision.ACCEPT, reason, kept, step))
        work.record("claim.accept", claim, after={"decision": Decision.ACCEPT}, why=reason)


def deny_claim(db: Database, actor: Actor, claim_id: int, version: int | None, reason: str) -> None:
    """Deny a pended or accepted claim; the reason goes on the letter.

    Raises Refused for whoever keyed, corrected or verified it, UserError without a reason or in any other state.
    """
    need_reason(reason)
    with deed(db, actor, Role.SUPERVISOR) as work:
        claim = _reviewed(work, claim_id, version, DECIDED)
        _refuse_own_work(work, claim)
        step = say("Denied by {name}: {reason}", name=actor.name, reason=reason)
        _decide(work, claim, _Outcome(Decision.DENY, reason, _findings(work, claim), step))
        work.record("claim.deny", claim, after={"decision": Decision.DENY}, why=reason)


def return_claim(db: Database, actor: Actor, claim_id: int, version: int | None, note: str) -> None:
    """Give a pended or accepted claim back to the clerks, pended, with a note that stands in its history.

    Raises UserError without a note or in any other state.
    """
    need_reason(note)
    with deed(db, actor, Role.SUPERVISOR) as work:
        claim = _reviewed(work, claim_id, version, DECIDED)
        step = say("Returned by {name}: {reason}", name=actor.name, reason=note)
        _decide(work, claim, _Outcome(Decision.PEND, note, _findings(work, claim), step))
        work.record("claim.return", claim, after={"decision": Decision.PEND}, why=note)


@dataclass(frozen=True, slots=True)
class _Outcome:
    decision: Decision
    reason: str
    findings: Iterable[FindingRow]
    step: Message


def _reviewed(work: Deed, claim_id: int, version: int | None, states: tuple[ClaimState, ...]) -> Claim:
    claim = work.get(Claim, claim_id, version)
    if claim.state not in states:
        raise UserError(
            say("Claim {form} is not waiting for review.", form=claim.form_no),
            say("Refresh the list and choose another."),
        )
    return claim


def _refuse_own_work(work: Deed, claim: Claim) -> None:
    verified = select(Verification.verified_by).where(Verification.claim_id == claim.id)
    resolved = select(Verification.resolved_by).where(Verification.claim_id == claim.id)
    hands: set[int | None] = {claim.keyed_by, *correctors(work.session, select(Claim.id).where(Claim.id == claim.id))}
    hands.update(work.session.execute(verified).scalars(), work.session.execute(resolved).scalars())
    if work.actor.user_id in hands:
        raise Refused(
            say("{name} keyed, corrected or verified this claim and may not decide it.", name=work.actor.name),
            say("Another supervisor decides."),
        )


def _need_scheme(work: Deed, claim: Claim) -> None:
    """Every kip is paid by a scheme's fund: without one the claim's whole bundle could not be batched."""
    if work.session.execute(select(Scheme.id).where(Scheme.code == claim.scheme)).first() is None:
        raise UserError(
            say("Claim {form} names no scheme that could pay it.", form=claim.form_no),
            say("Return it to the clerks to have its scheme corrected, or deny it."),
        )


def _findings(work: Deed, claim: Claim) -> list[FindingRow]:
    query = (
        select(FindingRow)
        .join(ClaimDecision, ClaimDecision.id == FindingRow.decision_id)
        .where(ClaimDecision.claim_id == claim.id, ClaimDecision.current)
        .order_by(FindingRow.position)
    )
    return list(work.session.execute(query).scalars())


def _decide(work: Deed, claim: Claim, outcome: _Outcome) -> None:
    current = select(ClaimDecision).where(ClaimDecision.claim_id == claim.id, ClaimDecision.current)
    before = work.session.execute(current).scalar_one()
    retire_decisions(work.session, [claim.id])
    paid = outcome.decision != Decision.DENY
    after = ClaimDecision(
        claim_id=claim.id,
        current=True,
        decision=outcome.decision,
        method=before.method,
        allowed=before.allowed if paid else 0,
        copay_due=before.copay_due,
        payable=before.payable if paid else 0,
        explanation_en=f"{before.explanation_en}\n{_one_line(outcome.step, ENGLISH)}".strip(),
        explanation_lo=f"{before.explanation_lo}\n{_one_line(outcome.step, LAO)}".strip(),
        reason=outcome.reason,
        decided_by=work.actor.user_id,
        decided_at=utc_now(),
    )
    work.session.add(after)
    work.session.flush()
    _copy_lines(work, before.id, after.id, paid)
    _copy_findings(work, after.id, outcome)
    claim.state = STATE_OF[outcome.decision]


def _one_line(step: Message, language: str) -> str:
    return " ".join(step.text(language).split())


def _copy_lines(work: Deed, before_id: int, after_id: int, paid: bool) -> None:
    for row in work.session.execute(select(DecisionLine).where(DecisionLine.decision_id == before_id)).scalars():
        allowed = row.allowed if paid else 0
        work.session.add(
            DecisionLine(
                decision_id=after_id, line_no=row.line_no, quantity=row.quantity, price=row.price, allowed=allowed
            )
        )


def _copy_findings(work: Deed, decision_id: int, outcome: _Outcome) -> None:
    rows = [
        FindingRow(
            line_no=row.line_no,
            code=row.code,
            severity=row.severity,
            field=row.field,
            message_en=row.message_en,
            message_lo=row.message_lo,
            fix_en=row.fix_en,
            fix_lo=row.fix_lo,
        )
        for row in outcome.findings
    ]
    if outcome.decision != Decision.ACCEPT:
        rows.append(_own_finding(outcome))
    for position, row in enumerate(rows):
        row.decision_id, row.position = decision_id, position
        work.session.add(row)


def _own_finding(outcome: _Outcome) -> FindingRow:
    denied = outcome.decision == Decision.DENY
    fix = say("The claim is not paid.") if denied else say("Mend what the supervisor asks for.")
    return FindingRow(
        line_no=None,
        code=SUPERVISOR_CODE,
        severity=Severity.DENY if denied else Severity.PEND,
        field="",
        message_en=outcome.reason,
        message_lo=outcome.reason,
        fix_en=fix.text(ENGLISH),
        fix_lo=fix.text(LAO),
    )
