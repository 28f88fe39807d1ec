"""The demo's world as files: whole, consistent, the same for the same seed."""

from __future__ import annotations

import csv
import itertools
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from claims_desk.demo.faults import FAULTS
from claims_desk.demo.tables import shipped
from claims_desk.demo.world import World, renumber_submissions, write_world
from claims_desk.imports.kinds import kind_named
from claims_desk.imports.parsing import parse_rows
from claims_desk.imports.tables import read_table

Rows = dict[str, list[dict[str, str]]]
LAO = re.compile(r"[\u0e80-\u0eff ]+")
ROMAN = re.compile(r"[A-Za-z ]+")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return write_world(tmp_path_factory.mktemp("world"), members=6_000, claims=900, seed=4)


@pytest.fixture(scope="module")
def rows(world: World) -> Rows:
    return {kind: list(csv.DictReader(path.read_text(encoding="utf-8").splitlines())) for kind, path in world.files}


def test_the_same_seed_gives_the_same_files_and_another_seed_gives_others(tmp_path: Path) -> None:
    one, two, three = (
        write_world(tmp_path / name, members=1_200, claims=120, seed=seed)
        for name, seed in (("one", 1), ("two", 1), ("three", 2))
    )
    assert [path.read_bytes() for _, path in one.files] == [path.read_bytes() for _, path in two.files]
    assert (one.bundles, one.expected) == (two.bundles, two.expected)
    assert dict(one.files)["members"].read_bytes() != dict(three.files)["members"].read_bytes()


def test_every_file_is_read_by_the_ordinary_import_without_one_bad_row_or_unknown_column(world: World) -> None:
    for kind, path in world.files:
        parsed = parse_rows(read_table(path, kind), kind_named(kind))
        assert not parsed.problems, (kind, parsed.problems[:3])
        assert not parsed.unknown_columns, kind
        assert parsed.rows, kind


def test_every_kind_of_file_is_there_and_what_is_named_comes_before_what_names_it(world: World) -> None:
    order = [kind for kind, _ in world.files]
    for first, later in (
        ("schemes", "contracts"), ("facilities", "contracts"), ("items", "prices"), ("items", "item_pairs"),
        ("case_groups", "case_rates"), ("members", "coverages"), ("members", "exemptions"), ("coverages", "claims"),
        ("claims", "claim_lines"), ("facilities", "capitation_rates"),
    ):  # fmt: skip
        assert order.index(first) < order.index(later)


def test_whatever_a_row_names_is_there(rows: Rows) -> None:
    def known(kind: str, column: str) -> set[str]:
        return {row[column] for row in rows[kind]}

    schemes, facilities, items = known("schemes", "code"), known("facilities", "code"), known("items", "code")
    assert known("coverages", "person_no") | known("exemptions", "person_no") <= known("members", "person_no")
    assert known("prices", "item_code") <= items
    assert known("item_pairs", "first_item") | known("item_pairs", "second_item") <= items
    assert known("case_rates", "case_group") <= known("case_groups", "code")
    assert known("contracts", "facility_code") <= facilities
    for kind in ("coverages", "prices", "case_rates", "payment_methods", "copayments", "contracts", "ceilings"):
        assert known(kind, "scheme") <= schemes, kind
    assert known("coverages", "scheme") == schemes


def test_no_two_rows_of_a_key_hold_on_the_same_day(rows: Rows) -> None:
    for kind, some in rows.items():
        declared = kind_named(kind)
        if not declared.dated:
            continue
        spans = defaultdict(list)
        for row in some:
            key = tuple(row[column] for column in declared.key if column != "valid_from")
            spans[key].append((row["valid_from"], row["valid_to"] or "9999-12-31"))
        for key, days in spans.items():
            days.sort()
            assert all(a[1] < b[0] for a, b in itertools.pairwise(days)), (kind, key)


def test_the_number_of_members_and_claims_is_the_one_asked_for(rows: Rows) -> None:
    assert len(rows["members"]) == 6_000
    assert len(rows["claims"]) == 900


def test_names_stand_in_their_own_script_and_sex_and_age_are_spread_as_in_a_village(rows: Rows) -> None:
    for row in rows["members"]:
        assert LAO.fullmatch(row["name_lo"]), row
        assert ROMAN.fullmatch(row["name_en"]), row
    women = sum(row["sex"] == "F" for row in rows["members"]) / 6_000
    children = sum(row["birth_date"] > "2011-06-30" for row in rows["members"]) / 6_000
    assert 0.45 < women < 0.55
    assert 0.25 < children < 0.4


def test_nobody_dies_before_birth_and_no_cover_begins_before_it(rows: Rows) -> None:
    born = {row["person_no"]: row["birth_date"] for row in rows["members"]}
    assert all(not row["death_date"] or row["death_date"] >= row["birth_date"] for row in rows["members"])
    assert all(row["valid_from"] >= born[row["person_no"]] for row in rows["coverages"])


def test_facilities_are_real_places_marked_as_examples_and_one_has_closed(rows: Rows) -> None:
    levels = Counter(row["level"] for row in rows["facilities"])
    assert (levels["PH"], levels["DH"], levels["CH"]) == (1, 11, 1)
    assert levels["HC"] > 30
    assert all("(example)" in row["name_en"] and "(ຕົວຢ່າງ)" in row["name_lo"] for row in rows["facilities"])
    assert sum(bool(row["active_to"]) for row in rows["facilities"]) == 1
    assert any("ວັງວຽງ" in row["name_lo"] for row in rows["facilities"])


def test_the_published_copayments_of_nhi_are_kept(rows: Rows) -> None:
    amounts = {(row["level"], row["care_type"]): row["amount"] for row in rows["copayments"] if row["scheme"] == "NHI"}
    assert [amounts[level, "OPD"] for level in ("HC", "DH", "PH", "RH", "CH")] == [
        "5000", "10000", "15000", "15000", "20000",
    ]  # fmt: skip
    assert [amounts[level, "IPD"] for level in ("HC", "DH", "PH", "RH", "CH")] == ["5000", *["30000"] * 4]


def test_one_claim_in_ten_is_wrong_and_every_family_of_rules_is_met(world: World) -> None:
    assert len(world.expected) == 90
    assert {each.code[:1] for each in world.expected} == {"", *"AMFRDTLPX"}


def test_the_whole_demo_shows_every_way_of_going_wrong_there_is(tmp_path: Path) -> None:
    world = write_world(tmp_path, members=30_000, claims=2_000, seed=1)
    assert {each.code for each in world.expected} == {way.code for way in FAULTS}


def test_bundles_are_counted_as_their_claims_are(world: World, rows: Rows) -> None:
    by_number = {bundle.number: bundle for bundle in world.bundles}
    forms = sum(bundle.forms_counted for bundle in world.bundles)
    kip = sum(bundle.kip_total for bundle in world.bundles)
    assert forms == len(rows["claims"])
    assert kip == sum(int(row["claimed_total"] or 0) for row in rows["claims"])
    for bundle in world.bundles:
        assert bundle.forms_counted == len(bundle.form_nos)
        assert bundle.form_number_sum == sum(map(int, bundle.form_nos))
        assert bundle.received_on > bundle.month
    assert {row["submission"] for row in rows["claims"]} <= set(by_number)


def test_the_office_writes_its_own_numbers_over_those_of_the_bundles(tmp_path: Path) -> None:
    world = write_world(tmp_path, members=600, claims=40, seed=1)
    numbers = {bundle.number: f"10/2026/{place:04}" for place, bundle in enumerate(world.bundles, 1)}
    path = renumber_submissions(world, numbers)
    with path.open(encoding="utf-8", newline="") as stream:
        assert {row["submission"] for row in csv.DictReader(stream)} <= set(numbers.values())


def test_more_claims_than_there_are_patients_makes_fewer_claims_and_not_an_endless_search(tmp_path: Path) -> None:
    world = write_world(tmp_path, members=120, claims=400, seed=1)
    assert 0 < sum(bundle.forms_counted for bundle in world.bundles) < 400


def test_every_diagnosis_of_an_ordinary_visit_has_a_lao_name(rows: Rows) -> None:
    titles = {row["code"]: row["title_lo"] for row in rows["diagnoses"]}
    visits = {row["diagnosis"] for row in shipped("visits")}
    assert {code for code in visits if not LAO.match(titles[code])} == set()
