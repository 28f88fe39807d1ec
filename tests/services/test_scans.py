"""Scans are kept by what they hold, follow the database everywhere, and cannot do harm."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import event, func, select, text, update

from claims_desk.domain.errors import Refused, UserError
from claims_desk.domain.scans import MOST_BYTES, ScanKind, ScanPage, Zone, digest_of
from claims_desk.imports import scan_file
from claims_desk.imports.scan_file import look_at, page_picture
from claims_desk.models import AuditEntry, Claim, ClaimScan, Scan, ScanBytes
from claims_desk.models.database import Database
from claims_desk.queries.facts import load_cases, load_claims, load_registers
from claims_desk.queries.results import finding_rows
from claims_desk.queries.scans import pages_of_claim, scan_zones
from claims_desk.services.backup import backup, restore
from claims_desk.services.batches import approve_batch, make_batches
from claims_desk.services.claims import correct_claim, key_claim, void_claim
from claims_desk.services.judgement import adjudicate, preview
from claims_desk.services.scan_store import FolderStore, folder_beside, read_scan, store_of
from claims_desk.services.scan_zones import set_zones
from claims_desk.services.scans import LOOSE_DAYS, add_scan, drop_loose_scans
from claims_desk.services.sign_in import sign_in
from claims_desk.services.verify import verify
from claims_desk.services.vouchers import certify_voucher, post_voucher, prepare_vouchers, reverse_voucher
from tests.payable import closed_bundle, open_treasury
from tests.sample_scans import locked_pdf, pdf, pdf_bomb, picture, png_bomb, tiff
from tests.small_office import form, open_small_office

PASSWORD = "Vang Vieng 2026"


@pytest.fixture
def people(db):
    return open_small_office(db)


@pytest.fixture
def admin(db):
    return sign_in(db, "admin", PASSWORD)


def count(db, kind):
    return db.read(lambda session: session.execute(select(func.count()).select_from(kind)).scalar_one())


def faults(db):
    return [str(fault) for finding in verify(db) for fault in finding.faults]


def attached(db, claim_id):
    return db.read(pages_of_claim, claim_id)


def names(db):
    return db.read(lambda session: list(store_of(session).names()))


def codes(db, claim_id):
    return {row[3] for row in db.read(finding_rows, [claim_id])}


def url_of(db):
    return db.engine.url.render_as_string(hide_password=False)


# --- what comes in


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP", "BMP"])
def test_every_kind_of_picture_is_known_by_its_bytes_and_comes_back_whole(kind):
    content = picture("x", kind)
    found = look_at(content)
    assert (found.kind, found.pages, found.sha256) == (ScanKind(kind), ((210, 297),), digest_of(content))
    shown = page_picture(content, 1, 100)
    assert (shown.width in (70, 71), shown.height) == (True, 100)
    assert len(shown.pixels) == shown.width * 100 * 3


def test_papers_of_several_pages_are_counted_and_shown_page_by_page():
    assert [len(look_at(paper).pages) for paper in (pdf("a", "b", "c"), tiff(4))] == [3, 4]
    assert look_at(pdf("a")).pages == ((595, 842),)
    for paper in (pdf("first", "second"), tiff(2)):
        assert page_picture(paper, 1, 400).pixels != page_picture(paper, 2, 400).pixels


HOSTILE = {
    "nothing in it": (b"", "empty"),
    "a letter": (b"PK\x03\x04" + b"x" * 99, "neither a picture nor a PDF"),
    "a text that says it is a PDF": (b"%PDF-1.7\nhello\n%%EOF", "damaged"),
    "half a PDF": (pdf("a", "b")[:-200], "cut short"),
    "a locked PDF": (locked_pdf(), "password"),
    "half a JPEG": (picture("x", "JPEG")[:-900], "damaged or cut short"),
    "half a PNG": (picture("x", "PNG")[:-60], "damaged or cut short"),
    "half a TIFF": (tiff(3)[:300], "damaged or cut short"),
    "a picture of milliards of pixels": (png_bomb(), "more than 50"),
    "a picture just over the limit": (png_bomb(10_000, 5_001), "more than 50"),
    "a PDF that unpacks to too much": (pdf_bomb(), "100.000.000 pixels"),
    "a PDF of 301 pages": (pdf(*"x" * 301), "301 pages"),
    "a TIFF of 301 pages": (tiff(301), "301 pages"),
    "too large": (picture("x", "PNG") + b"\0" * MOST_BYTES, "larger than 25 MB"),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_what_cannot_be_shown_is_refused_in_one_sentence_and_nothing_stays(content, new_sqlite):
    db = Database.open(new_sqlite(True))
    people = open_small_office(db)
    before = count(db, AuditEntry)
    with pytest.raises(UserError, match=content[1]) as refused:
        add_scan(db, people.noy, content[0])
    assert refused.value.advice
    assert (count(db, Scan), count(db, AuditEntry), names(db)) == (0, before, [])
    assert not folder_beside(db.path).exists()
    db.close()


def test_a_large_file_is_not_read_to_its_end(tmp_path):
    path = tmp_path / "huge.pdf"
    with path.open("wb") as stream:
        stream.truncate(MOST_BYTES * 40)
    with pytest.raises(UserError, match="larger than 25 MB"):
        scan_file.read_scan_file(path)


# --- how it is kept


def test_the_same_bytes_are_kept_once_and_only_a_clerk_brings_them(db, people, admin):
    content = picture()
    found = add_scan(db, people.noy, content, "scan 1.png")
    again = add_scan(db, people.kham, content, "copy.png")
    assert found == again
    assert (count(db, Scan), names(db)) == (1, [digest_of(content)])
    assert db.read(read_scan, found.sha256) == content
    with pytest.raises(Refused):
        add_scan(db, people.seng, picture("2"))
    with pytest.raises(Refused):
        add_scan(db, admin, picture("2"))
    assert count(db, ScanBytes) == (0 if db.is_sqlite else 1)


def test_a_scan_changed_or_gone_is_never_shown_and_can_be_brought_again(db, people):
    content = picture()
    found = add_scan(db, people.noy, content)
    spoil(db, found.sha256, picture("forged"))
    with pytest.raises(UserError, match="changed behind the program"):
        db.read(read_scan, found.sha256)
    assert any("was changed" in fault for fault in faults(db))
    spoil(db, found.sha256, None)
    with pytest.raises(UserError, match="missing"):
        db.read(read_scan, found.sha256)
    assert any("is missing" in fault for fault in faults(db))
    add_scan(db, people.noy, content)
    assert db.read(read_scan, found.sha256) == content
    assert faults(db) == []


def spoil(db, sha256, content):
    """Change or take away a scan as somebody with the file or the server in his hands would."""
    with db.session() as session:
        store = store_of(session)
        store.drop(sha256)
        if content is not None:
            store.keep(sha256, content)
        session.commit()


KILLED = """
import os, signal, sys
from pathlib import Path
from claims_desk.services import safety_copy, scan_store

def die(*_args):
    os.kill(os.getpid(), signal.SIGKILL)

setattr(*{"before the rename": (scan_store, "put_in_place", die)}[sys.argv[3]])
scan_store.FolderStore(Path(sys.argv[1])).keep(sys.argv[2], b"x" * 1_000_000)
"""


def test_killed_while_a_file_is_written_leaves_no_half_file_under_its_name(tmp_path):
    sha256 = digest_of(b"x" * 1_000_000)
    store = FolderStore(tmp_path / "scans")
    done = subprocess.run([sys.executable, "-c", KILLED, str(store.folder), sha256, "before the rename"], check=False)
    assert done.returncode == -signal.SIGKILL
    assert (store.find(sha256), list(store.names())) == (None, [])
    (left,) = (tmp_path / "scans" / sha256[:2]).iterdir()
    os.utime(left, (0, 0))
    store.keep(sha256, b"x" * 1_000_000)
    assert [path.name for path in (tmp_path / "scans" / sha256[:2]).iterdir()] == [sha256]


# --- on a claim


def test_pages_are_attached_in_order_with_their_turns_and_stand_in_the_trail(db, people):
    paper = add_scan(db, people.noy, pdf("a", "b", "c")).sha256
    pages = (ScanPage(paper, 3, 90), ScanPage(paper, 1))
    claim_id = key_claim(db, people.noy, form("F-1"), None, pages=pages)
    assert attached(db, claim_id) == pages
    assert db.read(load_claims, [claim_id])[0].scans == (f"{paper}/3", f"{paper}/1")
    correct_claim(db, people.noy, claim_id, None, form("F-1"))
    assert attached(db, claim_id) == pages
    correct_claim(db, people.noy, claim_id, None, form("F-1"), pages[1:])
    assert attached(db, claim_id) == pages[1:]
    trail = select(AuditEntry.before, AuditEntry.after).where(AuditEntry.record_id == claim_id)
    last = db.read(lambda session: session.execute(trail.order_by(AuditEntry.seq.desc())).first())
    assert f"{paper}/3 90" in last.before
    assert f"{paper}/3" not in last.after


@pytest.mark.parametrize(
    "pages",
    [
        [ScanPage("0" * 64)],
        [ScanPage("known", 3)],
        [ScanPage("known", 0)],
        [ScanPage("known", 1, 45)],
        [ScanPage("known", 1), ScanPage("known", 1, 90)],
        [ScanPage("known", 1)] * 301,
    ],
)
def test_a_page_that_is_not_kept_twice_there_or_askew_is_refused_and_no_claim_is_made(db, people, pages):
    paper = add_scan(db, people.noy, pdf("a", "b")).sha256
    with pytest.raises(UserError):
        key_claim(
            db,
            people.noy,
            form("F-1"),
            None,
            pages=[replace(p, sha256=paper) if p.sha256 == "known" else p for p in pages],
        )
    assert (count(db, Claim), count(db, ClaimScan)) == (0, 0)


def test_one_paper_on_two_claims_is_told_while_keying_and_when_judged(db, people):
    paper = add_scan(db, people.noy, picture()).sha256
    first = key_claim(db, people.noy, form("F-1"), None, pages=[ScanPage(paper)])
    second = form("F-2", member_no="N-2", facility_code="DH1", scans=(f"{paper}/1",))
    registers = db.read(load_registers)
    (told,) = [found for found in preview(db, second, registers).judgement.findings if found.code == "X05"]
    assert "F-1" in str(told.message)
    second_id = key_claim(db, people.noy, second, None, pages=[ScanPage(paper, 1, 180)])
    adjudicate(db, people.noy)
    assert ("X05" in codes(db, first), "X05" in codes(db, second_id)) == (False, True)


def test_other_pages_of_one_file_are_other_papers(db, people):
    paper = add_scan(db, people.noy, pdf("a", "b")).sha256
    ids = [
        key_claim(db, people.noy, form(f"F-{n}", member_no=f"N-{n}"), None, pages=[ScanPage(paper, n)]) for n in (1, 2)
    ]
    adjudicate(db, people.noy)
    assert [code for claim_id in ids for code in codes(db, claim_id) if code == "X05"] == []


def test_a_void_claims_paper_may_be_used_again_and_a_claims_own_page_is_no_double(db, people):
    paper = add_scan(db, people.noy, picture()).sha256
    first = key_claim(db, people.noy, form("F-1"), None, pages=[ScanPage(paper)])
    void_claim(db, people.noy, first, None, "keyed twice")
    second = key_claim(db, people.noy, form("F-2"), None, pages=[ScanPage(paper)])
    kept = db.read(load_claims, [second])[0]
    assert "X05" not in {found.code for found in preview(db, kept, db.read(load_registers)).judgement.findings}
    adjudicate(db, people.noy)
    assert "X05" not in codes(db, second)


def test_a_page_added_to_an_earlier_claim_is_not_held_against_it_for_a_later_one(db, people):
    paper = add_scan(db, people.noy, picture()).sha256
    first = key_claim(db, people.noy, form("F-1"), None)
    key_claim(db, people.noy, form("F-2", member_no="N-2"), None, pages=[ScanPage(paper)])
    now = replace(db.read(load_claims, [first])[0], scans=(f"{paper}/1",))
    assert "X05" not in {found.code for found in preview(db, now, db.read(load_registers)).judgement.findings}


def test_one_claim_and_many_take_the_same_statements_to_find_shared_papers(db, people):
    paper = add_scan(db, people.noy, pdf(*"abcdefghijklmnopqrst")).sha256
    pages = [ScanPage(paper, 1 + n // 2) for n in range(40)]
    for n, page in enumerate(pages):
        key_claim(db, people.noy, form(f"F-{n}", member_no=f"N-{n % 4}"), None, pages=[page])
    counts, shared = [], []
    with db.session() as session:
        registers = load_registers(session)
        ids = session.execute(select(Claim.id).order_by(Claim.id)).scalars().all()
        for few in (ids[:1], ids):
            said = []
            listen = lambda *about, said=said: said.append(about[2])  # noqa: E731
            event.listen(db.engine, "before_cursor_execute", listen)
            cases = load_cases(session, load_claims(session, few), registers)
            event.remove(db.engine, "before_cursor_execute", listen)
            counts.append(len(said))
            shared = [[other.form_no for other in case.earlier if other.scans] for case in cases]
    assert counts[0] == counts[1]
    assert shared == [[f"F-{n - 1}"] if n % 2 else [] for n in range(40)]


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
    restore(url_of(empty_db), admin, backup(db, admin, tmp_path / "office.backup"))
    assert names(empty_db) == [there]
    assert [fault for fault in faults(empty_db) if gone[:12] in fault] != []


# --- zones


def zone(field, left=100, top=200, form_type="", **changes):
    return replace(Zone(form_type, field, 1, left, top, 3000, 400), **changes)


def test_zones_are_set_moved_and_taken_away_with_an_entry_each(db, people):
    entries = count(db, AuditEntry)
    set_zones(db, people.seng, "", [zone("form_no"), zone("member_no", 5000)])
    set_zones(db, people.seng, "", [zone("form_no"), zone("member_no", 6000)])
    set_zones(db, people.seng, "IPD", [zone("form_no", 1, form_type="IPD")])
    set_zones(db, people.seng, "", [zone("member_no", 6000)])
    set_zones(db, people.seng, "", [zone("member_no", 6000)])
    assert count(db, AuditEntry) == entries + 5
    found = db.read(scan_zones)
    assert set(found) == {("", "member_no"), ("IPD", "form_no")}
    assert found["", "member_no"] == zone("member_no", 6000)


@pytest.mark.parametrize(
    ("changes", "form_type"),
    [
        ({"left": 7001}, ""),
        ({"top": -1}, ""),
        ({"height": 3}, ""),
        ({"page_no": 0}, ""),
        ({"form_type": "XRAY"}, "XRAY"),
        ({"form_type": "IPD"}, "OPD"),
    ],
)
def test_a_zone_outside_the_page_or_of_no_form_is_refused(db, people, changes, form_type):
    with pytest.raises(UserError):
        set_zones(db, people.seng, form_type, [zone("form_no", **changes)])
    assert db.read(scan_zones) == {}


def test_who_keys_sets_no_zones(db, people, admin):
    with pytest.raises(Refused):
        set_zones(db, people.noy, "", [zone("form_no")])
    set_zones(db, admin, "", [zone("form_no")])
    assert set(db.read(scan_zones)) == {("", "form_no")}
