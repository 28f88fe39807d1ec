"""Payment files: posted vouchers sent to one bank together, the very bytes kept and sealed by their SHA-256."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import func, select

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import Role, VoucherKind, VoucherState
from claims_desk.domain.dates import format_month, utc_now
from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import say
from claims_desk.domain.papers import Payment, PaymentList
from claims_desk.domain.quarters import quarter_of
from claims_desk.exports.payments import DEFAULT_MAP, ColumnMap, payment_workbook
from claims_desk.models import Facility, Office, PaymentFile, PaymentFileVoucher, Voucher
from claims_desk.models.database import Database
from claims_desk.queries.payment_files import live_files_of, payment_file_content
from claims_desk.services.deed import Deed, deed
from claims_desk.services.printing import write_paper
from claims_desk.services.reasons import need_reason


def make_payment_file(
    db: Database, actor: Actor, voucher_ids: Sequence[int], *, on: date, columns: ColumnMap = DEFAULT_MAP
) -> int:
    """Seal posted vouchers of one bank into a payment workbook; returns the file's id.

    Raises UserError for a voucher not posted, without an account, reversed, or standing in a live file already.
    """
    with deed(db, actor, Role.ACCOUNTANT) as work:
        vouchers = _locked(work, voucher_ids)
        bank = _one_bank(vouchers)
        _refuse_unpayable(work, vouchers)
        number = _next_number(work, on)
        listed = PaymentList(number=number, day=on, payments=tuple(_payment(work, voucher) for voucher in vouchers))
        content = payment_workbook(listed, columns)
        file = PaymentFile(
            number=number,
            bank_code=bank,
            file_name=f"{number}-{bank}.xlsx",
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            vouchers=listed.count,
            total=listed.total,
            made_by=actor.user_id,
            made_at=utc_now(),
        )
        work.session.add(file)
        work.session.flush()
        work.session.add_all(PaymentFileVoucher(payment_file_id=file.id, voucher_id=row.id) for row in vouchers)
        work.record("payment_file.make", file, after={"number": number, "kip": file.total, "sha256": file.sha256})
        return file.id


def _locked(work: Deed, voucher_ids: Sequence[int]) -> list[Voucher]:
    """Each voucher once, in the order they were chosen; all lock in one order and never cross."""
    rows = {voucher_id: work.get(Voucher, voucher_id) for voucher_id in sorted(set(voucher_ids))}
    return [rows[voucher_id] for voucher_id in dict.fromkeys(voucher_ids)]


def _one_bank(vouchers: Sequence[Voucher]) -> str:
    banks = sorted({voucher.bank_code for voucher in vouchers})
    if not banks:
        raise UserError(say("No voucher is chosen."), say("Choose posted vouchers of one bank."))
    if len(banks) > 1:
        raise UserError(
            say("The vouchers go to several banks: {banks}.", banks=", ".join(banks)),
            say("Make one file for each bank."),
        )
    return banks[0]


def _refuse_unpayable(work: Deed, vouchers: Sequence[Voucher]) -> None:
    live = live_files_of(work.session, [voucher.id for voucher in vouchers])
    reversals = select(Voucher.reverses_id).where(Voucher.reverses_id.is_not(None))
    reversed_ids = set(work.session.execute(reversals).scalars())
    for voucher in vouchers:
        if voucher.state != VoucherState.POSTED or voucher.amount <= 0 or voucher.id in reversed_ids:
            raise UserError(
                say("Voucher {number} cannot be paid: it is not posted, or reversed.", number=voucher.number or "—"),
                say("Choose posted vouchers only."),
            )
        if voucher.id in live:
            raise UserError(
                say("Voucher {number} stands in payment file {file}.", number=voucher.number, file=live[voucher.id]),
                say("A voucher is sent once. Withdraw that file first if it never went out."),
            )
        if not voucher.bank_account:
            raise UserError(
                say("Facility {facility} has no bank account.", facility=voucher.facility_code),
                say("Enter its account in the register, reverse the voucher and prepare its claims again."),
            )


def _payment(work: Deed, voucher: Voucher) -> Payment:
    name = work.session.execute(select(Facility.name_en).where(Facility.code == voucher.facility_code)).scalar_one()
    return Payment(
        account=voucher.bank_account,
        account_name=voucher.bank_account_name or name,
        amount=voucher.amount,
        reference=voucher.number or "",
        purpose=_purpose(voucher),
        voucher_number=voucher.number or "",
        bank_code=voucher.bank_code,
    )


def _purpose(voucher: Voucher) -> str:
    if voucher.kind == VoucherKind.CAPITATION:
        quarter = quarter_of(voucher.period_from)
        return f"{voucher.scheme} capitation Q{quarter.number}/{quarter.year}"
    return f"{voucher.scheme} {format_month(voucher.period_from)}"


def _next_number(work: Deed, on: date) -> str:
    work.in_turn("payment_files")
    office = work.session.execute(select(Office.code)).scalar_one()
    made = work.session.execute(select(func.count()).select_from(PaymentFile)).scalar_one()
    return f"{office}-{on:%Y%m%d}-{made + 1:04d}"


def withdraw_payment_file(db: Database, actor: Actor, file_id: int, reason: str) -> None:
    """Take back a file that never went out; its vouchers may be sent again. Raises UserError without a reason."""
    need_reason(reason)
    with deed(db, actor, Role.ACCOUNTANT) as work:
        file = work.get(PaymentFile, file_id)
        if file.withdrawn_at is not None:
            raise UserError(say("File {number} is withdrawn already.", number=file.number), say("Refresh the list."))
        file.withdrawn_by, file.withdrawn_at = actor.user_id, utc_now()
        file.reason = reason
        work.record("payment_file.withdraw", file, why=reason)


def save_payment_file(db: Database, file_id: int, folder: Path) -> Path:
    """Write the sealed bytes into `folder`; returns the file. Raises UserError."""
    name, content = db.read(payment_file_content, file_id)
    return write_paper(folder, name, content)
