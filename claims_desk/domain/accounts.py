"""The accounts of the pool's ledger: a fund's spending, the common pool, what is owed to a facility."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from claims_desk.domain.messages import Message, Name, say


class Book(StrEnum):
    """The three kinds of accounts, each with how its accounts begin."""

    FUND = "FUND:"
    POOL = "POOL"
    PAYABLE = "PAYABLE:"


POOL: Final = Book.POOL.value
BOOKS: Final = {
    Book.FUND: say("Funds"),
    Book.POOL: say("Common pool"),
    Book.PAYABLE: say("Owed to facilities"),
}


def fund_account(fund: str) -> str:
    """The account of what a fund spends."""
    return f"{Book.FUND}{fund}"


def payable_account(facility_code: str) -> str:
    """The account of what is owed to a facility."""
    return f"{Book.PAYABLE}{facility_code}"


def account_name(account: str, facility: Name | None = None) -> Message:
    """What an account is called, `facility` naming whom it owes; one that is none of the three is its own name."""
    if account == POOL:
        return BOOKS[Book.POOL]
    if account.startswith(Book.FUND):
        return say("Fund {fund}", fund=account.removeprefix(Book.FUND))
    if account.startswith(Book.PAYABLE):
        return say("Owed to {facility}", facility=facility or account.removeprefix(Book.PAYABLE))
    return Message(account)
