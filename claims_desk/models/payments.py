"""Batches, vouchers, payment files and the pool's ledger."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from claims_desk.domain.codes import BatchState, VoucherKind, VoucherState
from claims_desk.models.base import Base, Code, Id, Kip, Ref, Text200, Versioned, one_of


class Batch(Versioned, Base):
    """Accepted claims of a closed submission put up for approval together, with their totals in kip."""

    __tablename__ = "batches"
    id: Mapped[Id]
    number: Mapped[Code] = mapped_column(unique=True)
    submission_id: Mapped[Ref] = mapped_column(ForeignKey("submissions.id"))
    facility_code: Mapped[Code] = mapped_column(ForeignKey("facilities.code"))
    scheme: Mapped[Code] = mapped_column(ForeignKey("schemes.code"))
    claims: Mapped[int]
    claimed: Mapped[Kip]
    allowed: Mapped[Kip]
    copay_due: Mapped[Kip]
    payable: Mapped[Kip]
    state: Mapped[BatchState] = mapped_column(one_of(BatchState), default=BatchState.PROPOSED)
    made_by: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(500), default="")
    voucher_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("vouchers.id"))
    __table_args__ = (Index(None, "state"), Index(None, "submission_id"), Index(None, "voucher_id"))


class VoucherCounter(Base):
    """The last voucher number of a fiscal year: locked when posting, so that no number is skipped or used twice."""

    __tablename__ = "voucher_counters"
    fiscal_year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_number: Mapped[int]


class Voucher(Versioned, Base):
    """One payment order to one facility. Once posted the database refuses any change; it is reversed by another.

    `number` is office/fiscal year/number, given when posting. `chain_head` is the audit chain's head at posting.
    A voucher of capitation has no claims but a `CapitationLine`.
    """

    __tablename__ = "vouchers"
    id: Mapped[Id]
    number: Mapped[str | None] = mapped_column(String(30), unique=True)
    fiscal_year: Mapped[int | None]
    sequence: Mapped[int | None]
    facility_code: Mapped[Code] = mapped_column(ForeignKey("facilities.code"))
    scheme: Mapped[Code] = mapped_column(ForeignKey("schemes.code"))
    period_from: Mapped[date]
    period_to: Mapped[date]
    bank_code: Mapped[Code]
    bank_account: Mapped[Code]
    bank_account_name: Mapped[Text200]
    claims: Mapped[int]
    allowed: Mapped[Kip]
    copay_due: Mapped[Kip]
    amount: Mapped[Kip]
    state: Mapped[VoucherState] = mapped_column(one_of(VoucherState), default=VoucherState.PREPARED)
    prepared_by: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    prepared_at: Mapped[datetime]
    certified_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id"))
    certified_at: Mapped[datetime | None]
    posted_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id"))
    posted_at: Mapped[datetime | None]
    posted_on: Mapped[date | None]
    chain_head: Mapped[str] = mapped_column(String(64), default="")
    reverses_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("vouchers.id"), unique=True)
    reason: Mapped[str] = mapped_column(String(500), default="")
    kind: Mapped[VoucherKind] = mapped_column(
        one_of(VoucherKind), default=VoucherKind.CLAIMS, server_default=VoucherKind.CLAIMS.value, sort_order=1
    )
    __table_args__ = (
        UniqueConstraint("fiscal_year", "sequence"),
        CheckConstraint("(state = 'POSTED') = (number IS NOT NULL)", name="numbered_when_posted"),
        Index(None, "state"),
        Index(None, "facility_code"),
    )


class VoucherLine(Base):
    """A claim on a voucher, with the amounts it was paid at, in kip."""

    __tablename__ = "voucher_lines"
    voucher_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("vouchers.id"), primary_key=True)
    claim_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("claims.id"), primary_key=True)
    batch_id: Mapped[Ref] = mapped_column(ForeignKey("batches.id"))
    form_no: Mapped[Code]
    claimed: Mapped[Kip]
    allowed: Mapped[Kip]
    copay_due: Mapped[Kip]
    payable: Mapped[Kip]
    __table_args__ = (Index(None, "claim_id"),)


class PaymentFile(Base):
    """Vouchers sent to a bank together: the very bytes that were sent, sealed by their SHA-256."""

    __tablename__ = "payment_files"
    id: Mapped[Id]
    number: Mapped[Code] = mapped_column(unique=True)
    bank_code: Mapped[Code]
    file_name: Mapped[Text200]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str] = mapped_column(String(64))
    vouchers: Mapped[int]
    total: Mapped[Kip]
    made_by: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime]
    withdrawn_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id"))
    withdrawn_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(500), default="")


class PaymentFileVoucher(Base):
    """A voucher in a payment file."""

    __tablename__ = "payment_file_vouchers"
    payment_file_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("payment_files.id"), primary_key=True)
    voucher_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("vouchers.id"), primary_key=True)
    __table_args__ = (Index(None, "voucher_id"),)


class PoolEntry(Base):
    """One side of a booking in the pool's ledger, in kip; the two sides of a booking are equal. Never changed.

    Accounts are those of `domain/accounts.py`: `FUND:<fund>`, `POOL`, `PAYABLE:<facility>`. Scheme, facility, level
    and province are those of the day of posting.
    """

    __tablename__ = "pool_entries"
    id: Mapped[Id]
    voucher_id: Mapped[Ref] = mapped_column(ForeignKey("vouchers.id"))
    booked_on: Mapped[date]
    account: Mapped[str] = mapped_column(String(60))
    scheme: Mapped[Code]
    facility_code: Mapped[Code]
    level: Mapped[str] = mapped_column(String(2))
    debit: Mapped[Kip]
    credit: Mapped[Kip]
    province_code: Mapped[str] = mapped_column(String(2), server_default="")
    __table_args__ = (
        CheckConstraint("(debit = 0) <> (credit = 0) AND debit >= 0 AND credit >= 0", name="one_side"),
        Index(None, "voucher_id"),
        Index(None, "account", "booked_on"),
        Index(None, "booked_on"),
    )
