"""Alt and a number bring the keyboard to a pane's list, whatever stands above the list."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import Role
from claims_desk.models.database import Database
from claims_desk.ui.desk import Desk
from claims_desk.ui.find_anything import FindDialog
from claims_desk.ui.frame import Frame
from claims_desk.ui.payments.pane import PaymentsPane
from claims_desk.ui.receive.pane import ReceivePane
from claims_desk.ui.registers.pane import RegistersPane
from claims_desk.ui.settings import Settings
from claims_desk.ui.widgets import Listing
from tests.small_office import open_small_office
from tests.ui.conftest import Settle, type_keys

ALT = Qt.KeyboardModifier.AltModifier
KEYS = (Qt.Key.Key_2, Qt.Key.Key_5, Qt.Key.Key_6, Qt.Key.Key_7, Qt.Key.Key_8)


@pytest.fixture
def frame(db: Database, qtbot: QtBot, settle: Settle) -> Iterator[Frame]:
    """The window of somebody with every role, at Home."""
    dao = open_small_office(db).dao
    frame = Frame(Desk(db, Actor(dao.user_id, dao.name, frozenset(Role)), Settings(language="en")))
    qtbot.addWidget(frame)
    frame.resize(1366, 768)
    frame.show()
    frame.activateWindow()
    qtbot.waitUntil(frame.isActiveWindow)
    settle()
    yield frame
    settle()


@pytest.mark.parametrize("key", KEYS)
def test_the_keyboard_starts_in_the_list_of_a_pane_opened_from_home(frame: Frame, settle: Settle, key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, ALT)
    settle()
    pane = frame.stack.current()
    assert pane is not None
    assert any(listing.isAncestorOf(QApplication.focusWidget()) for listing in pane.findChildren(Listing))


@pytest.mark.parametrize(
    ("key", "words", "view"), [(Qt.Key.Key_7, "ledger", "ledger"), (Qt.Key.Key_2, "monthly", "returns")]
)
def test_ctrl_k_opens_the_lists_behind_the_buttons_of_a_pane(
    frame: Frame, settle: Settle, key: Qt.Key, words: str, view: str
) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, ALT)
    settle()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    dialog = frame.findChild(FindDialog)
    assert dialog is not None
    type_keys(dialog.search, words)
    settle()
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    settle()
    pane = frame.stack.current()
    assert isinstance(pane, PaymentsPane | ReceivePane)
    assert pane.switch.value() == view


def test_a_register_chosen_with_ctrl_k_has_the_keyboard(frame: Frame, settle: Settle) -> None:
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_8, ALT)
    settle()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    dialog = frame.findChild(FindDialog)
    assert dialog is not None
    type_keys(dialog.search, "prices")
    settle()
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    settle()
    pane = frame.stack.current()
    assert isinstance(pane, RegistersPane)
    assert pane.views["prices"].listing.isAncestorOf(frame.focusWidget())
