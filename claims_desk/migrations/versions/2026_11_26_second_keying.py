"""Which claims are keyed a second time, who erred in them, and what everybody keyed day by day."""

from __future__ import annotations

import json
from secrets import token_hex

import sqlalchemy as sa
from alembic import op

from claims_desk.migrations import triggers
from claims_desk.migrations.column_kinds import one_of
from claims_desk.migrations.triggers_draws import DRAW_GUARDS

revision = "2026_11_26_second_keying"
down_revision = "2026_11_26_patients_of_a_day"


def upgrade() -> None:
    """Add the draws, the counts of errors and the days of work; what was verified before is counted too."""
    _secret()
    _draws()
    _work_days()
    _errors()
    triggers.create(op.get_bind(), DRAW_GUARDS)


def downgrade() -> None:
    """Take them away again; draws and days of work are lost, second keyings stay."""
    op.drop_index(op.f("ix_verifications_keyed_by_id"), "verifications")
    op.drop_index(op.f("ix_verifications_verified_by"), "verifications")
    with op.batch_alter_table("verifications") as table:
        table.drop_constraint(op.f("fk_verifications_keyed_by_users"), type_="foreignkey")
        for name in ("keyed_by", "first_errors", "second_errors"):
            table.drop_column(name)
    op.drop_table("work_days")
    op.drop_table("verification_draws")
    with op.batch_alter_table("office") as table:
        table.drop_column("draw_secret")


def _secret() -> None:
    op.add_column("office", sa.Column("draw_secret", sa.String(64), nullable=True))
    op.get_bind().execute(sa.text("UPDATE office SET draw_secret = :secret"), {"secret": token_hex(32)})
    with op.batch_alter_table("office") as table:
        table.alter_column("draw_secret", existing_type=sa.String(64), nullable=False)


def _draws() -> None:
    op.create_table(
        "verification_draws",
        sa.Column("claim_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("keyed_by", sa.BigInteger(), nullable=False),
        sa.Column("chosen", sa.Boolean(), nullable=False),
        sa.Column("reason", one_of("drawreason", "AMOUNT", "NEWCOMER", "SHARE"), nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("released_by", sa.BigInteger(), nullable=True),
        sa.Column("released_at", sa.DateTime(), nullable=True),
        sa.Column("released_why", sa.String(500), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name=op.f("fk_verification_draws_claim_id_claims")),
        sa.ForeignKeyConstraint(["keyed_by"], ["users.id"], name=op.f("fk_verification_draws_keyed_by_users")),
        sa.ForeignKeyConstraint(["released_by"], ["users.id"], name=op.f("fk_verification_draws_released_by_users")),
        sa.PrimaryKeyConstraint("claim_id", name=op.f("pk_verification_draws")),
    )
    op.create_index(op.f("ix_verification_draws_keyed_by"), "verification_draws", ["keyed_by"])


def _work_days() -> None:
    op.create_table(
        "work_days",
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("forms", sa.Integer(), nullable=False),
        sa.Column("keystrokes", sa.Integer(), nullable=False),
        sa.Column("active_seconds", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_work_days_user_id_users")),
        sa.PrimaryKeyConstraint("user_id", "day", name=op.f("pk_work_days")),
    )


def _errors() -> None:
    for column in ("keyed_by", "first_errors", "second_errors"):
        kind = sa.BigInteger() if column == "keyed_by" else sa.Integer()
        op.add_column("verifications", sa.Column(column, kind, nullable=True))
    _count_errors(op.get_bind())
    with op.batch_alter_table("verifications") as table:
        table.alter_column("keyed_by", existing_type=sa.BigInteger(), nullable=False)
        table.create_foreign_key(op.f("fk_verifications_keyed_by_users"), "users", ["keyed_by"], ["id"])
    op.create_index(op.f("ix_verifications_keyed_by_id"), "verifications", ["keyed_by", "id"])
    op.create_index(op.f("ix_verifications_verified_by"), "verifications", ["verified_by"])


def _count_errors(connection: sa.Connection) -> None:
    connection.execute(
        sa.text(
            "UPDATE verifications SET keyed_by = (SELECT c.keyed_by FROM claims c WHERE c.id = verifications.claim_id)"
        )
    )
    settled = "SELECT id, differences FROM verifications WHERE resolved_by IS NOT NULL OR differences = '[]'"
    counted = [
        {"id": key, "first": _erred(found, "first"), "second": _erred(found, "second")}
        for key, found in connection.execute(sa.text(settled)).all()
    ]
    if counted:
        count = "UPDATE verifications SET first_errors = :first, second_errors = :second WHERE id = :id"
        connection.execute(sa.text(count), counted)


def _erred(differences: str, whose: str) -> int:
    return sum(one["erred"] in (whose, "both") for one in json.loads(differences))
