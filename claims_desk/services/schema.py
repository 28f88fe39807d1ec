"""The schema of a database: brought to head by Alembic, and checked before anything else is read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum, auto
from importlib.resources import files
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import say
from claims_desk.models.database import Database
from claims_desk.models.refusals import told_plainly
from claims_desk.services.safety_copy import copy_before

_OURS = {"alembic_version", "office", "audit_entries"}


class Standing(Enum):
    """How a database's schema stands to this program."""

    EMPTY = auto()
    OLDER = auto()
    HEAD = auto()
    NEWER = auto()
    FOREIGN = auto()


def upgrade(db: Database) -> Path | None:
    """Bring the schema from whatever it is to head, all steps or none.

    Returns the copy taken before, where there was something to lose. Raises UserError for a newer schema, for a
    database of another program, and where the copy cannot be made.
    """
    with told_plainly():
        standing, revision = _stand(db)
    if standing is Standing.HEAD:
        return None
    if standing in (Standing.NEWER, Standing.FOREIGN):
        raise refusal(db, standing)
    copy = copy_before(db, f"before-upgrade-from-{revision}") if revision is not None else None
    with told_plainly(), migrating(db) as connection:
        command.upgrade(alembic_config(connection), "head")
    return copy


def standing(db: Database) -> Standing:
    """How the database's schema stands to this program. Raises UserError where it cannot be read."""
    with told_plainly():
        return _stand(db)[0]


def check(db: Database) -> None:
    """Raises UserError unless the database's schema is this program's: empty, foreign, older or newer."""
    with told_plainly():
        standing, _ = _stand(db)
    if standing is not Standing.HEAD:
        raise refusal(db, standing)


def head() -> str:
    """The newest revision this program knows."""
    newest = _scripts().get_current_head()
    assert newest is not None
    return newest


def alembic_config(connection: Connection) -> Config:
    """Alembic's settings for migrations that travel inside the program; no file of settings is needed."""
    config = Config()
    config.set_main_option("script_location", str(_folder()).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


@contextmanager
def migrating(db: Database) -> Iterator[Connection]:
    """One transaction for schema steps, nobody else's beside it; foreign keys are checked once at its end."""
    with (
        db.engine.connect().execution_options(writing=True) as connection,
        _without_foreign_keys(connection),
        connection.begin(),
    ):
        if not db.is_sqlite:
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(732150)")
        yield connection
        _check_foreign_keys(connection)


@contextmanager
def _without_foreign_keys(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by copying it, which foreign keys would forbid, and obeys the pragma only out of a
    transaction.
    """
    raw = connection.connection.driver_connection
    if not isinstance(raw, sqlite3.Connection):
        yield
        return
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def _check_foreign_keys(connection: Connection) -> None:
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise RuntimeError("a migration left rows that refer to nothing")


def _stand(db: Database) -> tuple[Standing, str | None]:
    with db.engine.connect() as connection:
        tables = set(inspect(connection).get_table_names())
        if not tables:
            return Standing.EMPTY, None
        if not tables >= _OURS:
            return (Standing.EMPTY, None) if tables == {"alembic_version"} else (Standing.FOREIGN, None)
        revision = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in _scripts().walk_revisions()}
    if revision not in known:
        return Standing.NEWER, revision
    return (Standing.HEAD if revision == head() else Standing.OLDER), revision


def refusal(db: Database, standing: Standing) -> UserError:
    """Why a database of this standing cannot be worked with, and what to do."""
    if standing is Standing.EMPTY:
        return UserError(
            say("There is no office in the database “{place}” yet.", place=db.place),
            say("Make it with: claims-desk init --office followed by the office's four digits."),
        )
    if standing is Standing.OLDER:
        return UserError(
            say("The database “{place}” was made by an older Claims Desk.", place=db.place),
            say("Let an administrator run: claims-desk init. It takes a copy first and then upgrades."),
        )
    if standing is Standing.NEWER:
        return UserError(
            say("The database “{place}” was made by a newer Claims Desk than this one.", place=db.place),
            say("Install the newer program on this PC; nothing was changed."),
        )
    return UserError(
        say("The database “{place}” belongs to another program.", place=db.place),
        say("Choose another file or database; nothing was changed."),
    )


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(_folder()))


def _folder() -> Path:
    return Path(str(files("claims_desk.migrations")))
