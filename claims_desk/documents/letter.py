"""The letter to a facility: every claim not paid in full, why, how to mend it and by when."""

from __future__ import annotations

from collections.abc import Sequence

from claims_desk.documents.blocks import (
    SECOND,
    SMALL,
    Labelled,
    Signature,
    field_grid,
    foot,
    letterhead,
    running_head,
    signatures,
    title_lines,
)
from claims_desk.documents.sheet import Sheet
from claims_desk.documents.text import ACCENT, GREY, TINT, Style, wrap
from claims_desk.domain.columns import Align
from claims_desk.domain.dates import format_day
from claims_desk.domain.messages import LAO, Message, Name, say
from claims_desk.domain.money import format_kip
from claims_desk.domain.papers import LetterClaim, LetterFinding, LetterPaper
from claims_desk.domain.terms import care_name, level_name

TEXT = Style(9.5)
STRONG = Style(9, bold=True)
REASON = Style(8.6)
FIX = Style(8.6, color=ACCENT)
CURE_BY = Style(8.6, bold=True)
CODE_WIDTH = 34.0
MONEY_WIDTH = 74.0


def letter_pdf(paper: LetterPaper, language: str = LAO) -> bytes:
    """The letter as PDF, A4, in one language; amounts in kip. The same paper gives the same bytes."""
    sheet = Sheet()
    _head(sheet, paper, language)
    _opening(sheet, paper, language)
    curable = [claim for claim in paper.claims if claim.curable]
    final = [claim for claim in paper.claims if not claim.curable]
    title = f"{TITLE.text(language)} {paper.bundle}"
    sheet.on_new_page = lambda: running_head(sheet, paper.payee.name.text(language), title)
    if curable:
        _section(sheet, say("A. To be corrected and sent again"), CURABLE_NOTE, curable, language)
    if final:
        _section(sheet, say("B. Final decisions"), FINAL_NOTE, final, language)
    _closing(sheet, paper, language)
    return sheet.finish(title, foot([f"{paper.payee.code} · {paper.bundle}"], [language]), language)


TITLE = say("Letter on claims not paid in full")
CURABLE_NOTE = say(
    "These claims can still be paid. Correct what is written under each and send it again by the day given."
)
FINAL_NOTE = say("These decisions stand. What is not paid here cannot be claimed again.")


def _head(sheet: Sheet, paper: LetterPaper, language: str) -> None:
    letterhead(sheet, paper.office, [language])
    right = sheet.top - (31 if language == LAO else 0)
    if paper.number:
        right = sheet.line(
            sheet.right, right, say("No. {number}", number=paper.number).text(language), TEXT, Align.RIGHT
        )
    right = sheet.line(
        sheet.right, right, say("Date: {day}", day=format_day(paper.written_on)).text(language), TEXT, Align.RIGHT
    )
    sheet.y = min(sheet.y, right) - 6
    sheet.rule(sheet.y)
    sheet.y -= 12
    sheet.y = sheet.paragraph(sheet.left, sheet.y, sheet.width, say("To: the director").text(language), TEXT)
    for line, style in _address(paper, language):
        sheet.y = sheet.paragraph(sheet.left, sheet.y, sheet.width, line, style)
    sheet.y -= 10


def _address(paper: LetterPaper, language: str) -> list[tuple[str, Style]]:
    payee = paper.payee
    lines = [(payee.name.text(language), Style(11, bold=True))]
    lines.append((f"{level_name(payee.level).text(language)} · {payee.code}", TEXT))
    if place := payee.place.text(language):
        lines.append((place, TEXT))
    return lines


def _opening(sheet: Sheet, paper: LetterPaper, language: str) -> None:
    sheet.y = title_lines(sheet, sheet.y, TITLE, [language], Align.LEFT) - 2
    told = say(
        "Of the {forms} claims of bundle {bundle} for {period}, {count} were not paid in full. "
        "Each is listed below with the reason and what to do.",
        forms=paper.forms,
        bundle=paper.bundle,
        period=paper.period,
        count=len(paper.claims),
    )
    sheet.y = sheet.paragraph(sheet.left, sheet.y, sheet.width, told.text(language), TEXT) - 8
    counted = [
        Labelled(say("Claimed (kip)"), format_kip(paper.claimed), strong=True),
        Labelled(say("Payable (kip)"), format_kip(paper.payable), strong=True),
        Labelled(say("Can still be corrected (kip)"), format_kip(_unpaid(paper, curable=True)), strong=True),
        Labelled(say("Final, not paid (kip)"), format_kip(_unpaid(paper, curable=False)), strong=True),
    ]
    sheet.box(sheet.left, sheet.y, sheet.width, 38, fill=TINT)
    sheet.y -= 5
    field_grid(sheet, [counted], [language], indent=10)
    sheet.y -= 18


def _unpaid(paper: LetterPaper, curable: bool) -> int:
    return sum(claim.unpaid for claim in paper.claims if claim.curable is curable)


def _section(sheet: Sheet, title: Message, note: Message, claims: Sequence[LetterClaim], language: str) -> None:
    sheet.keep(110)
    heading = f"{title.text(language)} ({len(claims)})"
    sheet.y = sheet.line(sheet.left, sheet.y, heading, Style(11.5, bold=True, color=ACCENT))
    sheet.y = sheet.paragraph(sheet.left, sheet.y, sheet.width, note.text(language), REASON) - 4
    for claim in claims:
        _claim(sheet, claim, language)
    sheet.y -= 8


def _claim(sheet: Sheet, claim: LetterClaim, language: str) -> None:
    reasons = [(finding.code, _finding_lines(sheet, finding, language)) for finding in claim.findings]
    sheet.keep(40 + (_height(reasons[0][1]) if reasons else 0))
    _claim_bar(sheet, claim, language)
    for code, lines in reasons:
        sheet.keep(_height(lines))
        sheet.line(sheet.left + 6, sheet.y, code, Style(8.6, bold=True, color=GREY))
        for line, style in lines:
            sheet.y = sheet.line(sheet.left + CODE_WIDTH, sheet.y, line, style)
        sheet.y -= 3
    if claim.explanation:
        _explanation(sheet, claim.explanation, language)
    sheet.y -= 6


def _explanation(sheet: Sheet, steps: Sequence[Message | Name], language: str) -> None:
    said = "; ".join(message.text(language).rstrip(".") for message in steps)
    for line in wrap(say("How the price came about: {steps}", steps=said).text(language), _reason_width(sheet), SMALL):
        sheet.keep(SMALL.leading)
        sheet.y = sheet.line(sheet.left + CODE_WIDTH, sheet.y, line, SMALL)


def _claim_bar(sheet: Sheet, claim: LetterClaim, language: str) -> None:
    amounts = ((say("Claimed"), claim.claimed), (say("Payable"), claim.payable), (say("Not paid"), claim.unpaid))
    room = sheet.width - MONEY_WIDTH * len(amounts) - 16
    day = format_day(claim.visit_from) if claim.visit_from else "–"
    who = wrap(f"{claim.form_no or '–'}  {claim.patient_name}", room, STRONG)
    under = wrap(f"{care_name(claim.care_type).text(language)} · {day}", room, SECOND)
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


def _reason_width(sheet: Sheet) -> float:
    return sheet.width - CODE_WIDTH - 6


def _finding_lines(sheet: Sheet, finding: LetterFinding, language: str) -> list[tuple[str, Style]]:
    reason = finding.message.text(language)
    if finding.line_no is not None:
        reason = say("Line {line}: {reason}", line=finding.line_no, reason=reason).text(language)
    parts = [(reason, REASON)]
    if fix := finding.fix.text(language):
        parts.append((say("What to do: {fix}", fix=fix).text(language), FIX))
    if finding.cure_by:
        parts.append((say("Correct it by {day}.", day=finding.cure_by).text(language), CURE_BY))
    return [(line, style) for text, style in parts for line in wrap(text, _reason_width(sheet), style)]


def _height(lines: Sequence[tuple[str, Style]]) -> float:
    return sum(style.leading for _, style in lines) + 3


def _closing(sheet: Sheet, paper: LetterPaper, language: str) -> None:
    told = say("Questions about this letter: the office above, naming the bundle and the claim number.").text(language)
    sheet.keep(120)
    sheet.y = sheet.paragraph(sheet.left, sheet.y, sheet.width, told, TEXT) - 6
    signed = Signature(say("For the office"), paper.signed_by, format_day(paper.written_on))
    received = Signature(say("Received by the facility"), "")
    signatures(sheet, [received, signed], [language])
