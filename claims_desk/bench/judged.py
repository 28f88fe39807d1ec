"""A run of judgement beside bare code that reads the same claims and writes the same results."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from typing import Final

from sqlalchemy import event, text
from sqlalchemy.orm import Session

from claims_desk.bench.bare_judgement import OF_DECISION, Results, bare_office
from claims_desk.bench.memory import peak_megabytes
from claims_desk.domain.actor import Actor
from claims_desk.models.database import Database
from claims_desk.services.judgement import CHUNK, adjudicate, waiting_claims

FIRST: Final = 10_000


@dataclass(slots=True)
class JudgedRun:
    """A run of judgement: seconds of ours and of bare code for each thousand claims, and our statements in all.

    `megabytes` is the most memory its process held, bare code included.
    """

    claims: int = 0
    ours: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    statements: int = 0
    megabytes: int = 0

    def until(self, claims: int) -> tuple[float, float]:
        """Seconds of ours and of bare code for the first `claims`."""
        chunks = -(-claims // CHUNK)
        return sum(self.ours[:chunks]), sum(self.bare[:chunks])


def judge_alone(db: Database, clerk: Actor, folder: Path) -> JudgedRun:
    """`judge_all` in a process of its own: what was done before it does not count as its memory."""
    if getattr(sys, "frozen", False):  # the packed program cannot start a part of itself
        return judge_all(db, clerk, folder)
    url = db.engine.url.render_as_string(hide_password=False)
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_judge_all_at, url, clerk, folder).result()


def _judge_all_at(url: str, clerk: Actor, folder: Path) -> JudgedRun:
    db = Database.open(url)
    with closing(db):
        return judge_all(db, clerk, folder)


def judge_all(db: Database, clerk: Actor, folder: Path) -> JudgedRun:
    """Judge all that waits; after each thousand the bare code does the same, so that both meet the same machine."""
    run, office = JudgedRun(), bare_office(db, folder)
    waiting = db.read(waiting_claims)
    with counted_statements(db) as said:
        started = perf_counter()

        def compare(done: int, _of: int) -> None:
            nonlocal started
            run.ours.append(perf_counter() - started)
            run.statements += said.total()
            first, last = waiting[run.claims], waiting[done - 1]
            results = db.read(_results, first, last)
            started = perf_counter()
            read = len(office.judge(first, last, results))
            run.bare.append(perf_counter() - started)
            if read != done - run.claims:
                raise RuntimeError("the claims are not judged in the order of their ids")
            run.claims = done
            said.clear()
            started = perf_counter()

        adjudicate(db, clerk, progress=compare)
    office.close()
    run.megabytes = peak_megabytes()
    return run


def _results(session: Session, first: int, last: int) -> Results:
    chosen = f"SELECT id FROM decisions WHERE claim_id BETWEEN {first} AND {last} AND current"  # noqa: S608
    return {
        table: [tuple(row) for row in session.execute(text(f"SELECT * FROM {table} WHERE {key} IN ({chosen})"))]  # noqa: S608
        for table, key in OF_DECISION.items()
    }


@contextmanager
def counted_statements(db: Database) -> Iterator[Counter[str]]:
    """The statements that go to the database meanwhile."""
    said: Counter[str] = Counter()

    def listen(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said[statement] += 1

    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        yield said
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)
