"""The pool's ledger: every posted kip leaves its scheme's fund and is owed to a facility, in two equal bookings."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims_desk.models import Facility, PoolEntry, Scheme, Voucher


def book(session: Session, voucher: Voucher, on: date) -> None:
    """Book a voucher being posted: debit its fund, credit the facility; the other way round for a reversal."""
    fund = session.execute(select(Scheme.fund).where(Scheme.code == voucher.scheme)).scalar_one()
    level = session.execute(select(Facility.level).where(Facility.code == voucher.facility_code)).scalar_one()
    kip = abs(voucher.amount)
    paying = voucher.amount > 0
    sides = ((f"FUND:{fund or voucher.scheme}", paying), (f"PAYABLE:{voucher.facility_code}", not paying))
    for account, debited in sides:
        session.add(
            PoolEntry(
                voucher_id=voucher.id,
                booked_on=on,
                account=account,
                scheme=voucher.scheme,
                facility_code=voucher.facility_code,
                level=level,
                debit=kip if debited else 0,
                credit=0 if debited else kip,
            )
        )
