from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from claims_desk.app import Session, make_demo
from claims_desk.models.database import Database
from claims_desk.ui.settings import Settings
from tests.conftest import ADMINISTRATOR, PASSWORD
from tests.ui.conftest import Settle, type_keys


def test_a_user_signs_in_works_and_leaves_the_window_to_the_next(db: Database, qtbot: QtBot, settle: Settle) -> None:
    url = db.engine.url.render_as_string(hide_password=False)
    session = Session(Settings(language="en", last_user=ADMINISTRATOR), url)
    qtbot.addWidget(session.start)
    settle()
    type_keys(session.start.sign_in.password, PASSWORD)
    QTest.keyClick(session.start.sign_in.password, Qt.Key.Key_Return)
    settle()
    frame = session.frame
    assert frame is not None
    assert frame.isVisible()
    assert not session.start.isVisible()
    with qtbot.waitSignal(frame.destroyed):
        frame.sign_out()
    settle()
    assert session.start.sign_in.isVisible()
    assert session.start.sign_in.password.text() == ""


def test_practising_that_is_cancelled_stops_its_work(tmp_path: Path) -> None:
    assert make_demo(tmp_path / "demo", lambda: True) is None
