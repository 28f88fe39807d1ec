"""Balances of the pool's ledger by whatever it is asked, and the entries behind them."""

from __future__ import annotations

from datetime import date

import pytest

from claims_desk.domain.accounts import Book
from claims_desk.domain.paging import PageWanted
from claims_desk.models import Facility, Scheme
from claims_desk.queries.ledger import Grouping, LedgerWanted, balances, ledger_entries, ledger_total
from tests.payable import open_treasury
from tests.services.test_ledger import change, post, prepared, reverse

MAY, JUNE = date(2026, 5, 4), date(2026, 6, 1)
ALL = PageWanted()


@pytest.fixture
def booked(db):
    """NHI pays HC1 100 in May and takes it back in June, pays DH1 30 in May; SASS pays HC1 7 in June."""
    people = open_treasury(db)
    change(db, Scheme, fund="")
    with db.engine.begin() as connection:
        connection.execute(Facility.__table__.update().where(Facility.code == "DH1").values(province_code="11"))
    wrong = post(db, people, prepared(db, people, 1, payable=100), MAY)
    post(db, people, prepared(db, people, 2, facility="DH1", payable=30), MAY)
    reverse(db, people, wrong, JUNE)
    post(db, people, prepared(db, people, 3, scheme="SASS", payable=7), JUNE)
    return people


def told(db, *by, **more):
    rows = db.read(balances, ALL, LedgerWanted(by=by, **more)).rows
    return [(*row.keys, row.debit, row.credit, row.balance) for row in rows]


@pytest.mark.usefixtures("booked")
def test_the_trial_balance_has_funds_pool_and_facilities_and_comes_to_zero(db):
    assert told(db, Grouping.ACCOUNT) == [
        ("FUND:NHI", 130, 100, 30),
        ("FUND:SASS", 7, 0, 7),
        ("POOL", 237, 237, 0),
        ("PAYABLE:DH1", 0, 30, -30),
        ("PAYABLE:HC1", 100, 107, -7),
    ]
    total = db.read(ledger_total, LedgerWanted())
    assert (total.debit, total.credit, total.balance, total.entries) == (474, 474, 0, 16)
    named = db.read(balances, ALL, LedgerWanted()).rows
    assert [row.facility.roman for row in named[3:]] == ["Vang Vieng District Hospital", "Vang Vieng Health Centre"]


@pytest.mark.usefixtures("booked")
@pytest.mark.parametrize(
    ("by", "wanted"),
    [
        (Grouping.SCHEME, [("NHI", 130, 100, 30), ("SASS", 7, 0, 7)]),
        (Grouping.PROVINCE, [("10", 107, 100, 7), ("11", 30, 0, 30)]),
        (Grouping.LEVEL, [("HC", 107, 100, 7), ("DH", 30, 0, 30)]),
        (Grouping.FACILITY, [("DH1", 30, 0, 30), ("HC1", 107, 100, 7)]),
        (Grouping.MONTH, [(202605, 130, 0, 130), (202606, 7, 100, -93)]),
    ],
)
def test_what_the_funds_spent_is_told_by_anything(db, by, wanted):
    assert told(db, by, book=Book.FUND) == wanted


@pytest.mark.usefixtures("booked")
def test_two_groupings_at_once_a_period_and_a_scheme(db):
    assert told(db, Grouping.MONTH, Grouping.SCHEME, book=Book.FUND) == [
        (202605, "NHI", 130, 0, 130),
        (202606, "NHI", 0, 100, -100),
        (202606, "SASS", 7, 0, 7),
    ]
    assert told(db, Grouping.SCHEME, book=Book.FUND, first=JUNE) == [("NHI", 0, 100, -100), ("SASS", 7, 0, 7)]
    assert told(db, Grouping.SCHEME, book=Book.POOL, last=MAY) == [("NHI", 130, 130, 0)]
    assert told(db, Grouping.ACCOUNT, scheme="SASS")[0] == ("FUND:SASS", 7, 0, 7)
    assert db.read(ledger_total, LedgerWanted(first=date(2026, 7, 1))).entries == 0


@pytest.mark.usefixtures("booked")
def test_a_balance_opens_into_its_entries_and_their_vouchers(db):
    wanted = LedgerWanted(by=(Grouping.SCHEME, Grouping.MONTH), book=Book.FUND, keys=("NHI", 202606))
    page = db.read(ledger_entries, ALL, wanted)
    assert (page.count, page.kip) == (1, -100)
    (entry,) = page.rows
    assert (entry.voucher, entry.account, entry.debit, entry.credit) == ("1003/2026/00003", "FUND:NHI", 0, 100)
    assert (entry.booked_on, entry.level, entry.province) == (JUNE, "HC", "10")
    assert db.read(ledger_entries, ALL, LedgerWanted()).count == 16


@pytest.mark.usefixtures("booked")
def test_balances_are_sorted_and_paged_by_the_database(db):
    by_credit = db.read(balances, PageWanted(sort="credit", descending=True, limit=2), LedgerWanted())
    assert ([row.keys[0] for row in by_credit.rows], by_credit.count) == (["POOL", "PAYABLE:HC1"], 5)
    rest = db.read(balances, PageWanted(offset=4, limit=2), LedgerWanted())
    assert [row.keys for row in rest.rows] == [("PAYABLE:HC1",)]
