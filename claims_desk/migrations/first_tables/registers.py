"""Schemes, facilities and what is paid for what, as of the first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from claims_desk.migrations.column_kinds import ID

TABLES = ("case_groups", "diagnoses", "facilities", "items", "parameters", "schemes")


def create() -> None:
    """Make the tables, those first that others refer to."""
    _case_groups()
    _diagnoses()
    _facilities()
    _items()
    _parameters()
    _schemes()


def _case_groups() -> None:
    op.create_table(
        "case_groups",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name_lo", sa.String(200), nullable=False),
        sa.Column("name_en", sa.String(200), nullable=False),
        sa.Column("care_type", sa.String(10), nullable=False),
        sa.Column("diagnosis_prefixes", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_groups")),
        sa.UniqueConstraint("code", name=op.f("uq_case_groups_code")),
    )


def _diagnoses() -> None:
    op.create_table(
        "diagnoses",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("title_en", sa.String(400), nullable=False),
        sa.Column("title_lo", sa.String(400), nullable=False),
        sa.Column("sex", sa.String(1), nullable=False),
        sa.Column("age_min", sa.Integer(), nullable=True),
        sa.Column("age_max", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_diagnoses")),
        sa.UniqueConstraint("code", name=op.f("uq_diagnoses_code")),
    )


def _facilities() -> None:
    op.create_table(
        "facilities",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name_lo", sa.String(200), nullable=False),
        sa.Column("name_en", sa.String(200), nullable=False),
        sa.Column("level", sa.String(2), nullable=False),
        sa.Column("province_code", sa.String(2), nullable=False),
        sa.Column("district_code", sa.String(4), nullable=False),
        sa.Column("active_from", sa.Date(), nullable=True),
        sa.Column("active_to", sa.Date(), nullable=True),
        sa.Column("bank_code", sa.String(40), nullable=False),
        sa.Column("bank_account", sa.String(40), nullable=False),
        sa.Column("bank_account_name", sa.String(200), nullable=False),
        sa.Column("catchment", sa.Integer(), nullable=True),
        sa.Column("name_folded", sa.String(420), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facilities")),
        sa.UniqueConstraint("code", name=op.f("uq_facilities_code")),
    )
    op.create_index(op.f("ix_facilities_district_code"), "facilities", ["district_code"])


def _items() -> None:
    op.create_table(
        "items",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("name_lo", sa.String(200), nullable=False),
        sa.Column("name_en", sa.String(200), nullable=False),
        sa.Column("care_types", sa.String(200), nullable=False),
        sa.Column("sex", sa.String(1), nullable=False),
        sa.Column("age_min", sa.Integer(), nullable=True),
        sa.Column("age_max", sa.Integer(), nullable=True),
        sa.Column("max_per_day", sa.Integer(), nullable=True),
        sa.Column("max_per_year", sa.Integer(), nullable=True),
        sa.Column("min_interval_days", sa.Integer(), nullable=True),
        sa.Column("extra", sa.Boolean(), nullable=False),
        sa.Column("excluded", sa.Boolean(), nullable=False),
        sa.Column("active_from", sa.Date(), nullable=True),
        sa.Column("active_to", sa.Date(), nullable=True),
        sa.Column("name_folded", sa.String(420), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_items")),
        sa.UniqueConstraint("code", name=op.f("uq_items_code")),
    )


def _parameters() -> None:
    op.create_table(
        "parameters",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("scheme", sa.String(40), nullable=False),
        sa.Column("value", sa.String(200), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_parameters_span")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parameters")),
        sa.UniqueConstraint("name", "scheme", "valid_from", name=op.f("uq_parameters_name_scheme_valid_from")),
    )


def _schemes() -> None:
    op.create_table(
        "schemes",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name_lo", sa.String(200), nullable=False),
        sa.Column("name_en", sa.String(200), nullable=False),
        sa.Column("payer_order", sa.Integer(), nullable=False),
        sa.Column("waiting_days", sa.Integer(), nullable=False),
        sa.Column("referral_levels", sa.String(200), nullable=False),
        sa.Column("exempt_categories", sa.String(200), nullable=False),
        sa.Column("fund", sa.String(40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schemes")),
        sa.UniqueConstraint("code", name=op.f("uq_schemes_code")),
    )
