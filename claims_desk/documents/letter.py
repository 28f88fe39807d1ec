"""The letter to a facility: every claim not paid in full, why, how to mend it and by when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from claims_desk.documents.blocks import (
    SIGNATURE_HEIGHT,
    Signature,
    foot,
    letterhead,
    running_head,
    signatures,
    title_lines,
)
from claims_desk.documents.letter_claims import BACK_COLUMNS, FLAT_COLUMNS, NOTE, TEXT, lay_claim
from claims_desk.documents.sheet import Sheet
from claims_desk.documents.table import Table
from claims_desk.documents.text import ACCENT, Style
from claims_desk.domain.columns import Align, Column, Format
from claims_desk.domain.dates import format_day
from claims_desk.domain.messages import LAO, Message, say
from claims_desk.domain.papers import LetterPaper, LetterPart, LetterSum
from claims_desk.domain.terms import level_name

T = TypeVar("T")
TITLE = say("Letter on claims not paid in full")
HEADING = Style(11.5, bold=True, color=ACCENT)
PARTS = {
    LetterPart.CURABLE: say("A. To be corrected and sent again"),
    LetterPart.DENIED: say("B. Final: not paid"),
    LetterPart.CUT: say("C. Final: paid in part"),
    LetterPart.FLAT: say("D. Paid at a flat rate"),
    LetterPart.FULL: say("Paid in full, not listed"),
}
BACK = say("E. Co-payments to give back to patients")
NOTES = {
    LetterPart.CURABLE: say(
        "These claims can still be paid. Correct what is written under each and send the form again under its own "
        "number by the day given, with the number of this letter. What came in time the first time stays in time."
    ),
    LetterPart.DENIED: say(
        "These claims are not paid and need not be sent again. If a fact named here is wrong, write to the office and "
        "enclose the proof."
    ),
    LetterPart.CUT: say(
        "These claims are paid, less what is named under each. A line that is not paid does not stop its claim: the "
        "other lines are paid. Nothing needs to be sent again."
    ),
    LetterPart.FLAT: say(
        "A case rate or the capitation pays these claims, whatever was charged. The difference to what was claimed is "
        "no cut."
    ),
}
BACK_NOTE = say(
    "These patients paid you more than is due. Give the difference back and keep their receipts. What you are paid "
    "does not change by it."
)


@dataclass(frozen=True, slots=True)
class _SumRow:
    name: Message
    sums: LetterSum


SUM_COLUMNS: tuple[Column[_SumRow], ...] = (
    Column("part", say("Claims of these months"), lambda row: row.name, width=30),
    Column("claims", say("Claims"), lambda row: row.sums.claims, Format.COUNT, total=True),
    Column("claimed", say("Claimed"), lambda row: row.sums.claimed, Format.KIP, total=True),
    Column("allowed", say("Allowed"), lambda row: row.sums.allowed, Format.KIP, total=True),
    Column("payable", say("Payable"), lambda row: row.sums.payable, Format.KIP, total=True),
    Column("unpaid", say("Not paid"), lambda row: row.sums.unpaid, Format.KIP, total=True),
)


def letter_pdf(paper: LetterPaper, language: str = LAO) -> bytes:
    """The letter as PDF, A4, in one language; amounts in kip. The same paper gives the same bytes."""
    sheet = Sheet()
    _head(sheet, paper, language)
    _opening(sheet, paper, language)
    for part in (LetterPart.CURABLE, LetterPart.DENIED, LetterPart.CUT):
        if claims := paper.of_part(part):
            _begin_part(sheet, paper, PARTS[part], NOTES[part], len(claims), language)
            for claim in claims:
                lay_claim(sheet, claim, language)
            _end_part(sheet, paper.sum_of(part), language)
    _tables(sheet, paper, language)
    _closing(sheet, paper, language)
    return sheet.finish(
        _title(paper, language), foot([f"{paper.payee.code} · {paper.reference}"], [language]), language
    )


def _title(paper: LetterPaper, language: str) -> str:
    return f"{TITLE.text(language)} {paper.reference}"


def _on_new_page(sheet: Sheet, paper: LetterPaper, part: Message | None, language: str) -> Callable[[], None]:
    """The head of every page after the first, with the part of the letter that goes on."""

    def lay() -> None:
        running_head(sheet, paper.payee.name.text(language), _title(paper, language))
        if part is not None:
            words = say("{part} (continued)", part=part).text(language)
            sheet.y = sheet.line(sheet.left, sheet.y, words, NOTE) - 4

    return lay


def _head(sheet: Sheet, paper: LetterPaper, language: str) -> None:
    letterhead(sheet, paper.office, [language])
    right = sheet.top - (31 if language == LAO else 0)
    for words in (
        say("No. {number}", number=paper.reference),
        say("Date: {day}", day=format_day(paper.written_on)),
    ):
        right = sheet.line(sheet.right, right, words.text(language), TEXT, Align.RIGHT)
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
    sheet.on_new_page = _on_new_page(sheet, paper, None, language)
    sheet.y = title_lines(sheet, sheet.y, TITLE, [language], Align.LEFT) - 2
    for words in _told_first(paper):
        sheet.y = sheet.paragraph(sheet.left, sheet.y, sheet.width, words.text(language), TEXT) - 3
    rows = [_SumRow(name, sums) for part, name in PARTS.items() if (sums := paper.sum_of(part)).claims]
    sheet.y -= 4
    Table(sheet, SUM_COLUMNS, rows, [language]).draw()
    sheet.y -= 16


def _told_first(paper: LetterPaper) -> list[Message]:
    decided = len(paper.claims) + paper.in_full.claims
    told = [
        say(
            "Of your claims of {period}, {decided:kip} are decided. {listed:kip} of them are listed below, each once, "
            "with the reason and what to do.",
            period=paper.period,
            decided=decided,
            listed=len(paper.claims),
        )
    ]
    if paper.bundles:
        told.append(say("Bundles: {bundles}.", bundles=", ".join(paper.bundles)))
    if paper.undecided:
        told.append(say("{count:kip} claims are not decided yet and come in a later letter.", count=paper.undecided))
    return told


def _begin_part(sheet: Sheet, paper: LetterPaper, title: Message, note: Message, count: int, language: str) -> None:
    sheet.on_new_page = _on_new_page(sheet, paper, None, language)
    sheet.keep(130)
    sheet.y = sheet.line(sheet.left, sheet.y, f"{title.text(language)} ({count})", HEADING)
    sheet.y = sheet.paragraph(sheet.left, sheet.y, sheet.width, note.text(language), NOTE) - 4
    sheet.on_new_page = _on_new_page(sheet, paper, title, language)


def _end_part(sheet: Sheet, sums: LetterSum, language: str) -> None:
    words = say(
        "Together: claimed {claimed:kip}, allowed {allowed:kip}, payable {payable:kip}, not paid {unpaid:kip} kip.",
        claimed=sums.claimed,
        allowed=sums.allowed,
        payable=sums.payable,
        unpaid=sums.unpaid,
    )
    sheet.keep(TEXT.leading)
    sheet.y = sheet.paragraph(sheet.left, sheet.y, sheet.width, words.text(language), Style(9, bold=True)) - 12


def _tables(sheet: Sheet, paper: LetterPaper, language: str) -> None:
    if flat := paper.of_part(LetterPart.FLAT):
        _begin_part(sheet, paper, PARTS[LetterPart.FLAT], NOTES[LetterPart.FLAT], len(flat), language)
        _table(sheet, FLAT_COLUMNS, flat, language)
    if back := paper.money_back:
        _begin_part(sheet, paper, BACK, BACK_NOTE, len(back), language)
        _table(sheet, BACK_COLUMNS, back, language)


def _table(sheet: Sheet, columns: Sequence[Column[T]], rows: Sequence[T], language: str) -> None:
    Table(sheet, columns, rows, [language]).draw()
    sheet.y -= 14


def _closing(sheet: Sheet, paper: LetterPaper, language: str) -> None:
    sheet.on_new_page = _on_new_page(sheet, paper, None, language)
    told = say("Questions about this letter: the office above, naming the number of this letter and of the claim.")
    sheet.keep(SIGNATURE_HEIGHT + 36)
    sheet.y = sheet.paragraph(sheet.left, sheet.y, sheet.width, told.text(language), TEXT) - 6
    signed = Signature(say("For the office"), paper.signed_by, format_day(paper.written_on))
    received = Signature(say("Received by the facility"), "")
    signatures(sheet, [received, signed], [language])
