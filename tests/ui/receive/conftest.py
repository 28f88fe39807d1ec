from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from claims_desk.domain.actor import Actor
from claims_desk.domain.paging import PageWanted
from claims_desk.models.database import Database
from claims_desk.queries.submissions import SubmissionRow, submissions
from claims_desk.services.submissions import BundleForm, receive_submission
from claims_desk.ui.desk import Desk
from claims_desk.ui.receive.pane import ReceivePane
from claims_desk.ui.settings import Settings
from claims_desk.ui.widgets import Button
from tests.small_office import MONTH, People, open_small_office
from tests.ui.conftest import Settle, type_keys

CONTROL = Qt.KeyboardModifier.ControlModifier
Open = Callable[[Actor], ReceivePane]


@pytest.fixture
def people(db: Database) -> People:
    return open_small_office(db)


@pytest.fixture
def open_for(db: Database, qtbot: QtBot, settle: Settle) -> Iterator[Open]:
    """Opens the pane for somebody, in front and loaded."""

    def opened(actor: Actor) -> ReceivePane:
        pane = ReceivePane(Desk(db, actor, Settings(language="en")))
        qtbot.addWidget(pane)
        pane.resize(1142, 720)
        pane.show()
        pane.activateWindow()
        qtbot.waitUntil(pane.isActiveWindow)
        pane.open()
        settle()
        return pane

    yield opened
    settle()


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def enter(text: str, settle: Settle) -> None:
    """Type into the field that has the focus and press Enter."""
    type_keys(focused(), text)
    settle()
    QTest.keyClick(focused(), Qt.Key.Key_Return)


def receive(pane: ReceivePane, settle: Settle, *texts: str) -> None:
    """Write a new bundle down field by field and save it."""
    QTest.keyClick(pane, Qt.Key.Key_N, CONTROL)
    for text in texts:
        enter(text, settle)
    QTest.keyClick(focused(), Qt.Key.Key_F9)
    settle()


def said(words: str) -> str:
    """What a wrapped label says, without the places where its lines may break."""
    return words.replace("\u200b", "")


def choose_first(pane: ReceivePane, settle: Settle) -> None:
    QTest.keyClick(pane.listing.table, Qt.Key.Key_Down)
    settle()


def all_bundles(db: Database) -> tuple[SubmissionRow, ...]:
    return db.read(submissions, PageWanted()).rows


def bundle(db: Database, actor: Actor, forms: int = 1, kip: int = 25_000, form_numbers: int = 1) -> int:
    paper = BundleForm(
        facility_code="HC1",
        month=MONTH,
        received_on=date(2026, 4, 2),
        forms=forms,
        kip=kip,
        form_numbers=form_numbers,
    )
    return receive_submission(db, actor, paper)


def primary(pane: ReceivePane) -> list[str]:
    """The blue buttons of the bundle's own deeds."""
    return [
        b.accessibleName() for b in pane.view.findChildren(Button) if b.isVisible() and b.property("look") == "primary"
    ]
