"""A set of keys handed to the database as one JSON text: one statement for one key and for ten thousand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Date, FromClause, Integer, String, column, func, literal, select, type_coerce
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

Columns = Mapping[str, TypeEngine[Any]]
TEXT = String()
DAY = Date()
ID = BigInteger().with_variant(Integer, "sqlite")


def key_table(session: Session, columns: Columns, rows: Iterable[tuple[Any, ...]]) -> FromClause:
    """The rows as a table to join with, its columns named and typed as `columns`; days go over as ISO text."""
    keys = json.dumps([[_plain(value) for value in row] for row in rows], ensure_ascii=False)
    if session.get_bind().dialect.name == "postgresql":
        return _postgres_table(keys, columns)
    each = func.json_each(keys).table_valued("value")
    taken = [
        type_coerce(func.json_extract(each.c.value, f"$[{place}]"), kind).label(name)
        for place, (name, kind) in enumerate(columns.items())
    ]
    return select(*taken).select_from(each).subquery()


def _postgres_table(keys: str, columns: Columns) -> FromClause:
    each = func.jsonb_array_elements(func.cast(literal(keys), JSONB)).table_valued(column("value", JSONB))
    taken = [each.c.value[place].astext.cast(kind).label(name) for place, (name, kind) in enumerate(columns.items())]
    return select(*taken).select_from(each).subquery()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
