"""Decisions as they are written: many at once, each with its lines and findings in both languages."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from claims_desk.domain.codes import ClaimState, Decision
from claims_desk.domain.dates import utc_now
from claims_desk.domain.facts import Claim
from claims_desk.domain.judgement import Judgement
from claims_desk.domain.messages import ENGLISH, LAO, Message
from claims_desk.models import Claim as ClaimRow
from claims_desk.models import ClaimDecision, DecisionLine, FindingRow
from claims_desk.models.bulk import as_kept, insert_rows
from claims_desk.models.ids import take_ids
from claims_desk.queries.keys import ID, TEXT, key_table
from claims_desk.services.deed import Deed

STATE_OF: Final = {
    Decision.ACCEPT: ClaimState.ACCEPTED,
    Decision.PEND: ClaimState.PENDED,
    Decision.DENY: ClaimState.DENIED,
}
Judged = tuple[Claim, Judgement]
Row = tuple[Any, ...]
_DECISION: Final = (
    *("id", "claim_id", "current", "decision", "method", "allowed", "copay_due", "payable", "explanation_en"),
    *("explanation_lo", "reason", "decided_by", "decided_at"),
)
_LINE: Final = ("decision_id", "line_no", "quantity", "price", "allowed")
_FINDING: Final = (
    *("decision_id", "position", "line_no", "code", "severity", "field"),
    *("message_en", "message_lo", "fix_en", "fix_lo"),
)
_WRITTEN_ALIKE: Final = frozenset({str, int, date})  # exactly these: True is 1 and 1.0 is 1, but not on paper


def write_judgements(work: Deed, judged: Sequence[Judged]) -> None:
    """Keep what the rules said as the current decisions of the claims, and move the claims to where it puts them."""
    session = work.session
    retire_decisions(session, [claim.id for claim, _ in judged])
    made = list(zip(take_ids(session, len(judged)) if judged else (), judged, strict=True))
    at = as_kept(session, ClaimDecision.__table__.c.decided_at, utc_now())
    said = _Said()
    decisions = [_decision(key, one, said, work.actor.user_id, at) for key, one in made]
    insert_rows(session, ClaimDecision.__table__, _DECISION, decisions)
    lines = [row for key, (_, judgement) in made for row in _lines(key, judgement)]
    insert_rows(session, DecisionLine.__table__, _LINE, lines)
    findings = [row for key, (_, judgement) in made for row in _findings(key, judgement, said)]
    insert_rows(session, FindingRow.__table__, _FINDING, findings)
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


class _Said:
    """What was said, in English and in Lao: a thousand claims say the same few hundred sentences over and over."""

    def __init__(self) -> None:
        self._texts: dict[Row, tuple[str, str]] = {}

    def both(self, message: Message) -> tuple[str, str]:
        """The sentence in both languages. Remembered where equal values are sure to be written alike."""
        values = message.values
        if not _WRITTEN_ALIKE.issuperset(map(type, values.values())):
            return message.text(ENGLISH), message.text(LAO)
        key = (message.template, *values.items())
        texts = self._texts.get(key)
        if texts is None:
            texts = self._texts[key] = message.text(ENGLISH), message.text(LAO)
        return texts


def _decision(key: int, judged: Judged, said: _Said, user_id: int, at: Any) -> Row:
    claim, outcome = judged
    steps = [said.both(step) for step in outcome.explanation]
    return (
        *(key, claim.id, True, outcome.decision.value, outcome.method),
        *(outcome.allowed, outcome.copay_due, outcome.payable),
        "\n".join([english for english, _ in steps]),
        "\n".join([lao for _, lao in steps]),
        *("", user_id, at),
    )


def _lines(key: int, outcome: Judgement) -> Iterator[Row]:
    for line in outcome.lines:
        yield key, line.line_no, line.quantity, line.price, line.allowed


def _findings(key: int, outcome: Judgement, said: _Said) -> Iterator[Row]:
    for position, found in enumerate(outcome.findings):
        texts = (*said.both(found.message), *said.both(found.fix))
        yield key, position, found.line_no, found.code, found.severity.value, found.field, *texts


def _move(session: Session, judged: Iterable[Judged]) -> None:
    rows = [(claim.id, STATE_OF[outcome.decision].value) for claim, outcome in judged]
    keys = key_table(session, {"id": ID, "state": TEXT}, rows)
    moved = update(ClaimRow.__table__).where(ClaimRow.id == keys.c.id)  # type: ignore[arg-type]
    session.execute(moved.values(state=keys.c.state, version=ClaimRow.version + 1))
