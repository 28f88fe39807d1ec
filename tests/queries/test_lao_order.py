from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from sqlalchemy import literal, select, union_all

from claims_desk.domain.messages import ENGLISH, LAO, use_language
from claims_desk.domain.paging import PageWanted
from claims_desk.models import Facility
from claims_desk.models.database import Database
from claims_desk.queries.lao_order import lao_order
from claims_desk.queries.register_lists import register_rows
from tests.small_office import open_small_office

LAO_NAMES = [
    "ກາ",
    "ເກ",
    "ແກ້ວ",
    "ໂກ",
    "ໃກ້",
    "ໄກ",
    "ຂາວ",
    "ຈັນ",
    "ນ້ອຍ",
    "ບຸນມີ",
    "ພອນ",
    "ໂພນ",
    "ມາ",
    "ວົງ",
    "ໜູ",
    "ໝາ",
    "ຫາ",
    "ອຳນວຍ",
]
MIXED = ["", "12 ຈັນ", "ຈັນ", "anou", "Bounmy", "keo", "Noy 12"]


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    yield
    use_language(ENGLISH)


@pytest.mark.parametrize("names", [LAO_NAMES, MIXED])
def test_the_database_sorts_as_the_lao_dictionary_does(db: Database, names: list[str]) -> None:
    mixed = random.Random(3).sample(names, len(names))
    rows = union_all(*(select(literal(name).label("name")) for name in mixed)).subquery()
    with db.session() as session:
        found = list(session.execute(select(rows.c.name).order_by(lao_order(rows.c.name))).scalars())
        back = list(session.execute(select(rows.c.name).order_by(lao_order(rows.c.name).desc())).scalars())
    assert found == names
    assert back == names[::-1]


@pytest.mark.parametrize("language", [LAO, ENGLISH])
def test_facilities_are_sorted_by_the_name_that_is_shown(db: Database, language: str) -> None:
    open_small_office(db)
    with db.session() as session:
        places = {"HC1": ("ແກ້ວ", "Zone"), "HC2": ("ຂາວ", ""), "DH1": ("ວັງ", "Aloun")}
        for facility in session.execute(select(Facility)).scalars():
            facility.name_lo, facility.name_en = places[facility.code]
        session.commit()
    use_language(language)
    rows = db.read(register_rows, "facilities", PageWanted(sort="name")).rows
    expected = ["HC1", "HC2", "DH1"] if language == LAO else ["HC2", "DH1", "HC1"]
    assert [row["code"] for row in rows] == expected
