"""What tests of the window stand on: the house's look, English, and a way to wait for answers."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from typing import Protocol, TypeVar

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from claims_desk.domain.actor import Actor
from claims_desk.models.database import Database
from claims_desk.ui import background, theme
from claims_desk.ui.desk import Desk, Place
from claims_desk.ui.ending import delete_now, take_down
from claims_desk.ui.pane import Pane
from claims_desk.ui.settings import Settings
from claims_desk.ui.speech import switch_language

Settle = Callable[[], None]
Form = Callable[..., QWidget]
Kind = TypeVar("Kind", bound=Pane)


class OpenPane(Protocol):
    """Opens a pane for somebody."""

    def __call__(
        self, kind: type[Kind], actor: Actor, place: Place | None = None, size: tuple[int, int] = ...
    ) -> Kind: ...


def type_keys(widget: QWidget, text: str) -> None:
    """Press a key for each letter; QTest itself only knows those of ASCII."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = ord(letter.upper()) if letter.isascii() else 0
            QApplication.sendEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter))


@pytest.fixture(scope="session", autouse=True)
def end_of_the_windows(qapp: QApplication) -> Iterator[None]:
    """What a failed test still holds is taken down while Qt runs, not at the end of Python."""
    yield
    take_down(*qapp.topLevelWidgets())


@pytest.fixture(autouse=True)
def garbage_between_tests() -> Iterator[None]:
    """Python looks for garbage while nothing of the window runs: what is of Qt does not bear being found in between."""
    gc.disable()
    yield
    gc.enable()
    gc.collect(1)


@pytest.fixture(autouse=True)
def house_look(qapp: QApplication) -> Iterator[None]:
    if not qapp.styleSheet():
        theme.dress(qapp)
    yield
    switch_language("en")
    delete_now()


@pytest.fixture
def settle(qtbot: QtBot) -> Settle:
    """Wait until all background work has been answered."""
    return lambda: qtbot.waitUntil(lambda: not background.busy(), timeout=20_000)


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    """A shown window with widgets below one another, the first in focus."""

    kept: list[QWidget] = []

    def make(*widgets: QWidget) -> QWidget:
        window = QWidget()
        column = QVBoxLayout(window)
        for widget in widgets:
            column.addWidget(widget)
        qtbot.addWidget(window)
        kept.append(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        widgets[0].setFocus()
        return window

    return make


@pytest.fixture
def open_pane(db: Database, qtbot: QtBot, settle: Settle) -> Iterator[OpenPane]:
    """Opens a pane of the database for a person, at a place in it, in front and loaded."""
    kept: list[object] = []

    def opened(kind: type[Kind], actor: Actor, place: Place | None = None, size: tuple[int, int] = (1170, 740)) -> Kind:
        desk = Desk(db, actor, Settings(language="en"))
        pane = kind(desk)
        kept.extend((desk, pane))
        qtbot.addWidget(pane)
        pane.resize(*size)
        pane.show()
        pane.activateWindow()
        qtbot.waitUntil(pane.isActiveWindow)
        pane.open(place)
        settle()
        return pane

    yield opened
    settle()
