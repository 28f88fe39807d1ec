"""The receipt slip the facility's messenger takes home: what came in, counted by hand."""

from __future__ import annotations

from reportlab.lib.pagesizes import A5, landscape

from claims_desk.documents.blocks import Labelled, Signature, field_grid, foot, letterhead, signatures, title_lines
from claims_desk.documents.sheet import Sheet
from claims_desk.documents.text import TINT, Style
from claims_desk.domain.columns import Align
from claims_desk.domain.dates import format_day
from claims_desk.domain.messages import LAO, say
from claims_desk.domain.money import format_kip
from claims_desk.domain.papers import ReceiptSlip
from claims_desk.domain.terms import level_name


def receipt_slip_pdf(slip: ReceiptSlip, language: str = LAO) -> bytes:
    """The slip as PDF, A5 across, in one language; amounts in kip. The same slip gives the same bytes."""
    sheet = Sheet(landscape(A5), margin=32)
    letterhead(sheet, slip.office, [language])
    right = title_lines(sheet, sheet.top - (31 if language == LAO else 0), TITLE, [language])
    right = sheet.line(sheet.right, right, slip.bundle, Style(11, bold=True), Align.RIGHT)
    sheet.y = min(sheet.y, right) - 4
    sheet.rule(sheet.y)
    sheet.y -= 8
    _particulars(sheet, slip, language)
    _counted(sheet, slip, language)
    signatures(
        sheet,
        [
            Signature(say("Handed over by"), ""),
            Signature(say("Received by"), slip.received_by, format_day(slip.received_on)),
        ],
        [language],
    )
    return sheet.finish(f"{TITLE.text(language)} {slip.bundle}", foot([slip.bundle], [language]), language)


TITLE = say("Receipt for a bundle of claims")


def _particulars(sheet: Sheet, slip: ReceiptSlip, language: str) -> None:
    payee = slip.payee
    facility = Labelled(say("Health facility"), payee.name.text(language), strong=True)
    rest = [
        Labelled(say("Facility code and level"), f"{payee.code} · {level_name(payee.level).text(language)}"),
        Labelled(say("Month"), slip.period),
        Labelled(say("Received on"), format_day(slip.received_on)),
    ]
    field_grid(sheet, [[facility], rest], [language])
    sheet.y -= 4


def _counted(sheet: Sheet, slip: ReceiptSlip, language: str) -> None:
    counted = [
        Labelled(say("Forms counted"), str(slip.forms), strong=True),
        Labelled(say("Kip counted"), format_kip(slip.kip), strong=True),
        Labelled(say("Sum of form numbers"), format_kip(slip.form_number_sum), strong=True),
    ]
    sheet.box(sheet.left, sheet.y, sheet.width, 38, fill=TINT)
    sheet.y -= 5
    field_grid(sheet, [counted], [language], indent=10)
    sheet.y -= 14
