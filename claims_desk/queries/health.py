"""What does not tie: totals, numbers and bookings of the whole database, each fault in one sentence."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from claims_desk.domain.codes import SubmissionState, VoucherState
from claims_desk.domain.messages import Message, say
from claims_desk.domain.totals import Totals
from claims_desk.models import (
    AuditEntry,
    Batch,
    PaymentFile,
    PaymentFileVoucher,
    Submission,
    Voucher,
    VoucherCounter,
    VoucherLine,
)
from claims_desk.queries.submissions import counted, keyed_totals

Faults = Iterator[Message]
Check = Callable[[Session], Faults]


def closed_bundles_off_their_totals(session: Session) -> Faults:
    """Closed bundles whose claims are not the forms, kip and form numbers counted by hand."""
    closed = select(Submission).where(Submission.state == SubmissionState.CLOSED).order_by(Submission.number)
    bundles = session.execute(closed).scalars().all()
    keyed = keyed_totals(session, [bundle.id for bundle in bundles])
    for bundle in bundles:
        off = keyed.get(bundle.id, Totals()) - counted(bundle)
        if off != Totals():
            yield say(
                "bundle {number} is closed, but forms, kip and form numbers are off: {forms}, {kip:kip}, {numbers}",
                number=bundle.number,
                forms=off.forms,
                kip=off.kip,
                numbers=off.form_numbers,
            )


def batches_off_their_vouchers(session: Session) -> Faults:
    """Batches on a voucher whose totals are not those of their lines on it."""
    lines, payable = func.count(VoucherLine.claim_id), func.coalesce(func.sum(VoucherLine.payable), 0)
    on = (VoucherLine.batch_id == Batch.id) & (VoucherLine.voucher_id == Batch.voucher_id)
    query = (
        select(Batch.number, Batch.claims, Batch.payable, lines, payable)
        .outerjoin(VoucherLine, on)
        .where(Batch.voucher_id.is_not(None))
        .group_by(Batch.id, Batch.number, Batch.claims, Batch.payable)
        .having(or_(lines != Batch.claims, payable != Batch.payable))
    )
    for number, claims, kip, found, found_kip in session.execute(query):
        yield say(
            "batch {number} has {claims} claims for {kip:kip} kip, its voucher {found} for {found_kip:kip} kip",
            number=number,
            claims=claims,
            kip=kip,
            found=found,
            found_kip=int(found_kip),
        )


def vouchers_off_their_lines(session: Session) -> Faults:
    """Vouchers with claims whose totals are not the sum of their lines."""
    sums = tuple(func.sum(column) for column in (VoucherLine.allowed, VoucherLine.copay_due, VoucherLine.payable))
    query = (
        select(Voucher.id, Voucher.number, Voucher.amount, sums[2])
        .join(VoucherLine, VoucherLine.voucher_id == Voucher.id)
        .group_by(Voucher.id, Voucher.number, Voucher.amount)
        .having(
            or_(
                func.count() != Voucher.claims,
                sums[0] != Voucher.allowed,
                sums[1] != Voucher.copay_due,
                sums[2] != Voucher.amount,
            )
        )
    )
    for key, number, kip, found in session.execute(query):
        yield say(
            "voucher {number} is for {kip:kip} kip, its lines make {found:kip} kip",
            number=number or key,
            kip=kip,
            found=int(found),
        )


def vouchers_without_their_chain_head(session: Session) -> Faults:
    """Posted vouchers whose printed chain head is no entry of the audit trail."""
    query = (
        select(Voucher.number)
        .outerjoin(AuditEntry, AuditEntry.digest == Voucher.chain_head)
        .where(Voucher.state == VoucherState.POSTED, AuditEntry.seq.is_(None))
    )
    for number in session.execute(query).scalars():
        yield say("the chain head printed on voucher {number} stands nowhere in the audit trail", number=number)


def files_off_their_vouchers(session: Session) -> Faults:
    """Payment files whose bytes are not those of their seal, or whose total is not that of their vouchers."""
    query = (
        select(PaymentFile, func.count(Voucher.id), func.coalesce(func.sum(Voucher.amount), 0))
        .outerjoin(PaymentFileVoucher, PaymentFileVoucher.payment_file_id == PaymentFile.id)
        .outerjoin(Voucher, Voucher.id == PaymentFileVoucher.voucher_id)
        .group_by(PaymentFile.id)
    )
    for file, count, kip in session.execute(query):
        if hashlib.sha256(file.content).hexdigest() != file.sha256:
            yield say("payment file {number} is not what its seal says", number=file.number)
        if (count, int(kip)) != (file.vouchers, file.total):
            yield say(
                "payment file {number} is for {kip:kip} kip, its vouchers make {found:kip} kip",
                number=file.number,
                kip=file.total,
                found=int(kip),
            )


def vouchers_in_two_live_files(session: Session) -> Faults:
    """Vouchers that stand in more than one payment file not withdrawn."""
    query = (
        select(Voucher.number)
        .join(PaymentFileVoucher, PaymentFileVoucher.voucher_id == Voucher.id)
        .join(PaymentFile, PaymentFile.id == PaymentFileVoucher.payment_file_id)
        .where(PaymentFile.withdrawn_at.is_(None))
        .group_by(Voucher.id, Voucher.number)
        .having(func.count() > 1)
    )
    for number in session.execute(query).scalars():
        yield say("voucher {number} stands in two live payment files", number=number)


def claims_paid_twice(session: Session) -> Faults:
    """Claims that stand on more than one posted voucher not reversed."""
    reversal = aliased(Voucher)
    reversed_ = select(reversal.reverses_id).where(
        reversal.state == VoucherState.POSTED, reversal.reverses_id.is_not(None)
    )
    query = (
        select(VoucherLine.form_no)
        .join(Voucher, Voucher.id == VoucherLine.voucher_id)
        .where(Voucher.state == VoucherState.POSTED, Voucher.reverses_id.is_(None), Voucher.id.not_in(reversed_))
        .group_by(VoucherLine.claim_id, VoucherLine.form_no)
        .having(func.count() > 1)
    )
    for form_no in session.execute(query).scalars():
        yield say("the claim on form {form} stands on two posted vouchers", form=form_no)


def gaps_in_voucher_numbers(session: Session) -> Faults:
    """Fiscal years whose voucher numbers do not run from 1 to the counter without a gap."""
    count, first, last = func.count(), func.min(Voucher.sequence), func.max(Voucher.sequence)
    query = (
        select(Voucher.fiscal_year, count, first, last)
        .where(Voucher.state == VoucherState.POSTED)
        .group_by(Voucher.fiscal_year)
    )
    found = {year or 0: (number, low, high) for year, number, low, high in session.execute(query)}
    counted_by_year = select(VoucherCounter.fiscal_year, VoucherCounter.last_number)
    counters = {row.fiscal_year: row.last_number for row in session.execute(counted_by_year)}
    for year in sorted(found.keys() | counters.keys()):
        counted = counters.get(year, 0)
        if found.get(year, (0, 1, 0)) != (counted, 1, counted):
            yield say(
                "the voucher numbers of {year} do not run from 1 to {last} without a gap", year=str(year), last=counted
            )
