"""The registers as lists: searched, sorted and counted in the database, as of a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from claims_desk.domain.columns import Cell
from claims_desk.domain.lao import fold
from claims_desk.domain.messages import Name
from claims_desk.domain.paging import Page, PageWanted
from claims_desk.queries.lao_order import name_order
from claims_desk.queries.listed_registers import REGISTERS, RegisterList, Stored
from claims_desk.queries.matching import holds
from claims_desk.queries.paging import Sorts, fetch_page


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One row of a register, its values by column."""

    values: Mapping[str, Cell]

    def __getitem__(self, column: str) -> Cell:
        return self.values[column]


def register_rows(session: Session, register: str, wanted: PageWanted, on: date | None = None) -> Page[RegisterRow]:
    """A page of the register of that name; only rows in force on the day `on`, or all of them for None."""
    listed = REGISTERS[register]
    query = _selected(listed)
    if on is not None and listed.span is not None:
        query = query.where(_in_force(listed.span, on))
    for word in wanted.search.split():
        query = query.where(_fits(session, listed, word))
    sorts = _sorts(listed)
    in_order = wanted if wanted.sort in sorts else replace(wanted, sort=next(iter(sorts)), descending=False)
    return fetch_page(
        session, query, in_order, lambda *cells: _row(listed, iter(cells)), sorts=sorts, tie=listed.table.id
    )


def _selected(listed: RegisterList) -> Select[*tuple[Any, ...]]:
    columns = [one for shown in listed.columns.values() for one in (shown if isinstance(shown, tuple) else (shown,))]
    query = select(*columns).select_from(listed.table)
    return query if listed.named is None else query.join(*listed.named)


def _row(listed: RegisterList, cells: Iterator[Any]) -> RegisterRow:
    return RegisterRow(
        {
            key: Name(next(cells), next(cells)) if isinstance(shown, tuple) else next(cells)
            for key, shown in listed.columns.items()
        }
    )


def _sorts(listed: RegisterList) -> Sorts:
    """Names are sorted as they are shown, by the Lao dictionary."""
    plain = {key: name_order(*shown) if isinstance(shown, tuple) else shown for key, shown in listed.columns.items()}
    return {**plain, **listed.sorts}


def _in_force(span: tuple[Stored, Stored], on: date) -> ColumnElement[bool]:
    first, last = span
    return and_(or_(first.is_(None), first <= on), or_(last.is_(None), last >= on))


def _fits(session: Session, listed: RegisterList, word: str) -> ColumnElement[bool]:
    return or_(
        *(code.istartswith(word, autoescape=True) for code in listed.codes),
        *(holds(session, folded, fold(word)) for folded in listed.words),
        *(title.icontains(word, autoescape=True) for title in listed.titles),
    )
