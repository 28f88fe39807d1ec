"""A clerk at the Key pane: a small office, a bundle, and real keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from claims_desk.domain.actor import Actor
from claims_desk.models.database import Database
from claims_desk.services.submissions import BundleForm, receive_submission
from claims_desk.ui.desk import Desk, Place
from claims_desk.ui.key.pane import KeyPane
from claims_desk.ui.key.split_dialog import SplitDialog
from claims_desk.ui.settings import Settings
from tests.conftest import NewDatabase
from tests.small_office import MONTH, People, open_small_office
from tests.ui.conftest import Settle, type_keys

Write = Callable[..., Path]
Answer = Callable[..., None]
NONE = Qt.KeyboardModifier.NoModifier


class Clerk:
    """Somebody who keys with the keyboard alone."""

    def __init__(self, db: Database, people: People, qtbot: QtBot, settle: Settle) -> None:
        self.db, self.people, self.settle, self._qtbot = db, people, settle, qtbot
        self.desk: Desk
        self.pane: KeyPane

    def sit_down(self, actor: Actor | None = None) -> KeyPane:
        """Open the pane as when the window has just been started."""
        self.desk = Desk(self.db, actor or self.people.noy, Settings(language="en"))
        self.pane = KeyPane(self.desk)
        self._qtbot.addWidget(self.pane)
        self.pane.resize(1170, 740)
        self.pane.show()
        self.wait_for_keyboard()
        self.pane.open()
        self.settle()
        return self.pane

    def wait_for_keyboard(self) -> None:
        """The window has the keyboard, for the first time or again after a dialog."""
        self.pane.activateWindow()
        self._qtbot.waitUntil(self.pane.isActiveWindow)

    def receive(self, facility: str = "DH1", forms: int = 3) -> int:
        """A bundle comes in."""
        bundle = BundleForm(
            facility_code=facility, month=MONTH, received_on=date(2026, 4, 2), forms=forms, kip=75_000, form_numbers=6
        )
        return receive_submission(self.db, self.people.noy, bundle)

    def open(self, what: str, key: int) -> None:
        """Come from another pane."""
        self.pane.open(Place("key", what, key))
        self.settle()

    def focus(self) -> QWidget:
        """What the keyboard is on."""
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def type(self, *texts: str) -> None:
        """Type each text and press Enter."""
        for text in texts:
            type_keys(self.focus(), text)
            self.settle()
            self.press(Qt.Key.Key_Return)

    def press(self, *keys: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        """Press keys."""
        for key in keys:
            QTest.keyClick(self.focus(), key, modifier)
            self.settle()

    def at(self) -> str:
        """The name of the field the keyboard is on."""
        return self.focus().objectName()

    def go_to(self, field: str) -> None:
        """Put the keyboard on a field."""
        self.pane.sheet.form.go_to(field)

    def under(self, field: str) -> str:
        """The words under a field."""
        return self.pane.sheet.form.fields[field].note.text().replace("\u200b", "")

    def text(self, field: str) -> str:
        """What stands in a field."""
        return self.pane.sheet.form.edit(field).text()

    def told(self) -> str:
        """What the strip says."""
        return self.pane.strip.text().replace("\u200b", "")

    def codes(self) -> list[str]:
        """The codes of the findings told."""
        return [found.code for found in self.pane.findings.shown]


@pytest.fixture
def db(new_sqlite: NewDatabase) -> Iterator[Database]:
    database = Database.open(new_sqlite(True))
    yield database
    database.close()


@pytest.fixture
def people(db: Database) -> People:
    return open_small_office(db)


@pytest.fixture
def clerk(db: Database, people: People, qtbot: QtBot, settle: Settle) -> Iterator[Clerk]:
    yield Clerk(db, people, qtbot, settle)
    settle()


@pytest.fixture
def paper(tmp_path: Path) -> Write:
    """Writes a file and gives its place."""

    def write(content: bytes, name: str = "paper.pdf") -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


@pytest.fixture
def answer(clerk: Clerk, qtbot: QtBot) -> Answer:
    """Answers how many pages each form has, and waits until the window is in front again."""

    def say_so(pane: KeyPane, pages: int = 0) -> None:
        dialog = pane.window().findChild(SplitDialog)
        assert dialog is not None
        if pages:
            type_keys(dialog.pages, str(pages))
        QTest.keyClick(dialog.pages, Qt.Key.Key_Return)
        pane.activateWindow()
        qtbot.waitUntil(pane.isActiveWindow)
        clerk.settle()

    return say_so


@pytest.fixture
def pane(clerk: Clerk) -> KeyPane:
    """Key with a bundle before the clerk."""
    bundle = clerk.receive()
    pane = clerk.sit_down()
    clerk.open("bundle", bundle)
    return pane
