"""The quick reader of sheets says what the careful one says, or gives up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims_desk.imports.raw_table import RawRow
from claims_desk.imports.tables import read_table
from claims_desk.imports.xlsx_package import open_package
from claims_desk.imports.xlsx_parts import read_workbook
from claims_desk.imports.xlsx_quick import Unusual, quick_rows
from claims_desk.imports.xlsx_sheet import careful_rows
from tests.imports.workbooks import save_sheet, sheet_of, text_cell

CELL = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**14), 10**14),
    st.floats(-1e300, 1e300),  # at the very end of floats, what a program saves is rounded to no number at all
    st.dates(date(1901, 1, 1), date(2200, 12, 31)),
    st.text(alphabet="aກ່ີ &<>\"'\n;=_x000D_", max_size=12).filter(lambda text: not text.startswith("=")),
)


def both_ways(path: Path) -> tuple[list[RawRow], list[RawRow]]:
    with open_package(path) as package:
        book = read_workbook(package, "schemes")
        return [*quick_rows(package, book)], [*careful_rows(package, book)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.lists(st.lists(CELL, max_size=30), min_size=1, max_size=5))
def test_both_say_the_same_of_what_a_program_saved(tmp_path: Path, rows: list[list[object]]) -> None:
    quick, careful = both_ways(save_sheet(tmp_path / "t.xlsx", rows))
    assert quick == careful


@pytest.mark.parametrize(
    "row",
    [
        '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c></row>',
        "<row r='2'><c r='A2'><v>2</v></c></row>",
        '<row r="2"><!-- <c r="A2"/> --><c r="A2"><v>2</v></c></row>',
        '<row r="2"><c r="B2"><v>2</v></c><c r="A2"><v>1</v></c></row>',
        '<row r="2"><c r="A2" t="str"><v>&#65;</v></c></row>',
        '<row r="2"><c r="A2" t="str"><v><![CDATA[x]]></v></c></row>',
        '<row r="2"><c r="A2" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c></row>',
        '<row r="2"><c t="str"><v>x</v></c></row>',
    ],
)
def test_the_quick_way_gives_up_where_a_sheet_is_written_otherwise(tmp_path: Path, row: str) -> None:
    """Each is read all the same, by the careful way, and no row comes twice."""
    first = f'<row r="1">{text_cell("A1", "code")}{text_cell("B1", "name")}</row>'
    path = sheet_of(tmp_path / "t.xlsx", first + row + '<row r="3"><c r="A3"><v>3</v></c></row>')
    with pytest.raises(Unusual):
        both_ways(path)
    assert [row_no for row_no, _ in read_table(path, "schemes").rows()] == [2, 3]
