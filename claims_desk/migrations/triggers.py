"""Triggers that refuse to change what is posted: declared once, written for SQLite and for PostgreSQL.

On PostgreSQL a trigger's condition may hold no query of its own, so what looks into other tables is a function
there and is written out in full for SQLite.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

REFUSED: Final = "refused by the ledger:"

VOUCHER_IS_POSTED: Final = "EXISTS (SELECT 1 FROM vouchers v WHERE v.id = {id} AND v.state = 'POSTED')"
CLAIM_IS_POSTED: Final = (
    "EXISTS (SELECT 1 FROM voucher_lines l JOIN vouchers v ON v.id = l.voucher_id WHERE l.claim_id = {id}"
    " AND v.state = 'POSTED' AND v.reverses_id IS NULL AND NOT EXISTS"
    " (SELECT 1 FROM vouchers r WHERE r.reverses_id = v.id AND r.state = 'POSTED'))"
)
RETURN_IS_CLOSED: Final = "EXISTS (SELECT 1 FROM monthly_returns r WHERE r.id = {id} AND r.state = 'CLOSED')"
CLAIM_WAS_POSTED: Final = (
    "EXISTS (SELECT 1 FROM voucher_lines l JOIN vouchers v ON v.id = l.voucher_id WHERE l.claim_id = {id}"
    " AND v.state = 'POSTED')"
)
CONDITIONS: Final = {
    "voucher_is_posted": VOUCHER_IS_POSTED,
    "claim_is_posted": CLAIM_IS_POSTED,
    "claim_was_posted": CLAIM_WAS_POSTED,
    "return_is_closed": RETURN_IS_CLOSED,
}
REFUSING: Final = "refuse_change"

_REFUSE: Final = f"""
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION USING MESSAGE = '{REFUSED} ' || TG_ARGV[0]; END $$
"""
_CONDITION: Final = """
CREATE OR REPLACE FUNCTION {name}(sought bigint) RETURNS boolean LANGUAGE sql STABLE AS $$ SELECT {query} $$
"""


@dataclass(frozen=True, slots=True)
class Guard:
    """What is refused on a table: `event` INSERT, UPDATE or DELETE of a row, always or only `when` it holds.

    `only` limits an UPDATE to columns. In `when`, `@name(row.column)` is a condition of CONDITIONS.
    """

    table: str
    event: str
    says: str
    when: str = ""
    only: tuple[str, ...] = ()
    part: str = ""

    @property
    def name(self) -> str:
        """The trigger's name."""
        return "_".join(filter(None, ("guard", self.table, self.event.lower(), self.part)))


def create(connection: Connection, guards: Sequence[Guard]) -> None:
    """Put the triggers in place; on PostgreSQL what they share may stand already, for a later migration's guards."""
    on_server = connection.dialect.name == "postgresql"
    for statement in _for_postgresql(guards) if on_server else map(sqlite_statement, guards):
        connection.exec_driver_sql(statement)


def drop(connection: Connection, guards: Sequence[Guard], still_used: Collection[str] = ()) -> None:
    """Take the triggers away again, and on PostgreSQL their functions but those older guards have `still_used`."""
    on_server = connection.dialect.name == "postgresql"
    for guard in guards:
        connection.exec_driver_sql(f"DROP TRIGGER {guard.name}" + (f" ON {guard.table}" if on_server else ""))
    if on_server:
        for table in _always_kept(guards):
            connection.exec_driver_sql(f"DROP TRIGGER guard_{table}_truncate ON {table}")
        for name in (_conditions(guards) if still_used else CONDITIONS).keys() - still_used:
            connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {name}(bigint)")
        if REFUSING not in still_used:
            connection.exec_driver_sql(f"DROP FUNCTION {REFUSING}()")


@contextmanager
def resting(connection: Connection, guards: Sequence[Guard]) -> Iterator[None]:
    """Let the triggers rest while a migration brings old rows into a new shape; they stand again at the end."""
    on_server = connection.dialect.name == "postgresql"
    for guard in guards:
        rest = f"ALTER TABLE {guard.table} DISABLE TRIGGER {guard.name}" if on_server else f"DROP TRIGGER {guard.name}"
        connection.exec_driver_sql(rest)
    yield
    for guard in guards:
        stand = f"ALTER TABLE {guard.table} ENABLE TRIGGER {guard.name}" if on_server else sqlite_statement(guard)
        connection.exec_driver_sql(stand)


def sqlite_statement(guard: Guard) -> str:
    """The guard as SQLite keeps it word for word."""
    when = guard.when
    for name, query in CONDITIONS.items():
        for row in ("OLD", "NEW"):
            for column in ("id", "voucher_id", "claim_id", "return_id"):
                when = when.replace(f"@{name}({row}.{column})", query.format(id=f"{row}.{column}"))
    condition = f"WHEN {when} " if when else ""
    return (
        f"CREATE TRIGGER {guard.name} BEFORE {_event(guard)} ON {guard.table} FOR EACH ROW {condition}"
        f"BEGIN SELECT RAISE(ABORT, '{REFUSED} {guard.says}'); END"
    )


def _for_postgresql(guards: Sequence[Guard]) -> Iterator[str]:
    yield _REFUSE
    for name, query in _conditions(guards).items():
        yield _CONDITION.format(name=name, query=query.format(id="sought"))
    for guard in guards:
        condition = f"WHEN ({guard.when.replace('@', '')}) " if guard.when else ""
        yield (
            f"CREATE TRIGGER {guard.name} BEFORE {_event(guard)} ON {guard.table} FOR EACH ROW {condition}"
            f"EXECUTE FUNCTION refuse_change('{guard.says}')"
        )
    for table in _always_kept(guards):
        yield (
            f"CREATE OR REPLACE TRIGGER guard_{table}_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT"
            f" EXECUTE FUNCTION refuse_change('{table} is never emptied')"
        )


def _conditions(guards: Sequence[Guard]) -> dict[str, str]:
    """Those the guards ask: another may be about a table that is not there yet."""
    return {name: query for name, query in CONDITIONS.items() if any(f"@{name}(" in guard.when for guard in guards)}


def _always_kept(guards: Sequence[Guard]) -> list[str]:
    return sorted({guard.table for guard in guards})


def _event(guard: Guard) -> str:
    return f"UPDATE OF {', '.join(guard.only)}" if guard.only else guard.event
