"""What every test stands on: an office on both engines, own folders, English, a screen that shows nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from claims_desk.domain.messages import ENGLISH, use_language
from claims_desk.models.database import Database
from tests.postgres import Databases, running_server

OFFICE = "1003"
ADMINISTRATOR = "admin"
PASSWORD = "Vang Vieng 2026"
ENGINES = ("sqlite", "postgres")

NewDatabase = Callable[[bool], str]


@pytest.fixture(autouse=True)
def own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No test reads or writes what belongs to the person who runs it; each begins and ends in English."""
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / "home" / variable))
    for variable in ("CLAIMS_DESK_DB", "CLAIMS_DESK_USER", "CLAIMS_DESK_PASSWORD"):
        monkeypatch.delenv(variable, raising=False)
    use_language(ENGLISH)
    yield
    use_language(ENGLISH)


@pytest.fixture(params=ENGINES)
def db(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database of office 1003 at head, with its administrator `admin` and nothing else; once on each engine."""
    if request.param == "postgres":
        url = request.getfixturevalue("postgres_databases").shared_office()
    else:
        url = request.getfixturevalue("new_sqlite")(True)
    yield from _opened(url)


@pytest.fixture(params=ENGINES)
def empty_db(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database without any table; once on each engine."""
    yield from _opened(request.getfixturevalue(f"new_{request.param}")(False))


def _opened(url: str) -> Iterator[Database]:
    database = Database.open(url)
    yield database
    database.close()


@pytest.fixture
def new_sqlite(request: pytest.FixtureRequest, tmp_path: Path) -> NewDatabase:
    """Makes a SQLite file, with an office in it or without any table, and gives its address."""
    names = count(1)

    def make(with_office: bool) -> str:
        path = tmp_path / f"claims{next(names)}.db"
        if with_office:
            shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        return f"sqlite:///{path}"

    return make


@pytest.fixture
def new_postgres(request: pytest.FixtureRequest, postgres_databases: Databases) -> NewDatabase:
    """Makes a database on the server, with an office in it or without any table, and gives its address."""

    def make(with_office: bool) -> str:
        address, drop = postgres_databases.make(with_office)
        request.addfinalizer(drop)
        return address

    return make


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office's file, made once by the program itself."""
    path = tmp_path_factory.mktemp("template") / "office.db"
    _set_up(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_databases() -> Iterator[Databases]:
    """The databases of this run's own PostgreSQL."""
    with running_server() as address:
        yield Databases(address, _set_up)


def _set_up(url: str) -> None:
    # Imported here: a slip in one service must not stop the tests of all the others.
    from claims_desk.services.office import set_up_office

    database = Database.open(url)
    set_up_office(database, office=OFFICE, administrator=ADMINISTRATOR, password=PASSWORD)
    database.close()
