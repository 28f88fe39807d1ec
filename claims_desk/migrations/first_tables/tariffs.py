"""The dated tables of rates, methods and limits, as of the first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from claims_desk.migrations.column_kinds import ID

TABLES = (
    "capitation_rates",
    "case_rates",
    "ceilings",
    "contracts",
    "copayments",
    "item_pairs",
    "payment_methods",
    "prices",
    "visit_limits",
)


def create() -> None:
    """Make the tables, those first that others refer to."""
    _capitation_rates()
    _case_rates()
    _ceilings()
    _contracts()
    _copayments()
    _item_pairs()
    _payment_methods()
    _prices()
    _visit_limits()


def _capitation_rates() -> None:
    op.create_table(
        "capitation_rates",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("scheme", sa.String(40), nullable=False),
        sa.Column("level", sa.String(2), nullable=False),
        sa.Column("facility_code", sa.String(40), nullable=False),
        sa.Column("amount_per_year", sa.BigInteger(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_capitation_rates_span")),
        sa.ForeignKeyConstraint(["scheme"], ["schemes.code"], name=op.f("fk_capitation_rates_scheme_schemes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capitation_rates")),
        sa.UniqueConstraint(
            "scheme",
            "level",
            "facility_code",
            "valid_from",
            name=op.f("uq_capitation_rates_scheme_level_facility_code_valid_from"),
        ),
    )


def _case_rates() -> None:
    op.create_table(
        "case_rates",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("case_group", sa.String(40), nullable=False),
        sa.Column("scheme", sa.String(40), nullable=False),
        sa.Column("level", sa.String(2), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_case_rates_span")),
        sa.ForeignKeyConstraint(
            ["case_group"], ["case_groups.code"], name=op.f("fk_case_rates_case_group_case_groups")
        ),
        sa.ForeignKeyConstraint(["scheme"], ["schemes.code"], name=op.f("fk_case_rates_scheme_schemes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_rates")),
        sa.UniqueConstraint(
            "case_group", "scheme", "level", "valid_from", name=op.f("uq_case_rates_case_group_scheme_level_valid_from")
        ),
    )


def _ceilings() -> None:
    op.create_table(
        "ceilings",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("scheme", sa.String(40), nullable=False),
        sa.Column("care_type", sa.String(10), nullable=False),
        sa.Column("period", sa.String(5), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_ceilings_span")),
        sa.ForeignKeyConstraint(["scheme"], ["schemes.code"], name=op.f("fk_ceilings_scheme_schemes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ceilings")),
        sa.UniqueConstraint(
            "scheme", "care_type", "period", "valid_from", name=op.f("uq_ceilings_scheme_care_type_period_valid_from")
        ),
    )


def _contracts() -> None:
    op.create_table(
        "contracts",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("facility_code", sa.String(40), nullable=False),
        sa.Column("scheme", sa.String(40), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_contracts_span")),
        sa.ForeignKeyConstraint(
            ["facility_code"], ["facilities.code"], name=op.f("fk_contracts_facility_code_facilities")
        ),
        sa.ForeignKeyConstraint(["scheme"], ["schemes.code"], name=op.f("fk_contracts_scheme_schemes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contracts")),
        sa.UniqueConstraint(
            "facility_code", "scheme", "valid_from", name=op.f("uq_contracts_facility_code_scheme_valid_from")
        ),
    )


def _copayments() -> None:
    op.create_table(
        "copayments",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("scheme", sa.String(40), nullable=False),
        sa.Column("level", sa.String(2), nullable=False),
        sa.Column("care_type", sa.String(10), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("percent", sa.String(8), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_copayments_span")),
        sa.ForeignKeyConstraint(["scheme"], ["schemes.code"], name=op.f("fk_copayments_scheme_schemes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_copayments")),
        sa.UniqueConstraint(
            "scheme", "level", "care_type", "valid_from", name=op.f("uq_copayments_scheme_level_care_type_valid_from")
        ),
    )


def _item_pairs() -> None:
    op.create_table(
        "item_pairs",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("first_item", sa.String(40), nullable=False),
        sa.Column("second_item", sa.String(40), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_item_pairs_span")),
        sa.ForeignKeyConstraint(["first_item"], ["items.code"], name=op.f("fk_item_pairs_first_item_items")),
        sa.ForeignKeyConstraint(["second_item"], ["items.code"], name=op.f("fk_item_pairs_second_item_items")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_pairs")),
        sa.UniqueConstraint(
            "first_item", "second_item", "valid_from", name=op.f("uq_item_pairs_first_item_second_item_valid_from")
        ),
    )


def _payment_methods() -> None:
    op.create_table(
        "payment_methods",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("scheme", sa.String(40), nullable=False),
        sa.Column("level", sa.String(2), nullable=False),
        sa.Column("care_type", sa.String(10), nullable=False),
        sa.Column("method", sa.String(10), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_payment_methods_span")),
        sa.ForeignKeyConstraint(["scheme"], ["schemes.code"], name=op.f("fk_payment_methods_scheme_schemes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_methods")),
        sa.UniqueConstraint(
            "scheme",
            "level",
            "care_type",
            "valid_from",
            name=op.f("uq_payment_methods_scheme_level_care_type_valid_from"),
        ),
    )


def _prices() -> None:
    op.create_table(
        "prices",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("item_code", sa.String(40), nullable=False),
        sa.Column("scheme", sa.String(40), nullable=False),
        sa.Column("level", sa.String(2), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_prices_span")),
        sa.ForeignKeyConstraint(["item_code"], ["items.code"], name=op.f("fk_prices_item_code_items")),
        sa.ForeignKeyConstraint(["scheme"], ["schemes.code"], name=op.f("fk_prices_scheme_schemes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prices")),
        sa.UniqueConstraint(
            "item_code", "scheme", "level", "valid_from", name=op.f("uq_prices_item_code_scheme_level_valid_from")
        ),
    )


def _visit_limits() -> None:
    op.create_table(
        "visit_limits",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("scheme", sa.String(40), nullable=False),
        sa.Column("care_type", sa.String(10), nullable=False),
        sa.Column("max_per_year", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_visit_limits_span")),
        sa.ForeignKeyConstraint(["scheme"], ["schemes.code"], name=op.f("fk_visit_limits_scheme_schemes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_limits")),
        sa.UniqueConstraint(
            "scheme", "care_type", "valid_from", name=op.f("uq_visit_limits_scheme_care_type_valid_from")
        ),
    )
