"""Payment files: the very bytes kept, sealed, and no voucher sent twice."""

from __future__ import annotations

import hashlib
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import update

from claims_desk.domain.errors import Refused, UserError
from claims_desk.domain.paging import PageWanted
from claims_desk.models import Facility
from claims_desk.queries.payment_files import live_files_of, payment_file_content, payment_files
from claims_desk.queries.vouchers import voucher
from claims_desk.services.payment_files import make_payment_file, save_payment_file, withdraw_payment_file
from claims_desk.services.vouchers import certify_voucher, post_voucher, prepare_vouchers, reverse_voucher
from tests.payable import KIP, open_treasury
from tests.services.test_vouchers import DAY, approved, posted


def test_the_sealed_bytes_are_the_workbook_that_is_sent(db, tmp_path):
    people = open_treasury(db)
    keys = [posted(db, people, 1), posted(db, people, 2, facility="HC2")]
    file = make_payment_file(db, people.mai, keys, on=DAY)
    (row,) = db.read(payment_files, PageWanted()).rows
    name, content = db.read(payment_file_content, file)
    assert row.sha256 == hashlib.sha256(content).hexdigest()
    assert (row.vouchers, row.total, row.number) == (2, 2 * KIP, "1003-20260504-0001")
    sheet = load_workbook(BytesIO(content)).active
    cells = [cell.value for line in sheet.iter_rows() for cell in line]
    assert {"1003/2026/00001", "1003/2026/00002", 2 * KIP} <= set(cells)
    assert save_payment_file(db, file, tmp_path).read_bytes() == content
    assert name == "1003-20260504-0001-BCEL.xlsx"


def test_a_voucher_stands_in_one_live_file_only(db):
    people = open_treasury(db)
    key = posted(db, people, 1)
    first = make_payment_file(db, people.mai, [key], on=DAY)
    with pytest.raises(UserError, match="1003-20260504-0001"):
        make_payment_file(db, people.mai, [key], on=DAY)
    with pytest.raises(UserError, match="stands in payment file"):
        reverse_voucher(db, people.mai, key, "wrong")
    with pytest.raises(UserError, match="reason"):
        withdraw_payment_file(db, people.mai, first, "")
    withdraw_payment_file(db, people.mai, first, "the bank's computer refused it")
    assert db.read(live_files_of, [key]) == {}
    make_payment_file(db, people.mai, [key], on=DAY)
    assert db.read(voucher, key).file == "1003-20260504-0002"
    assert db.read(payment_files, PageWanted()).kip == KIP


def test_only_posted_vouchers_of_one_bank_with_an_account_are_sent(db):
    people = open_treasury(db)
    with pytest.raises(UserError, match="No voucher"):
        make_payment_file(db, people.mai, [], on=DAY)
    approved(db, people, 1)
    (draft,) = prepare_vouchers(db, people.mai)
    with pytest.raises(UserError, match="not posted"):
        make_payment_file(db, people.mai, [draft], on=DAY)
    with pytest.raises(Refused):
        make_payment_file(db, people.vanh, [draft], on=DAY)
    certify_voucher(db, people.tou, draft)
    post_voucher(db, people.tou, draft, on=DAY)
    with db.session() as session:
        session.execute(update(Facility).where(Facility.code == "HC2").values(bank_code="LDB", bank_account=""))
        session.commit()
    other = posted(db, people, 2, facility="HC2")
    with pytest.raises(UserError, match="several banks: BCEL, LDB"):
        make_payment_file(db, people.mai, [draft, other], on=DAY)
    with pytest.raises(UserError, match="no bank account"):
        make_payment_file(db, people.mai, [other], on=DAY)


def test_a_reversed_voucher_is_not_paid(db):
    people = open_treasury(db)
    key = posted(db, people, 1)
    back = reverse_voucher(db, people.mai, key, "wrong")
    certify_voucher(db, people.tou, back)
    with pytest.raises(UserError, match="or reversed"):
        make_payment_file(db, people.mai, [key], on=DAY)
