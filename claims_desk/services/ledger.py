"""The pool's ledger: every posted kip leaves its scheme's fund, passes through the common pool, is owed to a facility.

The schemes share one risk pool: a facility is owed by the pool, whichever scheme its patients belong to, and the pool
takes the money from the fund of the scheme. So a voucher is two bookings of two sides each:

    debit FUND:<fund>   credit POOL                 the fund spends, the pool receives
    debit POOL          credit PAYABLE:<facility>   the pool spends, the facility is owed

The debit balance of a fund is what it has spent, the credit balance of a facility what it was ever granted (what the
bank has paid of it is not booked here). With every voucher the pool comes to zero; its turnover tells by scheme what
went through it. A reversal repeats the entries of the voucher it takes back with the sides exchanged: the same fund,
level and province, whatever the registers say by then.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims_desk.domain.accounts import POOL, fund_account, payable_account
from claims_desk.models import Facility, PoolEntry, Scheme, Voucher


def book(session: Session, voucher: Voucher, on: date) -> None:
    """Book a voucher being posted on day `on`; a reversal mirrors what it takes back, 0 kip move nothing."""
    if voucher.reverses_id is not None:
        session.add_all(_mirrored(session, voucher, voucher.reverses_id, on))
    elif voucher.amount:
        session.add_all(_booked(session, voucher, on))


def _booked(session: Session, voucher: Voucher, on: date) -> Iterator[PoolEntry]:
    fund = session.execute(select(Scheme.fund).where(Scheme.code == voucher.scheme)).scalar_one()
    place = select(Facility.level, Facility.province_code).where(Facility.code == voucher.facility_code)
    level, province = session.execute(place).one()
    spending = (fund_account(fund or voucher.scheme), POOL)
    owing = (POOL, payable_account(voucher.facility_code))
    for debited, credited in (spending, owing):
        for account, kip in ((debited, voucher.amount), (credited, -voucher.amount)):
            yield PoolEntry(
                voucher_id=voucher.id,
                booked_on=on,
                account=account,
                scheme=voucher.scheme,
                facility_code=voucher.facility_code,
                level=level,
                province_code=province,
                debit=max(kip, 0),
                credit=max(-kip, 0),
            )


def _mirrored(session: Session, reversal: Voucher, posted_id: int, on: date) -> Iterator[PoolEntry]:
    posted = select(PoolEntry).where(PoolEntry.voucher_id == posted_id).order_by(PoolEntry.id)
    for entry in session.execute(posted).scalars().all():
        yield PoolEntry(
            voucher_id=reversal.id,
            booked_on=on,
            account=entry.account,
            scheme=entry.scheme,
            facility_code=entry.facility_code,
            level=entry.level,
            province_code=entry.province_code,
            debit=entry.credit,
            credit=entry.debit,
        )
