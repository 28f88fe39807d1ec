"""What goes wrong with paper while a clerk keys: told once in a sentence, and no page is lost."""

from __future__ import annotations

import shutil
from threading import Event

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from claims_desk.domain.scans import MOST_PAGES, ScanPage, digest_of
from claims_desk.models import Scan
from claims_desk.services.scan_store import FolderStore, folder_beside
from claims_desk.ui import background
from tests.sample_scans import pdf, picture
from tests.ui.key.papers import drop, fill, keyed

LONG = "ໃບຮ້ອງຂໍ" * 10 + ".png"


@pytest.fixture
def lane(pane):
    """Holds up the lane in which scans are read, until it is let go."""
    held = Event()
    yield lambda: background.draw(pane, held.wait, lambda _none: None, rank=background.FIRST), held.set
    held.set()


def store(clerk):
    return FolderStore(folder_beside(clerk.db.path))


def test_f9_waits_for_a_scan_that_is_still_being_read(clerk, pane, paper, lane):
    hold, let_go = lane
    clerk.go_to("form_no")
    clerk.type("1")
    hold()
    drop(pane, paper(pdf("a")))
    for _ in range(2):
        pane.keying.save()
    assert "still being read" in clerk.told()
    let_go()
    clerk.settle()
    fill(clerk, "1")
    assert keyed(clerk) == [(ScanPage(digest_of(pdf("a"))),)]


def test_paper_that_comes_when_another_form_is_on_the_table_waits_on_the_tray(clerk, pane, paper, lane):
    hold, let_go = lane
    hold()
    drop(pane, paper(pdf("a")))
    pane.keying.new_form()
    let_go()
    clerk.settle()
    assert pane.keying.scans.pages == ()
    assert pane.keying.scans.waiting() == (ScanPage(digest_of(pdf("a"))),)


def test_paper_that_comes_while_the_form_is_saved_waits_on_the_tray(clerk, pane, paper):
    first, late = ScanPage("a" * 64), ScanPage("b" * 64)
    scans = pane.keying.scans
    scans.show([first])
    scans.hand_in()
    scans.attach([late])
    scans.saved()
    scans.begin()
    assert scans.waiting() == (late,)


def test_the_same_paper_twice_on_one_form_is_told_and_stands_there_once(clerk, pane, paper):
    same = [paper(picture(), name) for name in ("a.png", "b.png")]
    drop(pane, *same)
    clerk.settle()
    assert len(pane.keying.scans.pages) == 1
    assert clerk.told() == ""
    drop(pane, same[0])
    clerk.settle()
    assert "stands on the form already" in clerk.told()
    assert len(pane.keying.scans.pages) == 1


def test_a_file_deleted_under_the_program_is_told_in_its_place_and_brought_again(clerk, pane, paper):
    file = paper(picture(), "a.png")
    drop(pane, file)
    clerk.settle()
    fill(clerk, "1")
    pane.scan.viewer.pictures.forget()
    store(clerk).path_of(digest_of(picture())).unlink()
    drop(pane, paper(picture("b"), "b.png"))
    clerk.settle()
    pane.keying.scans.attach([ScanPage(digest_of(picture()))])
    clerk.settle()
    view = pane.scan.viewer.page
    assert "missing" in view.words
    drop(pane, file)
    clerk.settle()
    assert view.words == ""
    assert not view.page_size().isEmpty()


def test_a_store_nobody_may_write_is_told_and_nothing_stays(clerk, pane, paper):
    folder_beside(clerk.db.path).write_bytes(b"in the way")
    drop(pane, paper(picture(), "a.png"))
    clerk.settle()
    assert "could not be read or written" in clerk.told()
    assert pane.keying.scans.pages == ()
    assert clerk.db.read(lambda session: session.execute(select(Scan)).all()) == []


def test_what_the_scanner_brought_while_the_disk_took_nothing_is_told_once_and_comes_later(
    clerk, pane, tmp_path, qtbot
):
    folder = tmp_path / "scanner"
    folder.mkdir()
    (folder / "scan.pdf").write_bytes(pdf("a"))
    in_the_way = folder_beside(clerk.db.path)
    in_the_way.write_bytes(b"")
    pane.desk.settings.scan_folder = str(folder)
    pane.refresh()
    qtbot.waitUntil(lambda: "scan.pdf" in clerk.told(), timeout=20_000)
    pane.strip.hide()
    watch = pane.keying.scans.tray._watch
    for _ in range(3):
        watch.look()
        clerk.settle()
    assert clerk.told() == ""
    in_the_way.unlink()
    for _ in range(3):
        watch.look()
        clerk.settle()
    qtbot.waitUntil(lambda: len(pane.keying.scans.waiting()) == 1, timeout=20_000)


def test_a_file_that_is_gone_and_a_folder_without_scans_are_named(clerk, pane, paper, tmp_path):
    gone = paper(pdf("a"), "gone.pdf")
    gone.unlink()
    drop(pane, gone)
    clerk.settle()
    assert "gone.pdf" in clerk.told()
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "Thumbs.db").write_bytes(b"x")
    drop(pane, tmp_path / "empty")
    clerk.settle()
    assert "no scan in the folder “empty”" in clerk.told()


def test_a_folder_brings_its_scans_in_the_order_of_their_names_and_nothing_else(clerk, pane, tmp_path, answer):
    folder = tmp_path / "scans"
    folder.mkdir()
    for name, word in (("b.png", "b"), ("a.png", "a")):
        (folder / name).write_bytes(picture(word))
    (folder / "Thumbs.db").write_bytes(b"x")
    drop(pane, folder)
    clerk.settle()
    answer(pane)
    assert [page.sha256 for page in pane.keying.scans.pages] == [digest_of(picture(word)) for word in "ab"]
    assert clerk.told() == ""


def test_more_files_than_a_claim_has_pages_are_refused_before_any_is_read(clerk, pane, tmp_path):
    folder = tmp_path / "archive"
    folder.mkdir()
    for number in range(MOST_PAGES + 1):
        (folder / f"{number}.png").touch()
    drop(pane, folder)
    clerk.settle()
    assert "301 files came at once" in clerk.told()


def test_a_lao_name_and_a_very_long_one_are_attached_and_named_shortly(clerk, pane, paper):
    drop(pane, paper(picture(), LONG))
    clerk.settle()
    assert clerk.db.read(lambda session: session.execute(select(Scan.name)).scalar_one()) == LONG
    drop(pane, paper(b"", "x" * 246 + ".pdf"))
    clerk.settle()
    assert "…xxxxxxxx.pdf" in clerk.told()
    assert len(clerk.told()) < 200
    assert pane.width() == 1170


def test_an_empty_file_from_the_scanner_is_told_by_its_name(clerk, pane, tmp_path, qtbot):
    folder = tmp_path / "scanner"
    folder.mkdir()
    (folder / "nothing.pdf").touch()
    pane.desk.settings.scan_folder = str(folder)
    pane.refresh()
    watch = pane.keying.scans.tray._watch
    for _ in range(14):
        watch.look()
        clerk.settle()
    qtbot.waitUntil(lambda: "nothing.pdf" in clerk.told(), timeout=20_000)
    assert "empty" in clerk.told()


def test_the_scanners_drive_taken_away_and_brought_back(clerk, pane, tmp_path, qtbot):
    folder = tmp_path / "drive" / "scanner"
    folder.mkdir(parents=True)
    pane.desk.settings.scan_folder = str(folder)
    pane.refresh()
    clerk.settle()
    shutil.rmtree(folder.parent)
    watch = pane.keying.scans.tray._watch
    watch.look()
    clerk.settle()
    assert "is not there" in clerk.told()
    folder.mkdir(parents=True)
    (folder / "late.pdf").write_bytes(pdf("late"))
    for _ in range(3):
        watch.look()
        clerk.settle()
    qtbot.waitUntil(lambda: len(pane.keying.scans.waiting()) == 1, timeout=20_000)


def test_the_first_page_that_waits_is_drawn_before_its_form_begins(clerk, pane, paper, answer):
    drop(pane, paper(pdf(*"ab")))
    clerk.settle()
    answer(pane, 1)
    fill(clerk, "1")
    view = pane.scan.viewer
    assert view.pages == (ScanPage(digest_of(pdf(*"ab")), 2),)
    drop(pane, paper(pdf(*"cd")))
    clerk.settle()
    answer(pane, 1)
    clerk.settle()
    waits = pane.keying.scans.waiting()[0]
    drawn = []
    view.pictures.ask(waits, 2_400, lambda picture: drawn.append(picture.height()), drawn.append, lambda: True)
    assert drawn == [2_400]


def test_pages_and_turns_by_keys_alone_with_twelve_pages(clerk, pane, paper, answer):
    drop(pane, paper(pdf(*"abcdefghijkl")))
    clerk.settle()
    answer(pane)
    view, ctrl = pane.scan.viewer, Qt.KeyboardModifier.ControlModifier
    clerk.go_to("member_no")
    for _ in range(14):
        clerk.press(Qt.Key.Key_PageDown, modifier=ctrl)
    assert view.place == 11
    assert view.thumbnails.currentRow() == 11
    above, shown = (view.thumbnails.visualItemRect(view.thumbnails.item(row)) for row in (10, 11))
    assert (above.left(), above.top() < shown.top()) == (shown.left(), True)
    assert view.thumbnails.viewport().rect().contains(shown.center())
    clerk.press(Qt.Key.Key_R, modifier=ctrl)
    assert (view.place, view.page.rotation, clerk.at()) == (11, 90, "member_no")
    clerk.press(Qt.Key.Key_F7)
    clerk.press(Qt.Key.Key_PageUp, Qt.Key.Key_Home)
    assert view.place == 0
    clerk.press(Qt.Key.Key_End)
    assert view.place == 11
    clerk.press(Qt.Key.Key_Escape)
    assert clerk.at() == "member_no"
    assert [page.rotation for page in pane.keying.scans.pages] == [0] * 11 + [90]
