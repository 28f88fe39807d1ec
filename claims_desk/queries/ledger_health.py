"""What does not tie in the pool's ledger: each fault in one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from claims_desk.domain.accounts import POOL, Book, payable_account
from claims_desk.domain.codes import VoucherState
from claims_desk.domain.messages import Message, say
from claims_desk.models import PoolEntry, Voucher

Faults = Iterator[Message]
OF_FUND: Final = PoolEntry.account.startswith(Book.FUND)
OF_POOL: Final = PoolEntry.account == POOL
OF_PAYABLE: Final = PoolEntry.account.startswith(Book.PAYABLE)
POSTED: Final = Voucher.state == VoucherState.POSTED
BALANCE: Final = PoolEntry.debit - PoolEntry.credit
SIDES_OF_A_VOUCHER: Final = 4


def _kip(
    column: ColumnElement[Any] | InstrumentedAttribute[int], of: ColumnElement[bool] | None = None
) -> ColumnElement[Any]:
    """The sum of a column of kip, over some of the entries where told; 0 where there are none."""
    summed = func.sum(column)
    return func.coalesce(summed if of is None else summed.filter(of), 0)


def vouchers_off_balance(session: Session) -> Faults:
    """Vouchers whose debits are not their credits."""
    debit, credit = _kip(PoolEntry.debit), _kip(PoolEntry.credit)
    query = (
        select(Voucher.id, Voucher.number, debit, credit)
        .join(PoolEntry, PoolEntry.voucher_id == Voucher.id)
        .group_by(Voucher.id, Voucher.number)
        .having(debit != credit)
        .order_by(Voucher.id)
    )
    for key, number, debited, credited in session.execute(query):
        yield say(
            "voucher {number} is booked with {debit:kip} kip debit against {credit:kip} kip credit",
            number=number or key,
            debit=int(debited),
            credit=int(credited),
        )


def vouchers_not_booked_once(session: Session) -> Faults:
    """Posted vouchers not booked exactly once with their amount, and others that are booked at all."""
    fund, owed, sides = _kip(BALANCE, OF_FUND), -_kip(BALANCE, OF_PAYABLE), func.count(PoolEntry.id)
    wanted = and_(fund == Voucher.amount, owed == Voucher.amount, sides == SIDES_OF_A_VOUCHER)
    nothing = and_(Voucher.amount == 0, sides == 0)
    query = (
        select(Voucher.id, Voucher.number, Voucher.amount, fund, owed, sides)
        .outerjoin(PoolEntry, PoolEntry.voucher_id == Voucher.id)
        .group_by(Voucher.id, Voucher.number, Voucher.amount, Voucher.state)
        .having(or_(and_(POSTED, ~wanted, ~nothing), and_(~POSTED, sides != 0)))
        .order_by(Voucher.id)
    )
    for key, number, kip, spent, owing, entries in session.execute(query):
        yield say(
            "voucher {number} for {kip:kip} kip is booked in {entries} entries, {fund:kip} kip out of its fund and"
            " {owed:kip} kip owed to its facility",
            number=number or key,
            kip=kip,
            entries=entries,
            fund=int(spent),
            owed=int(owing),
        )


def kip_left_in_the_pool(session: Session) -> Faults:
    """Vouchers with which something stays in the common pool: it only passes on."""
    left = _kip(BALANCE, OF_POOL)
    query = (
        select(Voucher.id, Voucher.number, left)
        .join(PoolEntry, PoolEntry.voucher_id == Voucher.id)
        .group_by(Voucher.id, Voucher.number)
        .having(left != 0)
        .order_by(Voucher.id)
    )
    for key, number, kip in session.execute(query):
        yield say(
            "voucher {number} leaves {kip:kip} kip in the common pool, where nothing stays",
            number=number or key,
            kip=int(kip),
        )


def ledger_off_balance(session: Session) -> Faults:
    """The whole ledger, where all debits are not all credits."""
    debit, credit = session.execute(select(_kip(PoolEntry.debit), _kip(PoolEntry.credit))).one()
    if debit != credit:
        yield say(
            "all debits of the ledger make {debit:kip} kip, all credits {credit:kip} kip",
            debit=int(debit),
            credit=int(credit),
        )


def funds_off_their_vouchers(session: Session) -> Faults:
    """Funds that spent something else than the posted vouchers booked to them."""
    fund_of = (
        select(PoolEntry.voucher_id, func.min(PoolEntry.account).label("account"))
        .where(OF_FUND)
        .group_by(PoolEntry.voucher_id)
        .subquery()
    )
    paid = (
        select(fund_of.c.account, func.sum(Voucher.amount).label("kip"))
        .join(Voucher, Voucher.id == fund_of.c.voucher_id)
        .where(POSTED)
        .group_by(fund_of.c.account)
        .subquery()
    )
    spent, granted = _kip(BALANCE), func.coalesce(paid.c.kip, 0)
    query = (
        select(PoolEntry.account, spent, granted)
        .outerjoin(paid, paid.c.account == PoolEntry.account)
        .where(OF_FUND)
        .group_by(PoolEntry.account, paid.c.kip)
        .having(spent != granted)
        .order_by(PoolEntry.account)
    )
    for account, kip, vouchers in session.execute(query):
        yield say(
            "fund {fund} spent {kip:kip} kip, its posted vouchers make {found:kip} kip",
            fund=account.removeprefix(Book.FUND),
            kip=int(kip),
            found=int(vouchers),
        )


def entries_of_another_party(session: Session) -> Faults:
    """Entries whose scheme, facility or day is not that of their voucher."""
    strange = or_(
        PoolEntry.scheme != Voucher.scheme,
        PoolEntry.facility_code != Voucher.facility_code,
        PoolEntry.booked_on != Voucher.posted_on,
        and_(OF_PAYABLE, PoolEntry.account != payable_account("") + Voucher.facility_code),
    )
    query = select(Voucher.number, PoolEntry.account).join(Voucher, Voucher.id == PoolEntry.voucher_id).where(strange)
    for number, account in session.execute(query.order_by(PoolEntry.id)):
        yield say(
            "an entry of voucher {number} on {account} has another scheme, facility or day than the voucher",
            number=number or "",
            account=account,
        )


def reversals_that_mirror_nothing(session: Session) -> Faults:
    """Posted reversals whose entries together with those they take back do not come to zero, account by account."""
    reversal = aliased(Voucher)
    group = (PoolEntry.account, PoolEntry.level, PoolEntry.province_code)
    both = or_(PoolEntry.voucher_id == reversal.id, PoolEntry.voucher_id == reversal.reverses_id)
    query = (
        select(reversal.number)
        .join(PoolEntry, both)
        .where(reversal.state == VoucherState.POSTED, reversal.reverses_id.is_not(None))
        .group_by(reversal.id, reversal.number, *group)
        .having(func.sum(BALANCE) != 0)
        .order_by(reversal.number)
    )
    for number in dict.fromkeys(session.execute(query).scalars()):
        yield say("the reversal {number} does not mirror the voucher it takes back", number=number)


CHECKS: Final = (
    vouchers_off_balance,
    vouchers_not_booked_once,
    kip_left_in_the_pool,
    ledger_off_balance,
    funds_off_their_vouchers,
    entries_of_another_party,
    reversals_that_mirror_nothing,
)
