"""The rows of a sheet written the plain way spreadsheet programs write it, four times as fast.

It takes only rows that read as XML exactly as they look; at the first that does not it gives up, and
`xlsx_sheet.careful_rows` goes on from there.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Generator, Iterator
from contextlib import closing
from typing import Final

from claims_desk.imports.cells import Cell
from claims_desk.imports.raw_table import MOST_COLUMNS, MOST_ROWS, RawRow
from claims_desk.imports.xlsx_cells import COLUMNS, CellValues
from claims_desk.imports.xlsx_package import Package
from claims_desk.imports.xlsx_parts import Workbook

LONGEST_ROW: Final = 1_000_000
_PREFIX = re.compile(
    r'\ufeff?(?:<\?xml version="1\.0"(?: encoding="(?i:utf-8)")?(?: standalone="\w+")? ?\?>\s*)?'
    r"<worksheet [^!]*?<sheetData>"
)
_ROW = re.compile(r'\s*(?:<row r="\d+"[^<>]*/>\s*)*<row r="(\d{1,7})"[^<>]*(?<!/)>')
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})\d+"(?: s="(\d*)")?(?: t="(\w+)")? ?'
    r'(?:/>|>(?:<v>([^<]*)</v>|<v ?/>|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>)?</c>)'
)
_ENTITY = re.compile(r"&(amp|lt|gt|quot|apos);")
_MEANT: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


class Unusual(ValueError):
    """The sheet is written in another way, or wrongly."""


def quick_rows(package: Package, book: Workbook) -> Generator[RawRow, None, None]:
    """The rows that hold anything, until one is Unusual, which is raised. Raises UserError for a damaged zip."""
    values = CellValues(book)
    with closing(package.chunks(book.sheet)) as pieces:
        for text in _row_texts(pieces):
            row = _row(text, values)
            if row[1]:
                yield row


def _row_texts(pieces: Iterator[bytes]) -> Iterator[str]:
    """What stands before each `</row>`; the whole part is read, so that a damaged one is found."""
    decode = codecs.getincrementaldecoder("utf-8")("strict").decode
    rest, begun = "", False
    for piece in pieces:
        try:
            rest += decode(piece)
        except UnicodeDecodeError as error:
            raise Unusual from error
        if not begun:
            prefix = _PREFIX.match(rest)
            if not prefix:
                raise Unusual
            begun, rest = True, rest[prefix.end() :]
        *complete, rest = rest.split("</row>")
        yield from complete
        if "</sheetData>" in rest:
            break
        if len(rest) > LONGEST_ROW:
            raise Unusual
    if not rest.lstrip().startswith("</sheetData>"):
        raise Unusual
    for _ in pieces:
        pass


def _row(text: str, values: CellValues) -> RawRow:
    head = _ROW.match(text)
    cells = _CELL.findall(text)
    if head is None or "<!" in text or head[0].count("<row") != text.count("<row"):
        raise Unusual
    if len(cells) != text.count("<c") or not 0 < int(head[1]) <= MOST_ROWS:
        raise Unusual
    try:
        return int(head[1]), _cells(cells, values)
    except (ValueError, LookupError, OverflowError) as error:
        raise Unusual from error


def _cells(found: list[tuple[str, ...]], values: CellValues) -> list[Cell]:
    row: list[Cell] = []
    for name, style, kind, value, inline in found:
        content = value or inline
        cell = values.value(kind or "n", style, _unescaped(content) if "&" in content else content)
        if cell == "":
            continue
        column = COLUMNS[name]
        if column != len(row):
            _leave_blank(row, column)
        row.append(cell)
    return row


def _leave_blank(row: list[Cell], column: int) -> None:
    if not len(row) <= column < MOST_COLUMNS:
        raise Unusual
    row.extend([""] * (column - len(row)))


def _unescaped(text: str) -> str:
    if len(_ENTITY.findall(text)) != text.count("&"):
        raise Unusual
    return _ENTITY.sub(lambda found: _MEANT[found[1]], text)
