"""Panes and lists opened: all their queries, beside SQL that reads as many rows by the driver alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from claims_desk.bench.judged import counted_statements
from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import ClaimState
from claims_desk.domain.dates import office_today
from claims_desk.domain.messages import Message, say
from claims_desk.domain.months import Months
from claims_desk.domain.paging import PageWanted
from claims_desk.models.database import Database
from claims_desk.queries.audit import audit_entries, audit_scope
from claims_desk.queries.claims import ClaimsWanted, claims, find_claims, pended_reasons
from claims_desk.queries.home import progress, waiting
from claims_desk.queries.letters import letters
from claims_desk.queries.members import members
from claims_desk.queries.submissions import submissions

if TYPE_CHECKING:
    from claims_desk.bench.measures import Measured

REPEATS: Final = 5
FIRST_PAGE: Final = PageWanted()
_PAGE: Final = "SELECT * FROM {table} {which} ORDER BY {key} LIMIT 200"
_COUNT: Final = "SELECT count(*) FROM {table} {which}"
_PENDED: Final = f"WHERE state = '{ClaimState.PENDED}'"
_BY_STATE: Final = "SELECT state, count(*), sum(claimed_total) FROM claims GROUP BY state"


@dataclass(frozen=True, slots=True)
class Opening:
    """What is opened: our queries, and the least SQL for the same."""

    what: Message
    asks: Sequence[Callable[[Database], Any]]
    bare: Sequence[str]


def measure_opening(db: Database, clerk: Actor) -> Iterator[Measured]:
    """Every opening: the median of some, the worst one, and its statements."""
    from claims_desk.bench.measures import Measured

    for opening in _openings(clerk):
        with counted_statements(db) as said:
            ours = [_seconds(opening.asks, db) for _ in range(REPEATS)]
        plain = [_bare_seconds(db, opening.bare) for _ in range(REPEATS)]
        yield Measured(opening.what, 1, median(ours), median(plain), max(ours), said.total() / REPEATS)


def _seconds(asks: Sequence[Callable[[Database], Any]], db: Database) -> float:
    started = perf_counter()
    for ask in asks:
        ask(db)
    return perf_counter() - started


def _bare_seconds(db: Database, statements: Sequence[str]) -> float:
    with db.engine.connect() as connection:
        started = perf_counter()
        for statement in statements:
            connection.exec_driver_sql(statement).fetchall()
        return perf_counter() - started


def _openings(clerk: Actor) -> Iterator[Opening]:
    today, pended = office_today(), ClaimsWanted(states=(ClaimState.PENDED,), blind_for=clerk.user_id)
    yield Opening(
        say("Home opened"),
        (lambda db: db.read(waiting, clerk.user_id, today), lambda db: db.read(progress, today)),
        (_BY_STATE, "SELECT decision, count(*), max(decided_at) FROM decisions GROUP BY decision"),
    )
    yield Opening(
        say("Review opened"),
        (lambda db: db.read(claims, FIRST_PAGE, pended), lambda db: db.read(pended_reasons)),
        _first_page("claims", "id", _PENDED),
    )
    yield Opening(
        say("all claims listed"), (lambda db: db.read(claims, FIRST_PAGE),), (*_first_page("claims", "id"), _BY_STATE)
    )
    yield Opening(
        say("letters of a month listed"), (lambda db: db.read(letters, FIRST_PAGE, Months.of(today)),), (_BY_STATE,)
    )
    yield Opening(
        say("bundles listed"), (lambda db: db.read(submissions, FIRST_PAGE),), _first_page("submissions", "id")
    )
    yield Opening(say("members listed"), (lambda db: db.read(members, FIRST_PAGE),), _first_page("members", "name_key"))
    yield Opening(
        say("audit trail opened"),
        (lambda db: db.read(audit_entries, FIRST_PAGE), lambda db: db.read(audit_scope)),
        _first_page("audit_entries", "seq"),
    )
    yield Opening(
        say("claim found by its form number"),
        (lambda db: db.read(find_claims, "000123", blind_for=clerk.user_id),),
        ("SELECT * FROM claims WHERE facility_code = 'HC1' AND form_no = '000123'",),
    )


def _first_page(table: str, key: str, which: str = "") -> tuple[str, str]:
    return _PAGE.format(table=table, key=key, which=which), _COUNT.format(table=table, which=which)
