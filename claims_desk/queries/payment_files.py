"""Payment files: which vouchers were sent, in which file, under which seal."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from claims_desk.domain.paging import Page, PageWanted
from claims_desk.models import PaymentFile, PaymentFileVoucher, User
from claims_desk.queries.paging import Sorts, fetch_page

SORTS: Sorts = {
    "number": PaymentFile.number,
    "bank": PaymentFile.bank_code,
    "total": PaymentFile.total,
    "vouchers": PaymentFile.vouchers,
}


@dataclass(frozen=True, slots=True)
class PaymentFileRow:
    """A payment file on the list; total in kip, `sha256` of the bytes that were sent."""

    id: int
    number: str
    bank_code: str
    file_name: str
    vouchers: int
    total: int
    sha256: str
    made_by: str
    made_at: datetime
    withdrawn: bool


def payment_files(session: Session, wanted: PageWanted) -> Page[PaymentFileRow]:
    """A page of payment files, the newest first, without their bytes; kip is the total of those not withdrawn."""
    query = select(
        PaymentFile.id,
        PaymentFile.number,
        PaymentFile.bank_code,
        PaymentFile.file_name,
        PaymentFile.vouchers,
        PaymentFile.total,
        PaymentFile.sha256,
        User.name,
        PaymentFile.made_at,
        PaymentFile.withdrawn_at.is_not(None),
    ).join(User, User.id == PaymentFile.made_by)
    live_kip = case((PaymentFile.withdrawn_at.is_(None), PaymentFile.total), else_=0)
    return fetch_page(
        session, query, wanted, PaymentFileRow, sorts=SORTS, tie=PaymentFile.id, newest_first=True, kip=live_kip
    )


def payment_file_content(session: Session, file_id: int) -> tuple[str, bytes]:
    """The file's name and the very bytes that were sealed."""
    query = select(PaymentFile.file_name, PaymentFile.content).where(PaymentFile.id == file_id)
    name, content = session.execute(query).one()
    return name, content


def live_files_of(session: Session, voucher_ids: Collection[int]) -> dict[int, str]:
    """The numbers of the files, not withdrawn, that carry these vouchers, by voucher id."""
    query = (
        select(PaymentFileVoucher.voucher_id, PaymentFile.number)
        .join(PaymentFile, PaymentFile.id == PaymentFileVoucher.payment_file_id)
        .where(PaymentFileVoucher.voucher_id.in_(voucher_ids), PaymentFile.withdrawn_at.is_(None))
    )
    return {row.voucher_id: row.number for row in session.execute(query)}
