"""The audit trail: entries in a SHA-256 chain, each covering the digest before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from claims_desk.domain.actor import Actor
from claims_desk.models import AuditEntry, AuditHead
from claims_desk.models.base import Base

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Note:
    """One thing done, to be chained when its deed ends."""

    action: str
    row: Base | str
    record_id: int | None
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    why: str


def append(session: Session, actor: Actor, notes: Sequence[Note]) -> str:
    """Chain the notes as entries of `actor` and return the new head."""
    head = session.execute(select(AuditHead).with_for_update()).scalar_one()
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    for note in notes:
        head.seq += 1
        entry = AuditEntry(
            seq=head.seq,
            at=at,
            user_id=actor.user_id,
            user_name=actor.name,
            action=note.action,
            record=note.row if isinstance(note.row, str) else note.row.__tablename__,
            record_id=note.record_id if isinstance(note.row, str) else _key(note.row),
            before=_json(note.before),
            after=_json(note.after),
            why=note.why,
            previous=head.digest,
            digest="",
        )
        entry.digest = head.digest = digest_of(entry)
        session.add(entry)
    session.flush()
    return head.digest


def digest_of(entry: AuditEntry) -> str:
    """The SHA-256 of an entry and the digest before it, 64 hexadecimal digits."""
    parts = [
        entry.previous,
        entry.seq,
        entry.at,
        entry.user_id,
        entry.user_name,
        entry.action,
        entry.record,
        entry.record_id,
        entry.before,
        entry.after,
        entry.why,
    ]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def snapshot(row: Base, *names: str) -> dict[str, Any]:
    """The row's columns (or only `names`) as they are now, for `before` and `after`."""
    columns = names or tuple(column.key for column in inspect(type(row)).column_attrs)
    return {name: getattr(row, name) for name in columns}


def printable(name: str) -> str:
    """A file's name as text can hold it: what is no letter of any script becomes a question mark."""
    return name.encode(errors="replace").decode()


def _key(row: Base) -> int | None:
    key: int | None = getattr(row, "id", None)
    return key


def _json(values: Mapping[str, Any] | None) -> str | None:
    return None if values is None else json.dumps(values, ensure_ascii=False, sort_keys=True, default=_plain)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
