"""The line at the foot: its seven parts, and a server that goes and comes back."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import Role
from claims_desk.domain.messages import Name
from claims_desk.models.database import Database
from claims_desk.ui.desk import Desk
from claims_desk.ui.settings import Settings
from claims_desk.ui.status_line import StatusLine
from tests.conftest import NewDatabase
from tests.ui.conftest import Settle

OTHERS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"


@pytest.fixture
def server(new_postgres: NewDatabase) -> Iterator[tuple[Database, str]]:
    url = new_postgres(True)
    database = Database.open(url)
    yield database, url
    database.close()


def line_of(db: Database, qtbot: QtBot) -> tuple[Desk, StatusLine]:
    desk = Desk(db, Actor(1, "noy", frozenset({Role.CLERK})), Settings(language="en"), Name("ວັງວຽງ", "Vang Vieng"))
    line = StatusLine(desk)
    qtbot.addWidget(line)
    line.show()
    return desk, line


def test_all_seven_parts_stand_in_the_line(db: Database, qtbot: QtBot, settle: Settle) -> None:
    desk, line = line_of(db, qtbot)
    desk.draft_saved.emit()
    line.show_pace(9_400)
    settle()
    said = " | ".join(part.text() for part in line.findChildren(object) if hasattr(part, "text"))
    for words in ("Vang Vieng", "noy", db.place, "connected", "Draft saved", "9.400 keys/hour", "ລາວ"):
        assert words in said
    assert any(button.accessibleName() == "Switch the language" for button in line.findChildren(QPushButton))


def test_a_server_that_cannot_be_reached_is_told_and_so_is_its_coming_back(
    server: tuple[Database, str], qtbot: QtBot, settle: Settle
) -> None:
    db, url = server
    _, line = line_of(db, qtbot)
    settle()
    assert line.database.text().endswith("· connected")
    address = conninfo_to_dict(url.replace("postgresql+psycopg", "postgresql"))
    name = str(address["dbname"])
    with psycopg.connect(make_conninfo(**{**address, "dbname": "postgres"}), autocommit=True) as pulled:
        pulled.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        pulled.execute(OTHERS, (name,))
        line._ask()
        settle()
        assert line.database.text().endswith("· not connected")
        assert line.database.property("tone") == "bad"
        assert line.database.toolTip()
        pulled.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
    line._ask()
    settle()
    assert line.database.text().endswith("· connected")
    assert not line.database.property("tone")
