"""Vouchers: what is prepared, certified, posted, and what stands on one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session, aliased

from claims_desk.domain.codes import VoucherKind, VoucherState
from claims_desk.domain.messages import Name
from claims_desk.domain.paging import Page, PageWanted
from claims_desk.models import Facility, PaymentFile, PaymentFileVoucher, User, Voucher
from claims_desk.queries.facilities import is_called
from claims_desk.queries.paging import Sorts, fetch_page


@dataclass(frozen=True, slots=True)
class VoucherRow:
    """A voucher on the list; amount in kip, negative for a reversal; `file` is the live payment file's number."""

    id: int
    version: int
    number: str
    facility_code: str
    facility: Name
    scheme: str
    period_from: date
    period_to: date
    claims: int
    amount: int
    state: VoucherState
    prepared_by: str
    certified_by: str
    posted_by: str
    posted_on: date | None
    bank_code: str
    bank_account: str
    reverses: bool
    reversed: bool
    file: str
    kind: VoucherKind


PREPARER = aliased(User)
CERTIFIER = aliased(User)
POSTER = aliased(User)
REVERSAL = aliased(Voucher)
LIVE_FILE = (
    select(PaymentFile.number)
    .join(PaymentFileVoucher, PaymentFileVoucher.payment_file_id == PaymentFile.id)
    .where(PaymentFileVoucher.voucher_id == Voucher.id, PaymentFile.withdrawn_at.is_(None))
    .scalar_subquery()
)
IS_REVERSED = exists().where(REVERSAL.reverses_id == Voucher.id, REVERSAL.state == VoucherState.POSTED)
SORTS: Sorts = {
    "number": Voucher.number,
    "facility": Voucher.facility_code,
    "scheme": Voucher.scheme,
    "period": Voucher.period_from,
    "claims": Voucher.claims,
    "amount": Voucher.amount,
    "state": Voucher.state,
}


def vouchers(session: Session, wanted: PageWanted, state: VoucherState | None = None) -> Page[VoucherRow]:
    """A page of vouchers, the newest first; search by number or facility; count and kip are of the whole filter."""
    query = _joined()
    if state is not None:
        query = query.where(Voucher.state == state)
    if wanted.search:
        term = wanted.search.strip()
        query = query.where(Voucher.number.contains(term, autoescape=True) | is_called(term))
    return fetch_page(session, query, wanted, _row, sorts=SORTS, tie=Voucher.id, newest_first=True, kip=Voucher.amount)


def voucher(session: Session, voucher_id: int) -> VoucherRow:
    """One voucher. Raises NoResultFound where it is not there."""
    return _row(*session.execute(_joined().where(Voucher.id == voucher_id)).one())


def _joined() -> Select[Voucher, Facility, str, str, str, bool, str]:
    return (
        select(Voucher, Facility, PREPARER.name, CERTIFIER.name, POSTER.name, IS_REVERSED, LIVE_FILE)
        .join(Facility, Facility.code == Voucher.facility_code)
        .join(PREPARER, PREPARER.id == Voucher.prepared_by)
        .outerjoin(CERTIFIER, CERTIFIER.id == Voucher.certified_by)
        .outerjoin(POSTER, POSTER.id == Voucher.posted_by)
    )


def _row(
    row: Voucher,
    facility: Facility,
    preparer: str,
    certifier: str | None,
    poster: str | None,
    is_reversed: bool,
    file: str | None,
) -> VoucherRow:
    return VoucherRow(
        id=row.id,
        version=row.version,
        number=row.number or "",
        facility_code=facility.code,
        facility=Name(facility.name_lo, facility.name_en),
        scheme=row.scheme,
        period_from=row.period_from,
        period_to=row.period_to,
        claims=row.claims,
        amount=row.amount,
        state=row.state,
        prepared_by=preparer,
        certified_by=certifier or "",
        posted_by=poster or "",
        posted_on=row.posted_on,
        bank_code=row.bank_code,
        bank_account=row.bank_account,
        reverses=row.reverses_id is not None,
        reversed=is_reversed,
        file=file or "",
        kind=row.kind,
    )
