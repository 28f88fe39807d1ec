from __future__ import annotations

import pytest

from claims_desk.models.database import Database
from claims_desk.queries.facilities import find_facilities
from tests.small_office import open_small_office


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("HC", ["HC1", "HC2"]),
        ("hc2", ["HC2"]),
        ("ວັງວຽງ", ["DH1", "HC1"]),
        ("vang", ["DH1", "HC1"]),
        ("ນໍ້າງື່ມ", ["HC2"]),
        ("", ["DH1", "HC1", "HC2"]),
        ("%", []),
        ("_", []),
    ],
)
def test_a_facility_is_found_by_code_or_part_of_a_name_in_either_script(
    db: Database, typed: str, codes: list[str]
) -> None:
    open_small_office(db)
    assert [row.code for row in db.read(find_facilities, typed)] == codes


def test_no_more_are_offered_than_asked_for(db: Database) -> None:
    open_small_office(db)
    assert len(db.read(find_facilities, "", 2)) == 2
