"""What each kind makes of the rows of a file."""

from __future__ import annotations

import csv
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims_desk.domain.errors import UserError
from claims_desk.domain.money import format_kip
from claims_desk.imports.kinds import COUNTED_PARAMETERS, KINDS, kind_named
from claims_desk.imports.parsing import ParsedFile, parse_rows
from claims_desk.imports.rejected import rejected_path, write_rejected
from claims_desk.imports.tables import read_table
from claims_desk.rules import catalogue
from tests.imports.workbooks import save_sheet


def parse(path: Path, kind: str, *lines: str) -> ParsedFile:
    file = path / f"{kind}.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return parse_rows(read_table(file, kind), kind_named(kind))


def told(file: ParsedFile) -> list[tuple[int, str, str, str]]:
    return [(problem.row_no, problem.column, problem.value, problem.reason.text("en")) for problem in file.problems]


def test_a_row_gives_a_value_for_every_column(tmp_path: Path) -> None:
    file = parse(tmp_path, "members", "person_no,name_lo,sex,birth_date", "007,ຄຳ\u200bໃສ,f,໑໐/໓/໑໙໘໐")
    assert file.problems == []
    assert next(iter(file.rows)).row_no == 2
    assert next(iter(file.rows)).values == {
        "person_no": "007",
        "name_lo": "ຄຳໃສ",
        "name_en": None,
        "sex": "F",
        "birth_date": date(1980, 3, 10),
        "death_date": None,
        "family_book_no": None,
        "national_id": None,
        "district_code": None,
        "village": None,
        "phone": None,
    }


def test_header_names_come_in_any_case_and_order_and_unknown_ones_are_told(tmp_path: Path) -> None:
    file = parse(tmp_path, "contracts", "Remark; VALID FROM ;Scheme*;facility_CODE", "x;2025-01-01;NHI;HC1")
    assert file.unknown_columns == ["Remark"]
    assert next(iter(file.rows)).values["valid_from"] == date(2025, 1, 1)


def test_a_missing_required_column_refuses_the_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="lacks the column valid_from"):
        parse(tmp_path, "contracts", "facility_code,scheme", "HC1,NHI")


def test_a_column_that_stands_twice_refuses_the_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="twice"):
        parse(tmp_path, "contracts", "facility_code,scheme,Scheme,valid_from", "HC1,NHI,SSO,2025-01-01")


def test_a_bad_cell_is_told_by_row_column_value_and_reason(tmp_path: Path) -> None:
    file = parse(
        tmp_path,
        "prices",
        "item_code;scheme;level;valid_from;valid_to;price",
        "OPC;NHI;XX;10/3/2569;;12.5",
        "OPC;NHI;HC;2025-01-01;;1.234.567",
        ";NHI;HC;2025-02-30;;-5",
    )
    assert [row.values["price"] for row in file.rows] == [1_234_567]
    assert told(file) == [
        (2, "level", "XX", "Only these may stand here: HC DH PH RH CH."),
        (2, "valid_from", "10/3/2569", "2569 is a year of the Buddhist era: write 2026."),
        (2, "price", "12.5", "This is no amount of kip: write a whole number such as 1.234.567."),
        (4, "item_code", "", "This field must not be empty."),
        (4, "valid_from", "2025-02-30", "This is no day: write day/month/year or year-month-day."),
        (4, "price", "-5", "An amount must not be below 0."),
    ]


def test_a_claim_may_come_with_nothing_but_its_number_and_facility(tmp_path: Path) -> None:
    file = parse(tmp_path, "claims", "form_no,facility_code,care_type", "H1,DH1,", "H2,,opd")
    assert [row.values["form_no"] for row in file.rows] == ["H1"]
    assert told(file) == [(3, "facility_code", "", "This field must not be empty.")]


def test_what_a_form_says_is_read_as_it_stands(tmp_path: Path) -> None:
    file = parse(
        tmp_path,
        "claims",
        "form_no,facility_code,emergency,signed,documents_seen,copay_collected,exemption_claimed",
        "1,A,ແມ່ນ,NO,id;Family_Book,໓໐.໐໐໐,under5",
        "2,A,0,,NONE,,",
        "3,A,maybe,1,ID;NONE,,RICH",
    )
    first, second = (row.values for row in file.rows)
    assert (first["emergency"], first["signed"], first["documents_seen"]) == (True, False, ("ID", "FAMILY_BOOK"))
    assert (first["copay_collected"], first["exemption_claimed"]) == (30_000, "UNDER5")
    assert (second["emergency"], second["signed"], second["documents_seen"]) == (False, None, ("NONE",))
    assert [problem.column for problem in file.problems] == ["emergency", "documents_seen", "exemption_claimed"]


def test_a_line_may_hold_any_quantity_and_a_price_below_zero(tmp_path: Path) -> None:
    header = "form_no,facility_code,line_no,quantity,unit_price"
    lines = ["H,D,1,1.5,-500", 'H,D,2,"1,5",1', "H,D,3,-1,", "H,D,4,two,", "H,D,0,1,", "H,D,1.5,1,"]
    file = parse(tmp_path, "claim_lines", header, *lines)
    assert [row.values["quantity"] for row in file.rows] == [Decimal("1.5"), Decimal("1.5"), Decimal(-1)]
    assert next(iter(file.rows)).values["unit_price"] == -500
    assert [(row, column) for row, column, *_ in told(file)] == [(5, "quantity"), (6, "line_no"), (7, "line_no")]


@pytest.mark.parametrize(("cell", "value"), [("15", "15"), ("12.5", "12.5"), ("15%", "15"), ("0", "0"), ("100", "100")])
def test_a_percentage_lies_between_0_and_100(tmp_path: Path, cell: str, value: str) -> None:
    header = "scheme,level,care_type,valid_from,amount,percent"
    file = parse(tmp_path, "copayments", header, f"CBHI,DH,OPD,2025-01-01,0,{cell}", "X,DH,OPD,2025-01-01,0,101")
    assert next(iter(file.rows)).values["percent"] == Decimal(value)
    assert [problem.column for problem in file.problems] == ["percent"]


def test_lists_are_parted_by_semicolons_and_closed_where_the_codes_are_known(tmp_path: Path) -> None:
    file = parse(
        tmp_path, "items", "code,kind,name_en,care_types", 'A,service,A," ipd ;DELIVERY;;IPD"', "B,SUPPLY,B,DAY"
    )
    assert next(iter(file.rows)).values["care_types"] == ("IPD", "DELIVERY")
    assert [problem.column for problem in file.problems] == ["care_types"]


def test_a_yearly_ceiling_may_be_for_any_care(tmp_path: Path) -> None:
    file = parse(tmp_path, "ceilings", "scheme,care_type,period,valid_from,amount", "SASS,any,YEAR,2025-01-01,1")
    assert next(iter(file.rows)).values["care_type"] == "ANY"


def test_a_parameter_that_is_counted_with_is_a_whole_number(tmp_path: Path) -> None:
    rows = ("submission_days,2025-01-01,ninety", "max_stay_days,2025-01-01,1.5", "name_similarity,2025-01-01,໘໐")
    more = ("greeting,2025-01-01,ສະບາຍດີ", "cure_days,2025-01-01,a month")
    file = parse(tmp_path, "parameters", "name,valid_from,value", *rows, *more)
    assert [row[:3] for row in told(file)] == [(2, "value", "ninety"), (3, "value", "1.5"), (6, "value", "a month")]
    assert sorted(row.values["value"] for row in file.rows) == ["ສະບາຍດີ", "໘໐"]


def test_every_number_the_rules_ask_for_is_known_as_one() -> None:
    rules = Path(catalogue.__file__).parent.glob("*.py")
    asked = {name for file in rules for name in re.findall(r'case\.number\("(\w+)"', file.read_text(encoding="utf-8"))}
    assert asked == COUNTED_PARAMETERS


@pytest.mark.parametrize("name", ["cure_days", "verify_above_kip", "return_least_gap"])
def test_letters_the_draw_and_the_questions_of_a_return_count_with_whole_numbers_too(tmp_path: Path, name: str) -> None:
    file = parse(tmp_path, "parameters", "name,valid_from,value", f"{name},2025-01-01,12.5", f"{name},2026-01-01,12")
    assert [row[:3] for row in told(file)] == [(2, "value", "12.5")]


def test_text_too_long_or_unprintable_is_a_bad_row(tmp_path: Path) -> None:
    header = "person_no,name_en,sex,birth_date"
    lines = [f"1,{'x' * 201},F,2000-01-01", f"{'1' * 41},x,F,2000-01-01", "3,a\x07b,F,2000-01-01"]
    file = parse(tmp_path, "members", header, *lines)
    assert [(row, column) for row, column, *_ in told(file)] == [(2, "name_en"), (3, "person_no"), (4, "name_en")]


def test_a_row_wider_than_the_header_is_told(tmp_path: Path) -> None:
    header = "item_code,scheme,level,valid_from,price"
    file = parse(tmp_path, "prices", header, "A,NHI,HC,2025-01-01,1,234,567", "A,NHI,HC,2025-01-01,100,,")
    assert [(row, column) for row, column, *_ in told(file)] == [(2, "")]
    assert len(file.rows) == 1


# --- rows against each other ----------------------------------------------------------------------


def test_one_key_twice_with_other_content_is_told_and_with_the_same_is_counted(tmp_path: Path) -> None:
    file = parse(tmp_path, "case_groups", "code,name_en,care_type", "A,a,IPD", "A,a,ipd", "A,b,IPD", "B,a,IPD")
    assert [row.row_no for row in file.rows] == [2, 5]
    assert file.repeated == 1
    assert told(file) == [(4, "code", "A", "Row 2 has the same key and other content.")]


def test_claims_are_the_same_only_when_every_column_is(tmp_path: Path) -> None:
    file = parse(tmp_path, "claims", "form_no,facility_code,scheme", "1,A,NHI", "1,A,SSO", "1,A,NHI")
    assert [row.row_no for row in file.rows] == [2, 3]
    assert (file.repeated, file.problems) == (1, [])


@pytest.mark.parametrize(
    ("first", "second", "overlaps"),
    [
        ("2025-01-01,2025-06-30", "2025-07-01,", False),
        ("2025-01-01,2025-06-30", "2025-06-30,", True),
        ("2025-01-01,", "2030-01-01,2030-01-01", True),
        ("2025-07-01,", "2025-01-01,2025-06-30", False),
        ("2025-07-01,", "2025-01-01,2025-07-01", True),
        ("2025-07-01,", "2025-01-01,", True),
        ("2025-01-01,", "2025-01-01,2025-01-31", True),
    ],
)
def test_days_of_one_key_must_not_overlap(tmp_path: Path, first: str, second: str, overlaps: bool) -> None:
    rows = [f"HC1,NHI,{first}", f"HC1,SSO,{first}", f"HC1,NHI,{second}"]
    file = parse(tmp_path, "contracts", "facility_code,scheme,valid_from,valid_to", *rows)
    assert [problem.row_no for problem in file.problems] == ([4] if overlaps else [])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 60), st.integers(0, 20)), max_size=12))
def test_of_ranges_in_any_order_just_those_that_meet_an_earlier_one_are_told(
    tmp_path: Path, spans: list[tuple[int, int]]
) -> None:
    days = [
        (date(2025, 1, 1).toordinal() + start, date(2025, 1, 1).toordinal() + start + long) for start, long in spans
    ]
    kept: list[tuple[int, int]] = []
    for start, end in days:
        if all(end < other_start or other_end < start for other_start, other_end in kept):
            kept.append((start, end))
    lines = [f"HC1,NHI,{date.fromordinal(start)},{date.fromordinal(end)}" for start, end in days]
    file = parse(tmp_path, "contracts", "facility_code,scheme,valid_from,valid_to", *lines)
    assert len(file.rows) == len(kept)
    assert len(file.rows) + len(file.problems) + file.repeated == len(spans)


@pytest.mark.parametrize(
    ("kind", "header", "row", "column"),
    [
        ("contracts", "facility_code,scheme,valid_from,valid_to", "A,B,2025-02-01,2025-01-31", "valid_to"),
        ("members", "person_no,sex,birth_date,death_date", "A,F,2025-02-01,2025-01-31", "death_date"),
        ("items", "code,kind,name_en,age_min,age_max", "A,SERVICE,a,50,12", "age_max"),
    ],
)
def test_what_ends_before_it_begins_is_told(tmp_path: Path, kind: str, header: str, row: str, column: str) -> None:
    assert [problem.column for problem in parse(tmp_path, kind, header, row).problems] == [column]


def test_a_claim_whose_days_run_backwards_is_left_to_the_rules(tmp_path: Path) -> None:
    file = parse(tmp_path, "claims", "form_no,facility_code,visit_from,visit_to", "1,A,2026-03-12,2026-03-10")
    assert file.problems == []


# --- workbooks ------------------------------------------------------------------------------------


def test_numbers_of_a_workbook_become_codes_kip_and_quantities(tmp_path: Path) -> None:
    header = ["form_no", "facility_code", "line_no", "item_code", "service_date", "quantity", "unit_price"]
    rows = [
        [101, "007", 1, 12345678901, date(2026, 3, 10), 1.5, 5000.0],
        [102, "A", 1, "B", None, 1, 12.345],
        ["=A2", "A", 1],
    ]
    path = save_sheet(tmp_path / "lines.xlsx", [header, *rows])
    file = parse_rows(read_table(path, "claim_lines"), kind_named("claim_lines"))
    assert next(iter(file.rows)).values == {
        "form_no": "101",
        "facility_code": "007",
        "line_no": 1,
        "item_code": "12345678901",
        "service_date": date(2026, 3, 10),
        "quantity": Decimal("1.5"),
        "unit_price": 5000,
    }
    assert [(row, column) for row, column, *_ in told(file)] == [(3, "unit_price"), (4, "form_no")]
    assert "formula" in file.problems[1].reason.text("en")


# --- rejected rows --------------------------------------------------------------------------------


def test_rejected_rows_are_written_with_their_columns_and_the_reason_in_both_languages(tmp_path: Path) -> None:
    source = tmp_path / "contracts.csv"
    source.write_text("Note;scheme;facility_code;valid_from\n=x;;HC1;2025-01-01\n;NHI;HC2;2025-01-01\n;NHI;HC3;soon\n")
    table = read_table(source, "contracts")
    file = parse_rows(table, kind_named("contracts"))
    path = write_rejected(rejected_path(source), table, file.problems)
    assert path.name == "contracts-rejected.csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = [*csv.reader(stream)]
    assert rows[0] == ["Note", "scheme", "facility_code", "valid_from", "reason"]
    assert [row[:4] for row in rows[1:]] == [["=x", "", "HC1", "2025-01-01"], ["", "NHI", "HC3", "soon"]]
    assert "This field must not be empty." in rows[1][4]
    again = parse_rows(read_table(path, "contracts"), kind_named("contracts"))
    assert (len(again.problems), again.unknown_columns) == (2, ["Note", "reason"])
    write_rejected(path, read_table(path, "contracts"), again.problems)
    assert path.read_text(encoding="utf-8-sig").splitlines()[0] == "Note,scheme,facility_code,valid_from,reason"
    assert sorted(found.name for found in tmp_path.iterdir()) == ["contracts-rejected.csv", "contracts.csv"]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    source = tmp_path / "contracts.csv"
    source.write_text("facility_code,scheme,valid_from\n")
    with pytest.raises(UserError, match="cannot be written"):
        write_rejected(tmp_path / "gone" / "x.csv", read_table(source, "contracts"), [])


# --- the declarations -----------------------------------------------------------------------------


def test_every_kind_can_be_asked_for_and_no_other() -> None:
    assert [kind_named(kind.name.upper()) for kind in KINDS] == [*KINDS]
    with pytest.raises(UserError, match="no kind of table named gifts"):
        kind_named("gifts")


def test_keys_and_ordered_pairs_name_columns_of_their_kind() -> None:
    for kind in KINDS:
        assert {*kind.key, *(name for pair in kind.ordered for name in pair)} <= {*kind.names}, kind.name
        assert len({*kind.names}) == len(kind.names)
        assert kind.dated == ("valid_from" in kind.required)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.text(max_size=60), st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.integers(0, 10**11)))
)
def test_whatever_a_csv_file_holds_each_row_is_good_or_told(tmp_path: Path, rows: list[tuple[str, date, int]]) -> None:
    path = tmp_path / "case_rates.csv"
    with path.open("w", encoding="utf-8", errors="replace", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["case_group", "scheme", "level", "valid_from", "valid_to", "amount"])
        writer.writerows([name.replace("\0", ""), "NHI", "HC", day, day, format_kip(kip)] for name, day, kip in rows)
    file = parse_rows(read_table(path, "case_rates"), kind_named("case_rates"))
    assert len(file.rows) + file.repeated + len({problem.row_no for problem in file.problems}) == len(rows)
    assert {row.values["amount"] for row in file.rows} <= {kip for *_, kip in rows}


def test_a_name_that_turns_the_direction_of_its_line_is_refused(tmp_path: Path) -> None:
    file = parse(tmp_path, "members", "person_no,name_lo,sex,birth_date", "P1,ນ້ອຍ\u202e98,F,1980-01-12")
    assert [problem.column for problem in file.problems] == ["name_lo"]


def test_what_the_next_form_begins_with_is_a_list_of_fields(tmp_path: Path) -> None:
    header = "name,scheme,valid_from,value"
    values = ("scheme; care_type", "none", "scheme;member_no", "none;scheme")
    rows = (f"carried_fields,{number},2025-01-01,{value}" for number, value in enumerate(values))
    file = parse(tmp_path, "parameters", header, *rows)
    assert [row[:2] for row in told(file)] == [(4, "value"), (5, "value")]
    assert "member_no" in file.problems[0].reason.text("en")
