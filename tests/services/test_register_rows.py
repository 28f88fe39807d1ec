"""Rows of dated registers changed, added and ended from a day on by hand."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import Role
from claims_desk.domain.errors import Refused, Stale, UserError
from claims_desk.imports.kinds import kind_named
from claims_desk.models import AuditEntry, CapitationRate, Contract, Price
from claims_desk.models.database import Database
from claims_desk.queries.office import registers_version
from claims_desk.queries.row_timelines import HeldRow, row_timeline
from claims_desk.services.register_rows import CHANGEABLE, RowChange, change_row
from claims_desk.services.sign_in import sign_in
from tests.conftest import ADMINISTRATOR, PASSWORD
from tests.small_office import START, People, open_small_office

CONS = {"item_code": "CONS", "scheme": "NHI", "level": "HC"}
JULY = date(2026, 7, 1)
WHY = "NHIB letter 12/2026"


@pytest.fixture
def people(db: Database) -> People:
    return open_small_office(db)


@pytest.fixture
def admin(db: Database, people: People) -> Actor:
    return sign_in(db, ADMINISTRATOR, PASSWORD)


def line(db: Database, register: str, key: Mapping[str, str], *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row.values[name] for name in names) for row in db.read(row_timeline, register, key)]


def prices(db: Database, key: Mapping[str, str] = CONS) -> list[tuple[Any, ...]]:
    return line(db, "prices", key, "valid_from", "valid_to", "price")


def new_price(kip: str, day: date = JULY, **more: Any) -> RowChange:
    return RowChange(register="prices", key=CONS, day=day, typed={"price": kip}, **more)


def ended(day: date) -> RowChange:
    return RowChange(register="prices", key=CONS, day=day, typed=None)


def entries(db: Database) -> list[AuditEntry]:
    with db.session() as session:
        found = select(AuditEntry).where(AuditEntry.action.like("register.%")).order_by(AuditEntry.seq)
        return list(session.execute(found).scalars())


def test_the_row_in_force_ends_the_day_before_and_the_new_one_begins(db: Database, admin: Actor) -> None:
    version = db.read(registers_version)
    change_row(db, admin, new_price("18.000"), WHY)
    assert prices(db) == [(START, date(2026, 6, 30), 15000), (JULY, None, 18000)]
    assert db.read(registers_version) == version + 1


def test_the_audit_entry_says_before_after_and_why(db: Database, admin: Actor) -> None:
    change_row(db, admin, new_price("18000"), WHY)
    (entry,) = entries(db)
    assert (entry.action, entry.record, entry.why) == ("register.change", "prices", WHY)
    before, after = json.loads(entry.before or ""), json.loads(entry.after or "")
    assert (before["price"], before["valid_to"]) == (15000, None)
    assert after == {**CONS, "price": 18000, "valid_from": "2026-07-01", "valid_to": None}
    with db.session() as session:
        assert session.get_one(Price, entry.record_id).price == 18000


def test_what_is_planned_keeps_its_days(db: Database, admin: Actor) -> None:
    change_row(db, admin, new_price("20000", date(2027, 1, 1)), WHY)
    change_row(db, admin, new_price("18000"), WHY)
    assert prices(db)[1:] == [(JULY, date(2026, 12, 31), 18000), (date(2027, 1, 1), None, 20000)]


def test_a_row_that_begins_that_day_is_changed_itself(db: Database, admin: Actor) -> None:
    change_row(db, admin, new_price("18000"), WHY)
    before = db.read(row_timeline, "prices", CONS)[1]
    change_row(db, admin, new_price("19000"), WHY)
    after = db.read(row_timeline, "prices", CONS)[1]
    assert (after.id, after.version, after.values["price"]) == (before.id, before.version + 1, 19000)
    assert len(prices(db)) == 2


def test_a_new_key_gets_its_first_row(db: Database, admin: Actor) -> None:
    key = CONS | {"level": "PH"}
    change_row(db, admin, RowChange(register="prices", key=key, day=JULY, typed={"price": "40000"}), WHY)
    assert prices(db, key) == [(JULY, None, 40000)]
    assert entries(db)[0].action == "register.add"


def test_a_key_typed_in_small_letters_is_the_same_key(db: Database, admin: Actor) -> None:
    key = CONS | {"level": " hc "}
    with pytest.raises(UserError, match="has rows already"):
        change_row(db, admin, RowChange(register="prices", key=key, day=JULY, typed={"price": "1"}, seen=()), WHY)
    change_row(db, admin, RowChange(register="prices", key=key, day=JULY, typed={"price": "1"}), WHY)
    assert prices(db) == [(START, date(2026, 6, 30), 15000), (JULY, None, 1)]


def test_a_new_row_for_a_key_that_has_rows_is_refused(db: Database, admin: Actor) -> None:
    with pytest.raises(UserError, match="has rows already"):
        change_row(db, admin, new_price("1", seen=()), WHY)
    assert prices(db) == [(START, None, 15000)]


def test_a_row_ends_and_a_gap_is_filled_up_to_what_is_planned(db: Database, admin: Actor) -> None:
    change_row(db, admin, new_price("20000", date(2027, 1, 1)), WHY)
    change_row(db, admin, ended(JULY), WHY)
    assert prices(db)[0] == (START, date(2026, 6, 30), 15000)
    change_row(db, admin, new_price("17000", date(2026, 9, 1)), WHY)
    assert prices(db)[1:] == [(date(2026, 9, 1), date(2026, 12, 31), 17000), (date(2027, 1, 1), None, 20000)]
    assert [entry.action for entry in entries(db)] == ["register.change", "register.end", "register.add"]


@pytest.mark.parametrize("day", [START, START - timedelta(days=1)])
def test_nothing_ends_before_it_begins(db: Database, admin: Actor, day: date) -> None:
    with pytest.raises(UserError, match="could end"):
        change_row(db, admin, ended(day), WHY)
    assert prices(db) == [(START, None, 15000)]


@pytest.mark.parametrize(
    ("register", "key", "typed", "told"),
    [
        ("prices", CONS, {"price": "12.5"}, "price 12.5"),
        ("prices", CONS, {"price": ""}, "price"),
        ("prices", CONS | {"scheme": "XXX"}, {"price": "1"}, "scheme XXX"),
        ("prices", CONS | {"level": "ZZ"}, {"price": "1"}, "level ZZ"),
        ("copayments", {"scheme": "NHI", "level": "HC", "care_type": "OPD"}, {"amount": "1", "percent": "101"}, "101"),
        ("parameters", {"name": "max_stay_days", "scheme": ""}, {"value": "many"}, "value many"),
        ("schemes", {"code": "NHI"}, {"name_en": "X"}, "not changed from a day on"),
        ("prices", CONS, {"price": "15000"}, "holds on 1/7/2026 already"),
    ],
)
def test_what_an_import_would_refuse_is_refused(
    db: Database, admin: Actor, register: str, key: Mapping[str, str], typed: Mapping[str, str], told: str
) -> None:
    version = db.read(registers_version)
    with pytest.raises(UserError, match=told):
        change_row(db, admin, RowChange(register=register, key=key, day=JULY, typed=typed), WHY)
    assert (prices(db), db.read(registers_version), entries(db)) == ([(START, None, 15000)], version, [])


def test_the_slower_of_two_administrators_is_told(db: Database, admin: Actor) -> None:
    seen = db.read(row_timeline, "prices", CONS)
    change_row(db, admin, new_price("18000", seen=seen), WHY)
    with pytest.raises(Stale):
        change_row(db, admin, new_price("19000", seen=seen), WHY)
    assert prices(db)[1] == (JULY, None, 18000)


def test_only_an_administrator_changes_rows_and_he_says_why(db: Database, admin: Actor, people: People) -> None:
    with pytest.raises(Refused):
        change_row(db, people.seng, new_price("18000"), WHY)
    with pytest.raises(UserError, match="reason"):
        change_row(db, Actor(admin.user_id, admin.name, frozenset({Role.ADMINISTRATOR})), new_price("18000"), "  ")
    assert prices(db) == [(START, None, 15000)]


def test_rows_without_values_and_with_blank_keys_are_changed_too(db: Database, admin: Actor) -> None:
    contract = {"facility_code": "HC1", "scheme": "NHI"}
    change_row(db, admin, RowChange(register="contracts", key=contract, day=JULY, typed=None), WHY)
    rate = {"scheme": "NHI", "level": "HC", "facility_code": ""}
    for day, kip in ((START, "50000"), (JULY, "60000")):
        change = RowChange(register="capitation_rates", key=rate, day=day, typed={"amount_per_year": kip})
        change_row(db, admin, change, WHY)
    with db.session() as session:
        contracts = session.execute(select(Contract).filter_by(**contract)).scalars().all()
        rates = session.execute(select(CapitationRate).order_by(CapitationRate.valid_from)).scalars().all()
    assert [(row.valid_from, row.valid_to) for row in contracts] == [(START, date(2026, 6, 30))]
    assert [(row.valid_to, row.amount_per_year) for row in rates] == [(date(2026, 6, 30), 50000), (None, 60000)]


def test_every_changeable_register_is_a_dated_one() -> None:
    assert all(kind_named(name).dated for name in CHANGEABLE)


DAYS = [START + timedelta(days=30 * n) for n in range(-2, 8)]
steps = st.lists(st.tuples(st.sampled_from(DAYS), st.one_of(st.none(), st.integers(0, 4))), min_size=1, max_size=6)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=steps, item=st.sampled_from(["CONS", "PARA", "XRAY"]))
def test_after_any_changes_one_row_at_most_holds_on_a_day_and_other_days_keep_theirs(
    db: Database, admin: Actor, changes: list[tuple[date, int | None]], item: str
) -> None:
    key = CONS | {"item_code": item}
    for day, kip in changes:
        before = db.read(row_timeline, "prices", key)
        typed = None if kip is None else {"price": str(kip)}
        try:
            change_row(db, admin, RowChange(register="prices", key=key, day=day, typed=typed), WHY)
        except UserError:
            assert db.read(row_timeline, "prices", key) == before
            continue
        after = db.read(row_timeline, "prices", key)
        for each in DAYS:
            assert len([row for row in after if row.holds(each)]) <= 1
            if each < day:
                assert _price(after, each) == _price(before, each)
        assert _price(after, day) == kip


def _price(rows: tuple[HeldRow, ...], day: date) -> object:
    return next((row.values["price"] for row in rows if row.holds(day)), None)
