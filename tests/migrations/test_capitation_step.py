"""Vouchers of before stay as they are, and stay guarded, when capitation comes and when it goes."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy import Connection, MetaData, text
from sqlalchemy.exc import DBAPIError

from claims_desk.models.database import Database
from tests.migrations.test_steps import go

BEFORE, STEP = "2026_11_26_names", "2026_11_26_capitation"
AT = datetime(2026, 5, 4, 9, 0)


def insert(connection: Connection, table: str, **values: object) -> None:
    """A row whose other required columns are filled with nothing."""
    tables = MetaData()
    tables.reflect(connection, only=[table], resolve_fks=False)
    row = {
        column.name: "" if column.type.python_type is str else 0
        for column in tables.tables[table].columns
        if not column.nullable and column.name not in values
    }
    connection.execute(tables.tables[table].insert(), row | values)


def fill(db: Database) -> None:
    """A posted voucher, as the program of before left it."""
    with db.engine.connect().execution_options(writing=True) as connection, connection.begin():
        insert(connection, "users", id=1, name="mai", created_at=AT)
        insert(connection, "schemes", id=2, code="NHI")
        insert(connection, "facilities", id=3, code="HC1")
        span = {"period_from": date(2026, 4, 1), "period_to": date(2026, 4, 1)}
        paid = {"claims": 2, "amount": 40_000, "state": "POSTED", "number": "1003/2026/00001"}
        who = {"facility_code": "HC1", "scheme": "NHI", "prepared_by": 1, "prepared_at": AT}
        insert(connection, "vouchers", id=4, version=3, **span, **paid, **who)


def the_voucher(db: Database) -> dict[str, object]:
    with db.engine.connect() as connection:
        return dict(connection.execute(text("SELECT * FROM vouchers")).mappings().one())


def refused(db: Database) -> None:
    with pytest.raises(DBAPIError, match="a posted voucher never changes"), db.engine.begin() as connection:
        connection.execute(text("UPDATE vouchers SET amount = 1"))


def test_a_posted_voucher_of_before_pays_claims_and_keeps_its_guard(empty_db: Database) -> None:
    go(empty_db, "upgrade", BEFORE)
    fill(empty_db)
    before = the_voucher(empty_db)
    go(empty_db, "upgrade", STEP)
    assert the_voucher(empty_db) == before | {"kind": "CLAIMS"}
    refused(empty_db)
    go(empty_db, "downgrade", BEFORE)
    assert the_voucher(empty_db) == before
    refused(empty_db)


def test_a_kind_that_is_none_is_refused(empty_db: Database) -> None:
    go(empty_db, "upgrade", STEP)
    with pytest.raises(DBAPIError, match="voucherkind"):
        fill_with_kind(empty_db)


def fill_with_kind(db: Database) -> None:
    with db.engine.connect().execution_options(writing=True) as connection, connection.begin():
        insert(connection, "users", id=1, name="mai", created_at=AT)
        insert(connection, "schemes", id=2, code="NHI")
        insert(connection, "facilities", id=3, code="HC1")
        days = {"period_from": AT.date(), "period_to": AT.date(), "prepared_at": AT}
        who = {"facility_code": "HC1", "scheme": "NHI", "prepared_by": 1, "state": "PREPARED"}
        insert(connection, "vouchers", id=4, kind="OTHER", **days, **who)
