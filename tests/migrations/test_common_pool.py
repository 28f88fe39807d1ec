"""An office that posted before there was a common pool has its entries afterwards, and nothing old is changed."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from claims_desk.models.database import Database
from claims_desk.services.schema import upgrade
from claims_desk.services.verify import verify
from tests.migrations.test_steps import go
from tests.payable import open_treasury
from tests.services.test_ledger import post, prepared, reverse

OLD = "id, voucher_id, booked_on, account, scheme, facility_code, level, debit, credit"


@pytest.fixture(params=["sqlite", "postgres"])
def own_db(request):
    db = Database.open(request.getfixturevalue(f"new_{request.param}")(True))
    yield db
    db.close()


def rows(db, wanted, where="1 = 1"):
    with db.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(f"SELECT {wanted} FROM pool_entries WHERE {where}"))]


def test_old_bookings_get_their_entries_in_the_pool_and_the_guards_stand_again(own_db):
    db, people = own_db, open_treasury(own_db)
    reverse(db, people, post(db, people, prepared(db, people, 1)))
    post(db, people, prepared(db, people, 2, facility="DH1", scheme="SASS"))
    side = "voucher_id, booked_on, account, scheme, facility_code, level, province_code, debit, credit"
    before = sorted(rows(db, side))
    go(db, "downgrade", "2026_11_23")
    old = sorted(rows(db, OLD))
    assert len(old) * 2 == len(before)
    upgrade(db)
    assert sorted(rows(db, side)) == before
    assert sorted(rows(db, OLD, "account <> 'POOL'")) == old
    assert [str(fault) for finding in verify(db) for fault in finding.faults] == []
    for statement in ("UPDATE pool_entries SET level = 'CH'", "DELETE FROM pool_entries"):
        with pytest.raises(DBAPIError, match="a booking never changes"), db.engine.begin() as connection:
            connection.execute(text(statement))


def test_ids_go_on_after_those_the_pool_took(own_db):
    db, people = own_db, open_treasury(own_db)
    post(db, people, prepared(db, people, 1))
    go(db, "downgrade", "2026_11_23")
    upgrade(db)
    post(db, people, prepared(db, people, 2))
    ids = [key for (key,) in rows(db, "id")]
    assert len(set(ids)) == 8
