"""Capitation that does not tie: vouchers off their lines, and shares paid twice."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from claims_desk.domain.codes import VoucherKind, VoucherState
from claims_desk.domain.messages import Message, say
from claims_desk.models import CapitationLine, CapitationShare, Voucher

Faults = Iterator[Message]


def capitation_off_its_vouchers(session: Session) -> Faults:
    """Vouchers of capitation that are not what their line says, or whose line is not catchment times rate."""
    query = (
        select(Voucher.id, Voucher.number, Voucher.amount, CapitationLine)
        .outerjoin(CapitationLine, CapitationLine.voucher_id == Voucher.id)
        .where(
            or_(Voucher.kind == VoucherKind.CAPITATION, CapitationLine.voucher_id.is_not(None)),
            or_(
                CapitationLine.voucher_id.is_(None),
                Voucher.kind != VoucherKind.CAPITATION,
                CapitationLine.amount != Voucher.amount,
                CapitationLine.year_amount != CapitationLine.catchment * CapitationLine.rate,
            ),
        )
    )
    for key, number, kip, line in session.execute(query):
        yield say(
            "voucher {number} is for {kip:kip} kip of capitation, its line says {found:kip} kip",
            number=number or key,
            kip=kip,
            found=line.amount if line else 0,
        )


def capitation_paid_twice(session: Session) -> Faults:
    """Quarters of a facility that stand on more than one posted voucher not reversed, or are held by none of them."""
    reversal = aliased(Voucher)
    is_reversed = select(reversal.reverses_id).where(
        reversal.state == VoucherState.POSTED, reversal.reverses_id.is_not(None)
    )
    query = (
        select(CapitationShare)
        .join(CapitationLine, CapitationLine.share_id == CapitationShare.id)
        .join(Voucher, Voucher.id == CapitationLine.voucher_id)
        .where(Voucher.state == VoucherState.POSTED, Voucher.reverses_id.is_(None), Voucher.id.not_in(is_reversed))
        .group_by(*CapitationShare.__table__.columns)
        .having(or_(func.count() > 1, func.max(Voucher.id) != func.coalesce(CapitationShare.voucher_id, 0)))
    )
    for share in session.execute(query).scalars():
        yield say(
            "the capitation of {facility}, {scheme}, quarter {quarter} of {year}, is not on the one voucher it says",
            facility=share.facility_code,
            scheme=share.scheme,
            quarter=share.quarter,
            year=str(share.year),
        )
