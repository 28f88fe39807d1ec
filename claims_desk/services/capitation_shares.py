"""Which voucher pays a facility's share of a quarter: taken when it is prepared, let go when it is given up."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from claims_desk.domain.quarters import Quarter
from claims_desk.models import CapitationLine, CapitationShare


def share_of(session: Session, facility_code: str, scheme: str, quarter: Quarter) -> CapitationShare:
    """The facility's share of the quarter, made where there is none yet."""
    query = select(CapitationShare).where(
        CapitationShare.facility_code == facility_code,
        CapitationShare.scheme == scheme,
        CapitationShare.year == quarter.year,
        CapitationShare.quarter == quarter.number,
    )
    share = session.execute(query.with_for_update()).scalar_one_or_none()
    if share is None:
        share = CapitationShare(facility_code=facility_code, scheme=scheme, year=quarter.year, quarter=quarter.number)
        session.add(share)
        session.flush()
    return share


def let_go(session: Session, voucher_id: int) -> bool:
    """Let the share of a voucher be paid anew; whether the voucher held it."""
    free = update(CapitationShare).where(CapitationShare.voucher_id == voucher_id).values(voucher_id=None)
    return bool(session.execute(free).rowcount)  # type: ignore[attr-defined]


def holds(session: Session, voucher_id: int) -> bool:
    """Whether the voucher is the one that pays its share."""
    return (
        session.execute(select(CapitationShare.id).where(CapitationShare.voucher_id == voucher_id)).first() is not None
    )


def copy_share_reversed(session: Session, posted_id: int, reversal_id: int) -> CapitationLine:
    """The line of a posted voucher with the opposite sign, for its reversal."""
    line = session.get_one(CapitationLine, posted_id)
    return CapitationLine(
        voucher_id=reversal_id,
        share_id=line.share_id,
        catchment=line.catchment,
        rate=line.rate,
        own_rate=line.own_rate,
        year_amount=line.year_amount,
        amount=-line.amount,
    )
