"""Verify finds what somebody did behind the program's back."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from claims_desk.models.database import Database
from claims_desk.services.verify import verify


def faults(db):
    return [str(fault) for finding in verify(db) for fault in finding.faults]


def run(db, *statements):
    with db.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


HARMLESS = {
    "sqlite": "CREATE TRIGGER guard_vouchers_update BEFORE UPDATE ON vouchers BEGIN SELECT 1; END",
    "postgresql": "CREATE TRIGGER guard_vouchers_update BEFORE UPDATE ON vouchers FOR EACH ROW"
    " EXECUTE FUNCTION suppress_redundant_updates_trigger()",
}


@pytest.fixture(params=["sqlite", "postgres"])
def own_db(request):
    """A database whose triggers no other test sees."""
    db = Database.open(request.getfixturevalue(f"new_{request.param}")(True))
    yield db
    db.close()


@pytest.mark.parametrize("replaced", [False, True])
def test_a_guard_that_is_gone_or_only_looks_like_one_is_told(own_db, replaced):
    db = own_db
    assert faults(db) == []
    engine = db.engine.dialect.name
    run(db, "DROP TRIGGER guard_vouchers_update" + ("" if engine == "sqlite" else " ON vouchers"))
    if replaced:
        run(db, HARMLESS[engine])
    assert faults(db) == ["the guard guard_vouchers_update, which keeps what is posted, was taken away"]


def test_a_server_that_no_longer_refuses_is_told(new_postgres):
    db = Database.open(new_postgres(True))
    calm = "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
    run(db, calm)
    assert any("guard_vouchers_update" in fault for fault in faults(db))
    db.close()
