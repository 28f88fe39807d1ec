"""The columns of vouchers, payment files and letters."""

from __future__ import annotations

from claims_desk.domain.codes import VoucherKind, VoucherState
from claims_desk.domain.columns import Column, Format
from claims_desk.domain.messages import Message, say
from claims_desk.domain.terms import VOUCHER_KINDS, VOUCHER_STATES
from claims_desk.queries.letters import LetterRow
from claims_desk.queries.payment_files import PaymentFileRow
from claims_desk.queries.vouchers import VoucherRow
from claims_desk.ui.theme import Tone


def voucher_status(row: VoucherRow) -> Message:
    """Where the voucher stands, in one word."""
    if row.reversed:
        return say("Reversed")
    if row.reverses and row.state == VoucherState.POSTED:
        return say("Reversal")
    return say("In a file") if row.file else VOUCHER_STATES[row.state]


def voucher_tone(row: VoucherRow) -> Tone:
    """The tone of its status."""
    if row.reversed or row.reverses or row.state == VoucherState.CANCELLED:
        return Tone.BAD
    if row.state == VoucherState.POSTED:
        return Tone.GOOD if row.file else Tone.INFO
    return Tone.WARN


def what_it_pays(row: VoucherRow) -> int | Message:
    """How many claims; or, where it pays none, what it is for."""
    return row.claims if row.kind == VoucherKind.CLAIMS else VOUCHER_KINDS[row.kind]


VOUCHERS: tuple[Column[VoucherRow], ...] = (
    Column("number", say("Voucher"), lambda row: row.number or "—", width=14),
    Column("facility", say("Facility"), lambda row: row.facility, width=25),
    Column("scheme", say("Scheme"), lambda row: row.scheme, width=7),
    Column("claims", say("Claims"), what_it_pays, Format.COUNT, width=8),
    Column("amount", say("Amount"), lambda row: row.amount, Format.KIP, width=12),
    Column("state", say("Status"), voucher_status, width=13),
    Column("bank", say("Bank"), lambda row: row.bank_code, width=6),
    Column("prepared_by", say("Prepared by"), lambda row: row.prepared_by, width=9),
    Column("certified_by", say("Certified by"), lambda row: row.certified_by, width=9),
    Column("posted_on", say("Posted on"), lambda row: row.posted_on, Format.DAY, width=10),
)

FILES: tuple[Column[PaymentFileRow], ...] = (
    Column("number", say("Payment file"), lambda row: row.number, width=20),
    Column("bank", say("Bank"), lambda row: row.bank_code, width=8),
    Column("vouchers", say("Vouchers"), lambda row: row.vouchers, Format.COUNT, width=8),
    Column("total", say("Amount"), lambda row: row.total, Format.KIP, width=15),
    Column("state", say("Status"), lambda row: say("Withdrawn") if row.withdrawn else say("Sealed"), width=12),
    Column("made_by", say("Made by"), lambda row: row.made_by, width=12),
    Column("sha256", say("Seal (SHA-256)"), lambda row: row.sha256, width=40),
)

LETTERS: tuple[Column[LetterRow], ...] = (
    Column("code", say("Code"), lambda row: row.facility_code, width=8),
    Column("facility", say("Facility"), lambda row: row.facility, width=34),
    Column("decided", say("Decided"), lambda row: row.decided, Format.COUNT, width=8, total=True),
    Column("curable", say("To correct"), lambda row: row.curable, Format.COUNT, width=8, total=True),
    Column("denied", say("Denied"), lambda row: row.denied, Format.COUNT, width=8, total=True),
    Column("cut", say("Cut"), lambda row: row.cut, Format.COUNT, width=8, total=True),
    Column("money_back", say("To give back"), lambda row: row.money_back, Format.COUNT, width=9, total=True),
    Column("curable_kip", say("Can still be paid"), lambda row: row.curable_kip, Format.KIP, width=14, total=True),
    Column("final_kip", say("Final, not paid"), lambda row: row.final_kip, Format.KIP, width=14, total=True),
)
