"""The whole database held against itself: audit chain, totals, numbers, ledger, guards and the file's own health."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, inspect, select, text
from sqlalchemy.orm import Session

from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import Message, say
from claims_desk.migrations.triggers import sqlite_statement
from claims_desk.migrations.triggers_capitation import CAPITATION_GUARDS
from claims_desk.migrations.triggers_draws import DRAW_GUARDS
from claims_desk.migrations.triggers_first import FIRST_GUARDS
from claims_desk.migrations.triggers_proposals import PROPOSAL_GUARDS
from claims_desk.migrations.triggers_scans import SCAN_GUARDS
from claims_desk.models import AuditEntry
from claims_desk.models.database import Database
from claims_desk.queries import health, index_health, ledger_health
from claims_desk.queries.capitation_health import capitation_off_its_vouchers, capitation_paid_twice
from claims_desk.queries.verification_health import verifications_off_their_differences
from claims_desk.services.chain import read_chain
from claims_desk.services.scans import scans_off_their_digest

Faults = Iterable[Message]
Progress = Callable[[int, int], None]
GUARDS: Final = (*FIRST_GUARDS, *SCAN_GUARDS, *CAPITATION_GUARDS, *DRAW_GUARDS, *PROPOSAL_GUARDS)
MOST_FAULTS: Final = 20
"""As many faults as are told of one check; the rest are counted by whoever mends the first ones."""

_REFUSING: Final = text(
    "SELECT tgname FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid"
    " WHERE NOT tgisinternal AND tgenabled = 'O' AND proname = 'refuse_change' AND prosrc LIKE '%RAISE EXCEPTION%'"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked, and what is wrong with it; nothing: it holds."""

    checked: Message
    faults: tuple[Message, ...]


def verify(db: Database, progress: Progress = lambda _done, _total: None) -> list[Finding]:
    """Check everything and tell of each thing what was checked and what fails; writes nothing."""
    found: list[Finding] = []
    for title, checks in _CHECKS:
        progress(len(found), len(_CHECKS))
        found.append(Finding(title, _faults(db, checks)))
    return found


def _faults(db: Database, checks: Sequence[Callable[[Session], Faults]]) -> tuple[Message, ...]:
    found: list[Message] = []
    for check in checks:
        try:
            with db.session() as session:
                found += check(session)
        except UserError as unreadable:
            found.append(unreadable.message)
    return tuple(found[:MOST_FAULTS])


def entries(db: Database) -> int:
    """How many audit entries there are."""
    return db.read(lambda session: session.execute(select(func.count()).select_from(AuditEntry)).scalar_one())


def _chain(session: Session) -> Faults:
    fault = read_chain(session).fault
    if fault is not None:
        yield fault


def _file(session: Session) -> Faults:
    if session.get_bind().dialect.name != "sqlite":
        return
    for (said,) in session.execute(text("PRAGMA integrity_check(10)")):
        if said != "ok":
            yield say("the database file is damaged: {said}", said=said)


def _references(session: Session) -> Faults:
    if session.get_bind().dialect.name == "sqlite":
        for table, _, parent, _ in session.execute(text("PRAGMA foreign_key_check")):
            yield say("a row of {table} refers to a row of {parent} that is not there", table=table, parent=parent)
        return
    loose = text("SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE NOT convalidated")
    for table, name in session.execute(loose):
        yield say("the rule {name} of {table} was switched off for old rows", name=name, table=table)


def _guards(session: Session) -> Faults:
    if session.get_bind().dialect.name == "sqlite":
        kept = session.execute(text("SELECT sql FROM sqlite_master WHERE type = 'trigger'"))
        wanted = {sqlite_statement(guard): guard.name for guard in GUARDS}
    else:
        kept = session.execute(_REFUSING)
        wanted = {guard.name: guard.name for guard in GUARDS}
    there = set(kept.scalars())
    for statement, name in wanted.items():
        if statement not in there:
            yield say("the guard {name}, which keeps what is posted, was taken away", name=name)


def _tables(session: Session) -> Faults:
    missing = set(AuditEntry.metadata.tables) - set(inspect(session.connection()).get_table_names())
    for table in sorted(missing):
        yield say("the table {table} is missing", table=table)


_CHECKS: Final[tuple[tuple[Message, tuple[Callable[[Session], Faults], ...]], ...]] = (
    (say("Database integrity"), (_file, _tables, _references)),
    (say("Guards of what is posted"), (_guards,)),
    (say("Audit chain"), (_chain, health.vouchers_without_their_chain_head)),
    (say("Bundles against hand counts"), (health.closed_bundles_off_their_totals,)),
    (say("Batches against vouchers"), (health.batches_off_their_vouchers,)),
    (say("Vouchers against claims"), (health.vouchers_off_their_lines, health.claims_paid_twice)),
    (say("Capitation against its vouchers"), (capitation_off_its_vouchers, capitation_paid_twice)),
    (say("Payment files against vouchers"), (health.files_off_their_vouchers, health.vouchers_in_two_live_files)),
    (say("Voucher numbers without gaps"), (health.gaps_in_voucher_numbers,)),
    (say("Ledger against vouchers"), ledger_health.CHECKS),
    (say("Second keyings against what was decided"), (verifications_off_their_differences,)),
    (say("Scans against their SHA-256"), (scans_off_their_digest,)),
    (say("Members against the index of names"), (index_health.members_off_the_index,)),
)
