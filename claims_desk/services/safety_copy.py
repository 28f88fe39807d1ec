"""Copies of a SQLite database, whole or not there at all, taken while others work on it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from claims_desk.domain.messages import say
from claims_desk.models.database import Database
from claims_desk.models.refusals import Damaged, told_plainly

PAGES_A_STEP = 4_096


def copy_before(db: Database, why: str) -> Path | None:
    """A copy of the SQLite file beside it, named by why and when it was taken; None on a server.

    Raises UserError where it cannot be made.
    """
    if db.path is None:
        return None
    return copy_sqlite(db.path, name_beside(db.path, why))


def name_beside(path: Path, why: str) -> Path:
    """A name beside the file that says why and when: office-before-restore-20261123-101500.db."""
    moment = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    return path.with_name(f"{path.stem}-{why}-{moment}{path.suffix}")


def copy_sqlite(source: Path, target: Path, complete: Callable[[sqlite3.Connection], None] | None = None) -> Path:
    """Copy a SQLite database as of one moment and check the copy; it appears under its name only when it is whole.

    `complete` may add to the copy before it is checked. Raises Damaged where the source is, UserError where the copy
    cannot be written.
    """
    unfinished = target.with_name(f".{target.name}.part")
    try:
        with told_plainly():
            with closing(sqlite3.connect(source)) as original, closing(sqlite3.connect(unfinished)) as copy:
                original.backup(copy, pages=PAGES_A_STEP, sleep=0.01)
                copy.execute("PRAGMA journal_mode=DELETE")
                if complete is not None:
                    complete(copy)
                check_whole(copy)
            put_in_place(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)
    return target


def check_whole(connection: sqlite3.Connection) -> None:
    """Raises Damaged where SQLite finds the file so."""
    if connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
        raise Damaged(
            say("The database file is damaged."), say("Restore the last backup that is whole; keep the damaged file.")
        )


def put_in_place(unfinished: Path, target: Path) -> None:
    """Give a finished file its name once its bytes are on the disk. Raises OSError."""
    with unfinished.open("rb+") as stream:
        os.fsync(stream.fileno())
    unfinished.replace(target)
    if os.name == "posix":
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
