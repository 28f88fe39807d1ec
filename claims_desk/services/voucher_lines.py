"""The lines of a voucher: each claim at the amounts it is paid at."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims_desk.models import Claim, ClaimDecision, VoucherLine


def lines_of_batches(session: Session, voucher_id: int, batch_ids: list[int]) -> list[VoucherLine]:
    """A line for every claim of the batches, with the amounts of its current decision in kip."""
    query = (
        select(Claim, ClaimDecision)
        .join(ClaimDecision, (ClaimDecision.claim_id == Claim.id) & ClaimDecision.current)
        .where(Claim.batch_id.in_(batch_ids))
        .order_by(Claim.id)
    )
    return [
        VoucherLine(
            voucher_id=voucher_id,
            claim_id=claim.id,
            batch_id=claim.batch_id,
            form_no=claim.form_no,
            claimed=claim.claimed_total or 0,
            allowed=decision.allowed,
            copay_due=decision.copay_due,
            payable=decision.payable,
        )
        for claim, decision in session.execute(query)
    ]


def copy_reversed(session: Session, posted_id: int, reversal_id: int) -> list[VoucherLine]:
    """The lines of a posted voucher with the opposite sign, for its reversal."""
    lines = session.execute(select(VoucherLine).where(VoucherLine.voucher_id == posted_id)).scalars()
    return [
        VoucherLine(
            voucher_id=reversal_id,
            claim_id=line.claim_id,
            batch_id=line.batch_id,
            form_no=line.form_no,
            claimed=-line.claimed,
            allowed=-line.allowed,
            copay_due=-line.copay_due,
            payable=-line.payable,
        )
        for line in lines
    ]
