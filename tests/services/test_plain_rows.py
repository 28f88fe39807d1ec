"""Rows of registers that are not dated, edited and added by hand."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from sqlalchemy import select

from claims_desk.domain.actor import Actor
from claims_desk.domain.errors import Refused, Stale, UserError
from claims_desk.models import AuditEntry, Facility, Item, Scheme
from claims_desk.models.database import Database
from claims_desk.queries.office import registers_version
from claims_desk.queries.row_timelines import HeldRow, held_row
from claims_desk.services.plain_rows import RowEdit, save_row
from claims_desk.services.sign_in import sign_in
from tests.conftest import ADMINISTRATOR, PASSWORD
from tests.small_office import People, open_small_office

WHY = "letter 7"
SASS = {"code": "SASS", "name_lo": "ສປສ", "name_en": "SASS", "payer_order": "10", "fund": "COMMON"}
XRAY = {"code": "XRAY", "kind": "SERVICE", "name_lo": "ຖ່າຍ X-ray", "name_en": "X-ray", "min_interval_days": "30"}


@pytest.fixture
def people(db: Database) -> People:
    return open_small_office(db)


@pytest.fixture
def admin(db: Database, people: People) -> Actor:
    return sign_in(db, ADMINISTRATOR, PASSWORD)


def seen(db: Database, register: str, code: str) -> HeldRow:
    row = db.read(held_row, register, {"code": code})
    assert row is not None
    return row


def edit(db: Database, register: str, typed: Mapping[str, str]) -> RowEdit:
    return RowEdit(register=register, typed=typed, seen=seen(db, register, typed["code"]))


def test_a_row_is_edited_and_the_trail_tells_what_changed(db: Database, admin: Actor) -> None:
    version = db.read(registers_version)
    wanted = SASS | {"waiting_days": "30", "exempt_categories": "UNDER5; MONK"}
    save_row(db, admin, edit(db, "schemes", wanted), WHY)
    with db.session() as session:
        row = session.execute(select(Scheme).filter_by(code="SASS")).scalar_one()
        entry = session.execute(select(AuditEntry).filter_by(action="register.edit")).scalar_one()
    assert (row.waiting_days, row.exempt_categories, row.version) == (30, "UNDER5;MONK", 2)
    assert json.loads(entry.before or "") == {"code": "SASS", "waiting_days": 0, "exempt_categories": ""}
    assert json.loads(entry.after or "") == {"code": "SASS", "waiting_days": 30, "exempt_categories": "UNDER5;MONK"}
    assert (entry.record_id, entry.why, db.read(registers_version)) == (row.id, WHY, version + 1)


def test_an_edited_name_is_found_by_its_new_spelling(db: Database, admin: Actor) -> None:
    with db.session() as session:
        old = session.execute(select(Facility).filter_by(code="HC1")).scalar_one()
    typed = {name: getattr(old, name) or "" for name in ("code", "name_lo", "level", "province_code", "district_code")}
    save_row(db, admin, edit(db, "facilities", typed | {"name_en": "Ban Hom"}), WHY)
    with db.session() as session:
        row = session.execute(select(Facility).filter_by(code="HC1")).scalar_one()
    assert "ban hom" in row.name_folded
    assert row.bank_account == ""


def test_a_new_code_gets_a_row_and_a_known_one_does_not(db: Database, admin: Actor) -> None:
    save_row(db, admin, RowEdit(register="items", typed=XRAY | {"code": "CT", "extra": "True"}, seen=None), WHY)
    with db.session() as session:
        assert session.execute(select(Item.extra).filter_by(code="CT")).scalar_one() is True
    with pytest.raises(UserError, match="already"):
        save_row(db, admin, RowEdit(register="items", typed=XRAY, seen=None), WHY)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (XRAY | {"max_per_year": "many"}, "max_per_year many"),
        (XRAY | {"name_en": ""}, "name_en"),
        (XRAY | {"age_min": "9", "age_max": "3"}, "age_max"),
        (XRAY, "says this already"),
    ],
)
def test_what_an_import_would_refuse_is_refused(
    db: Database, admin: Actor, typed: Mapping[str, str], told: str
) -> None:
    with pytest.raises(UserError, match=told):
        save_row(db, admin, edit(db, "items", typed), WHY)
    assert seen(db, "items", "XRAY").version == 1


def test_the_slower_of_two_administrators_is_told(db: Database, admin: Actor) -> None:
    first = edit(db, "items", XRAY | {"max_per_day": "1"})
    save_row(db, admin, first, WHY)
    with pytest.raises(Stale):
        save_row(db, admin, first, WHY)


def test_only_an_administrator_edits_plain_registers_and_he_says_why(
    db: Database, admin: Actor, people: People
) -> None:
    wanted = edit(db, "items", XRAY | {"max_per_day": "1"})
    with pytest.raises(Refused):
        save_row(db, people.seng, wanted, WHY)
    with pytest.raises(UserError, match="reason"):
        save_row(db, admin, wanted, "")
    with pytest.raises(UserError, match="not edited row by row"):
        save_row(db, admin, RowEdit(register="prices", typed={}, seen=None), WHY)
