"""Workbooks as offices save them, and as attackers make them."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from claims_desk.domain.errors import UserError
from claims_desk.imports.cells import Cell, Unusable
from claims_desk.imports.tables import Table, read_table
from tests.imports.workbooks import MAIN, parts_of, save_parts, save_sheet, sheet_of, text_cell

HEADER = f'<row r="1">{text_cell("A1", "code")}{text_cell("B1", "name_en")}</row>'


def rows_of(table: Table) -> list[tuple[int, list[Cell]]]:
    return [(table.header_row, [*table.header]), *table.rows()]


def refusal(path: Path) -> str:
    with pytest.raises(UserError) as refused:
        rows_of(read_table(path, "schemes"))
    return refused.value.text("en")


def test_cells_come_as_they_stand(tmp_path: Path) -> None:
    book = tmp_path / "t.xlsx"
    save_sheet(
        book,
        [
            ["code", "ຊື່", "n", "x", "d", "t", "b"],
            ["007", "ຄຳ\nໃສ", 5000, 1.5, date(2026, 3, 10), datetime.fromisoformat("2026-03-10T09:30"), True],
            [None],
            [" ", None, 4.1, 1e21, None, None, False],
        ],
    )
    assert rows_of(read_table(book, "schemes"))[1:] == [
        (2, ["007", "ຄຳ\nໃສ", 5000, Decimal("1.5"), date(2026, 3, 10), date(2026, 3, 10), True]),
        (4, ["", "", Decimal("4.1"), 10**21, "", "", False]),
    ]


def test_the_sheet_named_after_the_kind_comes_before_the_first(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["first"])
    book.create_sheet("Schemes").append(["named"])
    book.save(tmp_path / "t.xlsx")
    assert read_table(tmp_path / "t.xlsx", "schemes").header == ("named",)
    assert read_table(tmp_path / "t.xlsx", "members").header == ("first",)


def test_days_counted_from_1904_and_days_before_march_1900_are_right(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.epoch = CALENDAR_MAC_1904
    book.active.append(["d"])
    book.active.append([date(2026, 3, 10)])
    book.save(tmp_path / "mac.xlsx")
    assert rows_of(read_table(tmp_path / "mac.xlsx", "s"))[1] == (2, [date(2026, 3, 10)])
    save_sheet(tmp_path / "old.xlsx", [["d"], [date(1900, 1, 15)]])
    assert rows_of(read_table(tmp_path / "old.xlsx", "s"))[1] == (2, [date(1900, 1, 15)])


def test_a_percent_cell_says_what_the_user_sees(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["percent"])
    book.active.append([0.15])
    book.active["A2"].number_format = "0%"
    book.save(tmp_path / "t.xlsx")
    assert rows_of(read_table(tmp_path / "t.xlsx", "s"))[1] == (2, ["15%"])


def test_a_formula_and_an_error_are_no_values(tmp_path: Path) -> None:
    save_sheet(tmp_path / "t.xlsx", [["a", "b"], ["=1+1", "#N/A"]])
    [(_, cells)] = rows_of(read_table(tmp_path / "t.xlsx", "s"))[1:]
    assert all(isinstance(cell, Unusable) for cell in cells)


def test_a_formula_is_not_read_by_what_it_last_gave(tmp_path: Path) -> None:
    sheet_of(tmp_path / "t.xlsx", HEADER + '<row r="2"><c r="A2"><f>B2*2</f><v>42</v></c></row>')
    [(_, [cell])] = rows_of(read_table(tmp_path / "t.xlsx", "s"))[1:]
    assert isinstance(cell, Unusable)


def test_rows_and_cells_that_do_not_say_where_they_stand_are_counted(tmp_path: Path) -> None:
    sheet_of(tmp_path / "t.xlsx", '<row><c t="str"><v>a</v></c><c><v>1</v></c></row><row><c><v>2</v></c></row>')
    assert rows_of(read_table(tmp_path / "t.xlsx", "s")) == [(1, ["a", ""]), (2, [2])]


def test_an_older_program_with_its_own_prefix_is_read_too(tmp_path: Path) -> None:
    parts = parts_of("")
    parts["xl/worksheets/sheet1.xml"] = (
        f"<x:worksheet xmlns:x='{MAIN}'><x:sheetData><x:row r='1'><x:c t='str' r='B1'><x:v>code</x:v></x:c></x:row>"
        "</x:sheetData></x:worksheet>"
    )
    assert rows_of(read_table(save_parts(tmp_path / "t.xlsx", parts), "s")) == [(1, ["", "code"])]


# --- hostile files --------------------------------------------------------------------------------


def test_an_entity_bomb_is_refused_in_every_part(tmp_path: Path) -> None:
    for part in parts_of(""):
        parts = parts_of(HEADER)
        root = parts[part].removeprefix('<?xml version="1.0" encoding="UTF-8"?>')
        parts[part] = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;&b;">]>' + root
        assert "declares entities" in refusal(save_parts(tmp_path / "t.xlsx", parts)), part


def test_an_outside_file_cannot_be_drawn_in(tmp_path: Path) -> None:
    parts = parts_of(HEADER)
    parts["xl/worksheets/sheet1.xml"] = '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'
    assert "declares entities" in refusal(save_parts(tmp_path / "t.xlsx", parts))


def test_a_zip_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    parts: dict[str, str | bytes] = dict(parts_of(HEADER))
    parts["xl/media/big.xml"] = b" " * 30_000_000
    assert "unpacks to far more" in refusal(save_parts(tmp_path / "t.xlsx", parts))


def test_a_zip_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = sheet_of(tmp_path / "t.xlsx", HEADER + "<row/>" * 100_000)
    with zipfile.ZipFile(path) as archive:
        true_size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    lying = path.read_bytes().replace(true_size.to_bytes(4, "little"), (500).to_bytes(4, "little"))
    path.write_bytes(lying)
    assert "damaged" in refusal(path)


def test_macros_are_refused(tmp_path: Path) -> None:
    parts = parts_of(HEADER)
    parts["xl/vbaProject.bin"] = "Sub AutoOpen()"
    assert "holds macros" in refusal(save_parts(tmp_path / "t.xlsx", parts))


def test_an_encrypted_or_old_workbook_is_refused(tmp_path: Path) -> None:
    (tmp_path / "t.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert "encrypted" in refusal(tmp_path / "t.xlsx")
    path = sheet_of(tmp_path / "u.xlsx", HEADER)
    spoiled = bytearray(path.read_bytes())
    place = spoiled.find(b"PK\x01\x02")
    spoiled[place + 8] |= 1
    path.write_bytes(bytes(spoiled))
    assert "encrypted" in refusal(path)


@pytest.mark.parametrize("kept", [0, 1, 3, 10, 100, 400, 700, -1, -20, -60])
def test_a_truncated_workbook_is_refused(tmp_path: Path, kept: int) -> None:
    path = save_sheet(tmp_path / "t.xlsx", [["code", "name_en"], ["A", "b"]])
    path.write_bytes(path.read_bytes()[:kept])
    assert "damaged" in refusal(path)


def test_no_spoiled_byte_brings_anything_but_a_clear_refusal(tmp_path: Path) -> None:
    whole = save_sheet(tmp_path / "t.xlsx", [["code", "name_en"], ["A", 1], ["B", date(2026, 3, 1)]]).read_bytes()
    for place in range(0, len(whole), 37):
        spoiled = bytearray(whole)
        spoiled[place] ^= 0xFF
        (tmp_path / "t.xlsx").write_bytes(bytes(spoiled))
        with suppress(UserError):
            rows_of(read_table(tmp_path / "t.xlsx", "s"))


def test_a_text_file_called_xlsx_is_refused(tmp_path: Path) -> None:
    (tmp_path / "t.xlsx").write_text("code,name\n")
    assert "damaged or no workbook" in refusal(tmp_path / "t.xlsx")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ('<row r="2"><c r="XFD2"><v>1</v></c></row>', "more than 500 columns"),
        ('<row r="2"><c r="AAAAA2"><v>1</v></c></row>', "damaged"),
        ('<row r="9999999"><c r="A9999999"><v>1</v></c></row>', "more than 1048576 rows"),
        ('<row r="-1"><c r="A1"><v>1</v></c></row>', "more than 1048576 rows"),
        ('<row r="x"><c r="A1"><v>1</v></c></row>', "damaged"),
        ('<row r="2"><c r="A2" t="s"><v>7</v></c></row>', "damaged"),
        ('<row r="2"><c r="A2"><v>nan</v></c></row>', "damaged"),
        ('<row r="2"><c r="A2"><v>1e999</v></c></row>', "damaged"),
        ('<row r="2"><c r="A2"><v>one</v></c></row>', "damaged"),
        ('<row r="2"><c r="A2" t="d"><v>soon</v></c></row>', "damaged"),
        ('<row r="2"><c r="A2" s="x"><v>1</v></c></row>', "damaged"),
        ("<row><c>", "damaged"),
    ],
)
def test_cells_that_no_program_writes_are_refused(tmp_path: Path, row: str, told: str) -> None:
    assert told in refusal(sheet_of(tmp_path / "t.xlsx", HEADER + row))


def test_one_cell_at_the_far_end_takes_no_memory(tmp_path: Path) -> None:
    sheet_of(tmp_path / "t.xlsx", HEADER + '<row r="1048576"><c r="A1048576"><v>1</v></c></row>')
    assert rows_of(read_table(tmp_path / "t.xlsx", "s"))[1:] == [(1048576, [1])]


def test_a_sheet_in_another_encoding_is_refused(tmp_path: Path) -> None:
    parts: dict[str, str | bytes] = dict(parts_of(HEADER))
    sheet = parts_of(HEADER)["xl/worksheets/sheet1.xml"]
    for encoding in ("UTF-7", "shift_jis", "no-such"):
        parts["xl/worksheets/sheet1.xml"] = sheet.replace("UTF-8", encoding)
        assert "damaged" in refusal(save_parts(tmp_path / "t.xlsx", parts))


def test_nothing_is_written_by_reading(tmp_path: Path) -> None:
    path = save_sheet(tmp_path / "t.xlsx", [["code"], ["A"]])
    before = path.read_bytes()
    rows_of(read_table(path, "s"))
    assert [*tmp_path.iterdir()] == [path]
    assert path.read_bytes() == before
    assert load_workbook(path).sheetnames == ["Sheet1"]
