"""The payment voucher: who is paid, how much, for which claims, signed three times and tied to the audit chain."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from num2words import num2words

from claims_desk.documents.blocks import (
    LABEL,
    SECOND,
    SIGNATURE_HEIGHT,
    Labelled,
    Signature,
    field_grid,
    foot,
    letterhead,
    qr_code,
    running_head,
    signatures,
    stamp,
    title_lines,
    watermark,
)
from claims_desk.documents.labels import both
from claims_desk.documents.sheet import Sheet
from claims_desk.documents.table import Table
from claims_desk.documents.text import TINT, Style, wrap
from claims_desk.domain.columns import Align, Column, Format
from claims_desk.domain.dates import format_day
from claims_desk.domain.lao_words import amount_in_words
from claims_desk.domain.messages import LANGUAGES, LAO, Message, Name, say
from claims_desk.domain.money import format_kip
from claims_desk.domain.papers import PaidClaim, PaidShare, VoucherPaper
from claims_desk.domain.terms import level_name

QR_SIDE = 66.0
WORDS = Style(9.5)

CLAIM_COLUMNS: tuple[Column[PaidClaim], ...] = (
    Column("form_no", say("Form no."), lambda c: c.form_no, width=11),
    Column("patient_name", say("Patient"), lambda c: c.patient_name, width=17),
    Column("scheme", say("Scheme"), lambda c: c.scheme, width=7),
    Column("care_type", say("Care"), lambda c: c.care_type, width=9),
    Column("visit_from", say("From day"), lambda c: c.visit_from, Format.DAY, width=10),
    Column("visit_to", say("To day"), lambda c: c.visit_to, Format.DAY, width=10),
    Column("claimed", say("Claimed"), lambda c: c.claimed, Format.KIP, total=True),
    Column("allowed", say("Allowed"), lambda c: c.allowed, Format.KIP, total=True),
    Column("copay_due", say("Co-payment"), lambda c: c.copay_due, Format.KIP, total=True),
    Column("payable", say("Payable"), lambda c: c.payable, Format.KIP, total=True),
)


SHARE_COLUMNS: tuple[Column[PaidShare], ...] = (
    Column("quarter", say("Quarter"), lambda share: share.quarter, width=9),
    Column("catchment", say("People in the catchment"), lambda share: share.catchment, Format.KIP),
    Column("rate", say("× Rate a head and year"), lambda share: share.rate, Format.KIP),
    Column("year_amount", say("= Amount of the year"), lambda share: share.year_amount, Format.KIP),
    Column("part", say("Of it ÷ 4"), lambda share: share.part, Format.KIP, total=True),
    Column("left_over", say("+ Left over by rounding"), lambda share: share.left_over, Format.KIP, total=True),
    Column("amount", say("Payable"), lambda share: share.amount, Format.KIP, total=True),
)


def voucher_pdf(paper: VoucherPaper, languages: Sequence[str] = LANGUAGES) -> bytes:
    """The voucher as PDF, A4, labels in the languages given, the first one leading; amounts in kip.

    The same paper gives the same bytes.
    """
    sheet = Sheet()
    _head(sheet, paper, languages)
    _particulars(sheet, paper, languages)
    _amount(sheet, paper, languages)
    title = f"{say('Payment voucher').text(languages[0])} {paper.number}".strip()
    sheet.on_new_page = lambda: running_head(sheet, paper.payee.name.text(languages[0]), title)
    if paper.claims:
        Table(sheet, CLAIM_COLUMNS, paper.claims, languages).draw(tail=SIGNATURE_HEIGHT + 8)
    if paper.share:
        Table(sheet, SHARE_COLUMNS, (paper.share,), languages).draw(tail=SIGNATURE_HEIGHT + 8)
    _signed(sheet, paper, languages)
    return sheet.finish(title, foot(_foot_notes(paper, languages), languages), languages[0])


def mark_of(paper: VoucherPaper) -> Message | None:
    """What this voucher is not yet, or no longer: cancelled, a draft, a reversal; None for one that pays."""
    if paper.cancelled:
        return say("CANCELLED")
    if paper.reverses:
        return say("REVERSAL of voucher {number}", number=paper.reverses)
    return None if paper.number else say("DRAFT")


def qr_payload(paper: VoucherPaper) -> str:
    """What the square code says: number, amount in kip and the head of the audit chain, parted by bars."""
    return f"CLAIMS-DESK|{paper.number}|{paper.amount}|{paper.chain_head}"


def amount_words(paper: VoucherPaper, language: str) -> str:
    """The voucher's amount of kip in words; below zero it is an amount to take back."""
    amount = abs(paper.amount)
    if language == LAO:
        words = amount_in_words(amount, paper.ten_thousand, paper.billion)
    else:
        words = f"{num2words(amount, lang='en')} kip only"
        words = words[:1].upper() + words[1:]
    return words if paper.amount >= 0 else say("To be taken back: {words}", words=words).text(language)


def _head(sheet: Sheet, paper: VoucherPaper, languages: Sequence[str]) -> None:
    letterhead(sheet, paper.office, languages)
    under_state = sheet.top - (31 if LAO in languages else 0)
    right = title_lines(sheet, under_state, say("Payment voucher"), languages)
    number = paper.number or both(say("Not posted yet"), languages)
    right = sheet.line(sheet.right, right - 2, number, Style(12, bold=True), Align.RIGHT)
    if mark := mark_of(paper):
        right = stamp(sheet, right - 3, mark, languages)
        watermark(sheet, _watermark_text(paper, languages[0]))
    sheet.y = min(sheet.y, right) - 4
    sheet.rule(sheet.y)
    sheet.y -= 8


def _watermark_text(paper: VoucherPaper, language: str) -> str:
    if paper.cancelled:
        return say("CANCELLED").text(language)
    return (say("REVERSAL") if paper.reverses else say("DRAFT")).text(language)


def _particulars(sheet: Sheet, paper: VoucherPaper, languages: Sequence[str]) -> None:
    payee = paper.payee
    level = level_name(payee.level).text(languages[0])
    rows = [
        [_in_both(say("Pay to"), payee.name, languages, strong=True)],
        [Labelled(say("Facility code and level"), f"{payee.code} · {level}"), Labelled(say("Period"), paper.period)],
        [
            Labelled(say("Bank and account number"), f"{payee.bank_code}  {payee.bank_account}".strip(), strong=True),
            Labelled(say("Account name"), payee.bank_account_name),
        ],
        [
            _in_both(say("For"), _purpose(paper), languages),
            Labelled(say("Posted on"), format_day(paper.posted_on) if paper.posted_on else ""),
        ],
    ]
    top = sheet.y
    coded = bool(paper.number and paper.chain_head)
    field_grid(sheet, rows, languages, width=sheet.width - QR_SIDE - 14 if coded else sheet.width)
    if coded:
        qr_code(sheet, sheet.right - QR_SIDE, top - 2, QR_SIDE, qr_payload(paper))
    sheet.y = min(sheet.y, top - QR_SIDE - 4 if coded else sheet.y)
    _control_totals(sheet, paper, languages)


def _in_both(label: Message, value: Message | Name, languages: Sequence[str], strong: bool = False) -> Labelled:
    return Labelled(label, value.text(languages[0]), strong, value.text(languages[-1]))


def _purpose(paper: VoucherPaper) -> Message:
    return paper.purpose or say("{count} claims, listed below", count=len(paper.claims))


def _control_totals(sheet: Sheet, paper: VoucherPaper, languages: Sequence[str]) -> None:
    if paper.control is None:
        return
    control = paper.control
    counted = [
        Labelled(say("Bundle"), control.bundle),
        Labelled(say("Forms counted"), str(control.forms)),
        Labelled(say("Kip counted"), format_kip(control.kip)),
        Labelled(say("Sum of form numbers"), format_kip(control.form_number_sum)),
    ]
    field_grid(sheet, [counted], languages)


def _amount(sheet: Sheet, paper: VoucherPaper, languages: Sequence[str]) -> None:
    words = [
        (line, style)
        for language, style in zip(languages, (WORDS, SECOND), strict=False)
        for line in wrap(amount_words(paper, language), sheet.width - 24, style)
    ]
    figure = Style(19, bold=True)
    height = LABEL.leading + figure.leading + sum(style.leading for _, style in words) + 8
    sheet.box(sheet.left, sheet.y, sheet.width, height, fill=TINT)
    y = sheet.line(sheet.left + 12, sheet.y - 4, both(say("Amount"), languages), LABEL)
    y = sheet.line(sheet.left + 12, y, f"{format_kip(paper.amount)} {say('kip').text(languages[0])}", figure)
    for line, style in words:
        y = sheet.line(sheet.left + 12, y, line, style)
    sheet.y -= height + 10


def _signed(sheet: Sheet, paper: VoucherPaper, languages: Sequence[str]) -> None:
    def day(of: date | None) -> str:
        return format_day(of) if of else ""

    signatures(
        sheet,
        [
            Signature(say("Prepared by"), paper.prepared_by, day(paper.prepared_on)),
            Signature(say("Certified by"), paper.certified_by, day(paper.certified_on)),
            Signature(say("Approved and posted by"), paper.posted_by, day(paper.posted_on)),
        ],
        languages,
    )


def _foot_notes(paper: VoucherPaper, languages: Sequence[str]) -> list[str]:
    if not paper.chain_head:
        return []
    head = " ".join(paper.chain_head[at : at + 8] for at in range(0, len(paper.chain_head), 8))
    return [f"{both(say('Head of the audit chain when posted'), languages)}:", head]
