"""The database a window or command works on: one SQLite file, or the office's PostgreSQL server."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session

from claims_desk.domain.errors import UserError
from claims_desk.domain.lao import sort_key
from claims_desk.domain.messages import say
from claims_desk.models.refusals import told_plainly

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")
BUSY_SECONDS = 10
POSTGRES_PORT = 5432
PRAGMAS = (
    f"busy_timeout={BUSY_SECONDS * 1000}",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "recursive_triggers=ON",  # REPLACE is refused like DELETE
)


class Database:
    """An opened database; every session of it ends with the block it was asked for."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @classmethod
    def open(cls, url: str, *, must_exist: bool = False) -> Database:
        """The database at `url` (`sqlite:///file` or `postgresql://…`), connected to once.

        A file that is not there is made empty, unless it `must_exist`. Raises UserError where there is none, it is
        damaged, or the server does not answer.
        """
        engine = _engine(_parsed(url))
        database = cls(engine)
        if must_exist and database.path is not None and not database.path.exists():
            raise UserError(
                say("There is no database “{path}”.", path=database.path),
                say("Check the name, or make it with: claims-desk init --office followed by the office's four digits."),
            )
        try:
            with told_plainly(), engine.connect():
                _ = database.identity
        except UserError:
            database.close()
            raise
        return database

    @classmethod
    def file_of(cls, url: str) -> Path | None:
        """The file a SQLite address names; None for a server. Raises UserError for what is no address."""
        parsed = _parsed(url)
        return Path(str(parsed.database)) if parsed.get_backend_name() == "sqlite" else None

    @property
    def is_sqlite(self) -> bool:
        """Whether this is one file on one PC."""
        return self.engine.dialect.name == "sqlite"

    @property
    def path(self) -> Path | None:
        """The SQLite file; None on a server."""
        return Path(str(self.engine.url.database)) if self.is_sqlite else None

    @cached_property
    def identity(self) -> str:
        """What tells this database from any other on this PC: the file's whole path, or server, port and name.

        The disk is asked once, at opening: the window names its database with every draft it keeps.
        """
        url = self.engine.url
        if self.is_sqlite:
            return os.path.normcase(os.path.realpath(str(url.database)))
        return f"{url.host or 'localhost'}:{url.port or POSTGRES_PORT}/{url.database}"

    @property
    def place(self) -> str:
        """Where the data is, as a user would say it: the file's name, or server and database; no password."""
        url = self.engine.url
        return Path(str(url.database)).name if self.is_sqlite else f"{url.host or 'localhost'}/{url.database}"

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session to read with; writes go through `services.deed`. Database errors come out as UserError."""
        with told_plainly(), Session(self.engine, expire_on_commit=False) as session:
            yield session

    def read(
        self,
        query: Callable[Concatenate[Session, Arguments], Answer],
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> Answer:
        """The answer of one query in a session of its own."""
        with self.session() as session:
            return query(session, *args, **kwargs)

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url if "://" in url else f"sqlite:///{url}")
    except ArgumentError:
        raise UserError(
            say("“{url}” is no database address.", url=url),
            say("Write a file name, sqlite:///FILE or postgresql://USER:PASSWORD@SERVER/DATABASE."),
        ) from None
    if parsed.get_backend_name() == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() == "sqlite" and parsed.database not in (None, "", ":memory:"):
        return parsed
    raise UserError(
        say("Claims Desk keeps its data in a SQLite file or on a PostgreSQL server, not in “{url}”.", url=url),
        say("Write a file name, sqlite:///FILE or postgresql://USER:PASSWORD@SERVER/DATABASE."),
    )


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    engine = create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_server)
    return engine


def _prepare_server(connection: Any, _record: Any) -> None:
    """A list is asked in tens of milliseconds; a server that first compiled its query took up to a second over that."""
    connection.execute("SET jit = off")
    connection.commit()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.create_function("lao_key", 1, _lao_key, deterministic=True)


@lru_cache(maxsize=100_000)
def _lao_key(name: str | None) -> str | None:
    """What `queries.lao_order` sorts by; names of places and people come again and again."""
    return None if name is None else sort_key(name)


def _begin_sqlite(connection: Any) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
