"""Scans: kept by the SHA-256 of their bytes the moment they come in, let go only when nothing refers to them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import Role
from claims_desk.domain.dates import utc_now
from claims_desk.domain.messages import Message, say
from claims_desk.domain.scans import ScanFile, digest_of
from claims_desk.imports.scan_file import look_at
from claims_desk.models import ClaimScan, Scan
from claims_desk.models.database import Database
from claims_desk.services.audit import printable
from claims_desk.services.deed import Deed, deed
from claims_desk.services.scan_store import FolderStore, store_of

LOOSE_DAYS = 30
"""A scan no claim refers to stays so long: a draft may still hold it."""
_LONGEST_NAME = 200


def add_scan(db: Database, actor: Actor, content: bytes, name: str = "") -> ScanFile:
    """Keep a file's bytes at once; a draft then needs its SHA-256 only. The same bytes are kept once.

    Raises Refused without the clerk's role, UserError for a file that is empty, too large, damaged, locked, or
    neither picture nor PDF; nothing of it stays.
    """
    actor.must(Role.CLERK)
    found = look_at(content)
    with deed(db, actor, Role.CLERK) as work:
        work.in_turn("scans")
        known = work.session.execute(select(Scan.id).where(Scan.sha256 == found.sha256)).scalar_one_or_none()
        if known is None:
            _write(work, found, name)
        elif store_of(work.session).find(found.sha256) == content:
            work.abandon()
        else:
            work.record("scan.mend", "scans", record_id=known, after={"sha256": found.sha256})
        store_of(work.session).keep(found.sha256, content)
    return found


def _write(work: Deed, found: ScanFile, name: str) -> None:
    width, height = found.pages[0]
    row = Scan(
        sha256=found.sha256,
        kind=found.kind,
        size=found.size,
        pages=len(found.pages),
        width=width,
        height=height,
        name=printable(name)[:_LONGEST_NAME],
        added_by=work.actor.user_id,
        added_at=utc_now(),
    )
    work.session.add(row)
    work.session.flush()
    work.record("scan.add", row, after={"sha256": found.sha256, "name": row.name, "pages": row.pages})


def drop_loose_scans(db: Database, actor: Actor) -> int:
    """Let go of scans that came in over LOOSE_DAYS ago and that no claim refers to; returns how many.

    What a posted claim ever had attached is still attached to it: the database refuses to take it off. Raises
    Refused without the administrator's role.
    """
    before = utc_now() - timedelta(days=LOOSE_DAYS)
    referred = exists().where(ClaimScan.sha256 == Scan.sha256)
    with deed(db, actor, Role.ADMINISTRATOR) as work:
        work.in_turn("scans")
        loose = work.session.execute(select(Scan).where(Scan.added_at < before, ~referred)).scalars().all()
        for row in loose:
            work.record("scan.drop", row, before={"sha256": row.sha256, "name": row.name, "pages": row.pages})
            work.session.delete(row)
        work.session.flush()
        if not loose:
            work.abandon()
        dropped = [row.sha256 for row in loose]
        _drop_rows(work.session, dropped)
    _drop_files(db, dropped)
    return len(dropped)


def _drop_rows(session: Session, dropped: Iterable[str]) -> None:
    store = store_of(session)
    for sha256 in () if isinstance(store, FolderStore) else dropped:
        store.drop(sha256)


def _drop_files(db: Database, dropped: Iterable[str]) -> None:
    """Files go once the database has let go of them, never before; unless somebody brought one in again meanwhile."""
    with db.session() as session:
        store = store_of(session)
        if isinstance(store, FolderStore):
            for sha256 in set(dropped) - set(session.execute(select(Scan.sha256)).scalars()):
                store.drop(sha256)


def scans_off_their_digest(session: Session) -> Iterable[Message]:
    """Each scan whose bytes are missing or are not those it is known by."""
    store = store_of(session)
    for sha256, name in session.execute(select(Scan.sha256, Scan.name).order_by(Scan.id)).all():
        try:
            content = store.find(sha256)
        except OSError:
            yield say("the scan {sha256} ({name}) cannot be read", sha256=sha256[:12], name=name or "–")
            continue
        if content is None:
            yield say("the scan {sha256} ({name}) is missing", sha256=sha256[:12], name=name or "–")
        elif digest_of(content) != sha256:
            yield say("the scan {sha256} ({name}) was changed", sha256=sha256[:12], name=name or "–")
