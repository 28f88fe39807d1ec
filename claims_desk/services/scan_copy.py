"""Scans on their way into a backup and out of it: a backup is one file, and its scans lie in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import say
from claims_desk.domain.scans import digest_of
from claims_desk.models import ScanBytes
from claims_desk.services.scan_store import FolderStore, folder_beside, store_of


def pack_scans(database: Path) -> Callable[[sqlite3.Connection], None]:
    """What puts the scans beside a SQLite file into a copy of it.

    One that is missing or was changed is left out: `verify` tells of it, and no backup waits for it.
    """
    store = FolderStore(folder_beside(database))

    def pack(copy: sqlite3.Connection) -> None:
        known = [name for (name,) in copy.execute("SELECT sha256 FROM scans ORDER BY sha256")] if _has(copy) else []
        for sha256 in known:
            content = store.find(sha256)
            if content is not None and digest_of(content) == sha256:
                copy.execute("INSERT OR IGNORE INTO scan_bytes (sha256, content) VALUES (?, ?)", (sha256, content))
                copy.commit()

    return pack


def check_packed(session: Session) -> None:
    """Raises UserError where a scan in a backup is not what its SHA-256 says."""
    for sha256, content in _packed(session.connection()):
        if digest_of(content) != sha256:
            raise UserError(
                say("The scan {sha256} in the backup was changed.", sha256=sha256[:12]), say("Choose another backup.")
            )


def unpack_scans(source: Connection, target: Connection) -> None:
    """Put a backup's scans where those of the target lie; what lies there already stays."""
    with Session(target) as session:
        store = store_of(session)
        for sha256, content in _packed(source):
            store.keep(sha256, content)


def _packed(connection: Connection) -> Iterator[tuple[str, bytes]]:
    """One after another: all together may be larger than the memory."""
    for sha256 in connection.execute(select(ScanBytes.sha256).order_by(ScanBytes.sha256)).scalars().all():
        wanted = select(ScanBytes.content).where(ScanBytes.sha256 == sha256)
        yield sha256, connection.execute(wanted).scalar_one()


def _has(copy: sqlite3.Connection) -> bool:
    """Whether the copy is of a schema that knows scans."""
    named = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'scan_bytes'"
    return copy.execute(named).fetchone() is not None
