"""Scans are kept by what they hold, follow the database everywhere, and cannot do harm."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace

import pytest
from sqlalchemy import event, select

from claims_desk.domain.errors import Refused, UserError
from claims_desk.domain.scans import MOST_BYTES, ScanKind, ScanPage, digest_of
from claims_desk.imports import scan_file
from claims_desk.imports.scan_file import look_at, page_picture
from claims_desk.models import AuditEntry, Claim, ClaimScan, Scan, ScanBytes
from claims_desk.models.database import Database
from claims_desk.queries.facts import load_cases, load_claims, load_registers
from claims_desk.queries.results import finding_rows
from claims_desk.services.claims import correct_claim, key_claim, void_claim
from claims_desk.services.judgement import adjudicate, preview
from claims_desk.services.scan_store import FolderStore, folder_beside, read_scan
from claims_desk.services.scans import add_scan
from claims_desk.services.sign_in import sign_in
from tests.sample_scans import locked_pdf, pdf, pdf_bomb, picture, png_bomb, tiff
from tests.scan_looks import attached, count, faults, names, spoil
from tests.small_office import form, open_small_office

PASSWORD = "Vang Vieng 2026"


@pytest.fixture
def people(db):
    return open_small_office(db)


@pytest.fixture
def admin(db):
    return sign_in(db, "admin", PASSWORD)


def codes(db, claim_id):
    return {row[3] for row in db.read(finding_rows, [claim_id])}


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
