"""How a claim stands on the letter: a bar with its amounts, its reasons, and by when it can be cured."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims_desk.documents.blocks import SECOND, SMALL
from claims_desk.documents.sheet import Sheet
from claims_desk.documents.text import ACCENT, GREY, TINT, Style, wrap
from claims_desk.domain.columns import Align, Column, Format
from claims_desk.domain.dates import format_day
from claims_desk.domain.messages import say
from claims_desk.domain.money import format_kip
from claims_desk.domain.papers import LetterClaim, LetterFinding, MoneyBack
from claims_desk.domain.terms import care_name, method_name

TEXT = Style(9.5)
NOTE = Style(8.6)
STRONG = Style(9, bold=True)
FIX = Style(8.6, color=ACCENT)
CODE = Style(8.6, bold=True, color=GREY)
CURE_BY = Style(8.6, bold=True)
CODE_WIDTH = 34.0
MONEY_WIDTH = 62.0
BAR_HEIGHT = 40.0
WHOLE_AT_MOST = 260.0  # a claim shorter than this is not parted by a page

FLAT_COLUMNS: tuple[Column[LetterClaim], ...] = (
    Column("form_no", say("Form no."), lambda c: c.form_no, width=11),
    Column("patient_name", say("Patient"), lambda c: c.patient_name, width=17),
    Column("care_type", say("Care"), lambda c: care_name(c.care_type), width=10),
    Column("visit_from", say("From day"), lambda c: c.visit_from, Format.DAY),
    Column("method", say("Paid by"), lambda c: method_name(c.method), width=12),
    Column("claimed", say("Claimed"), lambda c: c.claimed, Format.KIP, total=True),
    Column("allowed", say("Allowed"), lambda c: c.allowed, Format.KIP, total=True),
    Column("payable", say("Payable"), lambda c: c.payable, Format.KIP, total=True),
)
BACK_COLUMNS: tuple[Column[MoneyBack], ...] = (
    Column("form_no", say("Form no."), lambda row: row.form_no, width=11),
    Column("patient_name", say("Patient"), lambda row: row.patient_name, width=20),
    Column("visit_from", say("From day"), lambda row: row.visit_from, Format.DAY),
    Column("collected", say("Collected"), lambda row: row.collected, Format.KIP, total=True),
    Column("due", say("Due"), lambda row: row.due, Format.KIP, total=True),
    Column("kip", say("To give back"), lambda row: row.kip, Format.KIP, total=True),
)
Lines = list[tuple[str, Style]]


def lay_claim(sheet: Sheet, claim: LetterClaim, language: str) -> None:
    """The claim from the sheet's cursor down, whole on a page unless it is long; then no reason is parted in itself."""
    blocks = list(_blocks(sheet, claim, language))
    whole = BAR_HEIGHT + sum(_height(lines) + 3 for _, lines in blocks)
    least = BAR_HEIGHT + (_height(blocks[0][1]) if blocks else 0)
    sheet.keep(whole if whole < WHOLE_AT_MOST else least)
    _bar(sheet, claim, language)
    for code, lines in blocks:
        if not sheet.fits(_height(lines)):
            sheet.new_page()
            _go_on(sheet, claim, language)
        sheet.line(sheet.left + 6, sheet.y, code, CODE)
        for line, style in lines:
            sheet.y = sheet.line(sheet.left + CODE_WIDTH, sheet.y, line, style)
        sheet.y -= 3
    sheet.y -= 6


def _go_on(sheet: Sheet, claim: LetterClaim, language: str) -> None:
    """Which claim goes on at the top of a page."""
    name = " ".join((claim.form_no or "–", claim.patient_name))
    words = say("Claim {name}, continued", name=name).text(language)
    for line in wrap(words, sheet.width - 12, STRONG):
        sheet.y = sheet.line(sheet.left + 6, sheet.y, line, STRONG)


def _blocks(sheet: Sheet, claim: LetterClaim, language: str) -> Iterator[tuple[str, Lines]]:
    """What stands under the bar, each with its code: the reasons, the price, the last day."""
    width = sheet.width - CODE_WIDTH - 6
    for finding in claim.findings:
        yield finding.code, _wrapped(_reason(finding, language), width)
    if claim.explanation:
        said = "; ".join(step.text(language).rstrip(".") for step in claim.explanation)
        yield "", _wrapped([(say("How the price came about: {steps}", steps=said).text(language), SMALL)], width)
    if claim.cure_by:
        yield "", _wrapped([(say("Send it again by {day}.", day=claim.cure_by).text(language), CURE_BY)], width)


def _reason(finding: LetterFinding, language: str) -> Iterator[tuple[str, Style]]:
    on_line = say("Line {line}: {reason}", line=finding.line_no, reason=finding.message)
    yield (finding.message if finding.line_no is None else on_line).text(language), NOTE
    if finding.line_falls:
        yield say("This line is not paid; the others are not touched by it.").text(language), NOTE
    if fix := finding.fix.text(language):
        yield say("What to do: {fix}", fix=fix).text(language), FIX


def _wrapped(paragraphs: Sequence[tuple[str, Style]] | Iterator[tuple[str, Style]], width: float) -> Lines:
    return [(line, style) for text, style in paragraphs for line in wrap(text, width, style)]


def _height(lines: Lines) -> float:
    return sum(style.leading for _, style in lines) + 3


def _bar(sheet: Sheet, claim: LetterClaim, language: str) -> None:
    amounts = (
        (say("Claimed"), claim.claimed),
        (say("Allowed"), claim.allowed),
        (say("Payable"), claim.payable),
        (say("Not paid"), claim.unpaid),
    )
    room = sheet.width - MONEY_WIDTH * len(amounts) - 14
    who = wrap(f"{claim.form_no or '–'}  {claim.patient_name}", room, STRONG)
    under = wrap(_circumstances(claim, language), room, SECOND)
    height = max(28.0, len(who) * STRONG.leading + len(under) * SECOND.leading + 3)
    sheet.box(sheet.left, sheet.y, sheet.width, height, fill=TINT)
    y = sheet.y - 1
    for line, style in [(text, STRONG) for text in who] + [(text, SECOND) for text in under]:
        y = sheet.line(sheet.left + 6, y, line, style)
    for at, (label, amount) in enumerate(reversed(amounts)):
        edge = sheet.right - 6 - at * MONEY_WIDTH
        y = sheet.line(edge, sheet.y - 2, label.text(language), SMALL, Align.RIGHT)
        sheet.line(edge, y, format_kip(amount), STRONG, Align.RIGHT)
    sheet.y -= height + 3


def _circumstances(claim: LetterClaim, language: str) -> str:
    """Kind of care, days, and the bundle it came in."""
    days = [format_day(day) for day in dict.fromkeys((claim.visit_from, claim.visit_to)) if day]
    bundle = claim.bundle or say("without a bundle").text(language)
    return " · ".join((care_name(claim.care_type).text(language), "–".join(days) or "–", bundle))
