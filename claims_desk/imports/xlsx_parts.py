"""What a workbook says outside its sheets: which sheets there are, its texts, and which cells show days."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final

from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import say
from claims_desk.imports.xlsx_package import Package, XmlPart, bare, damaged

MOST_TEXTS: Final = 5_000_000
_ROOT: Final = "_rels/.rels"
_BUILT_IN_DAYS: Final = frozenset({14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)})
_BUILT_IN_PERCENT: Final = frozenset({9, 10})
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_BLANKS: Final = " \r\n\t\u00a0\u200b"
_ESCAPED = re.compile(r"_x(000[9aAdD]|005[fF])_")


class Shown(Enum):
    """What the format of a cell makes of its number."""

    NUMBER = auto()
    DAY = auto()
    PERCENT = auto()


@dataclass
class Workbook:
    """What is needed to read one sheet."""

    sheet: str
    counts_from_1904: bool = False
    texts: list[str] = field(default_factory=list)
    styles: list[Shown] = field(default_factory=list)


def read_workbook(package: Package, wanted_sheet: str) -> Workbook:
    """The workbook around the sheet named `wanted_sheet`, else around the first. Raises UserError."""
    book = _part_of_type(package, _ROOT, "", "/officeDocument")
    if book is None:
        raise damaged(package.path)
    sheets, from_1904 = _sheets(package, book)
    folder, name = posixpath.split(book)
    related = _relations(package, f"{folder}/_rels/{name}.rels", folder)
    named = [relation for title, relation in sheets if title.strip().lower() == wanted_sheet.lower()]
    if not sheets or (named or [sheets[0][1]])[0] not in related:
        raise damaged(package.path)
    texts = _of_type(related, "/sharedStrings")
    styles = _of_type(related, "/styles")
    return Workbook(
        sheet=related[(named or [sheets[0][1]])[0]][1],
        counts_from_1904=from_1904,
        texts=_texts(package, texts) if texts else [],
        styles=_styles(package, styles) if styles else [],
    )


Relations = dict[str, tuple[str, str]]  # id: type, name of the part


def _relations(package: Package, part: str, folder: str) -> Relations:
    found: Relations = {}

    def start(name: str, values: Mapping[str, str]) -> None:
        if bare(name) == "Relationship" and values.get("TargetMode") != "External":
            target = values.get("Target", "")
            path = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[values.get("Id", "")] = (values.get("Type", ""), path)

    XmlPart(package, part).on(start).read()
    return found


def _of_type(related: Relations, ending: str) -> str | None:
    return next((part for kind, part in related.values() if kind.endswith(ending)), None)


def _part_of_type(package: Package, relations: str, folder: str, ending: str) -> str | None:
    return _of_type(_relations(package, relations, folder), ending)


def _sheets(package: Package, book: str) -> tuple[list[tuple[str, str]], bool]:
    """Name and relation of each sheet in order, and whether days count from 1904."""
    sheets: list[tuple[str, str]] = []
    old_mac: list[bool] = []

    def start(name: str, values: Mapping[str, str]) -> None:
        if bare(name) == "sheet":
            relation = next((value for key, value in values.items() if bare(key) == "id" and key != "id"), "")
            sheets.append((values.get("name", ""), relation))
        elif bare(name) == "workbookPr":
            old_mac.append(values.get("date1904", "").lower() in ("1", "true"))

    XmlPart(package, book).on(start).read()
    return sheets, any(old_mac)


def plain_text(text: str) -> str:
    """The text behind Excel's `_x000D_` way to write breaks; empty where nothing can be seen of it."""
    if not text.strip(_BLANKS):
        return ""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x00" in text else text


class _Texts:
    """Gathers the shared texts; the reading aids of Asian scripts are no part of them."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.texts: list[str] = []
        self.parts: list[str] = []
        self.aid = self.inside = False

    def start(self, name: str, _: Mapping[str, str]) -> None:
        tag = bare(name)
        if tag == "si":
            self.parts.clear()
        elif tag == "rPh":
            self.aid = True
        self.inside = tag == "t" and not self.aid

    def text(self, text: str) -> None:
        if self.inside:
            self.parts.append(text)

    def end(self, name: str) -> None:
        self.inside = False
        tag = bare(name)
        if tag == "rPh":
            self.aid = False
        elif tag == "si":
            self.texts.append(plain_text("".join(self.parts)))
            if len(self.texts) > MOST_TEXTS:
                raise UserError(
                    say("The file {file} is too large.", file=self.package.path.name), say("Import it in parts.")
                )


def _texts(package: Package, part: str) -> list[str]:
    gathered = _Texts(package)
    XmlPart(package, part).on(gathered.start, gathered.end, gathered.text).read()
    return gathered.texts


def _styles(package: Package, part: str) -> list[Shown]:
    formats: dict[str, str] = {}
    numbers: list[str] = []
    inside: list[str] = []

    def start(name: str, values: Mapping[str, str]) -> None:
        tag = bare(name)
        if tag == "numFmt":
            formats[values.get("numFmtId", "")] = values.get("formatCode", "")
        elif tag == "cellXfs":
            inside.append(tag)
        elif tag == "xf" and inside:
            numbers.append(values.get("numFmtId", "0"))

    def end(name: str) -> None:
        if bare(name) == "cellXfs":
            inside.clear()

    XmlPart(package, part).on(start, end).read()
    return [_shown(number, formats.get(number)) for number in numbers]


def _shown(number: str, format_code: str | None) -> Shown:
    if format_code is None:
        known = int(number) if number.isascii() and number.isdigit() else 0
        return Shown.DAY if known in _BUILT_IN_DAYS else Shown.PERCENT if known in _BUILT_IN_PERCENT else Shown.NUMBER
    shown = _NOT_SHOWN.sub("", format_code.split(";")[0]).lower()
    if "d" in shown or "y" in shown:
        return Shown.DAY
    return Shown.PERCENT if "%" in shown else Shown.NUMBER
