"""Batches: what waits for approval, and how its totals tie to what was counted by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from claims_desk.domain.codes import BatchState
from claims_desk.domain.messages import Name
from claims_desk.domain.paging import Page, PageWanted
from claims_desk.models import Batch, Facility, Submission, User
from claims_desk.queries.paging import Sorts, fetch_page


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A batch on the list with the control totals of its bundle, amounts in kip."""

    id: int
    version: int
    number: str
    bundle: str
    facility_code: str
    facility: Name
    month: date
    scheme: str
    forms_counted: int
    kip_counted: int
    claims: int
    claimed: int
    allowed: int
    copay_due: int
    payable: int
    state: BatchState
    made_by: str
    made_at: datetime
    decided_by: str
    reason: str
    submission_id: int


MAKER = aliased(User)
DECIDER = aliased(User)
SORTS: Sorts = {
    "number": Batch.number,
    "facility": Facility.code,
    "scheme": Batch.scheme,
    "month": Submission.month,
    "claims": Batch.claims,
    "payable": Batch.payable,
    "state": Batch.state,
}


def batches(session: Session, wanted: PageWanted, state: BatchState | None = None) -> Page[BatchRow]:
    """A page of batches, the oldest first; count and payable kip are those of the whole filter."""
    query = _joined()
    if state is not None:
        query = query.where(Batch.state == state)
    if wanted.search:
        query = query.where(Batch.number.contains(wanted.search, autoescape=True))
    return fetch_page(session, query, wanted, _row, sorts=SORTS, tie=Batch.id, kip=Batch.payable)


def batch(session: Session, batch_id: int) -> BatchRow:
    """One batch. Raises NoResultFound where it is not there."""
    return _row(*session.execute(_joined().where(Batch.id == batch_id)).one())


def _joined() -> Select[Batch, Submission, Facility, str, str]:
    return (
        select(Batch, Submission, Facility, MAKER.name, DECIDER.name)
        .join(Submission, Submission.id == Batch.submission_id)
        .join(Facility, Facility.code == Batch.facility_code)
        .join(MAKER, MAKER.id == Batch.made_by)
        .outerjoin(DECIDER, DECIDER.id == Batch.decided_by)
    )


def _row(row: Batch, bundle: Submission, facility: Facility, maker: str, decider: str | None) -> BatchRow:
    return BatchRow(
        id=row.id,
        version=row.version,
        number=row.number,
        bundle=bundle.number,
        facility_code=facility.code,
        facility=Name(facility.name_lo, facility.name_en),
        month=bundle.month,
        scheme=row.scheme,
        forms_counted=bundle.forms_counted,
        kip_counted=bundle.kip_counted,
        claims=row.claims,
        claimed=row.claimed,
        allowed=row.allowed,
        copay_due=row.copay_due,
        payable=row.payable,
        state=row.state,
        made_by=maker,
        made_at=row.made_at,
        decided_by=decider or "",
        reason=row.reason,
        submission_id=bundle.id,
    )
