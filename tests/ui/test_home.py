from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import BatchState, Role
from claims_desk.models.database import Database
from claims_desk.services.batches import make_batches
from claims_desk.ui.batches.pane import BatchesPane
from claims_desk.ui.desk import Desk
from claims_desk.ui.frame import Frame
from claims_desk.ui.home.pane import HomePane
from claims_desk.ui.settings import Settings
from tests.payable import closed_bundle, open_treasury
from tests.ui.conftest import Settle

Open = Callable[..., Frame]


@pytest.fixture
def opened(db: Database, qtbot: QtBot, settle: Settle) -> Open:
    """Opens the window for a user with roles in an office with one batch to approve."""
    people = open_treasury(db)
    make_batches(db, people.staff.seng, closed_bundle(db, people, 1, 2))
    kept: list[Frame] = []

    def make(*roles: Role) -> Frame:
        frame = Frame(Desk(db, Actor(people.vanh.user_id, "vanh", frozenset(roles)), Settings(language="en")))
        qtbot.addWidget(frame)
        kept.append(frame)
        frame.resize(1366, 768)
        frame.show()
        settle()
        return frame

    return make


def home(frame: Frame) -> HomePane:
    return next(pane for pane in frame.stack.panes() if isinstance(pane, HomePane))


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_tile_says_its_count_and_opens_its_list(opened: Open, settle: Settle, key: Qt.Key) -> None:
    frame = opened(Role.SUPERVISOR)
    tile = home(frame).tiles["to_approve"]
    assert tile.accessibleName() == "Batches to approve: 1"
    tile.setFocus()
    QTest.keyClick(tile, key)
    settle()
    pane = frame.stack.current()
    assert isinstance(pane, BatchesPane)
    assert pane.filter.value() is BatchState.PROPOSED


@pytest.mark.parametrize(
    ("role", "sees", "misses"),
    [(Role.CLERK, "forms_to_key", "to_post"), (Role.ACCOUNTANT, "to_post", "forms_to_key")],
)
def test_each_role_sees_what_waits_for_it(opened: Open, role: Role, sees: str, misses: str) -> None:
    tiles = home(opened(role)).tiles
    assert sees in tiles
    assert misses not in tiles


def test_home_counts_again_when_a_batch_changes(opened: Open, settle: Settle) -> None:
    frame = opened(Role.SUPERVISOR)
    pane = home(frame)
    pane.tiles["to_approve"].show_count(99)
    frame.desk.changed.emit(frozenset({"batches"}))
    settle()
    assert pane.tiles["to_approve"].accessibleName() == "Batches to approve: 1"
