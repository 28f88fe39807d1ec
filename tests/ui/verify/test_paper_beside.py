"""The scan of the paper stands beside a second keying and its decision, and follows the field."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QScrollArea

from claims_desk.domain.actor import Actor
from claims_desk.domain.scans import ANY_FORM, LINES, ScanPage, Zone
from claims_desk.models.database import Database
from claims_desk.services.claims import key_claim
from claims_desk.services.scan_zones import set_zones
from claims_desk.services.scans import add_scan
from claims_desk.services.verification import second_key
from claims_desk.ui.speech import switch_language
from claims_desk.ui.verify.decide_view import DecideView
from claims_desk.ui.verify.paper_scan import PaperScan
from tests.sample_scans import picture
from tests.small_office import People, form
from tests.ui.verify.conftest import Seat

F7, F9, ENTER, ESC = Qt.Key.Key_F7, Qt.Key.Key_F9, Qt.Key.Key_Return, Qt.Key.Key_Escape
Sit = Callable[[Actor], Seat]


@pytest.fixture
def claim(db: Database, people: People) -> int:
    """A form noy keyed with its scan, turned upright; the office has set where two things stand."""
    places = {"scheme": 1000, "claimed_total": 6000, LINES: 4000}
    zones = [Zone(ANY_FORM, field, 1, 1000, top, 3000, 400) for field, top in places.items()]
    set_zones(db, people.seng, ANY_FORM, zones)
    scan = add_scan(db, people.noy, picture("1"), "paper.png")
    return key_claim(db, people.noy, form("000001"), None, None, [ScanPage(scan.sha256, 1, 90)])


def marked(scan: PaperScan) -> QRect | None:
    return scan.viewer.page.zone_rect()


def scrolled(scan: PaperScan) -> int:
    return scan.viewer.page.verticalScrollBar().value()


def test_who_keys_again_has_the_paper_before_him_and_it_follows_the_field(
    db: Database, people: People, claim: int, sit: Sit
) -> None:
    key_claim(db, people.noy, form("000002"), None)
    kham = sit(people.kham)
    kham.go()
    assert not kham.pane.blind.scan.isVisible()
    kham.press(F9)
    scan = kham.pane.blind.scan
    assert scan.isVisible()
    assert [(page.page_no, page.rotation) for page in scan.viewer.pages] == [(1, 90)]
    kham.type("hc1")
    assert (kham.focus().objectName(), marked(scan) is not None) == ("scheme", True)
    at_scheme = scrolled(scan)
    kham.type("nhi")
    assert marked(scan) is None
    kham.type("N-1", "opd", "10/3/2026", "10/3/2026", "", "j06.9", "", "", "", "5000")
    assert kham.focus().objectName() == "claimed_total"
    assert marked(scan) is not None
    assert scrolled(scan) > at_scheme
    kham.press(F7)
    assert scan.viewer.page.hasFocus()
    kham.press(ESC)
    assert kham.focus().objectName() == "claimed_total"


def test_a_form_without_a_scan_shows_none(db: Database, people: People, claim: int, sit: Sit) -> None:
    key_claim(db, people.noy, form("000002"), None)
    kham = sit(people.kham)
    kham.go()
    kham.press(F9)
    kham.key_form()
    assert kham.pane.blind.title.text() == "Form 000002"
    assert not kham.pane.blind.scan.isVisible()


def test_who_decides_sees_the_paper_at_the_field_that_differs(
    db: Database, people: People, claim: int, sit: Sit
) -> None:
    second_key(db, people.kham, claim, form("000001", claimed_total=52000))
    seng = sit(people.seng)
    seng.go("differences")
    decide = seng.pane._views["differences"]
    assert isinstance(decide, DecideView)
    assert decide.scan.isVisible()
    assert decide.table.keyings.rows[decide.table.currentIndex().row()].name == "claimed_total"
    assert marked(decide.scan) is not None


@pytest.mark.parametrize("language", ["lo", "en"])
def test_the_paper_is_high_and_everything_else_still_in_sight(
    db: Database, people: People, claim: int, sit: Sit, language: str
) -> None:
    key_claim(db, people.noy, form("000002"), None)
    second_key(db, people.kham, claim, form("000001", claimed_total=52000))
    kham, seng = sit(people.kham), sit(people.seng)
    seng.go("differences")
    decide = seng.pane._views["differences"]
    assert isinstance(decide, DecideView)
    switch_language(language)
    QApplication.processEvents()
    row = decide.table.visualRect(decide.table.currentIndex())
    assert decide.scan.viewer.height() >= 200
    assert decide.table.viewport().rect().contains(row)
    assert scroll_of(seng).verticalScrollBar().maximum() == 0
    kham.go()
    kham.press(F9)
    blind = kham.pane.blind
    blind.scan.show_pages(decide.scan.viewer.pages)
    QApplication.processEvents()
    assert blind.scan.viewer.height() >= 200
    assert scroll_of(kham).verticalScrollBar().maximum() == 0


def scroll_of(seat: Seat) -> QScrollArea:
    """What the pane in front scrolls in where the window is too low for it."""
    above = seat.pane.parentWidget()
    while not isinstance(above, QScrollArea):
        assert above is not None
        above = above.parentWidget()
    return above
