"""Scans of the demo: forms of some claims drawn as the paper they may have been on, and where its fields stand.

The form is invented: it shows what a scan beside the form is good for and is no paper of NHIB's.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any, Final

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from claims_desk.demo.staff import Staff
from claims_desk.documents.text import Style, draw_line
from claims_desk.domain.codes import ClaimState
from claims_desk.domain.dates import format_day
from claims_desk.domain.facts import Claim
from claims_desk.domain.messages import LAO, say
from claims_desk.domain.money import format_kip
from claims_desk.domain.scans import ANY_FORM, LINES, WHOLE, ScanPage, Zone
from claims_desk.models import Claim as ClaimRow
from claims_desk.models import ClaimLine
from claims_desk.models.database import Database
from claims_desk.queries.claim_facts import load_claims
from claims_desk.queries.verifications import under_second_keying
from claims_desk.services.claims import correct_claim
from claims_desk.services.scan_zones import set_zones
from claims_desk.services.scans import add_scan
from claims_desk.ui.paper_form import LABELS

SCANNED: Final = 24  # claims that come with their paper
_WIDTH, _HEIGHT = A4
_MARGIN, _TOP, _ROW, _COLUMNS = 42, 110, 34, 2
_LINES_TOP, _LINE = 600, 16
_TITLE, _LABEL, _VALUE = Style(16, bold=True), Style(8), Style(11)
_HEADING = say("Claim form (invented for practice)")
Box = tuple[float, float, float, float]


def attach_scans(db: Database, staff: Staff) -> None:
    """Seng sets the zones of the form, noy attaches the paper to the claims with the most lines."""
    set_zones(db, staff.seng, ANY_FORM, list(_zones()))
    for claim in db.read(load_claims, db.read(_with_most_lines)):
        paper = add_scan(db, staff.noy, paper_of(claim), f"{claim.form_no}.pdf")
        correct_claim(db, staff.noy, claim.id, None, claim, [ScanPage(paper.sha256)])


def paper_of(claim: Claim) -> bytes:
    """The claim as a form filled in, a PDF of one page; the same claim gives the same bytes."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    draw_line(canvas, _MARGIN, _HEIGHT - 60, _HEADING.text(LAO), _TITLE)
    for name, (left, top, width, height) in _boxes().items():
        canvas.rect(left, _HEIGHT - top - height, width, height)
        if name == LINES:
            continue
        draw_line(canvas, left + 4, _HEIGHT - top - 10, LABELS[name].text(LAO), _LABEL)
        draw_line(canvas, left + 8, _HEIGHT - top - 25, _written(getattr(claim, name)), _VALUE)
    for number, line in enumerate(claim.lines):
        values = (line.item_code, line.service_date, line.quantity, line.unit_price)
        for column, value in enumerate(values):
            y = _HEIGHT - _LINES_TOP - 18 - number * _LINE
            draw_line(canvas, _MARGIN + 10 + column * 125, y, _written(value), _VALUE)
    canvas.save()
    return out.getvalue()


def _boxes() -> dict[str, Box]:
    """Left, top, width and height of each field in points, from the paper's upper left corner."""
    width = (_WIDTH - 2 * _MARGIN) / _COLUMNS
    boxes: dict[str, Box] = {}
    for number, name in enumerate(LABELS):
        row, column = divmod(number, _COLUMNS)
        boxes[name] = (_MARGIN + column * width, _TOP + row * (_ROW + 2), width - 6, _ROW)
    boxes[LINES] = (_MARGIN, _LINES_TOP, _WIDTH - 2 * _MARGIN, 190)
    return boxes


def _zones() -> Iterator[Zone]:
    for name, (left, top, width, height) in _boxes().items():
        across, down = WHOLE / _WIDTH, WHOLE / _HEIGHT
        sides = (round(left * across), round(top * down), round(width * across), round(height * down))
        yield Zone(ANY_FORM, name, 1, *sides)


def _written(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "x" if value else "-"
    if isinstance(value, date):
        return format_day(value)
    if isinstance(value, tuple):
        return " ".join(value)
    return format_kip(value) if isinstance(value, int) else str(value)


def _with_most_lines(session: Session) -> list[int]:
    """Claims that are not keyed a second time, so that nobody's keying is disturbed."""
    query = (
        select(ClaimRow.id)
        .join(ClaimLine, ClaimLine.claim_id == ClaimRow.id)
        .where(ClaimRow.state == ClaimState.KEYED, ~under_second_keying())
        .group_by(ClaimRow.id)
        .order_by(func.count().desc(), ClaimRow.id)
        .limit(SCANNED)
    )
    return list(session.execute(query).scalars())
