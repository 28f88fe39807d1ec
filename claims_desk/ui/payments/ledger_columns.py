"""The columns of the pool's ledger: those of balances follow what they are asked by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from claims_desk.domain.accounts import account_name
from claims_desk.domain.columns import Cell, Column, Format
from claims_desk.domain.geography import provinces
from claims_desk.domain.messages import Message, Name, say
from claims_desk.domain.terms import level_name
from claims_desk.queries.ledger import BalanceRow, EntryRow, Grouping

TITLES: Final[dict[Grouping, Message]] = {
    Grouping.ACCOUNT: say("Ledger account"),
    Grouping.SCHEME: say("Scheme"),
    Grouping.PROVINCE: say("Province"),
    Grouping.LEVEL: say("Level"),
    Grouping.FACILITY: say("Facility"),
    Grouping.MONTH: say("Month"),
}
BY: Final[dict[Grouping, Message]] = {
    Grouping.ACCOUNT: say("By account"),
    Grouping.SCHEME: say("By scheme"),
    Grouping.PROVINCE: say("By province"),
    Grouping.LEVEL: say("By level"),
    Grouping.FACILITY: say("By facility"),
    Grouping.MONTH: say("By month"),
}
AND_BY: Final[dict[Grouping, Message]] = {
    Grouping.ACCOUNT: say("and by account"),
    Grouping.SCHEME: say("and by scheme"),
    Grouping.PROVINCE: say("and by province"),
    Grouping.LEVEL: say("and by level"),
    Grouping.FACILITY: say("and by facility"),
    Grouping.MONTH: say("and by month"),
}
WIDE: Final = frozenset({Grouping.ACCOUNT, Grouping.FACILITY})

ENTRIES: Final[tuple[Column[EntryRow], ...]] = (
    Column("booked_on", say("Booked on"), lambda row: row.booked_on, Format.DAY, width=10),
    Column("voucher", say("Voucher"), lambda row: row.voucher, width=15),
    Column("account", say("Ledger account"), lambda row: account_name(row.account), width=17),
    Column("debit", say("Debit"), lambda row: row.debit or None, Format.KIP, width=12, total=True),
    Column("credit", say("Credit"), lambda row: row.credit or None, Format.KIP, width=12, total=True),
    Column("scheme", say("Scheme"), lambda row: row.scheme, width=8),
    Column("facility", say("Facility"), lambda row: row.facility, width=26),
    Column("level", say("Level"), lambda row: level_name(row.level), width=16),
    Column("province", say("Province"), lambda row: province_name(row.province), width=12),
)


def balance_columns(by: Sequence[Grouping]) -> tuple[Column[BalanceRow], ...]:
    """A column for every grouping, how many entries there are, both sides and the balance."""
    return (
        *(_key_column(place, part) for place, part in enumerate(by)),
        Column("entries", say("Entries"), lambda row: row.entries, Format.COUNT, width=8, total=True),
        Column("debit", say("Debit"), lambda row: row.debit, Format.KIP, width=16, total=True),
        Column("credit", say("Credit"), lambda row: row.credit, Format.KIP, width=16, total=True),
        Column("balance", say("Balance"), lambda row: row.balance, Format.KIP, width=16, total=True),
    )


def province_name(code: str) -> Cell:
    """The province of a code; an unknown code is its own name."""
    province = provinces().get(code)
    return province.name if province else code


def _key_column(place: int, part: Grouping) -> Column[BalanceRow]:
    return Column(part, TITLES[part], lambda row: _key_words(part, row.keys[place], row.facility), width=_width(part))


def _width(part: Grouping) -> int:
    return 40 if part in WIDE else 20


def _key_words(part: Grouping, key: str | int, facility: Name) -> Cell:
    """A key as it is read: a month as 5/2026, codes by their names."""
    if isinstance(key, int):
        year, month = divmod(key, 100)
        return f"{month}/{year}"
    if part is Grouping.ACCOUNT:
        return account_name(key, facility if facility.roman or facility.lao else None)
    if part is Grouping.FACILITY:
        return Name(f"{key}  {facility.text('lo')}", f"{key}  {facility.text('en')}")
    if part is Grouping.PROVINCE:
        return province_name(key)
    return level_name(key) if part is Grouping.LEVEL else key
