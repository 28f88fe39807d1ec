"""The parts papers are made of: letterhead, labelled fields, signatures, marks and feet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import segno
from reportlab.pdfgen.canvas import Canvas

from claims_desk.documents.labels import both
from claims_desk.documents.sheet import PageEnd, Sheet
from claims_desk.documents.text import ACCENT, GREY, RED, RULE, Style, draw_line, width_of, wrap
from claims_desk.domain.columns import Align
from claims_desk.domain.messages import LAO, Message, Name, say

STATE = "ສາທາລະນະລັດ ປະຊາທິປະໄຕ ປະຊາຊົນລາວ"
MOTTO = "ສັນຕິພາບ ເອກະລາດ ປະຊາທິປະໄຕ ເອກະພາບ ວັດທະນາຖາວອນ"
LABEL = Style(7, color=GREY)
VALUE = Style(9.5)
STRONG_VALUE = Style(10.5, bold=True)
SECOND = Style(7.6, color=GREY)
SMALL = Style(6.5, color=GREY)
SIGNATURE_HEIGHT = 84.0


@dataclass(frozen=True, slots=True)
class Labelled:
    """A value under its label; `second` is the same in the paper's other language, smaller."""

    label: Message
    value: str
    strong: bool = False
    second: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs as what, and when."""

    deed: Message
    name: str
    day: str = ""


def letterhead(sheet: Sheet, office: Name, languages: Sequence[str]) -> None:
    """State and motto in the middle as on every paper of the state, then the office."""
    if LAO in languages:
        sheet.y = sheet.line(sheet.left + sheet.width / 2, sheet.y, STATE, Style(9, bold=True), Align.CENTRE)
        sheet.y = sheet.line(sheet.left + sheet.width / 2, sheet.y, MOTTO, Style(7.5), Align.CENTRE) - 6
    sheet.y = name_lines(sheet, sheet.left, sheet.y, sheet.width * 0.52, office, languages)


def name_lines(sheet: Sheet, x: float, y: float, width: float, name: Name, languages: Sequence[str]) -> float:
    """A name, strong in the first language and small in the second; gives the y under it."""
    first, second = name.text(languages[0]), name.text(languages[-1])
    y = sheet.paragraph(x, y, width, first, STRONG_VALUE)
    return y if second == first else sheet.paragraph(x, y, width, second, SECOND)


def running_head(sheet: Sheet, name: str, what: str) -> None:
    """The head of a page after the first: whom the paper is for, cut short where it is long, and which paper."""
    room = sheet.width - width_of(what, SECOND) - 16
    lines = wrap(name, room - width_of("…", SECOND), SECOND)
    sheet.line(sheet.left, sheet.y, lines[0] if len(lines) == 1 else f"{lines[0]}…", SECOND)
    sheet.y = sheet.line(sheet.right, sheet.y, what, SECOND, Align.RIGHT) - 5


def title_lines(sheet: Sheet, y: float, title: Message, languages: Sequence[str], align: Align = Align.RIGHT) -> float:
    """The paper's title at the right, or at the left; gives the y under it."""
    edge, room = (sheet.right, sheet.width * 0.45) if align is Align.RIGHT else (sheet.left, sheet.width)
    for language, style in zip(languages, (Style(17, bold=True, color=ACCENT), Style(9, color=GREY)), strict=False):
        text = title.text(language)
        fitted = replace(style, size=min(style.size, style.size * room / max(1.0, width_of(text, style))))
        y = sheet.line(edge, y, text, fitted, align)
    return y


def labelled(sheet: Sheet, x: float, y: float, width: float, field: Labelled, languages: Sequence[str]) -> float:
    """One value under its label; gives the y under it."""
    y = sheet.paragraph(x, y, width, both(field.label, languages), LABEL)
    y = sheet.paragraph(x, y, width, field.value or "–", STRONG_VALUE if field.strong else VALUE)
    if field.second and field.second != field.value:
        y = sheet.paragraph(x, y, width, field.second, SECOND)
    return y - 3


def field_grid(
    sheet: Sheet, rows: Sequence[Sequence[Labelled]], languages: Sequence[str], width: float = 0, indent: float = 0
) -> None:
    """Rows of labelled values side by side from the cursor down, `indent` points from the left margin."""
    for row in rows:
        each = ((width or sheet.width) - indent) / len(row)
        left, y = sheet.left + indent, sheet.y
        sheet.y = min(labelled(sheet, left + at * each, y, each - 10, field, languages) for at, field in enumerate(row))


def signatures(sheet: Sheet, signed: Sequence[Signature], languages: Sequence[str]) -> None:
    """Boxes to sign in, side by side, never parted from one another by a page."""
    sheet.keep(SIGNATURE_HEIGHT + 8)
    gap = 8.0
    each = (sheet.width - gap * (len(signed) - 1)) / len(signed)
    top = sheet.y - 8
    for at, signature in enumerate(signed):
        _signature(sheet, sheet.left + at * (each + gap), top, each, signature, languages)
    sheet.y = top - SIGNATURE_HEIGHT


def _signature(
    sheet: Sheet, x: float, top: float, width: float, signature: Signature, languages: Sequence[str]
) -> None:
    sheet.box(x, top, width, SIGNATURE_HEIGHT, edge=RULE)
    y = top - 3
    for language, style in zip(languages, (Style(7.6, bold=True), SMALL), strict=False):
        y = sheet.paragraph(x + 6, y, width - 12, signature.deed.text(language), style)
    if signature.day:
        sheet.line(x + 6, y, signature.day, LABEL)
    name = wrap(signature.name, width - 12, Style(8.5))[:2]
    under = top - SIGNATURE_HEIGHT + 4 + len(name) * Style(8.5).leading
    sheet.rule(under + 2, x + 6, x + width - 6)
    for line in name:
        under = sheet.line(x + width / 2, under, line, Style(8.5), Align.CENTRE)


def qr_code(sheet: Sheet, x: float, y: float, side: float, payload: str) -> None:
    """A square code under `y` that a telephone reads."""
    modules = [list(row) for row in segno.make(payload, error="m", micro=False).matrix]
    step = side / len(modules)

    def paint(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0, 0, 0)
        path = canvas.beginPath()
        for row, line in enumerate(modules):
            for column, dark in enumerate(line):
                if dark:
                    path.rect(x + column * step, y - (row + 1) * step, step, step)
        canvas.drawPath(path, stroke=0, fill=1)

    sheet.paint(paint)


def stamp(sheet: Sheet, y: float, mark: Message, languages: Sequence[str]) -> float:
    """A red box at the right saying what this paper is not; gives the y under it."""
    style = Style(9, bold=True, color=RED)
    lines = [line for language in languages for line in wrap(mark.text(language), sheet.width * 0.42, style)]
    width = max(width_of(line, style) for line in lines) + 12
    sheet.box(sheet.right - width, y, width, len(lines) * style.leading + 4, edge=RED)
    y -= 2
    for line in lines:
        y = sheet.line(sheet.right - 6, y, line, style, Align.RIGHT)
    return y - 4


def watermark(sheet: Sheet, text: str) -> None:
    """Large pale letters across every page, through which all else can be read."""
    style = Style(min(78, 78 * 430 / max(1.0, width_of(text, Style(78, bold=True)))), bold=True, color=RED)

    def paint(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.setFillAlpha(0.13)
        canvas.translate(sheet.page_width / 2, sheet.page_height / 2)
        canvas.rotate(48)
        draw_line(canvas, -width_of(text, style) / 2, -style.size / 3, text, style)
        canvas.restoreState()

    sheet.overlay = paint


def foot(note: Sequence[str], languages: Sequence[str]) -> PageEnd:
    """The foot of every page: notes at the left, page x of y at the right."""

    def lay(sheet: Sheet, page: int, pages: int) -> None:
        y = sheet.bottom - 10
        sheet.rule(y + 4)
        sheet.line(
            sheet.right, y, both(say("Page {page} of {pages}", page=page, pages=pages), languages), SMALL, Align.RIGHT
        )
        for line in note:
            y = sheet.paragraph(sheet.left, y, sheet.width * 0.78, line, SMALL)

    return lay
