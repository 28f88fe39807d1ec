from __future__ import annotations

from collections.abc import Callable

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from claims_desk.models import Base
from claims_desk.models.database import Database
from claims_desk.services import schema
from claims_desk.services.schema import alembic_config, migrating


def go(db: Database, step: str, revision: str) -> None:
    with migrating(db) as connection:
        getattr(command, step)(alembic_config(connection), revision)


def revisions() -> list[str]:
    return [script.revision for script in reversed(list(ScriptDirectory(str(schema._folder())).walk_revisions()))]


def described(connection: Connection) -> dict[str, object]:
    """Everything the database says of its tables, as it would be compared by hand."""
    look = inspect(connection)
    said: dict[str, object] = {}
    for table in sorted(set(look.get_table_names()) - {"alembic_version"}):
        said[table] = (
            [(c["name"], str(c["type"]), c["nullable"], c["default"]) for c in look.get_columns(table)],
            look.get_pk_constraint(table),
            *(
                sorted(map(str, many))
                for many in (
                    look.get_foreign_keys(table),
                    look.get_unique_constraints(table),
                    [
                        {**index, "dialect_options": {k: str(v) for k, v in index["dialect_options"].items()}}
                        for index in look.get_indexes(table)
                    ],
                    look.get_check_constraints(table),
                )
            ),
        )
    return said


def made_on(engine: str) -> Callable[..., bool]:
    """All but the indexes that are for the server alone: what of them is there is compared as it is described."""

    def made(_thing: object, name: str | None, kind: str, _found: bool, _other: object) -> bool:
        return not (engine == "sqlite" and kind == "index" and str(name).endswith("_begins"))

    return made


def test_the_tables_at_head_are_those_of_the_models(empty_db: Database) -> None:
    go(empty_db, "upgrade", "head")
    with empty_db.engine.connect() as connection:
        migrated = described(connection)
        context = MigrationContext.configure(connection, opts={"include_object": made_on(connection.dialect.name)})
        assert compare_metadata(context, Base.metadata) == []
    go(empty_db, "downgrade", "base")
    Base.metadata.create_all(empty_db.engine)
    with empty_db.engine.connect() as connection:
        assert described(connection) == migrated


def test_each_revision_goes_up_down_and_up_again(empty_db: Database) -> None:
    before = "base"
    for revision in revisions():
        go(empty_db, "upgrade", revision)
        with empty_db.engine.connect() as connection:
            first = described(connection)
        go(empty_db, "downgrade", before)
        go(empty_db, "upgrade", revision)
        with empty_db.engine.connect() as connection:
            assert described(connection) == first
        before = revision
    schema.check(empty_db)


def test_going_down_to_nothing_leaves_nothing(empty_db: Database) -> None:
    go(empty_db, "upgrade", "head")
    go(empty_db, "downgrade", "base")
    with empty_db.engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
        if not empty_db.is_sqlite:
            assert inspect(connection).get_sequence_names() == []
            ours = text(
                "SELECT count(*) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
                " WHERE n.nspname = 'public'"
            )
            assert connection.execute(ours).scalar_one() == 0
    schema.upgrade(empty_db)
    schema.check(empty_db)
