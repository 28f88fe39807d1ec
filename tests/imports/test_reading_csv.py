"""CSV files as offices save them, and as nobody should."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims_desk.domain.errors import UserError
from claims_desk.imports.cells import Cell
from claims_desk.imports.tables import read_table


def read(path: Path, content: str | bytes, name: str = "table.csv") -> list[tuple[int, list[Cell]]]:
    file = path / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    table = read_table(file, "schemes")
    return [(table.header_row, [*table.header]), *table.rows()]


def refusal(path: Path, content: str | bytes, name: str = "table.csv") -> str:
    with pytest.raises(UserError) as refused:
        read(path, content, name)
    return refused.value.text("en")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_way_to_save_a_csv_file_is_read(tmp_path: Path, separator: str, mark: str, ending: str) -> None:
    content = mark + ending.join(["code;name_en", "01;ຄຳໃສ", ""]).replace(";", separator)
    assert read(tmp_path, content) == [(1, ["code", "name_en"]), (2, ["01", "ຄຳໃສ"])]


def test_a_separator_within_quotes_of_the_header_does_not_mislead(tmp_path: Path) -> None:
    assert read(tmp_path, '"a;b;c;d",e\n1,2\n')[0] == (1, ["a;b;c;d", "e"])


def test_rows_count_as_a_spreadsheet_counts_them(tmp_path: Path) -> None:
    rows = read(tmp_path, '\ncode,name\n\n"A","two\nlines"\n,,\nB,b\n')
    assert rows == [(2, ["code", "name"]), (4, ["A", "two\nlines"]), (6, ["B", "b"])]


@pytest.mark.parametrize(
    "content", ["code,name\nA,ຄຳ".encode("utf-16"), b"code,name\nA,\xe0\xa4\n", b"code\0,name\n", "é".encode("latin-1")]
)
def test_another_encoding_than_utf8_is_refused(tmp_path: Path, content: bytes) -> None:
    assert "is not UTF-8 text" in refusal(tmp_path, content)


def test_a_bad_byte_far_down_is_found_when_the_rows_are_read(tmp_path: Path) -> None:
    assert "is not UTF-8 text" in refusal(tmp_path, b"code,name\n" + b"A,b\n" * 50_000 + b"A,\xff\n")


@pytest.mark.parametrize("content", ['code,name\nA,"never closed\n' + "B,b\n" * 10, 'code\n"' + "x\n" * 1_500_000])
def test_a_quote_that_is_never_closed_is_told(tmp_path: Path, content: str) -> None:
    assert "quotation mark" in refusal(tmp_path, content)


def test_a_million_columns_are_refused_in_header_and_row(tmp_path: Path) -> None:
    assert "more than 500 columns" in refusal(tmp_path, "a," * 400_000 + "a\n")
    assert "more than 500 columns" in refusal(tmp_path, "a,b\n" + "1," * 400_000 + "1\n")
    assert "too long" in refusal(tmp_path, "a,b\n" + "1," * 1_000_000 + "1\n")


def test_more_rows_than_a_sheet_can_hold_are_refused(tmp_path: Path) -> None:
    assert "more than 1048576 rows" in refusal(tmp_path, "code\n" + "A\n" * 1_048_577)


@pytest.mark.parametrize("content", ["", "\n\n\n", "\ufeff", ",,,\n"])
def test_an_empty_file_is_told(tmp_path: Path, content: str) -> None:
    assert "is empty" in refusal(tmp_path, content)


def test_a_workbook_called_csv_and_a_format_nobody_knows_are_told(tmp_path: Path) -> None:
    assert "under the name of a CSV" in refusal(tmp_path, b"PK\x03\x04rest")
    assert "no known format" in refusal(tmp_path, "a,b\n", name="table.ods")


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    for path in (tmp_path / "gone.csv", tmp_path):
        with pytest.raises(UserError, match="There is no file"):
            read_table(path, "schemes")


def test_a_file_that_changes_while_it_is_read_is_told(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text("code,name\nA,a\n")
    table = read_table(file, "schemes")
    file.write_text("code,name\nA,a\nB,b\n")
    with pytest.raises(UserError, match="changed while it was read"):
        list(table.rows())
