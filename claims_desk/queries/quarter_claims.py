"""The claims of a quarter."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims_desk.domain.codes import ClaimState
from claims_desk.domain.quarters import Quarter
from claims_desk.models import Claim


def claims_of_quarter(session: Session, quarter: Quarter) -> list[int]:
    """The ids of all claims whose visit begins in the quarter, void ones apart, in the order of keying."""
    query = (
        select(Claim.id)
        .where(Claim.visit_from.between(quarter.first, quarter.last), Claim.state != ClaimState.VOID)
        .order_by(Claim.keyed_at, Claim.id)
    )
    return list(session.execute(query).scalars())
