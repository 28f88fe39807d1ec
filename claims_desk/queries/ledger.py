"""The pool's ledger read: balances by account, scheme, fund, province, level, facility and month, and their entries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Subquery,
    case,
    cast,
    extract,
    false,
    func,
    literal,
    literal_column,
    select,
)
from sqlalchemy.orm import Session

from claims_desk.domain.accounts import POOL, Book, payable_account
from claims_desk.domain.codes import Level
from claims_desk.domain.messages import Name
from claims_desk.domain.paging import Page, PageWanted
from claims_desk.models import Facility, PoolEntry, Voucher
from claims_desk.queries.paging import Sorts, fetch_page


class Grouping(StrEnum):
    """What balances are asked by."""

    ACCOUNT = "account"
    SCHEME = "scheme"
    PROVINCE = "province"
    LEVEL = "level"
    FACILITY = "facility"
    MONTH = "month"


_MONTH: Final = cast(extract("year", PoolEntry.booked_on), Integer) * literal_column("100") + cast(
    extract("month", PoolEntry.booked_on), Integer
)
_KEYS: Final[dict[Grouping, ColumnElement[Any]]] = {
    Grouping.ACCOUNT: PoolEntry.account.expression,
    Grouping.SCHEME: PoolEntry.scheme.expression,
    Grouping.PROVINCE: PoolEntry.province_code.expression,
    Grouping.LEVEL: PoolEntry.level.expression,
    Grouping.FACILITY: PoolEntry.facility_code.expression,
    Grouping.MONTH: _MONTH,
}

ACCOUNT: Final = Grouping.ACCOUNT
_BOOK: Final = case((PoolEntry.account.startswith(Book.FUND), 0), (PoolEntry.account == POOL, 1), else_=2)
_RANK: Final = case({level.value: level.rank for level in Level}, value=PoolEntry.level, else_=0)
_ORDER: Final = {ACCOUNT: (_BOOK, _KEYS[ACCOUNT]), Grouping.LEVEL: (_RANK, _KEYS[Grouping.LEVEL])}


@dataclass(frozen=True, slots=True)
class LedgerWanted:
    """Which entries are asked for: days both included, None is open; a book, a scheme, or None for all.

    `keys` narrows to one group of `by`, as it stands in a `BalanceRow`.
    """

    by: tuple[Grouping, ...] = (Grouping.ACCOUNT,)
    first: date | None = None
    last: date | None = None
    book: Book | None = None
    scheme: str | None = None
    keys: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """Both sides of a group in kip. `keys` are codes in the order of the grouping, a month as 202605.

    `facility` names the facility where the group is of one.
    """

    keys: tuple[str | int, ...]
    debit: int
    credit: int
    entries: int
    facility: Name = Name("", "")

    @property
    def balance(self) -> int:
        """Debit less credit: below zero the credit is the larger."""
        return self.debit - self.credit


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry, with the voucher it belongs to."""

    id: int
    booked_on: date
    voucher: str
    account: str
    scheme: str
    facility_code: str
    facility: Name
    level: str
    province: str
    debit: int
    credit: int

    @property
    def balance(self) -> int:
        """What the entry adds to its account's balance: debit less credit."""
        return self.debit - self.credit


BALANCE_SORTS: Final = ("debit", "credit", "balance", "entries")


def balances(session: Session, page: PageWanted, wanted: LedgerWanted) -> Page[BalanceRow]:
    """A page of balances, one row for every group: funds first, then the pool, then facilities; levels by rank."""
    sums = _sums(wanted)
    query = select(sums, Facility.name_lo, Facility.name_en).outerjoin(Facility, _names(sums))
    sorts: Sorts = {key: sums.c[key] for key in (*wanted.by, *BALANCE_SORTS)}
    return fetch_page(session, query, page, _balance, sorts=sorts, tie=sums.c.place)


def ledger_total(session: Session, wanted: LedgerWanted) -> BalanceRow:
    """Both sides of all that is asked for."""
    debit, credit, entries = session.execute(_narrowed(select(*_sides()), wanted)).one()
    return BalanceRow((), int(debit), int(credit), entries)


def ledger_entries(session: Session, page: PageWanted, wanted: LedgerWanted) -> Page[EntryRow]:
    """A page of the entries behind a balance, the newest first; kip is their balance."""
    query = (
        select(PoolEntry, Voucher.number, Facility.name_lo, Facility.name_en)
        .join(Voucher, Voucher.id == PoolEntry.voucher_id)
        .join(Facility, Facility.code == PoolEntry.facility_code)
    )
    kip = PoolEntry.debit - PoolEntry.credit
    narrowed = _narrowed(query, wanted)
    return fetch_page(session, narrowed, page, _entry, sorts=ENTRY_SORTS, tie=PoolEntry.id, newest_first=True, kip=kip)


ENTRY_SORTS: Final[Sorts] = {
    "booked_on": PoolEntry.booked_on,
    "voucher": Voucher.number,
    "account": PoolEntry.account,
    "scheme": PoolEntry.scheme,
    "facility": PoolEntry.facility_code,
    "debit": PoolEntry.debit,
    "credit": PoolEntry.credit,
}


def _sides() -> tuple[ColumnElement[Any], ...]:
    debit, credit = (func.coalesce(func.sum(side), 0) for side in (PoolEntry.debit, PoolEntry.credit))
    return debit.label("debit"), credit.label("credit"), func.count(PoolEntry.id).label("entries")


def _sums(wanted: LedgerWanted) -> Subquery:
    """Both sides of every group, each with its place in the order of the list."""
    keys = [_KEYS[part] for part in wanted.by]
    debit, credit, entries = _sides()
    in_order = [each for part in wanted.by for each in _ORDER.get(part, (_KEYS[part],))]
    place = func.row_number().over(order_by=in_order)
    named = [key.label(part) for part, key in zip(wanted.by, keys, strict=True)]
    balance = (func.sum(PoolEntry.debit) - func.sum(PoolEntry.credit)).label("balance")
    query = select(place.label("place"), debit, credit, entries, balance, *named)
    return _narrowed(query, wanted).group_by(*keys).subquery()


def _narrowed(query: Select[*tuple[Any, ...]], wanted: LedgerWanted) -> Select[*tuple[Any, ...]]:
    """Only the entries asked for."""
    if wanted.first is not None:
        query = query.where(PoolEntry.booked_on >= wanted.first)
    if wanted.last is not None:
        query = query.where(PoolEntry.booked_on <= wanted.last)
    if wanted.book is not None:
        query = query.where(PoolEntry.account.startswith(wanted.book))
    if wanted.scheme is not None:
        query = query.where(PoolEntry.scheme == wanted.scheme)
    for part, key in zip(wanted.by, wanted.keys, strict=False):
        query = query.where(_KEYS[part] == key)
    return query


def _names(sums: Subquery) -> ColumnElement[bool]:
    """Which facility a group is of, where it is of one."""
    if Grouping.FACILITY in sums.c:
        return Facility.code == sums.c[Grouping.FACILITY]
    if ACCOUNT in sums.c:
        return literal(payable_account("")) + Facility.code == sums.c[ACCOUNT]
    return false()


def _balance(_place: int, debit: int, credit: int, entries: int, _balance: int, *rest: Any) -> BalanceRow:
    *keys, lao, roman = rest
    return BalanceRow(tuple(keys), int(debit), int(credit), entries, Name(lao or "", roman or ""))


def _entry(row: PoolEntry, voucher: str | None, lao: str, roman: str) -> EntryRow:
    return EntryRow(
        id=row.id,
        booked_on=row.booked_on,
        voucher=voucher or "",
        account=row.account,
        scheme=row.scheme,
        facility_code=row.facility_code,
        facility=Name(lao, roman),
        level=row.level,
        province=row.province_code,
        debit=row.debit,
        credit=row.credit,
    )


def ledger_schemes(session: Session) -> tuple[str, ...]:
    """The schemes that stand in the ledger."""
    return tuple(session.execute(select(PoolEntry.scheme).distinct().order_by(PoolEntry.scheme)).scalars())
