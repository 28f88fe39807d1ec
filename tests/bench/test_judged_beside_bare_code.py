"""The bare counterpart of judging does what it says: the same rows, into tables of the same shape."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from claims_desk.bench.bare_judgement import OF_DECISION
from claims_desk.bench.judged import judge_all
from claims_desk.models.database import Database
from claims_desk.services import judgement
from claims_desk.services.claims import key_claim
from tests.small_office import DAY, form, open_small_office

Rows = list[tuple[Any, ...]]


@pytest.fixture
def no_bare_tables_left(db: Database) -> Iterator[None]:
    yield
    if not db.is_sqlite:
        with db.engine.begin() as connection:
            connection.execute(text("DROP SCHEMA bare CASCADE"))


def rows(db: Database, table: str) -> Rows:
    with db.session() as session:
        return sorted(tuple(row) for row in session.execute(text(f"SELECT * FROM {table}")))


def written_by_bare_code(db: Database, folder: Path, table: str) -> Rows:
    if not db.is_sqlite:
        return rows(db, f"bare.{table}")
    connection = sqlite3.connect(folder / "bare.db")
    found = sorted(connection.execute(f"SELECT * FROM {table}").fetchall())
    connection.close()
    return found


@pytest.mark.usefixtures("no_bare_tables_left")
def test_bare_code_writes_what_judging_wrote(db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judgement, "CHUNK", 2)
    people = open_small_office(db)
    for n in range(5):
        day = DAY + timedelta(days=n)
        key_claim(db, people.noy, form(f"F-{n}", signed=n % 2 == 0, visit_from=day, visit_to=day), None)
    run = judge_all(db, people.noy, tmp_path)
    assert (run.claims, len(run.ours), len(run.bare)) == (5, 3, 3)
    assert run.statements > 0
    for table in OF_DECISION:
        assert rows(db, table) == written_by_bare_code(db, tmp_path, table) != []
