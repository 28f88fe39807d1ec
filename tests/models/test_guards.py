"""What is posted stays: the database itself refuses, whoever asks and by whatever program."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from claims_desk.domain.errors import UserError
from claims_desk.models import Voucher
from claims_desk.models.database import Database
from claims_desk.models.refusals import told_plainly
from claims_desk.services.batches import approve_batch, make_batches
from claims_desk.services.verify import GUARDS
from claims_desk.services.vouchers import certify_voucher, post_voucher, prepare_vouchers, reverse_voucher
from tests.payable import closed_bundle, open_treasury

DAY = date(2026, 5, 4)

ALWAYS = (
    "UPDATE audit_entries SET why = 'x'",
    "UPDATE audit_entries SET digest = digest",
    "DELETE FROM audit_entries",
    "DELETE FROM audit_head",
    "DELETE FROM claims",
    "UPDATE decisions SET payable = payable + 1",
    "UPDATE decisions SET reason = 'x'",
    "DELETE FROM decisions",
    "UPDATE decision_lines SET allowed = 1",
    "DELETE FROM decision_lines",
    "UPDATE findings SET code = 'X01'",
    "DELETE FROM findings",
)
POSTED = (
    "UPDATE vouchers SET amount = amount - 1",
    "UPDATE vouchers SET state = 'PREPARED', number = NULL",
    "UPDATE vouchers SET bank_account = '1'",
    "DELETE FROM vouchers",
    "UPDATE voucher_lines SET payable = 1",
    "DELETE FROM voucher_lines",
    "INSERT INTO voucher_lines SELECT * FROM voucher_lines",
    "UPDATE voucher_counters SET last_number = last_number + 2",
    "UPDATE voucher_counters SET last_number = last_number - 1",
    "DELETE FROM voucher_counters",
    "UPDATE claims SET claimed_total = 1",
    "UPDATE claims SET patient_name = 'x'",
    "UPDATE claims SET keyed_by = keyed_by",
    "INSERT INTO claim_lines (claim_id, line_no, item_code) SELECT claim_id, 9, 'X' FROM voucher_lines",
    "UPDATE claim_lines SET unit_price = 1",
    "DELETE FROM claim_lines",
    "UPDATE pool_entries SET debit = debit + 1",
    "DELETE FROM pool_entries",
)
SEALED = (
    "UPDATE payment_files SET content = 'x'",
    "UPDATE payment_files SET sha256 = 'x'",
    "UPDATE payment_files SET total = 1",
    "DELETE FROM payment_files",
    "DELETE FROM payment_file_vouchers",
    "UPDATE payment_file_vouchers SET voucher_id = voucher_id",
)


def run(db, statement):
    with db.engine.connect().execution_options(writing=True) as connection, connection.begin():
        connection.execute(text(statement))


def refused(db, statement):
    with pytest.raises(DBAPIError, match="refused by the ledger:"):
        run(db, statement)


def fill(db, posted):
    people = open_treasury(db)
    for key in make_batches(db, people.staff.kham, closed_bundle(db, people, 1, 2)):
        approve_batch(db, people.vanh, key)
    run(db, "INSERT INTO claim_lines (claim_id, line_no, item_code) SELECT id, 1, 'OPC' FROM claims")
    run(db, "INSERT INTO decision_lines (decision_id, line_no, quantity, allowed) SELECT id, 1, 1, 1 FROM decisions")
    run(
        db,
        "INSERT INTO findings (decision_id, position, code, severity, field, message_en, message_lo, fix_en, fix_lo)"
        " SELECT id, 0, 'A09', 'warn', 'phone', 'm', 'm', 'f', 'f' FROM decisions",
    )
    (voucher,) = prepare_vouchers(db, people.mai)
    if posted:
        post(db, people, voucher)
    return people, voucher


def post(db, people, voucher):
    certify_voucher(db, people.tou, voucher)
    post_voucher(db, people.tou, voucher, on=DAY)


def test_what_never_changes_is_refused_from_the_first_day(db):
    fill(db, posted=False)
    for statement in ALWAYS:
        refused(db, statement)


def test_what_is_posted_is_refused(db):
    fill(db, posted=True)
    for statement in (*ALWAYS, *POSTED):
        refused(db, statement)


def test_before_posting_a_voucher_and_its_claims_may_still_change(db):
    fill(db, posted=False)
    run(db, "UPDATE vouchers SET bank_account = '1'")
    run(db, "UPDATE claims SET phone = '1'")
    run(db, "UPDATE claim_lines SET unit_price = 1")
    run(db, "DELETE FROM claim_lines")
    run(db, "DELETE FROM voucher_lines")


def test_the_state_of_a_posted_claim_still_moves_and_its_decision_may_be_followed_by_another(db):
    fill(db, posted=True)
    run(db, "UPDATE claims SET state = 'PAID', version = version + 1")
    run(db, f"UPDATE decisions SET current = {'0' if db.is_sqlite else 'false'}")
    refused(db, f"UPDATE decisions SET current = {'1' if db.is_sqlite else 'true'}")


def test_after_a_posted_reversal_the_claim_may_be_corrected_but_the_vouchers_stay(db):
    people, voucher = fill(db, posted=True)
    post(db, people, reverse_voucher(db, people.mai, voucher, "wrong account"))
    run(db, "UPDATE claims SET phone = '1'")
    run(db, "UPDATE claim_lines SET unit_price = 1")
    refused(db, "UPDATE vouchers SET amount = 0")
    refused(db, "DELETE FROM voucher_lines")


def test_a_reversal_not_yet_posted_frees_nothing(db):
    people, voucher = fill(db, posted=True)
    reverse_voucher(db, people.mai, voucher, "wrong account")
    refused(db, "UPDATE claims SET phone = '1'")


def test_a_payment_file_is_sealed_and_withdrawn_once(db):
    people, voucher = fill(db, posted=True)
    user = people.mai.user_id
    run(
        db,
        "INSERT INTO payment_files"
        " (id, number, bank_code, file_name, content, sha256, vouchers, total, made_by, made_at, reason)"
        f" VALUES (1, 'F1', 'BCEL', 'f.xlsx', 'abc', 'd', 1, 1, {user}, '2026-05-05 10:00:00', '')",
    )
    run(db, f"INSERT INTO payment_file_vouchers VALUES (1, {voucher})")
    for statement in SEALED:
        refused(db, statement)
    withdraw = f"UPDATE payment_files SET withdrawn_by = {user}, withdrawn_at = '2026-05-06 10:00:00', reason = 'late'"
    run(db, withdraw)
    refused(db, withdraw)


def test_replacing_a_row_of_a_file_is_refused_like_changing_it(new_sqlite):
    db = Database.open(new_sqlite(True))
    fill(db, posted=True)
    refused(db, "INSERT OR REPLACE INTO vouchers SELECT * FROM vouchers")
    refused(db, "INSERT OR REPLACE INTO audit_entries SELECT * FROM audit_entries")
    db.close()


def test_emptying_a_guarded_table_on_a_server_is_refused(new_postgres):
    db = Database.open(new_postgres(True))
    fill(db, posted=True)
    for table in sorted({guard.table for guard in GUARDS}):
        refused(db, f"TRUNCATE {table} CASCADE")
    db.close()


def test_the_refusal_reaches_the_user_in_one_sentence(db):
    fill(db, posted=True)
    with pytest.raises(UserError, match="never changed or deleted"), told_plainly():
        run(db, "UPDATE vouchers SET amount = 0")


def test_the_program_itself_is_refused_like_anybody(db):
    _, key = fill(db, posted=True)
    with db.session() as session:
        session.execute(select(Voucher).where(Voucher.id == key)).scalar_one().amount = 5
        with pytest.raises(UserError, match="never changed or deleted"), told_plainly():
            session.commit()
