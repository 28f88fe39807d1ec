"""Many rows at once, handed to the driver as they are: the one place that goes past SQLAlchemy's own inserts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import ColumnElement, FromClause, Table
from sqlalchemy.orm import Session

_PAGES: Final = -64_000  # kibibytes


def insert_rows(session: Session, table: FromClause, names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert `rows`, whose values stand in the order of the columns `names`, as the driver takes them. One statement.

    Numbers, texts and truths are taken as they are; anything else goes through `as_kept` first.
    """
    if rows:
        connection = session.connection()
        marks = ", ".join(["?" if connection.dialect.name == "sqlite" else "%s"] * len(names))
        connection.exec_driver_sql(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", list(rows))  # noqa: S608


def insert_values(session: Session, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows given by column, all of the same columns in the same order. One statement."""
    if not rows:
        return
    dialect = session.connection().dialect
    columns = []
    for name, values in zip(rows[0], zip(*(row.values() for row in rows), strict=True), strict=True):
        keep = table.c[name].type.dialect_impl(dialect).bind_processor(dialect)
        columns.append(map(keep, values) if keep else values)
    insert_rows(session, table, [*rows[0]], [*zip(*columns, strict=True)])


@contextmanager
def pages_at_hand(session: Session) -> Iterator[None]:
    """While very many rows are written SQLite has 64 MB of pages at hand, else it reads the indexes over and over."""
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        yield
        return
    usual = connection.exec_driver_sql("PRAGMA cache_size").scalar_one()
    connection.exec_driver_sql(f"PRAGMA cache_size = {_PAGES}")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size = {usual}")


def as_kept(session: Session, column: ColumnElement[Any], value: Any) -> Any:
    """A value of a column as the driver takes it: a moment is text to SQLite."""
    dialect = session.connection().dialect
    keep = column.type.dialect_impl(dialect).bind_processor(dialect)
    return keep(value) if keep else value
