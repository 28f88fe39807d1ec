"""Batches: what waits for approval, and how its totals tie to what was counted by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from claims_desk.domain.codes import BatchState, ClaimState, Decision, SubmissionState
from claims_desk.domain.messages import Name
from claims_desk.domain.paging import Page, PageWanted
from claims_desk.domain.totals import Totals
from claims_desk.models import Batch, Claim, ClaimDecision, Facility, Submission, User
from claims_desk.queries.facilities import is_called
from claims_desk.queries.lao_order import lao_order
from claims_desk.queries.paging import Sorts, fetch_page
from claims_desk.queries.submissions import counted, keyed_totals


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
    """A page of batches, the oldest first; search by number or facility; count and kip are of the whole filter."""
    query = _joined()
    if state is not None:
        query = query.where(Batch.state == state)
    if wanted.search:
        by_number = Batch.number.contains(wanted.search, autoescape=True)
        query = query.where(by_number | is_called(wanted.search))
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


@dataclass(frozen=True, slots=True)
class BatchClaim:
    """A claim in a batch, amounts in kip."""

    id: int
    form_no: str
    patient_name: str
    care_type: str
    claimed: int
    allowed: int
    copay_due: int
    payable: int


CLAIM_SORTS: Sorts = {
    "form_no": Claim.form_no,
    "patient": lao_order(Claim.patient_name),
    "care_type": Claim.care_type,
    "claimed": Claim.claimed_total,
    "payable": ClaimDecision.payable,
}


def batch_claims(session: Session, wanted: PageWanted, batch_id: int) -> Page[BatchClaim]:
    """A page of the claims of a batch by form number, with what was decided of them."""
    query = (
        select(
            Claim.id,
            Claim.form_no,
            Claim.patient_name,
            Claim.care_type,
            func.coalesce(Claim.claimed_total, 0),
            ClaimDecision.allowed,
            ClaimDecision.copay_due,
            ClaimDecision.payable,
        )
        .join(ClaimDecision, (ClaimDecision.claim_id == Claim.id) & ClaimDecision.current)
        .where(Claim.batch_id == batch_id)
    )
    return fetch_page(
        session, query, wanted, BatchClaim, sorts=CLAIM_SORTS, tie=Claim.form_no, kip=ClaimDecision.payable
    )


@dataclass(frozen=True, slots=True)
class ReadyBundle:
    """A closed bundle with accepted claims that stand in no batch yet; payable in kip."""

    submission_id: int
    number: str
    claims: int
    payable: int


def bundles_to_batch(session: Session) -> tuple[ReadyBundle, ...]:
    """The closed bundles whose accepted claims wait for a batch, the oldest first."""
    query = (
        select(Submission.id, Submission.number, func.count(), func.sum(ClaimDecision.payable))
        .join(Claim, Claim.submission_id == Submission.id)
        .join(ClaimDecision, (ClaimDecision.claim_id == Claim.id) & ClaimDecision.current)
        .where(Submission.state == SubmissionState.CLOSED, Claim.state == ClaimState.ACCEPTED)
        .group_by(Submission.id, Submission.number)
        .order_by(Submission.id)
    )
    return tuple(ReadyBundle(key, number, claims, int(kip)) for key, number, claims, kip in session.execute(query))


@dataclass(frozen=True, slots=True)
class BundleControl:
    """A bundle from the hand count to what is payable: forms and kip by where its claims stand."""

    bundle: str
    forms_counted: int
    kip_counted: int
    form_numbers_counted: int
    forms_keyed: int
    kip_keyed: int
    form_numbers_keyed: int
    pended: int
    denied: int
    kip_allowed: int
    kip_payable: int

    @property
    def agrees(self) -> bool:
        """Whether what is keyed is what was counted: forms, kip and form numbers."""
        counted = (self.forms_counted, self.kip_counted, self.form_numbers_counted)
        return counted == (self.forms_keyed, self.kip_keyed, self.form_numbers_keyed)


def bundle_control(session: Session, submission_id: int) -> BundleControl:
    """The control totals of a bundle. Raises NoResultFound where it is not there."""
    bundle = session.execute(select(Submission).where(Submission.id == submission_id)).scalar_one()
    accepted = ClaimDecision.decision == Decision.ACCEPT
    query = (
        select(
            func.count().filter(Claim.state == ClaimState.PENDED),
            func.count().filter(Claim.state == ClaimState.DENIED),
            func.coalesce(func.sum(ClaimDecision.allowed).filter(accepted), 0),
            func.coalesce(func.sum(ClaimDecision.payable).filter(accepted), 0),
        )
        .select_from(Claim)
        .outerjoin(ClaimDecision, (ClaimDecision.claim_id == Claim.id) & ClaimDecision.current)
        .where(Claim.submission_id == submission_id, Claim.state != ClaimState.VOID)
    )
    pended, denied, allowed, payable = session.execute(query).one()
    by_hand, keyed = counted(bundle), keyed_totals(session, [submission_id]).get(submission_id, Totals())
    return BundleControl(
        bundle=bundle.number,
        forms_counted=by_hand.forms,
        kip_counted=by_hand.kip,
        form_numbers_counted=by_hand.form_numbers,
        forms_keyed=keyed.forms,
        kip_keyed=keyed.kip,
        form_numbers_keyed=keyed.form_numbers,
        pended=pended,
        denied=denied,
        kip_allowed=int(allowed),
        kip_payable=int(payable),
    )
