"""Vouchers: two pairs of eyes, numbers without gaps, posted for good, reversed by another."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select, text, update

from claims_desk.domain.codes import ClaimState, VoucherState
from claims_desk.domain.errors import Refused, UserError
from claims_desk.domain.paging import PageWanted
from claims_desk.models import AuditEntry, Claim, Facility, PoolEntry
from claims_desk.models.refusals import told_plainly
from claims_desk.queries.papers import voucher_paper
from claims_desk.queries.vouchers import voucher, vouchers
from claims_desk.services.batches import approve_batch, make_batches
from claims_desk.services.printing import print_voucher
from claims_desk.services.vouchers import (
    cancel_voucher,
    certify_voucher,
    post_voucher,
    prepare_vouchers,
    reverse_voucher,
)
from tests.payable import KIP, closed_bundle, open_treasury

DAY = date(2026, 5, 4)


def approved(db, people, *forms, **more):
    for key in make_batches(db, people.staff.kham, closed_bundle(db, people, *forms, **more)):
        approve_batch(db, people.vanh, key)


def posted(db, people, *forms, on=DAY, **more):
    approved(db, people, *forms, **more)
    (key,) = prepare_vouchers(db, people.mai)
    certify_voucher(db, people.tou, key)
    post_voucher(db, people.tou, key, on=on)
    return key


def claim_states(db):
    return db.read(lambda session: set(session.execute(select(Claim.state)).scalars()))


def test_one_voucher_a_facility_and_scheme_takes_all_its_batches(db):
    people = open_treasury(db)
    approved(db, people, 1, 2)
    approved(db, people, 3)
    approved(db, people, 4, facility="HC2")
    made = [db.read(voucher, key) for key in prepare_vouchers(db, people.mai)]
    assert [(row.facility_code, row.claims, row.amount) for row in made] == [("HC1", 3, 3 * KIP), ("HC2", 1, KIP)]
    with pytest.raises(UserError, match="No approved batch"):
        prepare_vouchers(db, people.mai)


def test_nobody_certifies_his_own_voucher_and_nothing_uncertified_is_posted(db):
    people = open_treasury(db)
    approved(db, people, 1)
    (key,) = prepare_vouchers(db, people.mai)
    with pytest.raises(UserError, match="not at that step"):
        post_voucher(db, people.mai, key, on=DAY)
    with pytest.raises(Refused, match="mai prepared"):
        certify_voucher(db, people.mai, key)
    certify_voucher(db, people.tou, key)
    assert post_voucher(db, people.mai, key, on=DAY) == "1003/2026/00001"
    assert claim_states(db) == {ClaimState.VOUCHERED}


def test_numbers_have_no_gap_and_begin_anew_each_fiscal_year(db):
    people = open_treasury(db)
    keys = [posted(db, people, 1), posted(db, people, 2)]
    approved(db, people, 3)
    (lost,) = prepare_vouchers(db, people.mai)
    cancel_voucher(db, people.mai, lost, None, "wrong account")
    keys += prepare_vouchers(db, people.mai)
    certify_voucher(db, people.tou, keys[-1])
    post_voucher(db, people.tou, keys[-1], on=DAY)
    keys.append(posted(db, people, 4, on=date(2027, 1, 5)))
    numbers = [db.read(voucher, key).number for key in keys]
    assert numbers == ["1003/2026/00001", "1003/2026/00002", "1003/2026/00003", "1003/2027/00001"]


def test_a_posting_that_fails_leaves_no_number_behind(db):
    people = open_treasury(db)
    approved(db, people, 1)
    (key,) = prepare_vouchers(db, people.mai)
    certify_voucher(db, people.tou, key)
    with db.session() as session:
        session.execute(text("UPDATE claims SET state = 'PENDED'"))
        session.commit()
    with pytest.raises(UserError, match="changed since"):
        post_voucher(db, people.tou, key, on=DAY)
    assert db.read(voucher, key).state == VoucherState.CERTIFIED
    with db.session() as session:
        session.execute(text("UPDATE claims SET state = 'APPROVED'"))
        session.commit()
    assert post_voucher(db, people.tou, key, on=DAY) == "1003/2026/00001"


def test_a_voucher_is_not_posted_for_an_account_the_facility_has_no_more(db):
    people = open_treasury(db)
    key = posted(db, people, 1)
    approved(db, people, 2)
    (waiting,) = prepare_vouchers(db, people.mai)
    certify_voucher(db, people.tou, waiting)
    with db.session() as session:
        session.execute(update(Facility).where(Facility.code == "HC1").values(bank_account="6666"))
        session.commit()
    with pytest.raises(UserError, match="account of facility HC1 changed"):
        post_voucher(db, people.tou, waiting, on=DAY)
    cancel_voucher(db, people.mai, waiting, None, "new account, confirmed by letter")
    (again,) = prepare_vouchers(db, people.mai)
    certify_voucher(db, people.tou, again)
    assert post_voucher(db, people.tou, again, on=DAY) == "1003/2026/00002"
    back = reverse_voucher(db, people.mai, key, "paid into the old account, which is closed")
    certify_voucher(db, people.tou, back)
    assert post_voucher(db, people.tou, back, on=DAY) == "1003/2026/00003"


def test_the_paper_carries_the_chain_head_of_its_posting(db):
    people = open_treasury(db)
    key = posted(db, people, 1)
    paper = db.read(voucher_paper, key)
    entry = db.read(
        lambda session: session.execute(select(AuditEntry).where(AuditEntry.action == "voucher.post")).scalar_one()
    )
    assert paper.chain_head == entry.digest
    assert (paper.payee.bank_account, paper.control.forms, paper.prepared_by, paper.certified_by) == (
        "0101",
        1,
        "mai",
        "tou",
    )


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE vouchers SET amount = 1",
        "DELETE FROM vouchers",
        "UPDATE voucher_lines SET payable = 1",
        "DELETE FROM voucher_lines",
        "UPDATE claims SET claimed_total = 1",
        "DELETE FROM claims",
        "UPDATE decisions SET payable = 1",
        "UPDATE pool_entries SET debit = debit + 1",
        "DELETE FROM pool_entries",
        "UPDATE audit_entries SET why = 'x'",
    ],
)
def test_the_database_itself_refuses_to_change_what_is_posted(db, change):
    people = open_treasury(db)
    posted(db, people, 1)
    with pytest.raises(UserError, match="never changed"), told_plainly(), db.engine.begin() as connection:
        connection.execute(text(change))


def test_a_reversal_takes_four_hands_and_frees_the_claims(db):
    people = open_treasury(db)
    key = posted(db, people, 1, 2)
    back = reverse_voucher(db, people.mai, key, "paid to the wrong facility")
    assert claim_states(db) == {ClaimState.VOUCHERED}
    with pytest.raises(UserError, match="reversed already"):
        reverse_voucher(db, people.tou, key, "again")
    certify_voucher(db, people.tou, back)
    assert post_voucher(db, people.tou, back, on=DAY) == "1003/2026/00002"
    assert db.read(voucher, back).amount == -2 * KIP
    assert db.read(voucher, key).reversed
    assert claim_states(db) == {ClaimState.ACCEPTED}
    assert db.read(voucher_paper, back).reverses == "1003/2026/00001"


def test_the_claims_of_a_reversed_voucher_may_be_paid_once_more(db):
    people = open_treasury(db)
    approved(db, people, 1)
    (key,) = prepare_vouchers(db, people.mai)
    certify_voucher(db, people.tou, key)
    post_voucher(db, people.tou, key, on=DAY)
    back = reverse_voucher(db, people.mai, key, "wrong month")
    certify_voucher(db, people.tou, back)
    post_voucher(db, people.tou, back, on=DAY)
    bundle = db.read(lambda session: session.execute(select(Claim.submission_id)).scalar_one())
    for batch_id in make_batches(db, people.staff.kham, bundle):
        approve_batch(db, people.vanh, batch_id)
    (again,) = prepare_vouchers(db, people.mai)
    assert db.read(voucher, again).amount == KIP


def test_a_reversal_cannot_be_reversed_and_a_draft_is_cancelled_instead(db):
    people = open_treasury(db)
    key = posted(db, people, 1)
    back = reverse_voucher(db, people.mai, key, "wrong")
    with pytest.raises(UserError, match="not at that step"):
        reverse_voucher(db, people.mai, back, "no")
    cancel_voucher(db, people.mai, back, None, "it was right after all")
    assert reverse_voucher(db, people.tou, key, "wrong indeed") != back


def test_every_posted_kip_is_booked_twice_and_reversals_undo_it(db):
    people = open_treasury(db)
    key = posted(db, people, 1, 2)
    balance = select(PoolEntry.account, func.sum(PoolEntry.debit - PoolEntry.credit)).group_by(PoolEntry.account)
    booked = db.read(lambda session: {account: int(kip) for account, kip in session.execute(balance)})
    assert booked == {"FUND:COMMON": 2 * KIP, "POOL": 0, "PAYABLE:HC1": -2 * KIP}
    back = reverse_voucher(db, people.mai, key, "wrong")
    certify_voucher(db, people.tou, back)
    post_voucher(db, people.tou, back, on=DAY)
    booked = db.read(lambda session: {account: int(kip) for account, kip in session.execute(balance)})
    assert set(booked.values()) == {0}


def test_the_list_of_vouchers_counts_sorts_and_searches(db):
    people = open_treasury(db)
    posted(db, people, 1)
    posted(db, people, 2, 3)
    approved(db, people, 4)
    prepare_vouchers(db, people.mai)
    page = db.read(vouchers, PageWanted())
    assert [row.state for row in page.rows] == [VoucherState.PREPARED, VoucherState.POSTED, VoucherState.POSTED]
    assert (page.count, page.kip) == (3, 4 * KIP)
    assert db.read(vouchers, PageWanted(search="2026/00002")).rows[0].claims == 2
    assert db.read(vouchers, PageWanted(), VoucherState.PREPARED).count == 1


def test_a_voucher_is_printed_into_a_folder(db, tmp_path):
    people = open_treasury(db)
    path = print_voucher(db, posted(db, people, 1), tmp_path / "papers")
    assert path.name == "voucher-1003-2026-00001.pdf"
    assert path.read_bytes().startswith(b"%PDF")
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="could not be written"):
        print_voucher(db, 0 or db.read(vouchers, PageWanted()).rows[0].id, tmp_path / "file")
