"""The audit chain, read from its beginning and held against itself."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import Message, say
from claims_desk.models import AuditEntry, AuditHead
from claims_desk.services.audit import GENESIS, digest_of

ENTRIES_A_STEP = 2_000


@dataclass(frozen=True, slots=True)
class Chain:
    """How many entries were read, and the first thing that is wrong with them, or None."""

    entries: int
    fault: Message | None


def read_chain(session: Session) -> Chain:
    """Compute every entry's digest again and follow the links to the head."""
    previous, seq = GENESIS, 0
    wanted = select(AuditEntry).order_by(AuditEntry.seq).execution_options(yield_per=ENTRIES_A_STEP)
    with session.execute(wanted) as result:
        for entry in result.scalars():
            if entry.seq != seq + 1:
                return Chain(seq, say("entry {seq} is missing", seq=seq + 1))
            if entry.previous != previous or entry.digest != digest_of(entry):
                return Chain(seq, say("entry {seq} was changed after it was written", seq=entry.seq))
            previous, seq = entry.digest, entry.seq
            session.expunge(entry)
    head = session.execute(select(AuditHead)).scalar_one_or_none()
    if head is None or (head.seq, head.digest) != (seq, previous):
        return Chain(seq, say("the last entries are missing: the chain ends at {seq}, not at its head", seq=seq))
    return Chain(seq, None)


def check_chain(session: Session) -> None:
    """Raises UserError where the audit chain is broken."""
    chain = read_chain(session)
    if chain.fault is not None:
        raise UserError(
            say("The audit trail does not hold: {fault}.", fault=chain.fault),
            say("Somebody changed the database behind the program; choose another backup and tell the auditor."),
        )
