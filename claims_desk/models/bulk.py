"""Many rows at once, handed to the driver as they are: the one place that goes past SQLAlchemy's own inserts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, FromClause
from sqlalchemy.orm import Session


def insert_rows(session: Session, table: FromClause, names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert `rows`, whose values stand in the order of the columns `names`, as the driver takes them. One statement.

    Numbers, texts and truths are taken as they are; anything else goes through `as_kept` first.
    """
    if rows:
        connection = session.connection()
        marks = ", ".join(["?" if connection.dialect.name == "sqlite" else "%s"] * len(names))
        connection.exec_driver_sql(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", list(rows))  # noqa: S608


def as_kept(session: Session, column: ColumnElement[Any], value: Any) -> Any:
    """A value of a column as the driver takes it: a moment is text to SQLite."""
    dialect = session.connection().dialect
    keep = column.type.dialect_impl(dialect).bind_processor(dialect)
    return keep(value) if keep else value
