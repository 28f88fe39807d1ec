"""Every row of one database laid into another, table by table, whatever the two engines are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Table, func, select, text, update

from claims_desk.models import Base, IdCounter, ScanBytes

ROWS_A_STEP = 2_000
SCANS_A_STEP = 4  # each may have many megabytes
Progress = Callable[[int, int], None]


def copy_rows(
    source: Connection, target: Connection, progress: Progress | None = None, leave: Collection[str] = ()
) -> None:
    """Replace all rows of `target` by those of `source`, but for the tables of `leave`; both at head, the target
    within one transaction.

    The triggers of the target rest meanwhile, because what is posted is only moved here, not changed.
    """
    tables = [table for table in Base.metadata.sorted_tables if table.name not in leave]
    total = sum(source.execute(select(func.count()).select_from(table)).scalar_one() for table in tables)
    done = 0
    with _resting_triggers(target):
        for table in reversed(tables):
            target.execute(table.delete())
        for table in tables:
            for count in _copy_table(source, target, table):
                done += count
                if progress is not None:
                    progress(done, total)
        _carry_ids(source, target)


def _copy_table(source: Connection, target: Connection, table: Table) -> Iterator[int]:
    step = SCANS_A_STEP if table is ScanBytes.__table__ else ROWS_A_STEP
    wanted = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=step)
    with source.execute(wanted) as result:
        for rows in result.mappings().partitions():
            target.execute(table.insert(), [dict(row) for row in rows])
            yield len(rows)


@contextmanager
def _resting_triggers(connection: Connection) -> Iterator[None]:
    if connection.dialect.name == "postgresql":
        for table in Base.metadata.sorted_tables:
            connection.exec_driver_sql(f"ALTER TABLE {table.name} DISABLE TRIGGER USER")
        yield
        for table in Base.metadata.sorted_tables:
            connection.exec_driver_sql(f"ALTER TABLE {table.name} ENABLE TRIGGER USER")
        return
    triggers = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
    for name, _ in triggers:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    for _, statement in triggers:
        connection.exec_driver_sql(statement)


def _carry_ids(source: Connection, target: Connection) -> None:
    """The next free id goes along, from a sequence or a counter into a sequence or a counter."""
    if source.dialect.name == "postgresql":
        after = text("SELECT CASE WHEN is_called THEN last_value + 1 ELSE last_value END FROM office_ids")
    else:
        after = text("SELECT next_id FROM id_counter")
    following = source.execute(after).scalar_one_or_none()
    if following is None:
        return
    target.execute(update(IdCounter).values(next_id=following))
    if target.dialect.name == "postgresql":
        target.execute(text(f"ALTER SEQUENCE office_ids RESTART WITH {int(following)}"))
