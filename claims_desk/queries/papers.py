"""What stands on a paper, gathered for the documents that print it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from claims_desk.domain.codes import VoucherKind, VoucherState
from claims_desk.domain.dates import office_day
from claims_desk.domain.geography import districts, provinces
from claims_desk.domain.messages import Message, Name, say
from claims_desk.domain.months import Months
from claims_desk.domain.papers import ControlTotals, PaidClaim, PaidShare, Payee, ReceiptSlip, VoucherPaper
from claims_desk.domain.quarters import Quarter, quarter_of
from claims_desk.models import (
    Batch,
    CapitationLine,
    CapitationShare,
    Claim,
    Facility,
    Office,
    Submission,
    User,
    Voucher,
    VoucherLine,
)


def office_name(session: Session) -> Name:
    """The office by its place: district, or province where the district is 00."""
    code = session.execute(select(Office.code)).scalar_one()
    place = districts().get(code) or provinces().get(code[:2])
    if place is None:
        return Name(code, code)
    return Name(f"{place.name.lao} ({code})", f"{place.name.roman} ({code})")


def payee(facility: Facility) -> Payee:
    """The facility as the receiver of money and letters, with its account of today."""
    district, province = districts().get(facility.district_code), provinces().get(facility.province_code)
    places = [place.name for place in (district, province) if place is not None]
    return Payee(
        code=facility.code,
        name=Name(facility.name_lo, facility.name_en),
        level=facility.level,
        bank_code=facility.bank_code,
        bank_account=facility.bank_account,
        bank_account_name=facility.bank_account_name,
        place=Name(", ".join(n.lao for n in places), ", ".join(n.roman for n in places)),
    )


def voucher_paper(session: Session, voucher_id: int) -> VoucherPaper:
    """A voucher as it is printed. Raises NoResultFound where it is not there."""
    preparer, certifier, poster, original = aliased(User), aliased(User), aliased(User), aliased(Voucher)
    query = (
        select(Voucher, Facility, preparer.name, certifier.name, poster.name, original.number)
        .join(Facility, Facility.code == Voucher.facility_code)
        .join(preparer, preparer.id == Voucher.prepared_by)
        .outerjoin(certifier, certifier.id == Voucher.certified_by)
        .outerjoin(poster, poster.id == Voucher.posted_by)
        .outerjoin(original, original.id == Voucher.reverses_id)
        .where(Voucher.id == voucher_id)
    )
    row, facility, prepared_by, certified_by, posted_by, reverses = session.execute(query).one()
    return VoucherPaper(
        office=office_name(session),
        payee=_payee_of_voucher(facility, row),
        period=Months.of(row.period_from, row.period_to).words,
        amount=row.amount,
        number=row.number or "",
        purpose=_purpose(row),
        posted_on=row.posted_on,
        prepared_by=prepared_by,
        prepared_on=office_day(row.prepared_at),
        certified_by=certified_by or "",
        certified_on=office_day(row.certified_at) if row.certified_at else None,
        posted_by=posted_by or "",
        claims=_paid_claims(session, voucher_id),
        share=_paid_share(session, voucher_id),
        chain_head=row.chain_head,
        reverses=reverses,
        cancelled=row.state == VoucherState.CANCELLED,
        control=_control(session, voucher_id),
    )


def _purpose(row: Voucher) -> Message:
    if row.kind == VoucherKind.CLAIMS:
        return say("Health care of {scheme} members", scheme=row.scheme)
    quarter = quarter_of(row.period_from)
    return say(
        "Capitation of {scheme}, quarter {quarter} of {year}",
        scheme=row.scheme,
        quarter=quarter.number,
        year=str(quarter.year),
    )


def _payee_of_voucher(facility: Facility, row: Voucher) -> Payee:
    """The account that was approved, not the one the register has today."""
    today = payee(facility)
    return Payee(
        code=today.code,
        name=today.name,
        level=today.level,
        bank_code=row.bank_code,
        bank_account=row.bank_account,
        bank_account_name=row.bank_account_name,
        place=today.place,
    )


def _paid_claims(session: Session, voucher_id: int) -> tuple[PaidClaim, ...]:
    query = (
        select(
            VoucherLine.form_no,
            Claim.patient_name,
            Claim.scheme,
            Claim.care_type,
            Claim.visit_from,
            Claim.visit_to,
            VoucherLine.claimed,
            VoucherLine.allowed,
            VoucherLine.copay_due,
            VoucherLine.payable,
        )
        .join(Claim, Claim.id == VoucherLine.claim_id)
        .where(VoucherLine.voucher_id == voucher_id)
        .order_by(VoucherLine.form_no, VoucherLine.claim_id)
    )
    return tuple(PaidClaim(**row._mapping) for row in session.execute(query))


def _paid_share(session: Session, voucher_id: int) -> PaidShare | None:
    query = (
        select(CapitationLine, CapitationShare)
        .join(CapitationShare, CapitationShare.id == CapitationLine.share_id)
        .where(CapitationLine.voucher_id == voucher_id)
    )
    found = session.execute(query).one_or_none()
    if found is None:
        return None
    line, share = found
    return PaidShare(
        quarter=str(Quarter(share.year, share.quarter)),
        catchment=line.catchment,
        rate=line.rate,
        year_amount=line.year_amount,
        amount=line.amount,
        own_rate=line.own_rate,
    )


def _control(session: Session, voucher_id: int) -> ControlTotals | None:
    """What was counted by hand for the bundles of a voucher."""
    batches = select(VoucherLine.batch_id).where(VoucherLine.voucher_id == voucher_id)
    bundles = select(Batch.submission_id).where(Batch.id.in_(batches))
    rows = session.execute(select(Submission).where(Submission.id.in_(bundles)).order_by(Submission.number)).scalars()
    counted = list(rows)
    if not counted:
        return None
    return ControlTotals(
        bundle=", ".join(row.number for row in counted),
        forms=sum(row.forms_counted for row in counted),
        kip=sum(row.kip_counted for row in counted),
        form_number_sum=sum(row.form_numbers_sum for row in counted),
    )


def receipt_slip(session: Session, submission_id: int) -> ReceiptSlip:
    """What the messenger takes home for a bundle. Raises NoResultFound where it is not there."""
    query = (
        select(Submission, Facility, User.name)
        .join(Facility, Facility.code == Submission.facility_code)
        .join(User, User.id == Submission.received_by)
        .where(Submission.id == submission_id)
    )
    bundle, facility, receiver = session.execute(query).one()
    return ReceiptSlip(
        office=office_name(session),
        payee=payee(facility),
        bundle=bundle.number,
        period=Months.of(bundle.month).words,
        received_on=bundle.received_on,
        received_by=receiver,
        forms=bundle.forms_counted,
        kip=bundle.kip_counted,
        form_number_sum=bundle.form_numbers_sum,
    )
