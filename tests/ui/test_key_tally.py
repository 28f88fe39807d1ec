from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from sqlalchemy import select

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import Role
from claims_desk.models import AuditEntry, WorkDay
from claims_desk.models.database import Database
from claims_desk.services.users import disable_user, enable_user
from claims_desk.ui.desk import Desk
from claims_desk.ui.key_tally import TallyKeeper
from claims_desk.ui.presence import KeyPace
from claims_desk.ui.settings import Settings
from tests.conftest import NewDatabase
from tests.small_office import People, open_small_office
from tests.ui.conftest import Settle


@pytest.fixture
def db(new_sqlite: NewDatabase) -> Iterator[Database]:
    database = Database.open(new_sqlite(True))
    yield database
    database.close()


@pytest.fixture
def people(db: Database) -> People:
    return open_small_office(db)


def kept(db: Database) -> dict[int, int]:
    with db.session() as session:
        return dict(session.execute(select(WorkDay.user_id, WorkDay.keystrokes)).tuples().all())


def keep(db: Database, actor: Actor, pace: KeyPace, settle: Settle) -> None:
    owner = QObject()
    TallyKeeper(Desk(db, actor, Settings(language="en")), pace, owner).keep()
    settle()


def test_a_clerk_s_keys_are_put_down_once_and_nobody_else_s(db: Database, people: People, settle: Settle) -> None:
    pace = KeyPace()
    pace.put_back(120, 60)
    keep(db, people.seng, pace, settle)
    assert kept(db) == {}
    keep(db, people.noy, pace, settle)
    keep(db, people.noy, pace, settle)
    assert kept(db) == {people.noy.user_id: 120}


def test_what_the_database_refused_is_put_down_the_next_time(db: Database, people: People, settle: Settle) -> None:
    pace = KeyPace()
    pace.put_back(120, 60)
    with db.session() as session:
        admin = session.execute(select(AuditEntry.user_id, AuditEntry.user_name)).first()
    assert admin is not None
    boss = Actor(admin.user_id, admin.user_name, frozenset({Role.ADMINISTRATOR}))
    disable_user(db, boss, "noy")
    keep(db, people.noy, pace, settle)
    assert kept(db) == {}
    enable_user(db, boss, "noy")
    keep(db, people.noy, pace, settle)
    assert kept(db) == {people.noy.user_id: 120}
