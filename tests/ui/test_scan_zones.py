"""Zones are drawn on the paper once, and Review shows the paper."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from claims_desk.domain.scans import ScanPage, Zone
from claims_desk.models.database import Database
from claims_desk.queries.scans import pages_of_claim, scan_zones
from claims_desk.services.claims import key_claim
from claims_desk.services.scan_zones import set_zones
from claims_desk.services.scans import add_scan
from claims_desk.services.sign_in import sign_in
from claims_desk.ui.admin.pane import AdminPane
from claims_desk.ui.desk import Desk, Place
from claims_desk.ui.review.pane import ReviewPane
from claims_desk.ui.scan.viewer import ScanViewer
from claims_desk.ui.scan.zone_dialog import FIELDS, ZoneDialog
from claims_desk.ui.settings import Settings
from claims_desk.ui.widgets import HouseDialog
from tests.conftest import PASSWORD
from tests.sample_scans import pdf, picture
from tests.small_office import form, open_small_office

FIRST = next(iter(FIELDS))


@pytest.fixture
def db(new_sqlite):
    database = Database.open(new_sqlite(True))
    yield database
    database.close()


@pytest.fixture
def people(db):
    return open_small_office(db)


@pytest.fixture
def claim_id(db, people):
    paper = add_scan(db, people.noy, pdf("a", "b")).sha256
    return key_claim(db, people.noy, form("F-1"), None, pages=[ScanPage(paper, 1), ScanPage(paper, 2, 90)])


@pytest.fixture
def opened(db, people, claim_id, qtbot, settle):
    """Review as a supervisor sees it, with the claim open."""
    pane = ReviewPane(Desk(db, people.seng, Settings(language="en")))
    qtbot.addWidget(pane)
    pane.resize(1170, 740)
    pane.show()
    pane.activateWindow()
    qtbot.waitUntil(pane.isActiveWindow)
    pane.open(Place("review", "claim", claim_id))
    settle()
    yield pane
    settle()


def drag(canvas, start, end):
    view = canvas.viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(*start))
    QTest.mouseMove(view, QPoint(*end))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(*end))


def test_review_shows_the_paper_and_turning_it_there_changes_nothing(opened, db, claim_id, settle):
    card = opened.view.scan
    assert card.isVisible()
    assert card.where.plain == "Page 1 of 2"
    opened.listing.search.setFocus()
    QTest.keyClick(opened, Qt.Key.Key_F7)
    page = card.viewer.page
    assert page.hasFocus()
    QTest.keyClick(page, Qt.Key.Key_PageDown)
    settle()
    assert (card.where.plain, page.rotation) == ("Page 2 of 2", 90)
    QTest.keyClick(page, Qt.Key.Key_R)
    assert page.rotation == 180
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert opened.listing.search.hasFocus()
    assert [each.rotation for each in db.read(pages_of_claim, claim_id)] == [0, 90]


def test_zones_drawn_with_the_mouse_are_kept_in_shares_of_the_page(opened, db, settle):
    dialog = zones(opened, settle)
    canvas = dialog.canvas
    page = canvas.page_rect()
    for field in list(FIELDS)[:2]:
        assert dialog.field() == field
        drag(canvas, (page.width() // 10, 100), (page.width() // 2, 160))
    drag(canvas, (5, 5), (6, 6))
    dialog.accept()
    settle()
    kept = db.read(scan_zones)
    assert set(kept) == {("", field) for field in list(FIELDS)[:2]}
    zone = kept["", FIRST]
    assert (zone.page_no, abs(zone.left - 1000) < 30, abs(zone.width - 4000) < 30) == (1, True, True)
    assert abs(zone.top - 100 * 10_000 // page.height()) < 30


def test_a_form_types_own_zone_stands_beside_that_of_all_and_can_be_taken_away(opened, db, settle):
    dialog = zones(opened, settle)
    drag(dialog.canvas, (50, 50), (200, 90))
    dialog.form_type.set_value("IPD")
    dialog.fields.setCurrentRow(0)
    drag(dialog.canvas, (50, 150), (200, 190))
    dialog.accept()
    settle()
    assert set(db.read(scan_zones)) == {("", FIRST), ("IPD", FIRST)}
    dialog = zones(opened, settle)
    dialog.clear()
    dialog.accept()
    settle()
    assert set(db.read(scan_zones)) == {("IPD", FIRST)}


def press(dialog, *keys, modifier=Qt.KeyboardModifier.NoModifier):
    for key in keys:
        QTest.keyClick(dialog.focusWidget(), key, modifier)


def test_zones_are_set_by_keys_alone_field_after_field_and_on_the_second_page(opened, db, settle):
    up, down, right = Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Right
    enter, shift, ctrl = Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
    dialog = zones(opened, settle)
    press(dialog, enter)
    assert (dialog.isVisible(), dialog.canvas.hasFocus()) == (True, True)
    press(dialog, *[down] * 5, *[right] * 10)
    press(dialog, *[right] * 5, modifier=shift)
    press(dialog, up, modifier=ctrl)
    press(dialog, enter)
    assert (dialog.field(), dialog.canvas.hasFocus()) == (list(FIELDS)[1], True)
    press(dialog, enter)
    press(dialog, Qt.Key.Key_PageDown)
    settle()
    press(dialog, *[down] * 200, enter, Qt.Key.Key_Escape)
    assert (dialog.isVisible(), dialog.fields.hasFocus(), dialog.field()) == (True, True, list(FIELDS)[3])
    dialog.accept()
    settle()
    kept = [db.read(scan_zones)["", field] for field in list(FIELDS)[:3]]
    assert [(zone.page_no, zone.left, zone.top, zone.width, zone.height) for zone in kept] == [
        (1, 1_500, 980, 4_500, 400),
        (1, 1_500, 1_480, 4_500, 400),
        (2, 1_500, 9_600, 4_500, 400),
    ]


def test_zones_not_kept_yet_are_not_thrown_away_by_one_key(opened, db, settle):
    dialog = zones(opened, settle)
    drag(dialog.canvas, (50, 50), (200, 90))
    dialog.reject()
    assert dialog.isVisible()
    dialog.reject()
    settle()
    assert db.read(scan_zones) == {}


def test_who_keeps_zones_of_one_form_type_leaves_what_another_set_meanwhile_for_others(opened, db, people, settle):
    dialog = zones(opened, settle)
    drag(dialog.canvas, (50, 50), (200, 90))
    set_zones(db, people.seng, "IPD", [Zone("IPD", FIRST, 1, 1_000, 1_000, 1_000, 500)])
    dialog.accept()
    settle()
    assert set(db.read(scan_zones)) == {("", FIRST), ("IPD", FIRST)}


@pytest.mark.parametrize("size", [(595, 842), (842, 595), (600, 1_800), (2_000, 300)])
@pytest.mark.parametrize("turn", [0, 90])
def test_a_zone_is_in_sight_on_paper_of_any_proportion_however_it_is_turned(db, people, qtbot, settle, size, turn):
    viewer = ScanViewer(Desk(db, people.noy, Settings(language="en")))
    qtbot.addWidget(viewer)
    viewer.resize(780, 220)
    viewer.show()
    set_zones(db, people.seng, "", [Zone("", FIRST, 2, 6_000, 9_000, 3_000, 400)])
    viewer.load_zones()
    scan = add_scan(db, people.noy, picture("1", size=size))
    other = add_scan(db, people.noy, picture("2", size=size))
    viewer.show_pages([ScanPage(scan.sha256), ScanPage(other.sha256, 1, turn)])
    settle()
    viewer.follow("OPD", FIRST)
    settle()
    page, zone = viewer.page.page_rect(), viewer.page.zone_rect()
    assert (viewer.place, viewer.page.rotation) == (1, turn)
    assert page.contains(zone)
    assert viewer.page.viewport().rect().contains(zone.center())
    width, height = size if not turn else size[::-1]
    assert abs(page.width() / page.height() - width / height) < 0.02 * width / height


def zones(pane, settle):
    """The editor, opened by its button on the card."""
    button = next(
        each
        for each in pane.view.scan.findChildren(type(pane.view.scan.enter_button))
        if each.accessibleName() == "Zones"
    )
    button.click()
    settle()
    return [each for each in pane.findChildren(ZoneDialog) if each.isVisible()][-1]


def test_who_keys_sees_the_paper_and_no_editor(db, people, claim_id, qtbot, settle):
    pane = ReviewPane(Desk(db, people.noy, Settings(language="en")))
    qtbot.addWidget(pane)
    pane.show()
    pane.open(Place("review", "claim", claim_id))
    settle()
    assert pane.view.scan.isVisible()
    assert [each for each in pane.view.scan.findChildren(type(pane.view.scan.enter_button)) if each.isVisible()] == [
        pane.view.scan.enter_button
    ]


def test_an_administrator_lets_go_of_scans_after_being_asked(db, people, qtbot, settle):
    pane = AdminPane(Desk(db, sign_in(db, "admin", PASSWORD), Settings(language="en")))
    qtbot.addWidget(pane)
    pane.show()
    settle()
    next(each for each in pane.commands() if each.title.text() == "Let go of scans nothing refers to").do()
    dialog = next(each for each in pane.findChildren(HouseDialog) if each.isVisible())
    dialog.accept()
    settle()
    assert pane.strip.text().replace("\u200b", "") == "0 scans were deleted."
