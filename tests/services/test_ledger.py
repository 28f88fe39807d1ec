"""The pool's ledger: what every posting and reversal books, and that tampering with it is found."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from claims_desk.migrations import triggers
from claims_desk.migrations.triggers_first import FIRST_GUARDS
from claims_desk.models import Facility, PoolEntry, Scheme, Voucher
from claims_desk.models.database import Database
from claims_desk.queries.ledger_health import CHECKS
from claims_desk.services.batches import approve_batch, make_batches
from claims_desk.services.vouchers import certify_voucher, post_voucher, prepare_vouchers, reverse_voucher
from tests.payable import KIP, closed_bundle, open_treasury

DAY = date(2026, 5, 4)
LATER = date(2026, 6, 1)


def prepared(db, people, form, **more):
    for key in make_batches(db, people.staff.kham, closed_bundle(db, people, form, **more)):
        approve_batch(db, people.vanh, key)
    (key,) = prepare_vouchers(db, people.mai)
    return key


def post(db, people, key, on=DAY):
    certify_voucher(db, people.tou, key)
    post_voucher(db, people.tou, key, on=on)
    return key


def reverse(db, people, key, on=LATER):
    return post(db, people, reverse_voucher(db, people.mai, key, "wrong month"), on)


def entries(db, voucher_id):
    query = select(PoolEntry).where(PoolEntry.voucher_id == voucher_id).order_by(PoolEntry.id)
    rows = db.read(lambda session: session.execute(query).scalars().all())
    return [(row.account, row.debit, row.credit) for row in rows]


def faults(db):
    return [str(fault) for check in CHECKS for fault in db.read(lambda session, check=check: list(check(session)))]


def change(db, kind, **values):
    with db.engine.begin() as connection:
        connection.execute(kind.__table__.update().values(**values))


def test_the_fund_owes_the_pool_and_the_pool_the_facility(db):
    people = open_treasury(db)
    key = post(db, people, prepared(db, people, 1))
    assert entries(db, key) == [
        ("FUND:COMMON", KIP, 0),
        ("POOL", 0, KIP),
        ("POOL", KIP, 0),
        ("PAYABLE:HC1", 0, KIP),
    ]
    row = db.read(lambda session: session.execute(select(PoolEntry)).scalars().first())
    assert (row.scheme, row.facility_code, row.level, row.province_code) == ("NHI", "HC1", "HC", "10")
    assert row.booked_on == DAY


def test_a_reversal_mirrors_the_entries_whatever_the_registers_say_by_then(db):
    people = open_treasury(db)
    key = post(db, people, prepared(db, people, 1))
    change(db, Scheme, fund="MERGED")
    change(db, Facility, level="DH", province_code="11")
    back = reverse(db, people, key)
    assert entries(db, back) == [(account, credit, debit) for account, debit, credit in entries(db, key)]
    query = select(PoolEntry.level, PoolEntry.province_code, PoolEntry.booked_on).where(PoolEntry.voucher_id == back)
    assert set(db.read(lambda session: session.execute(query).all())) == {("HC", "10", LATER)}
    assert faults(db) == []


def test_a_scheme_without_a_fund_of_its_own_is_one(db):
    people = open_treasury(db)
    change(db, Scheme, fund="")
    assert entries(db, post(db, people, prepared(db, people, 1)))[0] == ("FUND:NHI", KIP, 0)


TAMPERED = [
    ("UPDATE pool_entries SET debit = debit + 5 WHERE account = 'FUND:COMMON' AND debit > 0", "kip debit against"),
    ("DELETE FROM pool_entries WHERE account LIKE 'PAYABLE:%' AND credit > 0", "kip debit against"),
    ("UPDATE pool_entries SET debit = debit * 2, credit = credit * 2", "40.000 kip out of its fund"),
    ("DELETE FROM pool_entries", "is booked in 0 entries"),
    ("DELETE FROM pool_entries WHERE account = 'POOL'", "is booked in 2 entries"),
    ("UPDATE pool_entries SET account = 'FUND:NHI' WHERE account = 'POOL' AND debit > 0", "in the common pool"),
    ("UPDATE pool_entries SET credit = credit + 1 WHERE credit > 0", "all debits of the ledger make"),
    ("UPDATE pool_entries SET debit = debit + 5 WHERE account = 'FUND:COMMON' AND debit > 0", "fund COMMON spent"),
    ("UPDATE pool_entries SET facility_code = 'DH1'", "another scheme, facility or day"),
    ("UPDATE pool_entries SET account = 'PAYABLE:DH1' WHERE account LIKE 'PAYABLE:%'", "another scheme, facility"),
    ("UPDATE pool_entries SET booked_on = '2026-07-01'", "another scheme, facility or day"),
    ("UPDATE pool_entries SET level = 'CH' WHERE booked_on = '2026-06-01'", "does not mirror the voucher"),
    ("UPDATE pool_entries SET account = 'FUND:X' WHERE account LIKE 'FUND:%' AND credit > 0", "does not mirror"),
]


@pytest.fixture(params=["sqlite", "postgres"])
def own_db(request):
    """A database whose triggers no other test sees."""
    db = Database.open(request.getfixturevalue(f"new_{request.param}")(True))
    yield db
    db.close()


def test_whatever_is_done_to_the_ledger_behind_the_program_is_told_in_a_sentence(own_db):
    db = own_db
    people = open_treasury(db)
    reverse(db, people, post(db, people, prepared(db, people, 1)))
    post(db, people, prepared(db, people, 2, facility="HC2"))
    assert faults(db) == []
    guards = tuple(guard for guard in FIRST_GUARDS if guard.table == "pool_entries")
    with db.engine.begin() as connection:
        for statement, said in TAMPERED:
            undone = connection.begin_nested()
            with triggers.resting(connection, guards):
                connection.execute(text(statement))
            found = [str(fault) for check in CHECKS for fault in check(connection)]
            undone.rollback()
            assert any(said in fault for fault in found), (statement, found)


def test_a_voucher_not_posted_is_not_booked(db):
    people = open_treasury(db)
    key = prepared(db, people, 1)
    assert faults(db) == []
    with db.engine.begin() as connection:
        for account, debit, credit in (("FUND:COMMON", 5, 0), ("PAYABLE:HC1", 0, 5)):
            connection.execute(
                PoolEntry.__table__.insert().values(
                    id=debit + 1, voucher_id=key, booked_on=DAY, account=account, scheme="NHI", facility_code="HC1",
                    level="HC", debit=debit, credit=credit,
                )
            )  # fmt: skip
    assert any("is booked in 2 entries" in fault for fault in faults(db))


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["NHI", "SASS"]),
        st.sampled_from(["HC1", "HC2", "DH1"]),
        st.integers(1, 10**9),
        st.booleans(),
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_is_posted_and_reversed_debits_are_credits_and_funds_spent_what_stands(new_sqlite, steps):
    db = Database.open(new_sqlite(True))
    people = open_treasury(db)
    change(db, Scheme, fund="")
    for form, (scheme, facility, kip, reversed_) in enumerate(steps, start=1):
        key = post(db, people, prepared(db, people, form, scheme=scheme, facility=facility, payable=kip))
        if reversed_:
            reverse(db, people, key)
    rows = db.read(lambda session: session.execute(select(PoolEntry)).scalars().all())
    assert sum(row.debit for row in rows) == sum(row.credit for row in rows)
    for scheme in ("NHI", "SASS"):
        stands = sum(kip for one, _, kip, reversed_ in steps if one == scheme and not reversed_)
        of_fund = [row.debit - row.credit for row in rows if row.account == f"FUND:{scheme}"]
        assert sum(of_fund) == stands
        query = select(Voucher.amount).where(Voucher.scheme == scheme)
        assert sum(db.read(lambda session, query=query: session.execute(query).scalars().all())) == stands
    assert faults(db) == []
    db.close()
