"""Decisions as they are written: many at once, each with its lines and findings in both languages."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from claims_desk.domain.codes import ClaimState, Decision
from claims_desk.domain.facts import Claim
from claims_desk.domain.judgement import Finding, Judgement
from claims_desk.domain.messages import ENGLISH, LAO
from claims_desk.models import Claim as ClaimRow
from claims_desk.models import ClaimDecision, DecisionLine, FindingRow
from claims_desk.models.base import Base
from claims_desk.models.ids import take_ids
from claims_desk.queries.keys import ID, key_table
from claims_desk.services.deed import Deed

STATE_OF: Final = {
    Decision.ACCEPT: ClaimState.ACCEPTED,
    Decision.PEND: ClaimState.PENDED,
    Decision.DENY: ClaimState.DENIED,
}
Judged = tuple[Claim, Judgement]
Values = dict[str, Any]


def write_judgements(work: Deed, judged: Sequence[Judged]) -> None:
    """Keep what the rules said as the current decisions of the claims, and move the claims to where it puts them."""
    session = work.session
    retire_decisions(session, [claim.id for claim, _ in judged])
    made = list(zip(take_ids(session, len(judged)) if judged else (), judged, strict=True))
    at = datetime.now(UTC).replace(tzinfo=None)
    _insert(session, ClaimDecision, (_decision(key, one, work.actor.user_id, at) for key, one in made))
    _insert(session, DecisionLine, (row for key, (_, judgement) in made for row in _lines(key, judgement)))
    _insert(session, FindingRow, (row for key, (_, judgement) in made for row in _findings(key, judgement)))
    _move(session, judged)


def retire_decisions(session: Session, claim_ids: Iterable[int]) -> None:
    """What was decided of the claims until now is no longer current."""
    keys = key_table(session, {"id": ID}, [(claim_id,) for claim_id in claim_ids])
    old = update(ClaimDecision).where(ClaimDecision.claim_id.in_(select(keys.c.id)), ClaimDecision.current)
    session.execute(old.values(current=False).execution_options(synchronize_session=False))


def digest_of_results(judged: Iterable[Judged]) -> str:
    """One SHA-256 over decisions, amounts and findings, by which the audit trail vouches for all of them."""
    digest = hashlib.sha256()
    for claim, said in judged:
        findings = [[row.code, row.line_no] for row in said.findings]
        row = [claim.id, said.decision, said.method, said.allowed, said.copay_due, said.payable, findings]
        digest.update(json.dumps(row).encode())
    return digest.hexdigest()


def _insert(session: Session, table: type[Base], rows: Iterator[Values]) -> None:
    values = list(rows)
    if values:
        session.connection().execute(insert(table.__table__), values)  # type: ignore[arg-type]


def _decision(key: int, judged: Judged, user_id: int, at: datetime) -> Values:
    claim, said = judged
    return {
        "id": key,
        "claim_id": claim.id,
        "current": True,
        "decision": said.decision,
        "method": said.method,
        "allowed": said.allowed,
        "copay_due": said.copay_due,
        "payable": said.payable,
        "explanation_en": "\n".join(step.text(ENGLISH) for step in said.explanation),
        "explanation_lo": "\n".join(step.text(LAO) for step in said.explanation),
        "decided_by": user_id,
        "decided_at": at,
    }


def _lines(key: int, said: Judgement) -> Iterator[Values]:
    for line in said.lines:
        yield {
            "decision_id": key,
            "line_no": line.line_no,
            "quantity": line.quantity,
            "price": line.price,
            "allowed": line.allowed,
        }


def _findings(key: int, said: Judgement) -> Iterator[Values]:
    for position, found in enumerate(said.findings):
        yield {"decision_id": key, "position": position} | finding_values(found)


def finding_values(found: Finding) -> Values:
    """A finding as it is kept, said in both languages."""
    return {
        "line_no": found.line_no,
        "code": found.code,
        "severity": found.severity,
        "field": found.field,
        "message_en": found.message.text(ENGLISH),
        "message_lo": found.message.text(LAO),
        "fix_en": found.fix.text(ENGLISH),
        "fix_lo": found.fix.text(LAO),
    }


def _move(session: Session, judged: Iterable[Judged]) -> None:
    by_state: dict[ClaimState, list[tuple[int]]] = defaultdict(list)
    for claim, said in judged:
        by_state[STATE_OF[said.decision]].append((claim.id,))
    for state, ids in by_state.items():
        keys = key_table(session, {"id": ID}, ids)
        moved = update(ClaimRow).where(ClaimRow.id.in_(select(keys.c.id)))
        session.execute(
            moved.values(state=state, version=ClaimRow.version + 1).execution_options(synchronize_session=False)
        )
