"""Lists a page at a time: sorted and counted in the database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from claims_desk.domain.paging import Page, PageWanted

Row = TypeVar("Row")
Sorts = Mapping[str, InstrumentedAttribute[Any] | ColumnElement[Any]]


def fetch_page(
    session: Session,
    query: Select[*tuple[Any, ...]],
    wanted: PageWanted,
    row: Callable[..., Row],
    *,
    sorts: Sorts,
    tie: InstrumentedAttribute[Any] | ColumnElement[Any],
    newest_first: bool = False,
    kip: InstrumentedAttribute[Any] | ColumnElement[Any] | None = None,
) -> Page[Row]:
    """A page of `query`, each result given to `row`; count and the sum of `kip` are those of the whole filter.

    Without a wanted column the list stands in the order of `tie`, the last column of every order.
    """
    total = literal(None) if kip is None else func.coalesce(func.sum(kip), 0)
    counted = query.with_only_columns(func.count(), total, maintain_column_froms=True).order_by(None)
    if query._group_by_clauses:
        counted = select(func.count(), literal(None)).select_from(query.order_by(None).subquery())
    count, amount = session.execute(counted).one()
    column = sorts.get(wanted.sort)
    falls = wanted.descending if column is not None else newest_first
    first = tie if column is None else column
    ordered = query.order_by(first.desc() if falls else first.asc(), tie)
    found = session.execute(ordered.offset(wanted.offset).limit(wanted.limit))
    return Page(tuple(row(*result) for result in found), count, None if amount is None else int(amount))
