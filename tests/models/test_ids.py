"""Ids: every office hands out its own, whatever asks for them."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from claims_desk.models import Diagnosis, Office, User
from claims_desk.models.database import Database
from claims_desk.models.ids import RANGE, first_id, take_ids
from claims_desk.services.office import set_up_office

PASSWORD = "Vang Vieng 2026"


@pytest.fixture
def other_office(empty_db):
    set_up_office(empty_db, office="1004", administrator="admin", password=PASSWORD)
    return empty_db


def some_ids(db):
    with db.session() as session:
        drawn = take_ids(session, 500)
        session.add(Diagnosis(code="A09", title_en="x", title_lo="", sex=""))
        session.commit()
        given = [row for kind in (Office, User, Diagnosis) for row in session.execute(select(kind.id)).scalars()]
    return drawn + given


@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
def test_the_ids_of_two_offices_never_meet(db, other_office):
    ours, theirs = some_ids(db), some_ids(other_office)
    assert all(first_id("1003") <= key < first_id("1004") for key in ours)
    assert all(first_id("1004") <= key < first_id("1005") for key in theirs)


def test_ids_ascend_in_the_order_they_were_asked_for_and_none_comes_twice(db):
    with db.session() as session:
        drawn = [key for _ in range(3) for key in take_ids(session, 100)]
    assert drawn == sorted(set(drawn))


def test_a_range_holds_more_ids_than_an_office_will_ever_need_and_fits_a_bigint():
    assert first_id("9999") + RANGE < 2**63


def test_two_windows_on_one_database_never_draw_the_same_ids(db):
    second = Database(db.engine)
    with db.session() as one:
        first = take_ids(one, 10)
        one.commit()
    with second.session() as two:
        assert set(first).isdisjoint(take_ids(two, 10))
