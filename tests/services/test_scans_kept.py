"""Papers of what was posted stay, loose ones go, and backups carry them everywhere."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import date, timedelta

import pytest
from sqlalchemy import select, text, update

from claims_desk.domain.errors import Refused, UserError
from claims_desk.domain.scans import ScanPage
from claims_desk.models import AuditEntry, Claim, ClaimScan, Scan, ScanBytes
from claims_desk.services.backup import backup, restore
from claims_desk.services.batches import approve_batch, make_batches
from claims_desk.services.claims import key_claim
from claims_desk.services.scan_store import folder_beside
from claims_desk.services.scans import LOOSE_DAYS, add_scan, drop_loose_scans
from claims_desk.services.sign_in import sign_in
from claims_desk.services.vouchers import certify_voucher, post_voucher, prepare_vouchers, reverse_voucher
from tests.payable import closed_bundle, open_treasury
from tests.sample_scans import pdf, picture, tiff
from tests.scan_looks import attached, count, faults, names, spoil, url_of
from tests.small_office import form, open_small_office

PASSWORD = "Vang Vieng 2026"


@pytest.fixture
def people(db):
    return open_small_office(db)


@pytest.fixture
def admin(db):
    return sign_in(db, "admin", PASSWORD)


# --- what is posted, and what nothing refers to


def posted(db):
    """A claim on a posted voucher with a page attached, and the ones who did it."""
    people = open_treasury(db)
    bundle = closed_bundle(db, people, 1)
    claim_id = db.read(lambda session: session.execute(select(Claim.id)).scalar_one())
    paper = add_scan(db, people.staff.noy, picture()).sha256
    with db.session() as session:
        session.add(ClaimScan(claim_id=claim_id, position=1, sha256=paper, page_no=1, rotation=0))
        session.commit()
    for key in make_batches(db, people.staff.kham, bundle):
        approve_batch(db, people.vanh, key)
    (voucher,) = prepare_vouchers(db, people.mai)
    certify_voucher(db, people.tou, voucher)
    post_voucher(db, people.tou, voucher, on=date(2026, 5, 4))
    return people, claim_id, voucher


CHANGES = (
    "DELETE FROM claim_scans",
    "UPDATE claim_scans SET page_no = 2",
    "UPDATE scans SET size = 1",
    "INSERT INTO claim_scans SELECT claim_id, 2, sha256, 2, 0 FROM claim_scans",
)


@pytest.mark.parametrize("statement", CHANGES)
def test_the_papers_of_a_posted_claim_are_kept_by_the_database_itself(db, statement):
    posted(db)
    with pytest.raises(Exception, match="refused by the ledger"), db.engine.begin() as connection:
        connection.execute(text(statement))


def test_the_papers_of_a_claim_once_posted_stay_after_its_reversal(db):
    people, claim_id, voucher = posted(db)
    reversal = reverse_voucher(db, people.mai, voucher, "wrong account")
    certify_voucher(db, people.tou, reversal)
    post_voucher(db, people.tou, reversal, on=date(2026, 5, 5))
    with pytest.raises(Exception, match="ever posted"), db.engine.begin() as connection:
        connection.execute(text("DELETE FROM claim_scans"))
    assert len(attached(db, claim_id)) == 1


def test_only_scans_nothing_refers_to_for_long_are_let_go(db, people, admin):
    used, loose, young = (add_scan(db, people.noy, picture(text)).sha256 for text in ("used", "loose", "young"))
    key_claim(db, people.noy, form("F-1"), None, pages=[ScanPage(used)])
    behind_the_guard(db, used, loose)
    with pytest.raises(Refused):
        drop_loose_scans(db, people.noy)
    assert drop_loose_scans(db, admin) == 1
    assert names(db) == sorted([used, young])
    assert (drop_loose_scans(db, admin), faults(db)) == (0, [])


def behind_the_guard(db, *old):
    """Let scans be older than they are."""
    with db.engine.begin() as connection:
        if db.is_sqlite:
            (made,) = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = 'guard_scans_update'")).one()
            connection.execute(text("DROP TRIGGER guard_scans_update"))
        else:
            connection.execute(text("ALTER TABLE scans DISABLE TRIGGER USER"))
        for row in connection.execute(select(Scan.id, Scan.added_at).where(Scan.sha256.in_(old))).all():
            connection.execute(
                update(Scan).where(Scan.id == row.id).values(added_at=row.added_at - timedelta(days=LOOSE_DAYS + 1))
            )
        connection.execute(text(made if db.is_sqlite else "ALTER TABLE scans ENABLE TRIGGER USER"))


# --- backup, restore, verify


def test_a_backup_holds_the_scans_and_a_restore_brings_them_to_either_engine(db, people, admin, empty_db, tmp_path):
    papers = [add_scan(db, people.noy, content).sha256 for content in (picture(), pdf("a", "b"), tiff(2))]
    claim_id = key_claim(db, people.noy, form("F-1"), None, pages=[ScanPage(papers[1], 2)])
    path = backup(db, admin, tmp_path / "office.backup")
    if db.is_sqlite:
        shutil.rmtree(folder_beside(db.path))
    restore(url_of(empty_db), admin, path)
    assert names(empty_db) == sorted(papers)
    assert attached(empty_db, claim_id) == (ScanPage(papers[1], 2),)
    assert faults(empty_db) == []
    assert count(empty_db, ScanBytes) == (0 if empty_db.is_sqlite else 3)


def test_a_restore_leaves_what_came_in_since_where_it_is(db, people, admin, tmp_path):
    first = add_scan(db, people.noy, picture("1")).sha256
    path = backup(db, admin, tmp_path / "office.backup")
    later = add_scan(db, people.noy, picture("2")).sha256
    kept = restore(url_of(db), admin, path).kept
    assert count(db, Scan) == 1
    assert names(db) == sorted([first, later])
    assert faults(db) == []
    restore(url_of(db), admin, kept)
    assert (count(db, Scan), faults(db)) == (2, [])


def test_a_backup_whose_scan_was_changed_is_refused_and_nothing_changes(db, people, admin, tmp_path):
    add_scan(db, people.noy, picture())
    path = backup(db, admin, tmp_path / "office.backup")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TRIGGER guard_scan_bytes_update")
        connection.execute("UPDATE scan_bytes SET content = ?", (picture("forged"),))
        connection.commit()
    before = count(db, AuditEntry)
    with pytest.raises(UserError, match="in the backup was changed"):
        restore(url_of(db), admin, path)
    assert (count(db, AuditEntry), faults(db)) == (before, [])


def test_no_backup_waits_for_a_scan_that_is_gone(db, people, admin, empty_db, tmp_path):
    gone, there = (add_scan(db, people.noy, picture(text)).sha256 for text in ("gone", "there"))
    spoil(db, gone, None)
    done = restore(url_of(empty_db), admin, backup(db, admin, tmp_path / "office.backup"))
    assert names(empty_db) == [there]
    assert [gone[:12] in str(scan) for scan in done.without] == [True]
    assert [fault for fault in faults(empty_db) if gone[:12] in fault] != []
