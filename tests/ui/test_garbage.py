from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from claims_desk.ui import background
from claims_desk.ui.garbage import YOUNG, GarbageRounds


class Knot:
    """Something that only a search for garbage finds."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def rounds(qapp: QApplication) -> Iterator[GarbageRounds]:
    rounds = GarbageRounds(qapp)
    yield rounds
    rounds.end()
    rounds.deleteLater()


def make_knots(ends: list[threading.Thread], count: int = 20 * YOUNG) -> None:
    for _ in range(count):
        weakref.finalize(Knot(), lambda: ends.append(threading.current_thread())).atexit = False


def test_what_workers_leave_behind_ends_on_the_windows_thread(rounds: GarbageRounds, qtbot: QtBot) -> None:
    ends: list[threading.Thread] = []
    background.run(rounds, lambda: make_knots(ends), lambda _none: None)
    qtbot.waitUntil(lambda: len(ends) == 20 * YOUNG, timeout=20_000)
    assert set(ends) == {threading.main_thread()}


def test_nothing_is_looked_for_while_something_runs(rounds: GarbageRounds) -> None:
    ends: list[threading.Thread] = []
    make_knots(ends)
    assert ends == []
    rounds.look()
    assert len(ends) == 20 * YOUNG


def test_at_the_end_python_looks_again_by_itself(qapp: QApplication) -> None:
    rounds = GarbageRounds(QObject(qapp))
    assert not gc.isenabled()
    rounds.end()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
