"""An office that keys everything twice, and windows for the people in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from claims_desk.domain.actor import Actor
from claims_desk.models.database import Database
from claims_desk.services.claims import key_claim
from claims_desk.services.submissions import BundleForm, receive_submission
from claims_desk.ui.desk import Desk, Place
from claims_desk.ui.frame import Frame
from claims_desk.ui.settings import Settings
from claims_desk.ui.verify.pane import VerifyPane
from claims_desk.ui.widgets import WordsDialog
from tests.conftest import NewDatabase
from tests.sampling import draw_all
from tests.small_office import MONTH, People, form, open_small_office
from tests.ui.conftest import Settle, type_keys

NONE = Qt.KeyboardModifier.NoModifier


class Seat:
    """Somebody at the window, with the keyboard alone."""

    def __init__(self, frame: Frame, settle: Settle) -> None:
        self.frame, self.settle = frame, settle

    def go(self, what: str = "") -> VerifyPane:
        """Open the pane at a list."""
        self.frame.stack.open(Place("verify", what) if what else Place("verify"))
        self.settle()
        return self.pane

    @property
    def pane(self) -> VerifyPane:
        """The pane in front."""
        pane = self.frame.stack.current()
        assert isinstance(pane, VerifyPane)
        return pane

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

    def key_form(self, member: str = "N-1", quantity: str = "2") -> None:
        """Key the small office's usual form into the blind sheet and hand it in."""
        self.type("hc1", "nhi", member, "opd", "10/3/2026", "10/3/2026", "", "j06.9", "", "", "")
        self.type("5000", "25000", "2/4/2026")
        self.type("cons", "10/3/2026", "1", "15000", "para", "10/3/2026", quantity, "5000")
        self.press(Qt.Key.Key_F9)

    def type_words(self, text: str) -> None:
        """Give a reason in the box that asks for one."""
        dialog = self.frame.findChild(WordsDialog)
        assert dialog is not None
        type_keys(dialog.words, text)
        QTest.keyClick(dialog.do_button, Qt.Key.Key_Return)
        self.settle()

    def told(self) -> str:
        """What the strip says."""
        return self.pane.strip.text().replace("\u200b", "")


@pytest.fixture
def db(new_sqlite: NewDatabase) -> Iterator[Database]:
    database = Database.open(new_sqlite(True))
    yield database
    database.close()


@pytest.fixture
def people(db: Database) -> People:
    people = open_small_office(db)
    draw_all(db)
    return people


@pytest.fixture
def bundle(db: Database, people: People) -> int:
    """A bundle of HC1 with two forms keyed by noy, both drawn."""
    counted = BundleForm(
        facility_code="HC1", month=MONTH, received_on=date(2026, 4, 2), forms=2, kip=50_000, form_numbers=3
    )
    key = receive_submission(db, people.noy, counted)
    for number in ("000001", "000002"):
        key_claim(db, people.noy, form(number), key)
    return key


@pytest.fixture
def sit_at(qtbot: QtBot, settle: Settle) -> Iterator[Callable[[Database, Actor], Seat]]:
    """Opens the window on a database for somebody."""
    kept: list[Frame] = []

    def opened(db: Database, actor: Actor) -> Seat:
        frame = Frame(Desk(db, actor, Settings(language="en")))
        qtbot.addWidget(frame)
        kept.append(frame)
        frame.resize(1366, 768)
        frame.show()
        frame.activateWindow()
        qtbot.waitUntil(frame.isActiveWindow)
        settle()
        return Seat(frame, settle)

    yield opened
    settle()


@pytest.fixture
def sit(db: Database, sit_at: Callable[[Database, Actor], Seat]) -> Callable[[Actor], Seat]:
    """Opens the window of the office for somebody."""
    return partial(sit_at, db)


def texts_in(window: QWidget) -> str:
    """Every text a window holds, seen or not: labels, fields, buttons, tables, tool tips, names for screen readers."""
    found: list[str] = [window.windowTitle()]
    for widget in (window, *window.findChildren(QWidget)):
        found += [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription(), widget.statusTip()]
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            found.append(widget.text())
        if isinstance(widget, QTableView):
            model = widget.model()
            found += [
                str(model.index(row, column).data() or "")
                for row in range(model.rowCount())
                for column in range(model.columnCount())
            ]
    return "\n".join(found).replace("\u200b", "")
