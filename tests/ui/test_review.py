from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import ClaimState, Role
from claims_desk.domain.errors import Refused
from claims_desk.models.database import Database
from claims_desk.queries.claim_opened import claim_opened
from claims_desk.services.claims import key_claim
from claims_desk.services.judgement import adjudicate
from claims_desk.services.review import accept_claim
from claims_desk.services.submissions import BundleForm, receive_submission
from claims_desk.ui.desk import Place
from claims_desk.ui.review import claim_view
from claims_desk.ui.review.pane import ReviewPane
from tests.small_office import DAY, MONTH, People, form, open_small_office
from tests.ui.conftest import OpenPane, Settle, type_keys

CONTROL = Qt.KeyboardModifier.ControlModifier
Open = Callable[[Actor], ReviewPane]


@dataclass(frozen=True)
class Queue:
    """An office with two pended claims, one accepted and one denied, all keyed by noy."""

    people: People
    unsigned: int
    no_papers: int
    clean: int
    dead: int


@pytest.fixture
def queue(db: Database) -> Queue:
    people = open_small_office(db)
    keyed = [
        key_claim(db, people.noy, form("000001", signed=False), None),
        key_claim(db, people.noy, form("000002", member_no="N-2", documents_seen=(), copay_collected=0), None),
        key_claim(db, people.noy, form("000003", member_no="N-3"), None),
        key_claim(db, people.noy, form("000004", member_no="N-4"), None),
    ]
    adjudicate(db, people.kham)
    return Queue(people, *keyed)


@pytest.fixture
def open_for(open_pane: OpenPane) -> Open:
    """Opens the pane for somebody, in front and loaded."""
    return lambda actor: open_pane(ReviewPane, actor, size=(1142, 720))


def state_of(db: Database, claim_id: int) -> ClaimState:
    return db.read(claim_opened, claim_id).state


def words_in(widget: QWidget) -> str:
    """All that stands on a part of the window."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel)).replace("\u200b", "")


def forms_listed(pane: ReviewPane) -> list[str]:
    return [row.form_no for row in pane.listing.model.rows]


def give_reason(qtbot: QtBot, reason: str) -> None:
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow)
    words = dialog.findChild(QPlainTextEdit)
    assert isinstance(words, QPlainTextEdit)
    type_keys(words, reason)
    QTest.keyClick(words, Qt.Key.Key_Return, CONTROL)


def test_the_queue_shows_what_is_pended_and_opens_the_first(queue: Queue, open_for: Open) -> None:
    pane = open_for(queue.people.seng)
    assert forms_listed(pane) == ["000001", "000002"]
    assert "A08 stops" in words_in(pane.view.findings)
    assert "000001" in pane.view.title.text()
    assert "25.000" in words_in(pane.view.money)


def test_accepting_with_a_reason_changes_the_state_and_goes_on_to_the_next(
    db: Database, queue: Queue, open_for: Open, settle: Settle, qtbot: QtBot
) -> None:
    pane = open_for(queue.people.seng)
    QTest.keyClick(pane, Qt.Key.Key_F9)
    give_reason(qtbot, "signed on the back")
    settle()
    opened = db.read(claim_opened, queue.unsigned)
    assert opened.state == ClaimState.ACCEPTED
    assert opened.decision is not None
    assert (opened.decision.reason, opened.decision.decided_by) == ("signed on the back", "seng")
    assert pane.strip.text().replace("\u200b", "") == "Claim 000001 is accepted."
    assert forms_listed(pane) == ["000002"]
    assert "000002" in pane.view.title.text()


def test_a_reason_is_asked_for_and_without_one_nothing_happens(
    db: Database, queue: Queue, open_for: Open, settle: Settle, qtbot: QtBot
) -> None:
    open_pane = open_for(queue.people.seng)
    QTest.keyClick(open_pane, Qt.Key.Key_F9)
    give_reason(qtbot, "")
    settle()
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    settle()
    assert state_of(db, queue.unsigned) == ClaimState.PENDED


def test_denying_and_giving_back_take_their_reasons_along(
    db: Database, queue: Queue, open_for: Open, settle: Settle, qtbot: QtBot
) -> None:
    pane = open_for(queue.people.seng)
    QTest.keyClick(pane, Qt.Key.Key_D, CONTROL)
    give_reason(qtbot, "never signed")
    settle()
    assert state_of(db, queue.unsigned) == ClaimState.DENIED
    pane.activateWindow()
    qtbot.waitUntil(pane.isActiveWindow)
    QTest.keyClick(pane, Qt.Key.Key_R, CONTROL)
    give_reason(qtbot, "which papers were seen?")
    settle()
    assert state_of(db, queue.no_papers) == ClaimState.PENDED
    assert "which papers were seen?" in words_in(pane.view.findings)
    assert "seng: given back to the clerk" in words_in(pane.view.history)


def test_a_clerk_sees_no_way_to_accept_and_the_service_refuses_him_anyway(
    db: Database, queue: Queue, open_for: Open, settle: Settle
) -> None:
    pane = open_for(queue.people.kham)
    buttons = pane.view.deeds.buttons
    assert not any(buttons[key].isVisible() for key in ("accept", "deny", "return"))
    assert pane.view.deeds.correct_button.isVisible()
    QTest.keyClick(pane, Qt.Key.Key_F9)
    settle()
    assert QApplication.activeModalWidget() is None
    with pytest.raises(Refused):
        accept_claim(db, queue.people.kham, queue.unsigned, None, "I say so")
    assert state_of(db, queue.unsigned) == ClaimState.PENDED


def test_ones_own_work_is_refused_in_the_strip(
    db: Database, queue: Queue, open_for: Open, settle: Settle, qtbot: QtBot
) -> None:
    unsigned = form("000009", member_no="N-3", signed=False, visit_from=DAY - timedelta(days=9))
    own = key_claim(db, queue.people.dao, unsigned, None)
    adjudicate(db, queue.people.kham)
    pane = open_for(queue.people.dao)
    pane.show_place(Place("review", "claim", own))
    settle()
    pane.view.deeds.ask("accept")
    give_reason(qtbot, "it is mine")
    settle()
    assert "dao keyed, corrected or verified" in pane.strip.text().replace("\u200b", "")
    assert state_of(db, own) == ClaimState.PENDED


def test_a_reason_narrows_the_queue(queue: Queue, open_for: Open, settle: Settle, qtbot: QtBot) -> None:
    pane = open_for(queue.people.seng)
    pane.reasons.setFocus()
    QTest.keyClick(pane.reasons, Qt.Key.Key_F2)
    QTest.keyClicks(pane.reasons, "A")
    settle()
    assert forms_listed(pane) == ["000002"]
    assert "000002" in pane.view.title.text()


def test_home_s_tiles_open_their_lists(queue: Queue, open_for: Open, settle: Settle) -> None:
    pane = open_for(queue.people.seng)
    for what, forms in (
        ("denied", ["000004"]),
        ("accepted", ["000003"]),
        ("all", ["000001", "000002", "000003", "000004"]),
        ("pended", ["000001", "000002"]),
    ):
        pane.show_place(Place("review", what))
        settle()
        assert forms_listed(pane) == forms


def test_the_claims_of_one_bundle_are_shown_until_all_are_asked_for(
    db: Database, queue: Queue, open_for: Open, settle: Settle
) -> None:
    paper = BundleForm(facility_code="HC1", month=MONTH, received_on=date(2026, 4, 2), forms=1, kip=1, form_numbers=7)
    bundle = receive_submission(db, queue.people.noy, paper)
    key_claim(db, queue.people.noy, form("000007", member_no="N-3"), bundle)
    pane = open_for(queue.people.seng)
    pane.show_place(Place("review", "bundle", bundle))
    settle()
    assert forms_listed(pane) == ["000007"]
    QTest.mouseClick(pane.bundle_button, Qt.MouseButton.LeftButton)
    settle()
    assert len(forms_listed(pane)) == 5
    assert not pane.bundle_button.isVisible()


def test_a_claim_of_no_list_is_opened_and_stays_open(queue: Queue, open_for: Open, settle: Settle) -> None:
    pane = open_for(queue.people.seng)
    pane.show_place(Place("review", "claim", queue.dead))
    settle()
    pane.refresh()
    settle()
    assert "000004" in pane.view.title.text()
    assert not pane.view.deeds.buttons["accept"].isEnabled()


def test_the_earlier_claim_a_finding_names_is_one_click_away(
    db: Database, queue: Queue, open_for: Open, settle: Settle, qtbot: QtBot
) -> None:
    twice = key_claim(db, queue.people.noy, form("000003", visit_from=DAY + timedelta(days=1), lines=()), None)
    adjudicate(db, queue.people.kham, [twice])
    pane = open_for(queue.people.seng)
    pane.show_place(Place("review", "claim", twice))
    settle()
    assert "A05" in words_in(pane.view.findings)
    (link,) = pane.view.earlier.findChildren(QPushButton)
    with qtbot.waitSignal(pane.desk.went) as went:
        QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    assert went.args == [Place("review", "claim", queue.clean)]


def test_a_clerk_goes_from_a_claim_to_its_form(queue: Queue, open_for: Open, qtbot: QtBot) -> None:
    pane = open_for(queue.people.kham)
    with qtbot.waitSignal(pane.desk.went) as went:
        QTest.keyClick(pane, Qt.Key.Key_F4)
    assert went.args == [Place("key", "claim", queue.unsigned)]


def test_an_auditor_reads_and_may_change_nothing(queue: Queue, open_for: Open) -> None:
    pane = open_for(Actor(queue.people.noy.user_id, "audit", frozenset({Role.AUDITOR})))
    deeds = (*pane.view.deeds.buttons.values(), pane.view.deeds.correct_button)
    assert not any(button.isVisible() for button in deeds)
    assert "kham: adjudicated, Pended" in words_in(pane.view.history)


def test_ctrl_p_prints_the_claim_with_what_was_decided_of_it(
    queue: Queue, open_for: Open, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Path] = []
    monkeypatch.setattr(claim_view, "paper_folder", lambda: tmp_path)
    monkeypatch.setattr(claim_view, "show_paper", shown.append)
    pane = open_for(queue.people.seng)
    QTest.keyClick(pane.listing.table, Qt.Key.Key_P, CONTROL)
    settle()
    document = pdfium.PdfDocument(shown[0])
    said = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    for words in ("000001", "HC1", "25.000", "A08", "Pend"):
        assert words in said
