"""Backup, restore and verify: a copy can be trusted, what it replaces is kept, what does not tie is told."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from claims_desk.domain.codes import Role
from claims_desk.domain.errors import Refused, UserError
from claims_desk.models import AuditEntry, Base, User
from claims_desk.models.database import Database
from claims_desk.services.backup import backup, restore
from claims_desk.services.batches import approve_batch, make_batches
from claims_desk.services.chain import check_chain
from claims_desk.services.office import set_up_office
from claims_desk.services.users import add_user, disable_user, enable_user, sign_in
from claims_desk.services.verify import verify
from claims_desk.services.vouchers import certify_voucher, post_voucher, prepare_vouchers
from tests.payable import closed_bundle, open_treasury

PASSWORD = "Vang Vieng 2026"
KEYS = "river stone 44"


@pytest.fixture
def admin(db):
    return sign_in(db, "admin", PASSWORD)


@pytest.fixture
def paid(db):
    """An office with a posted voucher."""
    people = open_treasury(db)
    for key in make_batches(db, people.staff.kham, closed_bundle(db, people, 1, 2)):
        approve_batch(db, people.vanh, key)
    (voucher,) = prepare_vouchers(db, people.mai)
    certify_voucher(db, people.tou, voucher)
    post_voucher(db, people.tou, voucher, on=date(2026, 5, 4))
    return voucher


def url_of(db):
    return db.engine.url.render_as_string(hide_password=False)


def everything(db):
    """All rows of all tables, apart from what a restore itself notes."""
    kept = {}
    for table in Base.metadata.sorted_tables:
        if table.name not in ("audit_entries", "audit_head", "id_counter"):
            order = select(table).order_by(*table.primary_key)
            kept[table.name] = db.read(lambda session, order=order: [tuple(row) for row in session.execute(order)])
    return kept


def count(db, kind):
    return db.read(lambda session: session.execute(select(func.count()).select_from(kind)).scalar_one())


def faults(db):
    return [str(fault) for finding in verify(db) for fault in finding.faults]


def run(db, statement):
    with db.engine.connect().execution_options(writing=True) as connection, connection.begin():
        connection.execute(text(statement))


def behind_the_program(db, table, statement):
    """Change what is guarded as somebody with the file in his hands would."""
    if not db.is_sqlite:
        run(db, f"ALTER TABLE {table} DISABLE TRIGGER USER")
        run(db, statement)
        run(db, f"ALTER TABLE {table} ENABLE TRIGGER USER")
        return
    named = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table")
    with db.session() as session:
        triggers = session.execute(named, {"table": table}).all()
    for name, _ in triggers:
        run(db, f"DROP TRIGGER {name}")
    run(db, statement)
    for _, made in triggers:
        run(db, made)


@pytest.mark.usefixtures("paid")
def test_what_is_restored_is_what_was_backed_up(db, admin, tmp_path):
    before = everything(db)
    path = backup(db, admin, tmp_path / "office.backup")
    add_user(db, admin, "later", KEYS, [Role.CLERK])
    restored = restore(url_of(db), admin, path)
    assert restored.office == "1003"
    assert everything(db) == before
    assert faults(db) == []


@pytest.mark.usefixtures("paid")
def test_work_goes_on_after_a_restore_with_fresh_ids_and_guards_in_place(db, admin, tmp_path):
    restore(url_of(db), admin, backup(db, admin, tmp_path / "office.backup"))
    known = set(db.read(lambda session: session.execute(select(User.id)).scalars().all()))
    assert add_user(db, admin, "later", KEYS, [Role.CLERK]) > max(known)
    with pytest.raises(Exception, match="refused by the ledger"):
        run(db, "UPDATE vouchers SET amount = 1")


@pytest.mark.usefixtures("paid")
def test_a_servers_backup_becomes_a_file_and_a_files_backup_a_server(db, admin, empty_db, tmp_path):
    path = backup(db, admin, tmp_path / "office.backup")
    restore(url_of(empty_db), admin, path)
    assert everything(empty_db) == everything(db)
    assert faults(empty_db) == []


def test_a_restore_keeps_what_it_replaces_and_leaves_its_own_entry(db, admin, tmp_path):
    path = backup(db, admin, tmp_path / "office.backup")
    add_user(db, admin, "later", KEYS, [Role.CLERK])
    entries = count(db, AuditEntry)
    kept = restore(url_of(db), admin, path).kept
    aside = Database.open(f"sqlite:///{kept}")
    assert count(aside, User) == 2
    aside.close()
    assert count(db, User) == 1
    last = db.read(
        lambda session: session.execute(select(AuditEntry).order_by(AuditEntry.seq.desc())).scalars().first()
    )
    assert last.action == "backup.restore"
    assert last.seq == entries  # the added user's entry is gone, this one stands in its place


def test_who_restores_need_not_be_a_user_of_that_day(db, admin, tmp_path):
    add_user(db, admin, "boun", KEYS, [Role.ADMINISTRATOR])
    boun = sign_in(db, "boun", KEYS)
    disable_user(db, admin, "boun")
    path = backup(db, admin, tmp_path / "office.backup")
    enable_user(db, admin, "boun")
    restore(url_of(db), boun, path)
    db.read(check_chain)


def test_a_backup_is_taken_while_somebody_writes(db, admin, tmp_path):
    with db.engine.connect().execution_options(writing=True) as writer, writer.begin():
        writer.execute(text("UPDATE users SET failed_attempts = 3"))
        path = backup(db, admin, tmp_path / "office.backup")
    copy = Database.open(f"sqlite:///{path}")
    assert copy.read(lambda session: session.execute(select(User.failed_attempts)).scalar_one()) == 0
    copy.close()


def test_a_backup_replaces_the_one_before_but_no_other_file(db, admin, tmp_path):
    path = backup(db, admin, tmp_path / "office.backup")
    assert backup(db, admin, path) == path
    letter = tmp_path / "letter.txt"
    letter.write_text("dear")
    with pytest.raises(UserError, match="no backup"):
        backup(db, admin, letter)
    assert letter.read_text() == "dear"
    assert [entry.name for entry in tmp_path.glob(".*")] == []


def test_only_an_administrator_backs_up_and_restores(db, admin, tmp_path):
    path = backup(db, admin, tmp_path / "office.backup")
    add_user(db, admin, "noy", KEYS, [Role.CLERK])
    noy = sign_in(db, "noy", KEYS)
    with pytest.raises(Refused):
        backup(db, noy, tmp_path / "mine")
    with pytest.raises(Refused):
        restore(url_of(db), noy, path)


def test_a_backup_into_a_folder_that_is_not_there_leaves_nothing(db, admin, tmp_path):
    with pytest.raises(UserError):
        backup(db, admin, tmp_path / "nowhere" / "office.backup")
    assert not (tmp_path / "nowhere").exists()


def spoil(path, change):
    with closing(sqlite3.connect(path)) as connection:
        change(connection)
        connection.commit()


def tamper(connection):
    connection.execute("DROP TRIGGER guard_audit_entries_update")
    connection.execute("UPDATE audit_entries SET why = 'x' WHERE seq = 1")


def newer(connection):
    connection.execute("UPDATE alembic_version SET version_num = '2099_01_01'")


def another_program(connection):
    connection.execute("DROP TABLE alembic_version")


@pytest.mark.parametrize(
    ("change", "said"),
    [(tamper, "does not hold"), (newer, "newer Claims Desk"), (another_program, "another program")],
)
def test_a_backup_that_cannot_be_trusted_changes_nothing(db, admin, tmp_path, change, said):
    path = backup(db, admin, tmp_path / "office.backup")
    spoil(path, change)
    add_user(db, admin, "later", KEYS, [Role.CLERK])
    with pytest.raises(UserError, match=said):
        restore(url_of(db), admin, path)
    assert count(db, User) == 2


def cut_short(path: Path):
    path.write_bytes(path.read_bytes()[:40_000])


def scribble(path: Path):
    whole = bytearray(path.read_bytes())
    whole[8_000:60_000] = b"\xff" * 52_000
    path.write_bytes(bytes(whole))


def no_database(path: Path):
    path.write_text("a letter")


@pytest.mark.parametrize("damage", [cut_short, scribble, no_database])
def test_a_damaged_backup_is_told_and_changes_nothing(db, admin, tmp_path, damage):
    path = backup(db, admin, tmp_path / "office.backup")
    damage(path)
    with pytest.raises(UserError):
        restore(url_of(db), admin, path)
    assert faults(db) == []


def test_the_backup_of_another_office_is_refused(db, admin, empty_db, tmp_path):
    set_up_office(empty_db, office="1004", administrator="admin", password=PASSWORD)
    theirs = backup(empty_db, sign_in(empty_db, "admin", PASSWORD), tmp_path / "1004.backup")
    with pytest.raises(UserError, match="1004"):
        restore(url_of(db), admin, theirs)


def test_a_damaged_database_is_moved_aside_and_replaced(new_sqlite, tmp_path):
    url = new_sqlite(True)
    db = Database.open(url)
    admin = sign_in(db, "admin", PASSWORD)
    path = backup(db, admin, tmp_path / "office.backup")
    db.close()
    file = Database.file_of(url)
    file.write_bytes(b"\x00" * 5_000)
    restored = restore(url, admin, path)
    assert restored.kept.read_bytes() == b"\x00" * 5_000
    again = Database.open(url)
    assert faults(again) == []
    again.close()


def test_a_database_that_is_only_busy_is_never_moved_aside(new_sqlite, tmp_path, monkeypatch):
    monkeypatch.setattr("claims_desk.models.database.PRAGMAS", ("busy_timeout=50", "journal_mode=DELETE"))
    url = new_sqlite(True)
    db = Database.open(url)
    admin = sign_in(db, "admin", PASSWORD)
    path = backup(db, admin, tmp_path / "office.backup")
    file = Database.file_of(url)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(UserError, match="busy"):
            restore(url, admin, path)
    db.close()
    assert [entry.name for entry in tmp_path.glob("*damaged*")] == []


@pytest.mark.usefixtures("paid")
def test_a_whole_office_holds(db):
    assert faults(db) == []


CLAIM_OFF = "UPDATE claims SET claimed_total = claimed_total + 1"


@pytest.mark.parametrize(
    ("table", "statement", "said"),
    [
        ("claims", CLAIM_OFF, "but forms, kip and form numbers are off"),
        ("batches", "UPDATE batches SET payable = payable + 1", "its voucher"),
        ("vouchers", "UPDATE vouchers SET amount = amount + 1", "its lines make"),
        ("vouchers", "UPDATE vouchers SET sequence = 7", "without a gap"),
        ("vouchers", "UPDATE vouchers SET chain_head = 'abc'", "stands nowhere in the audit trail"),
        ("voucher_counters", "UPDATE voucher_counters SET last_number = 9", "without a gap"),
        ("pool_entries", "DELETE FROM pool_entries WHERE debit > 0", "is booked with"),
        ("audit_entries", "UPDATE audit_entries SET why = 'x' WHERE seq = 2", "entry 2 was changed"),
    ],
)
@pytest.mark.usefixtures("paid")
def test_what_was_changed_behind_the_program_is_found(db, table, statement, said):
    behind_the_program(db, table, statement)
    assert any(said in fault for fault in faults(db))


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_a_guard_taken_away_is_missed(engine, request):
    db = Database.open(request.getfixturevalue(f"new_{engine}")(True))
    run(db, f"DROP TRIGGER guard_vouchers_update{'' if db.is_sqlite else ' ON vouchers'}")
    assert any("guard_vouchers_update" in fault for fault in faults(db))
    db.close()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without pipes in folders")
def test_a_backup_takes_the_place_of_no_folder_pipe_or_device(db, admin, tmp_path):
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name in ("folder", "pipe"):
        with pytest.raises(UserError, match="is no backup and is not replaced"):
            backup(db, admin, tmp_path / name)
    assert not (tmp_path / "pipe").is_file()
