"""Members are found by the words of their names and villages, and by identity card and phone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from claims_desk.migrations.column_kinds import ID
from claims_desk.models.name_index import StagedRows, rows_of

revision = "2026_11_26_names"
down_revision = "2026_11_26_scans"

ROWS_A_STEP = 10_000
MEMBERS = sa.text(
    "SELECT id, name_lo_folded, name_en_folded, village FROM members WHERE id > :last ORDER BY id LIMIT :step"
)
INDEXED_NOW = ("national_id", "phone")
FOR_BEGINNINGS = "varchar_pattern_ops"
BEGINNINGS_ON_SERVER = (("members", "person_no"), ("coverages", "member_no"))
NO_LONGER = ("name_lo_folded", "name_en_folded")


def upgrade() -> None:
    """Go up one step; the members there are brought into the index."""
    op.create_table(
        "name_words",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("word", sa.String(220), nullable=False),
        sa.Column("sound", sa.String(220), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_name_words")),
    )
    op.create_table(
        "member_words",
        sa.Column("word_id", ID, autoincrement=False, nullable=False),
        sa.Column("rest", ID, autoincrement=False, nullable=False),
        sa.Column("member_id", ID, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("word_id", "rest", "member_id", name=op.f("pk_member_words")),
        sqlite_with_rowid=False,
    )
    for column in NO_LONGER:
        op.drop_index(op.f(f"ix_members_{column}"), "members")
    op.drop_index(op.f("ix_members_family_book_no"), "members")
    for column in (*INDEXED_NOW, "family_book_no"):
        _index_beginnings(op.f(f"ix_members_{column}"), "members", column)
    if op.get_context().dialect.name == "postgresql":
        for table, column in BEGINNINGS_ON_SERVER:
            _index_beginnings(f"ix_{table}_{column}_begins", table, column)
    _fill(op.get_bind())


def _index_beginnings(name: str, table: str, column: str) -> None:
    op.create_index(name, table, [column], postgresql_ops={column: FOR_BEGINNINGS})


def _fill(connection: sa.Connection) -> None:
    staged = StagedRows(connection)
    last = -1
    while some := connection.execute(MEMBERS, {"last": last, "step": ROWS_A_STEP}).all():
        staged.add([row for member in some for row in rows_of(*member)])
        last = some[-1][0]
    staged.put_in()


def downgrade() -> None:
    """Go down again: names are looked for in their folded columns."""
    if op.get_context().dialect.name == "postgresql":
        for table, column in BEGINNINGS_ON_SERVER:
            op.drop_index(f"ix_{table}_{column}_begins", table)
    for column in (*INDEXED_NOW, "family_book_no"):
        op.drop_index(op.f(f"ix_members_{column}"), "members")
    for column in (*NO_LONGER, "family_book_no"):
        op.create_index(op.f(f"ix_members_{column}"), "members", [column])
    op.drop_table("member_words")
    op.drop_table("name_words")
