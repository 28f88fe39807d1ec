"""What judging a thousand claims would cost if nothing had to be judged: plain `sqlite3`, plain `psycopg`.

The same claims are read with their lines, and the same decisions, decided lines and findings are written into tables
with the same columns, keys, references, checks and indexes, under the same durability, a commit per thousand. Nothing
else is read or written: no members, no past, no states, no audit trail.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import psycopg

from claims_desk.models.database import PRAGMAS, Database

Row = tuple[Any, ...]
Results = Mapping[str, Sequence[Row]]  # rows by table, the decisions first
OF_DECISION: Final = {"decisions": "id", "decision_lines": "decision_id", "findings": "decision_id"}
_REFERENCES: Final = (
    ("decisions", "claim_id", "public.claims (id)"),
    ("decisions", "decided_by", "public.users (id)"),
    ("decision_lines", "decision_id", "bare.decisions (id)"),
    ("findings", "decision_id", "bare.decisions (id)"),
)


def bare_office(db: Database, folder: Path) -> BareOffice:
    """A place for bare code to judge in, as the office is before anything is judged."""
    return BareOffice(_copied_file(db, folder / "bare.db"), "?") if db.is_sqlite else BareOffice(_own_tables(db), "%s")


class BareOffice:
    """A connection of the plain driver; `mark` is how it marks a value in a statement."""

    def __init__(self, connection: Any, mark: str) -> None:
        self._connection = connection
        self._mark = mark

    def judge(self, first: int, last: int, results: Results) -> dict[Row, list[Row]]:
        """Read the claims with ids from `first` to `last`, write their `results`, commit; returns claims and lines."""
        cursor = self._connection.cursor()
        cursor.execute("BEGIN")
        among, ids = f"BETWEEN {self._mark} AND {self._mark}", (first, last)
        cursor.execute(f"SELECT * FROM claims WHERE id {among} ORDER BY id", ids)  # noqa: S608
        claims = cursor.fetchall()
        cursor.execute(f"SELECT * FROM claim_lines WHERE claim_id {among} ORDER BY claim_id, line_no", ids)  # noqa: S608
        lines: dict[int, list[Row]] = {}
        for line in cursor.fetchall():
            lines.setdefault(line[0], []).append(line)
        for table, rows in results.items():
            if rows:
                marks = ", ".join([self._mark] * len(rows[0]))
                cursor.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608
        cursor.execute("COMMIT")
        return {claim: lines.get(claim[0], []) for claim in claims}

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()


def reading_times(db: Database, claim_ids: Iterable[int]) -> list[float]:
    """Seconds to read each claim, its lines, its member's coverages and the member's other claims."""
    connection = sqlite3.connect(str(db.path)) if db.is_sqlite else psycopg.connect(_plain_address(db))
    with closing(connection):
        return [_reading_time(connection, claim_id, "?" if db.is_sqlite else "%s") for claim_id in claim_ids]


def _reading_time(connection: Any, claim_id: int, mark: str) -> float:
    started = perf_counter()
    query = f"SELECT scheme, member_no FROM claims WHERE id = {mark}"  # noqa: S608
    number = connection.execute(query, (claim_id,)).fetchone()
    connection.execute(f"SELECT * FROM claim_lines WHERE claim_id = {mark}", (claim_id,)).fetchall()  # noqa: S608
    for table in ("coverages", "claims"):
        query = f"SELECT * FROM {table} WHERE scheme = {mark} AND member_no = {mark}"  # noqa: S608
        connection.execute(query, number).fetchall()
    return perf_counter() - started


def _plain_address(db: Database) -> str:
    return db.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)


def _copied_file(db: Database, copy: Path) -> sqlite3.Connection:
    with db.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").all()
    shutil.copyfile(str(db.path), copy)
    plain = sqlite3.connect(copy, isolation_level=None)
    for pragma in PRAGMAS:
        plain.execute(f"PRAGMA {pragma}")
    return plain


def _own_tables(db: Database) -> psycopg.Connection[Row]:
    """Tables made like the office's own in a schema before it; the claims are read where they are."""
    connection = psycopg.connect(_plain_address(db), autocommit=True)
    connection.execute("CREATE SCHEMA bare")
    for table in OF_DECISION:
        connection.execute(f"CREATE TABLE bare.{table} (LIKE public.{table} INCLUDING ALL)")
    for table, column, other in _REFERENCES:
        connection.execute(f"ALTER TABLE bare.{table} ADD FOREIGN KEY ({column}) REFERENCES {other}")
    connection.execute("SET search_path TO bare, public")
    return connection
