"""Vouchers of capitation beside those of claims, quarterly shares, and the monthly returns of facilities."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from claims_desk.migrations import triggers
from claims_desk.migrations.column_kinds import ID, one_of
from claims_desk.migrations.triggers_capitation import CAPITATION_GUARDS

revision = "2026_11_26_capitation"
down_revision = "2026_11_26_names"

TABLES = (
    "monthly_return_answers",
    "monthly_return_counts",
    "monthly_returns",
    "capitation_lines",
    "capitation_shares",
)
OLDER_GUARDS_USE = ("voucher_is_posted", "refuse_change")


def upgrade() -> None:
    """Every voucher there is pays claims."""
    op.execute(
        "ALTER TABLE vouchers ADD COLUMN kind VARCHAR(16) DEFAULT 'CLAIMS' NOT NULL"
        " CONSTRAINT ck_vouchers_voucherkind CHECK (kind IN ('CLAIMS', 'CAPITATION'))"
    )  # not by a copy of the table, which would lose the guards of what is posted
    _shares()
    _lines()
    _returns()
    _counts()
    _answers()
    triggers.create(op.get_bind(), CAPITATION_GUARDS)


def downgrade() -> None:
    """Returns and shares are lost; vouchers of capitation stay as vouchers without claims."""
    triggers.drop(op.get_bind(), CAPITATION_GUARDS, OLDER_GUARDS_USE)
    for table in TABLES:
        op.drop_table(table)
    op.execute("ALTER TABLE vouchers DROP COLUMN kind")


def _shares() -> None:
    op.create_table(
        "capitation_shares",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("facility_code", sa.String(40), nullable=False),
        sa.Column("scheme", sa.String(40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False),
        sa.Column("voucher_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("quarter BETWEEN 1 AND 4", name=op.f("ck_capitation_shares_quarter")),
        sa.ForeignKeyConstraint(
            ["facility_code"], ["facilities.code"], name=op.f("fk_capitation_shares_facility_code_facilities")
        ),
        sa.ForeignKeyConstraint(["scheme"], ["schemes.code"], name=op.f("fk_capitation_shares_scheme_schemes")),
        sa.ForeignKeyConstraint(["voucher_id"], ["vouchers.id"], name=op.f("fk_capitation_shares_voucher_id_vouchers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capitation_shares")),
        sa.UniqueConstraint(
            *("scheme", "year", "quarter", "facility_code"),
            name=op.f("uq_capitation_shares_scheme_year_quarter_facility_code"),
        ),
        sa.UniqueConstraint("voucher_id", name=op.f("uq_capitation_shares_voucher_id")),
    )


def _lines() -> None:
    op.create_table(
        "capitation_lines",
        sa.Column("voucher_id", sa.BigInteger(), nullable=False),
        sa.Column("share_id", sa.BigInteger(), nullable=False),
        sa.Column("catchment", sa.Integer(), nullable=False),
        sa.Column("rate", sa.BigInteger(), nullable=False),
        sa.Column("own_rate", sa.Boolean(), nullable=False),
        sa.Column("year_amount", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["share_id"], ["capitation_shares.id"], name=op.f("fk_capitation_lines_share_id_capitation_shares")
        ),
        sa.ForeignKeyConstraint(["voucher_id"], ["vouchers.id"], name=op.f("fk_capitation_lines_voucher_id_vouchers")),
        sa.PrimaryKeyConstraint("voucher_id", name=op.f("pk_capitation_lines")),
    )
    op.create_index(op.f("ix_capitation_lines_share_id"), "capitation_lines", ["share_id"])


def _returns() -> None:
    op.create_table(
        "monthly_returns",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("facility_code", sa.String(40), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("state", one_of("returnstate", "OPEN", "CLOSED"), nullable=False),
        sa.Column("entered_by", sa.BigInteger(), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.Column("closed_by", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["closed_by"], ["users.id"], name=op.f("fk_monthly_returns_closed_by_users")),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_monthly_returns_entered_by_users")),
        sa.ForeignKeyConstraint(
            ["facility_code"], ["facilities.code"], name=op.f("fk_monthly_returns_facility_code_facilities")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_monthly_returns")),
        sa.UniqueConstraint("facility_code", "month", name=op.f("uq_monthly_returns_facility_code_month")),
    )
    op.create_index(op.f("ix_monthly_returns_month"), "monthly_returns", ["month"])


def _counts() -> None:
    op.create_table(
        "monthly_return_counts",
        sa.Column("return_id", sa.BigInteger(), nullable=False),
        sa.Column("section", one_of("section", "OPD", "IPD"), nullable=False),
        sa.Column("group_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sex", sa.String(1), nullable=False),
        sa.Column("age", one_of("ageband", "U5", "5UP"), nullable=False),
        sa.Column("pays", one_of("pays", "FREE", "PAYING"), nullable=False),
        sa.Column("patients", sa.Integer(), nullable=True),
        sa.CheckConstraint("patients >= 0", name=op.f("ck_monthly_return_counts_not_below_zero")),
        sa.ForeignKeyConstraint(
            ["return_id"], ["monthly_returns.id"], name=op.f("fk_monthly_return_counts_return_id_monthly_returns")
        ),
        sa.PrimaryKeyConstraint(
            *("return_id", "section", "group_no", "sex", "age", "pays"), name=op.f("pk_monthly_return_counts")
        ),
    )


def _answers() -> None:
    op.create_table(
        "monthly_return_answers",
        sa.Column("return_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("section", one_of("section", "OPD", "IPD"), nullable=False),
        sa.Column("group_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("other", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("answered_by", sa.BigInteger(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["users.id"], name=op.f("fk_monthly_return_answers_answered_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["return_id"], ["monthly_returns.id"], name=op.f("fk_monthly_return_answers_return_id_monthly_returns")
        ),
        sa.PrimaryKeyConstraint("return_id", "kind", "section", "group_no", name=op.f("pk_monthly_return_answers")),
    )
