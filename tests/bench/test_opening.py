"""What opens a pane is measured on both engines, in however small an office."""

from __future__ import annotations

from claims_desk.bench.opening import measure_opening
from claims_desk.models.database import Database
from tests.small_office import open_small_office


def test_each_opening_is_timed_beside_bare_sql(db: Database) -> None:
    people = open_small_office(db)
    measured = list(measure_opening(db, people.noy))
    assert len({each.what.text() for each in measured}) == len(measured) == 8
    assert all(each.ours > 0 and each.bare > 0 and each.statements for each in measured)


def test_a_list_asks_the_same_few_statements_however_often_it_is_opened(db: Database) -> None:
    people = open_small_office(db)
    asked = {each.what.text(): each.statements for each in measure_opening(db, people.noy)}
    assert asked["all claims listed"] is not None
    assert asked["all claims listed"] <= 5
