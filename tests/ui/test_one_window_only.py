"""A pane opens no window but the program's: one that came and went would take the keyboard away for a moment."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import Role
from claims_desk.domain.messages import say
from claims_desk.models.database import Database
from claims_desk.ui.desk import Desk
from claims_desk.ui.pane import Pane
from claims_desk.ui.panes import PANES
from claims_desk.ui.settings import Settings
from claims_desk.ui.widgets import Button
from tests.small_office import open_small_office
from tests.ui.conftest import Settle


class Watcher(QObject):
    """Notes every widget that is shown as a window."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(watched.text() if isinstance(watched, QPushButton) else type(watched).__name__)
        return False


@pytest.fixture
def windows(qtbot: QtBot) -> Watcher:
    watcher = Watcher()
    application = QApplication.instance()
    assert application is not None
    application.installEventFilter(watcher)
    return watcher


@pytest.mark.parametrize("kind", PANES, ids=lambda kind: kind.key)
def test_making_a_pane_shows_nothing(
    db: Database, qtbot: QtBot, settle: Settle, windows: Watcher, kind: Callable[[Desk], Pane]
) -> None:
    noy = open_small_office(db).noy
    desk = Desk(db, Actor(noy.user_id, noy.name, frozenset(Role)), Settings())
    qtbot.addWidget(kind(desk))
    settle()
    assert windows.seen == []


def test_a_button_shown_before_it_has_a_place_is_shown_with_it(qtbot: QtBot, windows: Watcher) -> None:
    shown, hidden, again = (Button(say("Save")) for _ in range(3))
    shown.setVisible(True)
    hidden.setVisible(False)
    again.hide()
    again.show()
    assert windows.seen == []
    window = QWidget()
    column = QVBoxLayout(window)
    for button in (shown, hidden, again):
        column.addWidget(button)
    qtbot.addWidget(window)
    window.show()
    assert [button.isVisible() for button in (shown, hidden, again)] == [True, False, True]
