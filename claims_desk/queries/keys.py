"""A set of keys handed to the database in one parameter a set: one statement for one key and for ten thousand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Date, FromClause, Integer, String, column, func, literal, select, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

Columns = Mapping[str, TypeEngine[Any]]
TEXT = String()
DAY = Date()
ID = BigInteger().with_variant(Integer, "sqlite")


def key_table(session: Session, columns: Columns, rows: Iterable[tuple[Any, ...]]) -> FromClause:
    """The rows as a table to join with, its columns named and typed as `columns`.

    SQLite unpacks one JSON text, days as ISO text; PostgreSQL arrays, whose length its planner knows.
    """
    keys = list(rows)
    if session.get_bind().dialect.name == "postgresql":
        return _from_arrays(columns, keys)
    return _from_json(columns, keys)


def _from_json(columns: Columns, rows: Sequence[tuple[Any, ...]]) -> FromClause:
    alone = len(columns) == 1  # a value needs no list of its own
    keys = json.dumps([row[0] for row in rows] if alone else rows, ensure_ascii=False, default=date.isoformat)
    each = func.json_each(keys).table_valued("value")
    taken = [
        type_coerce(each.c.value if alone else func.json_extract(each.c.value, f"$[{place}]"), kind).label(name)
        for place, (name, kind) in enumerate(columns.items())
    ]
    return select(*taken).select_from(each).subquery()


def _from_arrays(columns: Columns, rows: Sequence[tuple[Any, ...]]) -> FromClause:
    arrays = [literal([row[place] for row in rows], ARRAY(kind)) for place, kind in enumerate(columns.values())]
    named = [column(name, kind) for name, kind in columns.items()]
    return func.unnest(*arrays).table_valued(*named).render_derived()
