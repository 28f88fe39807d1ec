"""Whose hands a claim went through: a claim's row names only the last who corrected it, the audit trail all."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from claims_desk.models import AuditEntry, Claim


def correctors(session: Session, claim_ids: Select[int]) -> set[int]:
    """The ids of all users who ever corrected one of the claims."""
    entries = select(AuditEntry.user_id).where(
        AuditEntry.record == Claim.__tablename__,
        AuditEntry.action == "claim.correct",
        AuditEntry.record_id.in_(claim_ids),
    )
    return set(session.execute(entries.distinct()).scalars())
