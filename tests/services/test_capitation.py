"""The capitation run: each share once, by the terms of the quarter's first day, through the door of every voucher."""

from __future__ import annotations

from datetime import date

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError

from claims_desk.domain.codes import VoucherKind, VoucherState
from claims_desk.domain.errors import Refused, Stale, UserError
from claims_desk.domain.messages import Name
from claims_desk.domain.quarters import Quarter
from claims_desk.models import CapitationRate, CapitationShare, Contract, Facility, PoolEntry, Voucher
from claims_desk.models.refusals import told_plainly
from claims_desk.queries.capitation import capitated_schemes, capitation_run
from claims_desk.queries.papers import voucher_paper
from claims_desk.queries.payment_files import payment_file_content
from claims_desk.queries.vouchers import voucher
from claims_desk.services.capitation import prepare_capitation
from claims_desk.services.payment_files import make_payment_file
from claims_desk.services.printing import print_voucher
from claims_desk.services.verify import verify
from claims_desk.services.vouchers import cancel_voucher, certify_voucher, post_voucher, reverse_voucher
from tests.capitated import CATCHMENTS, DH_RATE, HC_RATE, OWN_RATE, open_capitated, put, rate

ON = date(2026, 12, 1)
Q1, Q2, Q3, Q4 = (Quarter(2026, number) for number in range(1, 5))
YEARS = {
    "DH1": CATCHMENTS["DH1"] * DH_RATE,
    "HC1": CATCHMENTS["HC1"] * HC_RATE,
    "HC2": CATCHMENTS["HC2"] * OWN_RATE,
}


def prepared(db, people, quarter=Q1):
    keys = prepare_capitation(db, people.mai, "NHI", quarter, on=ON)
    return {db.read(voucher, key).facility_code: key for key in keys}


def post(db, people, *keys):
    for key in keys:
        certify_voucher(db, people.tou, key)
        post_voucher(db, people.tou, key, on=ON)


def run(db, quarter=Q1, on=ON):
    return db.read(capitation_run, "NHI", quarter, on)


def row(db, facility, quarter=Q1, on=ON):
    return next(each for each in run(db, quarter, on).rows if each.facility_code == facility)


def faults(db):
    return [fault.text() for found in verify(db) for fault in found.faults]


def test_a_share_is_catchment_times_rate_by_four_and_its_own_rate_wins(db):
    open_capitated(db)
    found = run(db)
    assert {each.facility_code: each.amount for each in found.rows} == {code: kip // 4 for code, kip in YEARS.items()}
    assert {each.facility_code for each in found.rows if each.own_rate} == {"HC2"}
    assert found.total == sum(kip // 4 for kip in YEARS.values())
    assert db.read(capitated_schemes) == (("NHI", Name("ສຂພ", "NHI")),)


def test_four_quarters_posted_make_the_year_to_the_kip(db):
    people = open_capitated(db)
    for quarter in (Q1, Q2, Q3, Q4):
        post(db, people, *prepared(db, people, quarter).values())
    query = select(Voucher.facility_code, Voucher.amount).where(Voucher.state == VoucherState.POSTED)
    paid = dict.fromkeys(YEARS, 0)
    for code, kip in db.read(lambda session: session.execute(query).all()):
        paid[code] += kip
    assert paid == YEARS
    assert faults(db) == []


def test_the_terms_are_those_of_the_quarters_first_day(db):
    people = open_capitated(db)
    old = select(CapitationRate).where(CapitationRate.level == "HC", CapitationRate.facility_code == "")
    with db.session() as session:
        session.execute(old).scalar_one().valid_to = date(2026, 6, 30)
        session.commit()
    put(db, rate("HC", HC_RATE + 2, valid_from=date(2026, 7, 1)))
    assert row(db, "HC1", Q2).rate == HC_RATE
    assert row(db, "HC1", Q3).rate == HC_RATE + 2
    for quarter in (Q1, Q2, Q3, Q4):
        prepared(db, people, quarter)
    total = sum(row(db, "HC1", quarter).amount for quarter in (Q1, Q2, Q3, Q4))
    assert total == (2 * CATCHMENTS["HC1"] * HC_RATE + 2 * CATCHMENTS["HC1"] * (HC_RATE + 2)) // 4


def test_a_quarter_is_paid_once_and_freed_by_cancelling_or_a_posted_reversal(db):
    people = open_capitated(db)
    keys = prepared(db, people)
    with pytest.raises(UserError, match="No share of this quarter"):
        prepare_capitation(db, people.mai, "NHI", Q1, on=ON)
    cancel_voucher(db, people.mai, keys.pop("HC1"), None, "the catchment was wrong")
    keys |= prepared(db, people)
    post(db, people, *keys.values())
    back = reverse_voucher(db, people.mai, keys["DH1"], "closed since")
    with pytest.raises(UserError, match="No share of this quarter"):
        prepare_capitation(db, people.mai, "NHI", Q1, on=ON)
    post(db, people, back)
    assert db.read(voucher, back).amount == -(YEARS["DH1"] // 4)
    assert faults(db) == []
    again = prepared(db, people)
    assert set(again) == {"DH1"}
    post(db, people, again["DH1"])
    assert faults(db) == []


def test_the_database_refuses_a_second_voucher_for_a_share(db):
    people = open_capitated(db)
    prepared(db, people)
    twin = CapitationShare(facility_code="HC1", scheme="NHI", year=2026, quarter=1)
    with pytest.raises(UserError, match="saved the same thing"):
        put(db, twin)


def test_a_share_held_by_another_voucher_is_not_posted(db):
    people = open_capitated(db)
    key = prepared(db, people)["HC1"]
    certify_voucher(db, people.tou, key)
    put(db, update(CapitationShare).values(voucher_id=None))
    with pytest.raises(UserError, match="stands on another voucher"):
        post_voucher(db, people.tou, key, on=ON)
    assert db.read(voucher, key).state == VoucherState.CERTIFIED


def test_two_pairs_of_eyes_number_ledger_and_chain_head_as_for_any_voucher(db):
    people = open_capitated(db)
    key = prepared(db, people)["HC1"]
    with pytest.raises(Refused, match="mai prepared"):
        certify_voucher(db, people.mai, key)
    post(db, people, key)
    found = db.read(voucher, key)
    assert (found.number, found.kind, found.claims) == ("1003/2026/00001", VoucherKind.CAPITATION, 0)
    net = func.sum(PoolEntry.debit - PoolEntry.credit)
    booked = select(PoolEntry.account, net).where(PoolEntry.voucher_id == key).group_by(PoolEntry.account)
    share = YEARS["HC1"] // 4
    found = {account: int(kip) for account, kip in db.read(lambda session: session.execute(booked).all())}
    assert found == {"FUND:COMMON": share, "POOL": 0, "PAYABLE:HC1": -share}
    assert len(db.read(voucher_paper, key).chain_head) == 64


def test_the_paper_and_the_payment_file_say_what_is_paid(db, tmp_path):
    people = open_capitated(db)
    key = prepared(db, people)["HC1"]
    post(db, people, key)
    paper = db.read(voucher_paper, key)
    assert (paper.share.quarter, paper.share.catchment, paper.share.rate) == ("1/2026", 5_001, HC_RATE)
    assert paper.share.part + paper.share.left_over == paper.amount == YEARS["HC1"] // 4
    assert paper.purpose.text() == "Capitation of NHI, quarter 1 of 2026"
    assert paper.claims == ()
    assert paper.control is None
    assert print_voucher(db, key, tmp_path).read_bytes().startswith(b"%PDF")
    file = make_payment_file(db, people.mai, [key], on=ON)
    (tmp_path / "file.xlsx").write_bytes(db.read(payment_file_content, file)[1])
    cells = [cell.value for line in load_workbook(tmp_path / "file.xlsx").active for cell in line]
    assert "NHI capitation Q1/2026" in cells


def test_only_facilities_open_contracted_and_capitated_on_the_first_day_are_listed(db):
    open_capitated(db)
    put(
        db,
        update(Facility).where(Facility.code == "HC1").values(active_to=date(2026, 3, 31)),
        update(Contract)
        .where(Contract.facility_code == "HC2", Contract.scheme == "NHI")
        .values(valid_to=date(2026, 1, 1)),
    )
    assert {each.facility_code for each in run(db, Q1).rows} == {"DH1", "HC1", "HC2"}
    assert {each.facility_code for each in run(db, Q2).rows} == {"DH1"}
    assert db.read(capitation_run, "SASS", Q1, ON).rows == ()


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (update(Facility).where(Facility.code == "HC1").values(catchment=None), "no catchment"),
        (update(Facility).where(Facility.code == "HC1").values(catchment=0), "no catchment"),
        (update(Facility).where(Facility.code == "HC1").values(bank_account=""), "no bank account"),
        (update(CapitationRate).where(CapitationRate.facility_code == "").values(valid_from=ON), "no rate"),
        (update(CapitationRate).values(amount_per_year=0), "nothing to pay"),
        (update(CapitationRate).values(amount_per_year=999_999_999_999), "too large"),
    ],
)
def test_what_the_register_lacks_is_said_and_holds_up_nobody_else(db, change, problem):
    people = open_capitated(db)
    put(db, change)
    assert problem in row(db, "HC1").problem.text()
    payable = {each.facility_code for each in run(db).payable}
    assert "HC1" not in payable
    if payable:
        assert set(prepared(db, people)) == payable


def test_a_run_that_is_no_longer_what_was_previewed_is_refused(db):
    people = open_capitated(db)
    seen = {each.facility_code: each.amount for each in run(db).payable}
    put(db, update(Facility).where(Facility.code == "HC1").values(catchment=5_002))
    with pytest.raises(Stale, match="no longer what you looked at"):
        prepare_capitation(db, people.mai, "NHI", Q1, on=ON, previewed=seen)
    seen["HC1"] = 5_002 * HC_RATE // 4
    assert len(prepare_capitation(db, people.mai, "NHI", Q1, on=ON, previewed=seen)) == 3


def test_a_quarter_is_prepared_from_its_first_day_on_by_an_accountant(db):
    people = open_capitated(db)
    with pytest.raises(UserError, match="has not begun"):
        prepare_capitation(db, people.mai, "NHI", Quarter(2027, 1), on=date(2026, 12, 31))
    with pytest.raises(Refused):
        prepare_capitation(db, people.vanh, "NHI", Q1, on=ON)
    assert len(prepare_capitation(db, people.mai, "NHI", Quarter(2027, 1), on=date(2027, 1, 1))) == 3


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE vouchers SET kind = 'CLAIMS'",
        "UPDATE capitation_lines SET amount = 1",
        "DELETE FROM capitation_lines",
        "INSERT INTO capitation_lines SELECT * FROM capitation_lines",
        "UPDATE capitation_shares SET quarter = 2",
        "DELETE FROM capitation_shares",
    ],
)
def test_the_database_itself_keeps_what_is_posted(db, change):
    people = open_capitated(db)
    post(db, people, *prepared(db, people).values())
    with pytest.raises(DBAPIError, match="refused by the ledger:"), db.engine.begin() as connection:
        connection.execute(text(change))
    with pytest.raises(UserError, match="never changed"), told_plainly(), db.engine.begin() as connection:
        connection.execute(text(change))


def test_verify_tells_of_a_share_that_was_let_go_behind_its_voucher(db):
    people = open_capitated(db)
    post(db, people, prepared(db, people)["HC1"])
    put(db, update(CapitationShare).where(CapitationShare.facility_code == "HC1").values(voucher_id=None))
    assert any("capitation of HC1, NHI, quarter 1 of 2026" in fault for fault in faults(db))


def test_verify_tells_of_a_voucher_that_is_not_what_its_line_says(db):
    people = open_capitated(db)
    key = prepared(db, people)["HC1"]
    put(db, update(Voucher).where(Voucher.id == key).values(amount=5))
    assert any("for 5 kip of capitation" in fault for fault in faults(db))
