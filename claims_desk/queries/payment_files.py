"""Payment files: which vouchers were sent, in which file, under which seal."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims_desk.models import PaymentFile, PaymentFileVoucher, User


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


def payment_files(session: Session) -> tuple[PaymentFileRow, ...]:
    """Every payment file, the newest first, without its bytes."""
    query = (
        select(
            PaymentFile.id,
            PaymentFile.number,
            PaymentFile.bank_code,
            PaymentFile.file_name,
            PaymentFile.vouchers,
            PaymentFile.total,
            PaymentFile.sha256,
            User.name.label("made_by"),
            PaymentFile.made_at,
            PaymentFile.withdrawn_at.is_not(None).label("withdrawn"),
        )
        .join(User, User.id == PaymentFile.made_by)
        .order_by(PaymentFile.id.desc())
    )
    return tuple(PaymentFileRow(**row._mapping) for row in session.execute(query))


def payment_file_bytes(session: Session, file_id: int) -> bytes:
    """The very bytes that were sealed."""
    return session.execute(select(PaymentFile.content).where(PaymentFile.id == file_id)).scalar_one()


def live_files_of(session: Session, voucher_ids: Collection[int]) -> dict[int, str]:
    """The numbers of the files, not withdrawn, that carry these vouchers, by voucher id."""
    query = (
        select(PaymentFileVoucher.voucher_id, PaymentFile.number)
        .join(PaymentFile, PaymentFile.id == PaymentFileVoucher.payment_file_id)
        .where(PaymentFileVoucher.voucher_id.in_(voucher_ids), PaymentFile.withdrawn_at.is_(None))
    )
    return dict(session.execute(query).tuples().all())
