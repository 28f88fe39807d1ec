"""A claim on paper, as it was keyed, with what was found of it: to lay beside the form or to ask the facility with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from claims_desk.documents.blocks import Labelled, field_grid, foot, running_head, stamp, title_lines
from claims_desk.documents.sheet import Sheet
from claims_desk.documents.table import Table
from claims_desk.documents.text import GREY, Style
from claims_desk.domain.columns import Align, Column, Format
from claims_desk.domain.messages import Message, Name, say

TITLE = say("Claim as keyed")
HEAD, CODE, WORDS, QUIET = Style(10.5, bold=True), Style(8.5, bold=True), Style(8.5), Style(8, color=GREY)
CODE_WIDTH = 64.0  # points
IN_A_ROW = 4  # fields
TEXTS = 2  # columns of a line, from the left


@dataclass(frozen=True, slots=True)
class CopiedLine:
    """A line as it stands on the screen, its cells in the columns' order; allowed in kip, None while not judged."""

    number: int
    cells: tuple[str, ...]
    allowed: int | None


@dataclass(frozen=True, slots=True)
class CopiedFinding:
    """A finding: its code, the line it is of (0: the whole form), what is wrong and what mends it."""

    code: str
    line_no: int
    message: Message | Name
    fix: Message | Name


@dataclass(frozen=True, slots=True)
class ClaimCopy:
    """What is printed of a claim, in the language of the paper; the last of `titles` is that of what is allowed.

    `payable` is empty while nothing is judged.
    """

    form_no: str
    facility: str
    bundle: str
    fields: tuple[tuple[Message, str], ...]
    titles: tuple[Message, ...]
    lines: tuple[CopiedLine, ...]
    findings: tuple[CopiedFinding, ...]
    steps: tuple[str, ...]
    outcome: str
    payable: str
    printed_by: str
    printed_on: date


def claim_copy_pdf(copy: ClaimCopy, language: str) -> bytes:
    """The claim as PDF, A4, in one language; blank fields are left out."""
    sheet = Sheet()
    sheet.y = title_lines(sheet, sheet.top, TITLE, [language], Align.LEFT)
    stamp(sheet, sheet.top, say("Working copy. It pays nothing."), [language])
    sheet.y -= 4
    sheet.rule(sheet.y)
    sheet.y -= 6
    sheet.on_new_page = lambda: running_head(sheet, copy.facility, copy.form_no)
    head = [Labelled(say("Facility"), copy.facility, strong=True), Labelled(say("Bundle"), copy.bundle)]
    field_grid(sheet, [[Labelled(say("Form no."), copy.form_no, strong=True), *head]], [language])
    filled = [Labelled(label, value) for label, value in copy.fields if value]
    field_grid(sheet, [filled[at : at + IN_A_ROW] for at in range(0, len(filled), IN_A_ROW)], [language])
    _lines(sheet, copy, language)
    _outcome(sheet, copy)
    _findings(sheet, copy, language)
    printed = say("Printed by {name} on {day}", name=copy.printed_by, day=copy.printed_on).text(language)
    return sheet.finish(f"{TITLE.text(language)} {copy.form_no}", foot([printed], [language]), language)


def _lines(sheet: Sheet, copy: ClaimCopy, language: str) -> None:
    if not copy.lines:
        return
    sheet.y -= 6
    *shown, allowed = copy.titles
    columns = [Column[CopiedLine]("no", say("Line"), lambda line: line.number, Format.COUNT)]
    columns += [_column(at, title) for at, title in enumerate(shown)]
    columns.append(Column("allowed", allowed, lambda line: line.allowed, Format.KIP, total=True))
    Table(sheet, columns, copy.lines, [language]).draw()


def _column(at: int, title: Message) -> Column[CopiedLine]:
    """Code and name are texts; what follows are days, counts and kip, which never wrap."""
    return Column(str(at), title, lambda line: line.cells[at], Format.TEXT if at < TEXTS else Format.COUNT)


def _outcome(sheet: Sheet, copy: ClaimCopy) -> None:
    if not copy.outcome:
        return
    sheet.keep(50)
    sheet.y = sheet.line(sheet.right, sheet.y - 8, f"{copy.outcome}   {copy.payable}", HEAD, Align.RIGHT)
    for step in copy.steps:
        sheet.keep(14)
        sheet.y = sheet.paragraph(sheet.left, sheet.y, sheet.width, step, QUIET)


def _findings(sheet: Sheet, copy: ClaimCopy, language: str) -> None:
    sheet.keep(40)
    title = say("Findings") if copy.findings else say("Nothing was found.")
    sheet.y = sheet.line(sheet.left, sheet.y - 10, title.text(language), HEAD) - 2
    for found in copy.findings:
        sheet.keep(36)
        _mark(sheet, found, language)
        left, room = sheet.left + CODE_WIDTH, sheet.width - CODE_WIDTH
        y = sheet.paragraph(left, sheet.y, room, found.message.text(language), WORDS)
        sheet.y = sheet.paragraph(left, y, room, found.fix.text(language), QUIET) - 4


def _mark(sheet: Sheet, found: CopiedFinding, language: str) -> None:
    of = say("line {number}", number=found.line_no).text(language) if found.line_no else ""
    sheet.line(sheet.left, sheet.line(sheet.left, sheet.y, found.code, CODE), of, QUIET)


def described(steps: Sequence[Message | Name], language: str) -> tuple[str, ...]:
    """Steps of a price in the paper's language."""
    return tuple(step.text(language) for step in steps)
