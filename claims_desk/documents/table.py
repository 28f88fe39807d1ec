"""A table over as many pages as it needs: heading repeated, sums carried from page to page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from claims_desk.documents.sheet import Sheet
from claims_desk.documents.text import GREY, RULE, TINT, Style, width_of, wrap
from claims_desk.domain.columns import NUMBERS, Align, Column, Format, show
from claims_desk.domain.messages import Message, say

T = TypeVar("T")
BODY = Style(8)
STRONG = Style(8, bold=True)
HEAD = Style(7.6, bold=True)
HEAD_SECOND = Style(6.2, color=GREY)
PAD = 3.5


@dataclass(frozen=True, slots=True)
class _Cell:
    lines: list[str]
    style: Style


class Table(Generic[T]):
    """Rows under one list of columns; text cells wrap, numbers never do."""

    def __init__(self, sheet: Sheet, columns: Sequence[Column[T]], rows: Sequence[T], languages: Sequence[str]) -> None:
        self.sheet = sheet
        self.columns = columns
        self.rows = rows
        self.languages = languages
        self.sums = {column.key: 0 for column in columns if column.total}
        self.widths = column_widths(columns, rows, languages, sheet.width)

    def draw(self, tail: float = 0) -> None:
        """Lay the table out from the sheet's cursor down; the sums of all rows stand at its end.

        `tail`: points kept free under it, so that what follows never stands alone on a page.
        """
        self.sheet.keep(90)
        self._heading()
        room_for_sums = self._height(self._sum_cells(say("Carried forward")))
        for at, row in enumerate(self.rows):
            cells = [self._wrapped(column.text(row, self.languages[0]), at_, BODY) for at_, column in self._each()]
            after = tail + room_for_sums if at == len(self.rows) - 1 else room_for_sums
            if not self.sheet.fits(self._height(cells) + after):
                self._turn_page()
            self._row(cells, tint=at % 2 == 1)
            self._add(row)
        self._row(self._sum_cells(say("Total")), tint=True, strong=True)

    def _turn_page(self) -> None:
        if self.sums:
            self._row(self._sum_cells(say("Carried forward")))
        self.sheet.new_page()
        self._heading()
        if self.sums:
            self._row(self._sum_cells(say("Brought forward")))

    def _add(self, row: T) -> None:
        for column in self.columns:
            if column.total:
                self.sums[column.key] += column.sum((row,))

    def _each(self) -> list[tuple[int, Column[T]]]:
        return list(enumerate(self.columns))

    def _wrapped(self, text: str, at: int, style: Style) -> _Cell:
        if self.columns[at].format in NUMBERS:
            return _Cell([text], style)
        return _Cell(wrap(text, self.widths[at] - 2 * PAD, style), style)

    def _height(self, cells: Sequence[_Cell | None]) -> float:
        return max(len(cell.lines) * cell.style.leading for cell in cells if cell) + PAD

    def _row(self, cells: Sequence[_Cell | None], tint: bool = False, strong: bool = False) -> None:
        height = self._height(cells)
        y = self.sheet.y
        if tint:
            self.sheet.box(self.sheet.left, y, self.sheet.width, height, fill=TINT)
        x = self.sheet.left
        for at, cell in enumerate(cells):
            if cell is not None:
                self._cell(cell, at, x, y - PAD / 2)
            x += self.widths[at]
        self.sheet.rule(y - height, color=GREY if strong else RULE)
        self.sheet.y = y - height

    def _cell(self, cell: _Cell, at: int, x: float, y: float) -> None:
        align = self.columns[at].alignment
        edge = {
            Align.LEFT: x + PAD,
            Align.RIGHT: x + self.widths[at] - PAD,
            Align.CENTRE: x + self.widths[at] / 2,
        }[align]
        for line in cell.lines:
            y = self.sheet.line(edge, y, line, cell.style, align)

    def _sum_cells(self, label: Message) -> list[_Cell | None]:
        cells: list[_Cell | None] = []
        for _, column in self._each():
            total = show(self.sums[column.key], column.format) if column.total else None
            cells.append(_Cell([total], STRONG) if total is not None else None)
        said = " · ".join(dict.fromkeys(label.text(language) for language in self.languages))
        cells[self._label_place()] = _Cell([said], STRONG)
        return cells

    def _label_place(self) -> int:
        return next((at for at, column in self._each() if column.format is Format.TEXT), 0)

    def _heading(self) -> None:
        sheet = self.sheet
        titles = [self._titles(at) for at in range(len(self.columns))]
        height = max(sum(style.leading for _, style in lines) for lines in titles) + PAD
        sheet.rule(sheet.y, color=GREY)
        x = sheet.left
        for at, lines in enumerate(titles):
            y = sheet.y - PAD / 2
            for text, style in lines:
                self._cell(_Cell([text], style), at, x, y)
                y -= style.leading
            x += self.widths[at]
        sheet.y -= height
        sheet.rule(sheet.y, color=GREY)

    def _titles(self, at: int) -> list[tuple[str, Style]]:
        lines: list[tuple[str, Style]] = []
        for language, style in zip(self.languages, (HEAD, HEAD_SECOND), strict=False):
            text = self.columns[at].title.text(language)
            lines.extend((line, style) for line in wrap(text, self.widths[at] - 2 * PAD, style))
        return lines


def column_widths(
    columns: Sequence[Column[T]], rows: Sequence[T], languages: Sequence[str], width: float
) -> list[float]:
    """How wide each column is, in points: numbers and days as wide as their widest, the rest as they need.

    Where that is too much, text columns give way by their `Column.width`, the ones with little text last.
    """
    needed = [_widest(column, rows, languages) + 2 * PAD for column in columns]
    elastic = [at for at, column in enumerate(columns) if column.format is Format.TEXT]
    left_over = width - sum(need for at, need in enumerate(needed) if at not in elastic)
    if not elastic or left_over < 12 * len(elastic):
        return [need * width / sum(needed) for need in needed]
    shares = _shared(left_over, {at: (needed[at], columns[at].width) for at in elastic})
    return [shares.get(at, need) for at, need in enumerate(needed)]


def _shared(room: float, wishes: dict[int, tuple[float, int]]) -> dict[int, float]:
    """Room dealt out: who needs no more than an equal share gets what he needs, the others the rest by weight."""
    given: dict[int, float] = {}
    while modest := {at: need for at, (need, _) in wishes.items() if need <= room / len(wishes)}:
        given |= modest
        room -= sum(modest.values())
        wishes = {at: wish for at, wish in wishes.items() if at not in modest}
        if not wishes:
            each = room / len(given)
            return {at: width + each for at, width in given.items()}
    weight = sum(share for _, share in wishes.values())
    return given | {at: room * share / weight for at, (_, share) in wishes.items()}


def _widest(column: Column[T], rows: Sequence[T], languages: Sequence[str]) -> float:
    number = column.format in NUMBERS
    widest = max((width_of(column.text(row, languages[0]), BODY) for row in rows), default=0.0)
    if column.total:
        widest = max(widest, width_of(show(column.sum(rows), column.format), STRONG))
    titles = (
        width_of(column.title.text(language), style)
        for language, style in zip(languages, (HEAD, HEAD_SECOND), strict=False)
    )
    return max(widest + (2 if number else 0), min(max(titles), 60))
