"""Upgrading what an older program made: a copy first, all steps or none, and never backwards."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import inspect

from claims_desk.domain.errors import UserError
from claims_desk.models.database import Database
from claims_desk.services import schema
from claims_desk.services.schema import Standing
from claims_desk.services.users import sign_in

STEP = """
import sqlalchemy as sa
from alembic import op

revision = "2099_01_01"
down_revision = "{before}"


def upgrade():
    with op.batch_alter_table("facilities") as table:
        table.add_column(sa.Column("motto", sa.String(20), nullable=False, server_default=""))
    {then}


def downgrade():
    with op.batch_alter_table("facilities") as table:
        table.drop_column("motto")
"""


@pytest.fixture(params=["sqlite", "postgres"])
def db(request):
    """An office of its own: these tests change more than rows."""
    db = Database.open(request.getfixturevalue(f"new_{request.param}")(True))
    yield db
    db.close()


@pytest.fixture
def newer_program(tmp_path, monkeypatch):
    """Makes this program one with a further step."""
    here = schema._folder()

    def make(then="pass"):
        folder = tmp_path / "migrations"
        shutil.copytree(here, folder, dirs_exist_ok=True)
        step = STEP.format(before=schema.head(), then=then)
        (folder / "versions" / "2099_01_01_motto.py").write_text(step)
        monkeypatch.setattr(schema, "_folder", lambda: folder)

    return make


def columns(db):
    with db.engine.connect() as connection:
        return {column["name"] for column in inspect(connection).get_columns("facilities")}


def copies(db):
    return [] if db.path is None else list(db.path.parent.glob(f"{db.path.stem}-before-upgrade*"))


def test_an_older_database_is_told_and_then_upgraded_after_a_copy(db, newer_program):
    newer_program()
    with pytest.raises(UserError, match="older Claims Desk"):
        schema.check(db)
    copy = schema.upgrade(db)
    schema.check(db)
    assert "motto" in columns(db)
    assert sign_in(db, "admin", "Vang Vieng 2026").name == "admin"
    assert copies(db) == ([copy] if db.is_sqlite else [])
    if copy is not None:
        old = Database.open(f"sqlite:///{copy}")
        assert "motto" not in columns(old)
        old.close()


def test_a_step_that_fails_leaves_the_database_as_it_was(db, newer_program):
    newer_program(then="raise ValueError('half way')")
    with pytest.raises(ValueError, match="half way"):
        schema.upgrade(db)
    assert schema.standing(db) is Standing.OLDER
    assert "motto" not in columns(db)


def test_a_database_of_a_newer_program_is_left_alone(db, newer_program, monkeypatch):
    here = schema._folder()
    newer_program()
    schema.upgrade(db)
    monkeypatch.setattr(schema, "_folder", lambda: here)
    for ask in (schema.check, schema.upgrade):
        with pytest.raises(UserError, match="newer Claims Desk"):
            ask(db)


def test_a_second_upgrade_does_nothing(db):
    assert schema.upgrade(db) is None
    assert copies(db) == []


def test_the_migrations_are_found_inside_the_program():
    folder = Path(schema._folder())
    assert (folder / "env.py").is_file()
    assert list((folder / "versions").glob("2*.py"))
