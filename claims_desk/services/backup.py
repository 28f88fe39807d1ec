"""Backup and restore: one file format, whichever engine the office works on."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from platformdirs import user_data_path
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import Role
from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import Message, say
from claims_desk.models import ScanBytes
from claims_desk.models.database import Database
from claims_desk.models.refusals import Damaged, told_plainly
from claims_desk.queries.office import office_code
from claims_desk.services import schema
from claims_desk.services.audit import Note, append, printable
from claims_desk.services.chain import check_chain
from claims_desk.services.safety_copy import copy_sqlite, name_beside, put_in_place
from claims_desk.services.scan_copy import check_packed, pack_scans, unpack_scans
from claims_desk.services.scans import scans_off_their_digest
from claims_desk.services.schema import Standing
from claims_desk.services.table_copy import copy_rows

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: the office now in the database, and where that which it replaced is kept.

    `without` names each scan the database knows and does not have: neither the backup nor this PC held it whole.
    """

    office: str
    kept: Path | None
    without: tuple[Message, ...] = ()


def backup(db: Database, actor: Actor, path: Path, progress: Progress | None = None) -> Path:
    """Write a consistent copy of the database to `path` while people work, checked before it gets its name.

    Of a server too it is a SQLite file, so that it can be restored anywhere; the scans are in it. Raises Refused
    without the administrator's role, UserError where the file is the database itself, is no backup, or cannot be
    written.
    """
    actor.must(Role.ADMINISTRATOR)
    schema.check(db)
    _refuse_target(db, path)
    if db.path is not None:
        return copy_sqlite(db.path, path, pack_scans(db.path))
    return _copy_of_server(db, path, progress)


def _refuse_target(db: Database, path: Path) -> None:
    if db.path is not None and path.resolve() == db.path.resolve():
        raise UserError(say("A backup cannot go into the database itself."), say("Choose another file."))
    if path.exists() and (not path.is_file() or (path.stat().st_size and not _is_sqlite(path))):
        raise UserError(
            say("“{path}” is no backup and is not replaced by one.", path=path), say("Choose another file.")
        )


def _is_sqlite(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(16) == b"SQLite format 3\x00"


def _copy_of_server(db: Database, path: Path, progress: Progress | None) -> Path:
    unfinished = path.with_name(f".{path.name}.part")
    try:
        with told_plainly():
            _fill_file(db, unfinished, progress)
            put_in_place(unfinished, path)
    finally:
        for suffix in ("", "-wal", "-shm"):
            unfinished.with_name(unfinished.name + suffix).unlink(missing_ok=True)
    return path


def _fill_file(db: Database, path: Path, progress: Progress | None) -> None:
    path.unlink(missing_ok=True)
    file = Database.open(f"sqlite:///{path}")
    try:
        schema.upgrade(file)
        moment = db.engine.connect().execution_options(isolation_level="REPEATABLE READ")
        with moment as source, schema.migrating(file) as target:
            copy_rows(source, target, progress)
    finally:
        file.close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    connection.close()


def restore(url: str, actor: Actor, path: Path, progress: Progress | None = None) -> Restored:
    """Put the backup in the place of the database at `url`, after checking it; what was there is kept beside, scans
    that were there stay where they are.

    Raises Refused without the administrator's role; UserError for a backup that is damaged, tampered with, of
    another office or of a newer program. Then nothing is changed.
    """
    actor.must(Role.ADMINISTRATOR)
    with checked_backup(path) as file:
        office = file.read(office_code)
        assert office is not None
        db, kept = _set_aside(url, office)
        try:
            with told_plainly(), file.engine.connect() as source, schema.migrating(db) as target:
                unpack_scans(source, target)
                copy_rows(source, target, progress, leave={ScanBytes.__tablename__})
                _note(target, actor, {"file": printable(path.name), "office": office})
            without = db.read(lambda session: tuple(scans_off_their_digest(session)))
        finally:
            db.close()
    return Restored(office, kept, without)


def _note(target: Connection, actor: Actor, after: dict[str, str]) -> None:
    """The entry of the restore, in its own transaction; whoever restores may be unknown to the backup."""
    with Session(target) as session:
        append(session, actor, [Note("backup.restore", "office", None, None, after, "")])


@contextmanager
def checked_backup(path: Path) -> Iterator[Database]:
    """A copy of the backup, brought to this program's schema and found whole: file, tables, audit chain and scans.

    The backup itself is never written. Raises UserError for anything else.
    """
    with told_plainly():
        if not path.is_file() or not _is_sqlite(path):
            raise UserError(say("“{path}” is no backup of Claims Desk.", path=path), say("Choose another file."))
    with TemporaryDirectory(prefix="claims-desk-") as folder:
        file = Database.open(f"sqlite:///{copy_sqlite(path, Path(folder) / path.name)}")
        try:
            if schema.standing(file) is Standing.OLDER:
                schema.upgrade(file)
            schema.check(file)
            file.read(check_chain)
            file.read(check_packed)
            yield file
        finally:
            file.close()


def _set_aside(url: str, office: str) -> tuple[Database, Path | None]:
    """The database to restore into, at head, and the copy of what it held; a damaged file is moved aside whole."""
    try:
        db = Database.open(url)
        try:
            return db, _prepared(db, office)
        except BaseException:
            db.close()
            raise
    except Damaged:
        return _moved_aside(url)


def _prepared(db: Database, office: str) -> Path | None:
    standing = schema.standing(db)
    if standing in (Standing.FOREIGN, Standing.NEWER):
        raise schema.refusal(db, standing)
    kept = None if standing is Standing.EMPTY else _kept(db, office)
    schema.upgrade(db)
    return kept


def _kept(db: Database, office: str) -> Path:
    here = db.read(office_code)
    if here not in (office, None):
        raise UserError(
            say("The backup is of office {office}, the database of office {here}.", office=office, here=here),
            say("Choose the backup of this office, or another file for that office."),
        )
    if db.path is not None:
        return copy_sqlite(db.path, name_beside(db.path, "before-restore"))
    folder = user_data_path("claims-desk", appauthor=False, ensure_exists=True)
    return _copy_of_server(db, name_beside(folder / f"office-{office}.db", "before-restore"), None)


def _moved_aside(url: str) -> tuple[Database, Path]:
    path = Database.file_of(url)
    assert path is not None  # only a file is ever damaged
    kept = name_beside(path, "damaged")
    with told_plainly():
        for suffix in ("-wal", "-shm", ""):
            part = path.with_name(path.name + suffix)
            if part.exists():
                part.rename(kept.with_name(kept.name + suffix))
    db = Database.open(url)
    schema.upgrade(db)
    return db, kept
