from __future__ import annotations

from datetime import date, timedelta

import pytest

from claims_desk.domain.codes import Role
from claims_desk.domain.dates import office_today
from claims_desk.domain.paging import PageWanted
from claims_desk.models.database import Database
from claims_desk.queries.audit import AuditRow, AuditWanted, audit_entries, audit_scope
from claims_desk.services.users import add_user, change_roles, disable_user, sign_in
from tests.conftest import ADMINISTRATOR, PASSWORD


@pytest.fixture
def office(db: Database) -> Database:
    """An office where the administrator hired noy, gave her another role and let her go."""
    admin = sign_in(db, ADMINISTRATOR, PASSWORD)
    add_user(db, admin, "noy", PASSWORD, [Role.CLERK])
    change_roles(db, admin, "noy", [Role.SUPERVISOR])
    disable_user(db, admin, "noy")
    return db


def entries(db: Database, search: str = "", **asked: object) -> list[AuditRow]:
    return list(db.read(audit_entries, PageWanted(search=search), AuditWanted(**asked)).rows)  # type: ignore[arg-type]


def test_the_newest_entry_comes_first_with_before_and_after(office: Database) -> None:
    found = entries(office)
    assert [row.action for row in found][:3] == ["user.disable", "user.roles", "user.add"]
    assert (found[1].before, found[1].after) == ({"roles": ["clerk"]}, {"roles": ["supervisor"]})
    assert found[0].previous == found[1].digest


def test_entries_of_one_person(office: Database) -> None:
    users = {name: key for key, name in office.read(audit_scope).users}
    assert {row.user for row in entries(office, user_id=users[ADMINISTRATOR])} == {ADMINISTRATOR}
    assert entries(office, user_id=users["noy"]) == []


def test_entries_of_one_kind_of_record(office: Database) -> None:
    assert "users" in office.read(audit_scope).records
    assert {row.record for row in entries(office, record="users")} == {"users"}


def test_both_days_asked_for_are_included(office: Database) -> None:
    today = office_today()
    assert len(entries(office, first=today, last=today)) == len(entries(office))
    assert entries(office, last=today - timedelta(days=1)) == []
    assert entries(office, first=date(2200, 1, 1)) == []


@pytest.mark.parametrize("search", ["supervisor", "user.roles"])
def test_any_text_of_an_entry_is_found(office: Database, search: str) -> None:
    assert "user.roles" in {row.action for row in entries(office, search)}


def test_an_entry_is_found_by_its_number_and_its_seal(office: Database) -> None:
    newest = entries(office)[0]
    assert newest.seq in {row.seq for row in entries(office, str(newest.seq))}
    assert [row.seq for row in entries(office, newest.digest[:12])] == [newest.seq]
    as_on_paper = f"{newest.digest[:8]} {newest.digest[8:16]}".upper()
    assert [row.seq for row in entries(office, as_on_paper)] == [newest.seq]
    assert office.read(audit_scope).head == newest.digest
