"""The same deed for many records: each on its own, the refused ones told, the others done."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from claims_desk.domain.actor import Actor
from claims_desk.domain.errors import UserError
from claims_desk.models.database import Database
from claims_desk.services.batches import approve_batch

Version = tuple[int, int]  # id, and the version the user saw


@dataclass(frozen=True, slots=True)
class BulkOutcome:
    """How many were done, and why the others were not."""

    done: int
    refusals: tuple[UserError, ...]


def do_each(records: Iterable[Version], deed: Callable[[int, int], object]) -> BulkOutcome:
    """Do `deed` for each id and version; a refusal of one does not stop the next."""
    done, refusals = 0, []
    for record_id, version in records:
        try:
            deed(record_id, version)
            done += 1
        except UserError as refusal:
            refusals.append(refusal)
    return BulkOutcome(done, tuple(refusals))


def approve_batches(db: Database, actor: Actor, records: Iterable[Version]) -> BulkOutcome:
    """Approve many batches, each checked on its own."""
    return do_each(records, lambda batch_id, version: approve_batch(db, actor, batch_id, version))
