"""The copy taken before a schema is changed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from claims_desk.models.database import Database


def copy_before_upgrade(db: Database, revision: str) -> Path | None:
    """A copy of the SQLite file beside it, named by its revision and the moment; None on a server.

    A server's own backups are its administrator's. Raises sqlite3.Error and OSError where it cannot be made.
    """
    if db.path is None:
        return None
    moment = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    target = db.path.with_name(f"{db.path.stem}-before-upgrade-from-{revision}-{moment}{db.path.suffix}")
    with closing(sqlite3.connect(db.path)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
    return target
