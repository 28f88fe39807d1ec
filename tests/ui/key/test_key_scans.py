"""The paper beside the form: brought by every way, turned, followed, split, kept, and never in the clerk's way."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from sqlalchemy import select, update

from claims_desk.domain.codes import ClaimState
from claims_desk.domain.messages import say
from claims_desk.domain.scans import LINES, ScanPage, Zone, digest_of
from claims_desk.models import Claim, Scan
from claims_desk.services.scan_zones import set_zones
from claims_desk.ui.settings import load_settings
from claims_desk.ui.speech import switch_language
from tests.sample_scans import pdf, picture
from tests.sampling import draw_all
from tests.ui.conftest import type_keys
from tests.ui.key.papers import drop, fill, keyed

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_a_dropped_file_stands_above_the_form_and_is_saved_with_it(clerk, pane, paper):
    assert pane.scan.isHidden()
    clerk.go_to("member_no")
    drop(pane, paper(pdf("a")))
    clerk.settle()
    assert pane.scan.isVisible()
    assert clerk.at() == "member_no"
    assert not pane.scan.viewer.page.page_size().isEmpty()
    fill(clerk, "1")
    assert keyed(clerk) == [(ScanPage(digest_of(pdf("a"))),)]
    assert pane.scan.isHidden()


def test_a_copied_picture_and_a_copied_file_are_pasted_from_within_a_field(clerk, pane, paper):
    image = QImage(210, 297, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    clerk.go_to("patient_name")
    QApplication.clipboard().setImage(image)
    clerk.press(Qt.Key.Key_V, modifier=CTRL)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(paper(picture("second"), "second.png")))])
    QApplication.clipboard().setMimeData(mime)
    clerk.press(Qt.Key.Key_V, modifier=CTRL)
    assert len(pane.keying.scans.pages) == 2
    assert (clerk.at(), clerk.text("patient_name")) == ("patient_name", "")
    QApplication.clipboard().setText("ບຸນມີ")
    clerk.press(Qt.Key.Key_V, modifier=CTRL)
    assert clerk.text("patient_name") == "ບຸນມີ"


@pytest.mark.parametrize("name", ["letter.docx", "locked.jpg", "empty.pdf"])
def test_what_is_no_scan_is_told_in_the_strip_and_the_form_goes_on(clerk, pane, paper, name):
    clerk.go_to("member_no")
    drop(pane, paper(b"" if name == "empty.pdf" else b"PK\x03\x04", name))
    clerk.settle()
    assert clerk.told()
    assert pane.scan.isHidden()
    assert clerk.at() == "member_no"
    assert clerk.db.read(lambda session: session.execute(select(Scan)).all()) == []


def test_the_page_turns_and_grows_by_keys_and_stays_turned(clerk, pane, paper):
    drop(pane, paper(picture(), "a.png"))
    clerk.settle()
    clerk.go_to("member_no")
    fitted = pane.scan.viewer.page.page_size()
    clerk.press(Qt.Key.Key_R, modifier=CTRL)
    assert pane.scan.viewer.page.rotation == 90
    assert pane.scan.viewer.page.page_size().height() < fitted.height()
    clerk.press(Qt.Key.Key_F7)
    assert pane.scan.viewer.page.hasFocus()
    clerk.press(Qt.Key.Key_R, Qt.Key.Key_Plus)
    assert pane.scan.viewer.page.page_size().width() > fitted.width()
    clerk.press(Qt.Key.Key_0)
    assert pane.scan.viewer.page.page_size() == fitted
    clerk.press(Qt.Key.Key_Escape)
    assert clerk.at() == "member_no"
    fill(clerk, "1")
    assert keyed(clerk) == [(ScanPage(digest_of(picture()), 1, 180),)]


def test_many_pages_go_to_as_many_forms_as_they_belong_to(clerk, pane, paper, answer):
    content = pdf(*"abcde")
    drop(pane, paper(content))
    clerk.settle()
    answer(pane, 2)
    for form_no in "123":
        fill(clerk, form_no)
    sha256 = digest_of(content)
    assert [[page.page_no for page in pages] for pages in keyed(clerk)] == [[1, 2], [3, 4], [5]]
    assert {page.sha256 for pages in keyed(clerk) for page in pages} == {sha256}
    assert pane.keying.scans.waiting() == ()


def test_what_waits_on_the_tray_is_there_after_a_power_cut_and_taken_by_hand(clerk, pane, paper, answer):
    drop(pane, paper(pdf(*"abc")))
    clerk.settle()
    answer(pane, 1)
    second = clerk.sit_down()
    assert [page.page_no for page in second.keying.scans.pages] == [1]
    assert [page.page_no for page in second.keying.scans.waiting()] == [2, 3]
    clerk.go_to("form_no")
    clerk.press(Qt.Key.Key_J, modifier=CTRL)
    assert [page.page_no for page in second.keying.scans.pages] == [1, 2]
    clerk.press(Qt.Key.Key_PageUp, modifier=CTRL)
    clerk.press(Qt.Key.Key_J, modifier=CTRL | SHIFT)
    assert [page.page_no for page in second.keying.scans.pages] == [2]
    assert [page.page_no for page in second.keying.scans.waiting()] == [1, 3]


def test_a_draft_comes_back_with_its_scan(clerk, pane, paper):
    clerk.go_to("patient_name")
    type_keys(clerk.focus(), "Boun")
    drop(pane, paper(pdf("a")))
    clerk.settle()
    again = clerk.sit_down()
    assert again.keying.scans.pages == (ScanPage(digest_of(pdf("a"))),)
    assert clerk.text("patient_name") == "Boun"


def test_the_paper_goes_to_where_the_field_in_focus_stands(clerk, pane, paper, answer):
    zones = [
        Zone("", "form_no", 1, 500, 500, 2000, 300),
        Zone("", "claimed_total", 2, 6000, 9000, 3000, 400),
        Zone("", LINES, 1, 500, 5000, 9000, 3000),
    ]
    set_zones(clerk.db, clerk.people.seng, "", zones)
    set_zones(clerk.db, clerk.people.seng, "IPD", [Zone("IPD", "form_no", 1, 500, 7000, 2000, 300)])
    pane.refresh()
    clerk.settle()
    drop(pane, paper(pdf("a", "b")))
    clerk.settle()
    answer(pane)
    page = pane.scan.viewer.page
    seen = {}
    for field in ("claimed_total", "form_no", "patient_name"):
        clerk.go_to(field)
        clerk.settle()
        seen[field] = (pane.scan.viewer.place, page.zone_rect())
        assert clerk.at() == field
    assert [seen[name][0] for name in ("claimed_total", "form_no")] == [1, 0]
    assert seen["patient_name"][1] is None
    for field in ("claimed_total", "form_no"):
        assert page.viewport().rect().contains(seen[field][1].center())
    pane.sheet.form.edit("care_type").set_value("IPD")
    clerk.go_to("form_no")
    lower = page.verticalScrollBar().value()
    clerk.go_to("member_no")
    pane.sheet.form.edit("care_type").set_value("OPD")
    clerk.go_to("form_no")
    assert page.verticalScrollBar().value() < lower
    pane.sheet.grid.enter()
    clerk.settle()
    assert page.zone_rect() is not None


def test_the_same_paper_on_a_second_form_is_told_while_keying(clerk, pane, paper):
    drop(pane, paper(picture(), "a.png"))
    clerk.settle()
    fill(clerk, "1")
    drop(pane, paper(picture(), "b.png"))
    clerk.settle()
    assert "X05" in clerk.codes()


def test_a_file_the_scanner_still_writes_is_taken_when_it_is_whole(clerk, pane, tmp_path, qtbot):
    folder = tmp_path / "scanner"
    folder.mkdir()
    content = pdf("a", "b")
    file = folder / "scan.pdf"
    file.write_bytes(content[:300])
    pane.desk.settings.scan_folder = str(folder)
    pane.refresh()
    watch = pane.keying.scans.tray._watch
    for _ in range(4):
        watch.look()
        clerk.settle()
    assert pane.keying.scans.waiting() == ()
    file.write_bytes(content)
    qtbot.waitUntil(lambda: len(pane.keying.scans.waiting()) == 2, timeout=20_000)
    clerk.settle()
    assert pane.scan.isVisible()
    assert pane.scan.tray.count() == 2
    watch.look()
    clerk.settle()
    assert len(pane.keying.scans.waiting()) == 2
    again = clerk.sit_down()
    again.desk.settings.scan_folder = str(folder)
    again.refresh()
    clerk.settle()
    assert len(again.keying.scans.waiting()) == 2


def test_paper_that_comes_later_is_added_to_a_claim_whose_form_no_longer_changes(clerk, pane, paper):
    draw_all(clerk.db)
    fill(clerk, "1")
    claim_id = clerk.db.read(lambda session: session.execute(select(Claim.id)).scalar_one())
    clerk.open("claim", claim_id)
    drop(pane, paper(pdf("a")))
    clerk.settle()
    clerk.press(Qt.Key.Key_F9)
    assert keyed(clerk) == [(ScanPage(digest_of(pdf("a"))),)]
    clerk.open("claim", claim_id)
    clerk.go_to("phone")
    clerk.type("020 5555")
    clerk.press(Qt.Key.Key_F9)
    assert "drawn" in clerk.told()


def test_a_denied_claim_takes_its_paper_too_and_only_then_offers_to_save(clerk, pane, paper):
    fill(clerk, "1")
    claim_id = clerk.db.read(lambda session: session.execute(select(Claim.id)).scalar_one())
    with clerk.db.session() as session:
        session.execute(update(Claim).values(state=ClaimState.DENIED))
        session.commit()
    clerk.open("claim", claim_id)
    assert not pane.price.save_button.isVisible()
    drop(pane, paper(pdf("a")))
    clerk.settle()
    assert pane.price.save_button.isVisible()
    clerk.press(Qt.Key.Key_F9)
    assert keyed(clerk) == [(ScanPage(digest_of(pdf("a"))),)]
    assert clerk.db.read(lambda session: session.execute(select(Claim.state)).scalar_one()) == ClaimState.DENIED


NORMAL, LOW = (1170, 742), (779, 486)


@pytest.mark.parametrize(("size", "least"), [(NORMAL, 200), (LOW, 130)])
@pytest.mark.parametrize("language", ["lo", "en"])
def test_the_paper_stays_high_enough_and_the_field_in_focus_whole_in_sight(
    clerk, pane, paper, qtbot, size, least, language
):
    switch_language(language)
    pane.resize(*size)
    drop(pane, paper(pdf("a")))
    clerk.settle()
    pane.strip.tell(say("Fields are still blank. Fill them, or press F9 again to save the form as it is."))
    for field in ("form_no", "diagnosis_4", "emergency", "received_date"):
        clerk.go_to(field)
        qtbot.waitUntil(lambda: pane.scan.viewer.height() >= least)
        edit = pane.sheet.form.edit(field)
        top = edit.mapTo(pane.arrangement.scroll.viewport(), QPoint(0, 0)).y()
        assert 0 <= top <= pane.arrangement.scroll.viewport().height() - edit.height()
        assert pane.price.save_button.mapTo(pane, QPoint(0, 0)).y() < size[1] - 20


def test_the_paper_is_made_large_put_away_and_brought_back_by_one_key(clerk, pane, paper, qtbot):
    drop(pane, paper(pdf("a")))
    clerk.settle()
    clerk.go_to("claimed_total")
    QApplication.processEvents()
    heights = [pane.scan.viewer.height()]
    for _ in range(2):
        clerk.press(Qt.Key.Key_F7, modifier=SHIFT)
        QApplication.processEvents()
        heights.append(pane.scan.viewer.height() if pane.scan.viewer.isVisible() else 0)
        assert clerk.at() == "claimed_total"
    assert heights[1] > heights[0] + 100
    assert heights[2] == 0
    assert load_settings().paper_size == "away"
    clerk.press(Qt.Key.Key_F7, modifier=SHIFT)
    qtbot.waitUntil(lambda: pane.scan.viewer.isVisible() and not pane.arrangement.scroll.verticalScrollBar().maximum())


def test_a_zone_is_shown_so_large_that_handwriting_can_be_read(clerk, pane, paper):
    set_zones(clerk.db, clerk.people.seng, "", [Zone("", "form_no", 1, 500, 500, 2000, 300)])
    pane.refresh()
    pane.resize(*LOW)
    drop(pane, paper(pdf("a")))
    clerk.settle()
    clerk.go_to("form_no")
    page = pane.scan.viewer.page
    assert page.page_size().width() * 6 / 210 >= 22  # a line of 6 mm in pixels
    assert page.viewport().rect().contains(page.zone_rect())


def test_of_many_files_the_good_ones_are_attached_and_the_damaged_one_is_named(clerk, pane, paper, answer):
    files = (paper(pdf("a"), "a.pdf"), paper(picture("x", "JPEG")[:-900], "torn.jpg"), paper(pdf("b"), "b.pdf"))
    drop(pane, *files)
    clerk.settle()
    assert "torn.jpg" in clerk.told()
    answer(pane, 1)
    assert [page.sha256 for page in pane.keying.scans.pages] == [digest_of(pdf("a"))]
    assert [page.sha256 for page in pane.keying.scans.waiting()] == [digest_of(pdf("b"))]


def test_a_scanners_folder_that_vanishes_is_told_once_and_taken_up_when_it_is_back(clerk, pane, tmp_path, qtbot):
    folder = tmp_path / "scanner"
    pane.desk.settings.scan_folder = str(folder)
    pane.refresh()
    clerk.settle()
    assert "is not there" in clerk.told()
    pane.strip.hide()
    watch = pane.keying.scans.tray._watch
    watch.look()
    clerk.settle()
    assert clerk.told() == ""
    folder.mkdir()
    (folder / "scan.pdf").write_bytes(pdf("a"))
    watch.look()
    clerk.settle()
    qtbot.waitUntil(lambda: len(pane.keying.scans.waiting()) == 1, timeout=20_000)
