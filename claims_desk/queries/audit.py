"""The audit trail as one reads it: by person, record and day, before and after side by side."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from claims_desk.domain.paging import Page, PageWanted
from claims_desk.models import AuditEntry, AuditHead, User
from claims_desk.queries.lao_order import lao_order
from claims_desk.queries.matching import begins, holds
from claims_desk.queries.paging import Sorts, fetch_page


@dataclass(frozen=True, slots=True)
class AuditWanted:
    """Which entries: of one user, of one kind of record, from a day to a day of the office; None asks for nothing."""

    user_id: int | None = None
    record: str | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRow:
    """One entry; `at` by the clock on the office's wall. `digest` covers it and the `previous` one."""

    seq: int
    at: datetime
    user: str
    action: str
    record: str
    record_id: int | None
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    why: str
    previous: str
    digest: str


@dataclass(frozen=True, slots=True)
class AuditScope:
    """What one can ask the trail for: users by id, kinds of record, and where the chain ends now."""

    users: tuple[tuple[int, str], ...]
    records: tuple[str, ...]
    entries: int
    head: str


SORTS: Sorts = {
    "seq": AuditEntry.seq,
    "at": AuditEntry.seq,
    "user": AuditEntry.user_name,
    "action": AuditEntry.action,
    "record": AuditEntry.record,
}


def audit_entries(session: Session, wanted: PageWanted, asked: AuditWanted | None = None) -> Page[AuditRow]:
    """A page of entries, the newest first; a search is an entry's or record's number, or any text in it."""
    query = select(AuditEntry).where(*_conditions(asked or AuditWanted()))
    if wanted.search.strip():
        query = query.where(_holding(session, wanted.search.strip()))
    return fetch_page(session, query, wanted, _row, sorts=SORTS, tie=AuditEntry.seq, newest_first=True)


def audit_scope(session: Session) -> AuditScope:
    """What the trail can be asked for."""
    users = session.execute(select(User.id, User.name).order_by(lao_order(User.name), User.name))
    records = session.execute(select(AuditEntry.record).distinct().order_by(AuditEntry.record)).scalars().all()
    head = session.execute(select(AuditHead.seq, AuditHead.digest)).one()
    return AuditScope(tuple((key, name) for key, name in users), tuple(records), head.seq, head.digest)


def _conditions(asked: AuditWanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if asked.user_id is not None:
        conditions.append(AuditEntry.user_id == asked.user_id)
    if asked.record is not None:
        conditions.append(AuditEntry.record == asked.record)
    if asked.first is not None:
        conditions.append(AuditEntry.at >= _midnight(asked.first))
    if asked.last is not None:
        conditions.append(AuditEntry.at < _midnight(asked.last + timedelta(days=1)))
    return conditions


def _midnight(day: date) -> str:
    """The beginning of the office's day as the entries write their moments: UTC, ISO 8601."""
    return datetime.combine(day, time.min).astimezone(UTC).isoformat(timespec="milliseconds")


def _holding(session: Session, text: str) -> ColumnElement[bool]:
    before, after = func.coalesce(AuditEntry.before, ""), func.coalesce(AuditEntry.after, "")
    sealed = begins(session, AuditEntry.digest, "".join(text.split()).lower())  # on paper it stands in groups
    if text.isascii() and text.isdigit() and len(text) < 19:
        numbered = or_(AuditEntry.seq == int(text), AuditEntry.record_id == int(text))
        return or_(sealed, numbered, holds(session, after, text))
    written = (AuditEntry.why, before, after, AuditEntry.user_name, AuditEntry.action)
    return or_(sealed, *(holds(session, column, text) for column in written))


def _row(entry: AuditEntry) -> AuditRow:
    return AuditRow(
        seq=entry.seq,
        at=datetime.fromisoformat(entry.at).astimezone(),
        user=entry.user_name,
        action=entry.action,
        record=entry.record,
        record_id=entry.record_id,
        before=json.loads(entry.before) if entry.before else {},
        after=json.loads(entry.after) if entry.after else {},
        why=entry.why,
        previous=entry.previous,
        digest=entry.digest,
    )
