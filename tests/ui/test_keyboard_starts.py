"""Alt and a number bring the keyboard to a pane's list, whatever stands above the list."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import Role
from claims_desk.models.database import Database
from claims_desk.ui.desk import Desk
from claims_desk.ui.frame import Frame
from claims_desk.ui.settings import Settings
from claims_desk.ui.widgets import Listing
from tests.small_office import open_small_office
from tests.ui.conftest import Settle

ALT = Qt.KeyboardModifier.AltModifier
KEYS = (Qt.Key.Key_2, Qt.Key.Key_5, Qt.Key.Key_6, Qt.Key.Key_7)


@pytest.mark.parametrize("key", KEYS)
def test_the_keyboard_starts_in_the_list_of_a_pane_opened_from_home(
    db: Database, qtbot: QtBot, settle: Settle, key: Qt.Key
) -> None:
    dao = open_small_office(db).dao
    frame = Frame(Desk(db, Actor(dao.user_id, dao.name, frozenset(Role)), Settings(language="en")))
    qtbot.addWidget(frame)
    frame.resize(1366, 768)
    frame.show()
    frame.activateWindow()
    qtbot.waitUntil(frame.isActiveWindow)
    settle()
    QTest.keyClick(QApplication.focusWidget(), key, ALT)
    settle()
    pane = frame.stack.current()
    assert pane is not None
    assert any(listing.isAncestorOf(QApplication.focusWidget()) for listing in pane.findChildren(Listing))
