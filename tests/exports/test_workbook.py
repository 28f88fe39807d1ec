"""Lists as workbooks: what a spreadsheet program finds in them."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from claims_desk.domain.columns import Column, Format
from claims_desk.domain.messages import Name, say
from claims_desk.exports.workbook import workbook_bytes, write_workbook


@dataclass(frozen=True)
class Row:
    code: str
    name: Name
    day: date | None
    amount: int | None


COLUMNS: list[Column[Row]] = [
    Column("code", say("Code"), lambda row: row.code),
    Column("name", say("Name"), lambda row: row.name),
    Column("day", say("Day"), lambda row: row.day, Format.DAY),
    Column("amount", say("Amount"), lambda row: row.amount, Format.KIP, total=True),
]


def rows(*codes: str) -> list[Row]:
    return [Row(code, Name("ນາງ ປິ່ນ ນ້ຳ", "Nang Pin"), date(2026, 3, 10), 450_000) for code in codes]


def opened(content: bytes) -> Worksheet:
    sheet = load_workbook(BytesIO(content)).active
    assert isinstance(sheet, Worksheet)
    return sheet


@pytest.mark.parametrize("text", ["=1+1", "+66", "-12", "@SUM(A1)", '=HYPERLINK("x")', "\t=1", "00123", "1e5", "TRUE"])
def test_text_stays_text_whatever_it_begins_with(text: str) -> None:
    content = workbook_bytes("List", COLUMNS, rows(text))
    cell = opened(content)["A2"]
    assert cell.data_type == "s"
    assert cell.value == text
    assert b"<f>" not in zipfile.ZipFile(BytesIO(content)).read("xl/worksheets/sheet1.xml")


def test_text_that_looks_like_a_formula_stays_text_when_somebody_edits_the_cell() -> None:
    sheet = opened(workbook_bytes("List", COLUMNS, rows("=1+1", "H00001")))
    assert sheet["A2"].quotePrefix
    assert not sheet["A3"].quotePrefix


def test_numbers_are_numbers_and_days_are_days() -> None:
    sheet = opened(workbook_bytes("List", COLUMNS, rows("H1")))
    assert sheet["D2"].value == 450_000
    assert sheet["D2"].number_format == "#,##0"
    assert sheet["C2"].value.date() == date(2026, 3, 10)
    assert sheet["C2"].number_format == "d/m/yyyy"


def test_an_amount_beyond_what_a_spreadsheet_can_count_keeps_every_digit() -> None:
    huge = Row("H1", Name("", "x"), None, 12_345_678_901_234_567)
    assert opened(workbook_bytes("List", COLUMNS, [huge]))["D2"].value == "12345678901234567"


def test_empty_cells_are_empty() -> None:
    sheet = opened(workbook_bytes("List", COLUMNS, [Row("", Name("", ""), None, None)]))
    assert [cell.value for cell in sheet[2]] == [None] * 4


def test_characters_that_no_workbook_may_hold_are_left_out() -> None:
    assert opened(workbook_bytes("List", COLUMNS, rows("H\x00\x0b1")))["A2"].value == "H1"


@pytest.mark.parametrize(("language", "name"), [("lo", "ນາງ ປິ່ນ ນ້ຳ"), ("en", "Nang Pin")])
def test_names_are_in_the_language_asked_for(language: str, name: str) -> None:
    assert opened(workbook_bytes("List", COLUMNS, rows("H1"), language=language))["B2"].value == name


def test_the_last_row_gives_count_and_sums_and_can_be_left_out() -> None:
    sheet = opened(workbook_bytes("List", COLUMNS, rows("H1", "H2"), language="en"))
    assert [cell.value for cell in sheet[4]] == ["Total of 2 rows", None, None, 900_000]
    assert opened(workbook_bytes("List", COLUMNS, rows("H1", "H2"), totals=False)).max_row == 3


def test_the_heading_stays_in_sight_is_repeated_in_print_and_can_be_filtered() -> None:
    sheet = opened(workbook_bytes("List", COLUMNS, rows("H1", "H2")))
    assert sheet.freeze_panes == "A2"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.auto_filter.ref == "A1:D3"


@pytest.mark.parametrize("title", ["1003/2026/12", "[x]:*?\\", "ລາຍການ" * 20, "'quoted'", ""])
def test_any_title_makes_a_sheet(title: str) -> None:
    assert 0 < len(opened(workbook_bytes(title, COLUMNS, [])).title) <= 31


def test_the_same_rows_give_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = workbook_bytes("List", COLUMNS, rows("H1"))
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert workbook_bytes("List", COLUMNS, rows("H1")) == first
    assert b"1980-01-01T00:00:00Z" in zipfile.ZipFile(BytesIO(first)).read("docProps/core.xml")


def test_a_list_that_breaks_off_leaves_the_old_file_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "list.xlsx"
    write_workbook(target, "List", COLUMNS, rows("H1"))
    before = target.read_bytes()

    def broken() -> list[Row]:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        write_workbook(target, "List", COLUMNS, (row for _ in range(2) for row in broken()))
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["list.xlsx"]


def test_rows_are_taken_one_at_a_time_and_counted(tmp_path: Path) -> None:
    many = (row for row in rows(*(f"H{at}" for at in range(1_200))))
    assert write_workbook(tmp_path / "list.xlsx", "List", COLUMNS, many) == 1_200
