"""A list as a workbook: the same columns as on screen, text as text, a heading that stays, sums at the end."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Sequence
from copy import copy
from datetime import date
from io import BytesIO
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any, TypeVar, cast

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from claims_desk.domain.columns import Cell, Column, Format
from claims_desk.domain.messages import Message, Name, say

T = TypeVar("T")
NUMBER_FORMATS = {Format.KIP: "#,##0", Format.COUNT: "0", Format.DAY: "d/m/yyyy", Format.TEXT: "@"}
FONT = "Leelawadee UI"  # on every Windows since 8.1, with Lao letters
TEXT_FONT = Font(name=FONT, size=10)
STRONG_FONT = Font(name=FONT, size=10, bold=True)
HEAD_FILL = PatternFill("solid", fgColor="E4EBF1")
HEAD_EDGE = Border(bottom=Side(style="thin", color="5B6975"))
SUM_EDGE = Border(top=Side(style="thin", color="5B6975"))
_A4 = 9
_ACROSS = {"left": "left", "right": "right", "centre": "center"}
_FIRST_OF_1980 = (1980, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_LARGEST_NUMBER = 10**15  # a spreadsheet keeps 15 digits; beyond that a number becomes text
_LOOKED_AT = 500  # rows the widths are taken from
_WIDEST = 48
_TAKES_NO_ROOM = re.compile("[\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u200b]")


def write_workbook(
    target: Path | IO[bytes],
    title: str,
    columns: Sequence[Column[T]],
    rows: Iterable[T],
    totals: bool = True,
    language: str | None = None,
) -> int:
    """Write `rows` under `columns` and give how many there were; rows are taken one at a time.

    With `totals` a last row sums the columns that are summed. The same rows give the same bytes. A path is
    written whole or not at all.
    """
    rows = iter(rows)
    first = list(islice(rows, _LOOKED_AT))
    book = Workbook(write_only=True)
    sheet = _list_sheet(book, title, columns, first, language)
    pen = _Pen(sheet, columns, language)
    sheet.append(pen.headings())
    count, sums = 0, dict.fromkeys((column.key for column in columns if column.total), 0)
    for row in chain(first, rows):
        count += 1
        values = [column.value(row) for column in columns]
        sheet.append(pen.cells(values))
        for column, value in zip(columns, values, strict=True):
            if column.total and isinstance(value, int):
                sums[column.key] += value
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{count + 1}"
    if totals and sums:
        sheet.append(pen.sum_cells(sums, count))
    _save(book, target)
    return count


def workbook_bytes(
    title: str, columns: Sequence[Column[T]], rows: Iterable[T], totals: bool = True, language: str | None = None
) -> bytes:
    """The workbook as bytes, to be hashed or stored."""
    stream = BytesIO()
    write_workbook(stream, title, columns, rows, totals, language)
    return stream.getvalue()


def _list_sheet(
    book: Workbook, title: str, columns: Sequence[Column[T]], rows: Sequence[T], language: str | None
) -> Any:
    cast(Any, book).properties.title = title
    sheet: Any = book.create_sheet(re.sub(r"[\\/*?:\[\]]", " ", title)[:31].strip("' ") or "Sheet")
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.HeaderFooter.oddFooter.center.text = "&P / &N"
    for at, column in enumerate(columns, start=1):
        texts = [column.title.text(language), *(column.text(row, language) for row in rows)]
        widest = max(len(_TAKES_NO_ROOM.sub("", text)) for text in texts) + (4 if column.total else 0)
        sheet.column_dimensions[get_column_letter(at)].width = min(max(widest, 8), _WIDEST) + 3
    return sheet


class _Pen:
    """Writes cells of one sheet, each look made once: styling cell by cell is what makes big workbooks slow."""

    def __init__(self, sheet: Any, columns: Sequence[Column[Any]], language: str | None) -> None:
        self.sheet = sheet
        self.columns = columns
        self.language = language
        self.looks = [self._look(column) for column in columns]
        self.guarded = [self._look(column, quotePrefix=True) for column in columns]

    def headings(self) -> list[Any]:
        """The first row."""
        cells = [self._text(column.title.text(self.language), at) for at, column in enumerate(self.columns)]
        for cell in cells:
            cell.font, cell.fill, cell.border = STRONG_FONT, HEAD_FILL, HEAD_EDGE
        return cells

    def cells(self, values: Sequence[Cell]) -> list[Any]:
        """One row of values."""
        return [self._cell(value, at) for at, value in enumerate(values)]

    def sum_cells(self, sums: dict[str, int], count: int) -> list[Any]:
        """The last row: sums in their columns, the count of rows in the first."""
        cells = self.cells([sums.get(column.key) for column in self.columns])
        if self.columns[0].key not in sums:
            cells[0] = self._text(say("Total of {count} rows", count=count).text(self.language), 0)
        for cell in cells:
            cell.font, cell.border = STRONG_FONT, SUM_EDGE
        return cells

    def _look(self, column: Column[Any], **styles: Any) -> Any:
        model: Any = WriteOnlyCell(self.sheet)
        model.font = TEXT_FONT
        model.alignment = Alignment(horizontal=_ACROSS[column.alignment.value], vertical="top")
        model.number_format = NUMBER_FORMATS[column.format]
        for name, value in styles.items():
            setattr(model, name, value)
        return model._style

    def _cell(self, value: Cell, at: int) -> Any:
        if isinstance(value, Message | Name):
            value = value.text(self.language)
        if isinstance(value, date) or (isinstance(value, int) and abs(value) < _LARGEST_NUMBER):
            cell: Any = WriteOnlyCell(self.sheet, cast(Any, value))
            cell._style = copy(self.looks[at])
            return cell
        return self._text("" if value is None else str(value), at)

    def _text(self, text: str, at: int) -> Any:
        """A cell that stays text whatever it begins with: never a formula, never a number that loses its zeros."""
        text = ILLEGAL_CHARACTERS_RE.sub("", text)[:32_767]
        cell: Any = WriteOnlyCell(self.sheet, text or None)
        if text:
            cell.data_type = "s"
        cell._style = copy((self.guarded if text[:1] in set("=+-@\t\r") else self.looks)[at])
        return cell


def _save(book: Workbook, target: Path | IO[bytes]) -> None:
    made = BytesIO()
    book.save(made)
    if isinstance(target, Path):
        beside = target.with_name(f"{target.name}.part")
        with beside.open("wb") as stream:
            _copy_without_clock(made, stream)
        beside.replace(target)
    else:
        _copy_without_clock(made, target)


def _copy_without_clock(made: IO[bytes], target: IO[bytes]) -> None:
    """The same archive without the time of day it was made at."""
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z", content)
            entry = zipfile.ZipInfo(name, _FIRST_OF_1980)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, content)
