"""Bundles, batches, vouchers, payment files and the pool's ledger, as of the first tables."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from claims_desk.migrations.column_kinds import ID, one_of

TABLES = (
    "voucher_counters",
    "payment_files",
    "submissions",
    "vouchers",
    "batches",
    "payment_file_vouchers",
    "pool_entries",
)


def create() -> None:
    """Make the tables, those first that others refer to."""
    _voucher_counters()
    _payment_files()
    _submissions()
    _vouchers()
    _batches()
    _payment_file_vouchers()
    _pool_entries()


def _voucher_counters() -> None:
    op.create_table(
        "voucher_counters",
        sa.Column("fiscal_year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("fiscal_year", name=op.f("pk_voucher_counters")),
    )


def _payment_files() -> None:
    op.create_table(
        "payment_files",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("bank_code", sa.String(40), nullable=False),
        sa.Column("file_name", sa.String(200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("vouchers", sa.Integer(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_by", sa.BigInteger(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["users.id"], name=op.f("fk_payment_files_made_by_users")),
        sa.ForeignKeyConstraint(["withdrawn_by"], ["users.id"], name=op.f("fk_payment_files_withdrawn_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_files")),
        sa.UniqueConstraint("number", name=op.f("uq_payment_files_number")),
    )


def _submissions() -> None:
    op.create_table(
        "submissions",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("facility_code", sa.String(40), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("received_by", sa.BigInteger(), nullable=False),
        sa.Column("forms_counted", sa.Integer(), nullable=False),
        sa.Column("kip_counted", sa.BigInteger(), nullable=False),
        sa.Column("form_numbers_sum", sa.BigInteger(), nullable=False),
        sa.Column("state", one_of("submissionstate", "OPEN", "CLOSED"), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("closed_by", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["closed_by"], ["users.id"], name=op.f("fk_submissions_closed_by_users")),
        sa.ForeignKeyConstraint(
            ["facility_code"], ["facilities.code"], name=op.f("fk_submissions_facility_code_facilities")
        ),
        sa.ForeignKeyConstraint(["received_by"], ["users.id"], name=op.f("fk_submissions_received_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submissions")),
        sa.UniqueConstraint("number", name=op.f("uq_submissions_number")),
    )
    op.create_index(op.f("ix_submissions_facility_code_month"), "submissions", ["facility_code", "month"])
    op.create_index(op.f("ix_submissions_state"), "submissions", ["state"])


def _columns_of_its_steps() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("prepared_by", sa.BigInteger(), nullable=False),
        sa.Column("prepared_at", sa.DateTime(), nullable=False),
        sa.Column("certified_by", sa.BigInteger(), nullable=True),
        sa.Column("certified_at", sa.DateTime(), nullable=True),
        sa.Column("posted_by", sa.BigInteger(), nullable=True),
        sa.Column("posted_at", sa.DateTime(), nullable=True),
        sa.Column("posted_on", sa.Date(), nullable=True),
    )


def _vouchers() -> None:
    op.create_table(
        "vouchers",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("number", sa.String(30), nullable=True),
        sa.Column("fiscal_year", sa.Integer(), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=True),
        sa.Column("facility_code", sa.String(40), nullable=False),
        sa.Column("scheme", sa.String(40), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("bank_code", sa.String(40), nullable=False),
        sa.Column("bank_account", sa.String(40), nullable=False),
        sa.Column("bank_account_name", sa.String(200), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("allowed", sa.BigInteger(), nullable=False),
        sa.Column("copay_due", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("state", one_of("voucherstate", "PREPARED", "CERTIFIED", "POSTED", "CANCELLED"), nullable=False),
        *_columns_of_its_steps(),
        sa.Column("chain_head", sa.String(64), nullable=False),
        sa.Column("reverses_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'POSTED') = (number IS NOT NULL)", name=op.f("ck_vouchers_numbered_when_posted")),
        sa.ForeignKeyConstraint(["certified_by"], ["users.id"], name=op.f("fk_vouchers_certified_by_users")),
        sa.ForeignKeyConstraint(
            ["facility_code"], ["facilities.code"], name=op.f("fk_vouchers_facility_code_facilities")
        ),
        sa.ForeignKeyConstraint(["posted_by"], ["users.id"], name=op.f("fk_vouchers_posted_by_users")),
        sa.ForeignKeyConstraint(["prepared_by"], ["users.id"], name=op.f("fk_vouchers_prepared_by_users")),
        sa.ForeignKeyConstraint(["reverses_id"], ["vouchers.id"], name=op.f("fk_vouchers_reverses_id_vouchers")),
        sa.ForeignKeyConstraint(["scheme"], ["schemes.code"], name=op.f("fk_vouchers_scheme_schemes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vouchers")),
        sa.UniqueConstraint("fiscal_year", "sequence", name=op.f("uq_vouchers_fiscal_year_sequence")),
        sa.UniqueConstraint("number", name=op.f("uq_vouchers_number")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_vouchers_reverses_id")),
    )
    op.create_index(op.f("ix_vouchers_facility_code"), "vouchers", ["facility_code"])
    op.create_index(op.f("ix_vouchers_state"), "vouchers", ["state"])


def _batches() -> None:
    op.create_table(
        "batches",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("submission_id", sa.BigInteger(), nullable=False),
        sa.Column("facility_code", sa.String(40), nullable=False),
        sa.Column("scheme", sa.String(40), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("claimed", sa.BigInteger(), nullable=False),
        sa.Column("allowed", sa.BigInteger(), nullable=False),
        sa.Column("copay_due", sa.BigInteger(), nullable=False),
        sa.Column("payable", sa.BigInteger(), nullable=False),
        sa.Column("state", one_of("batchstate", "PROPOSED", "APPROVED", "RETURNED"), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("voucher_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["decided_by"], ["users.id"], name=op.f("fk_batches_decided_by_users")),
        sa.ForeignKeyConstraint(
            ["facility_code"], ["facilities.code"], name=op.f("fk_batches_facility_code_facilities")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["users.id"], name=op.f("fk_batches_made_by_users")),
        sa.ForeignKeyConstraint(["scheme"], ["schemes.code"], name=op.f("fk_batches_scheme_schemes")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_batches_submission_id_submissions")
        ),
        sa.ForeignKeyConstraint(["voucher_id"], ["vouchers.id"], name=op.f("fk_batches_voucher_id_vouchers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batches")),
        sa.UniqueConstraint("number", name=op.f("uq_batches_number")),
    )
    op.create_index(op.f("ix_batches_state"), "batches", ["state"])
    op.create_index(op.f("ix_batches_submission_id"), "batches", ["submission_id"])
    op.create_index(op.f("ix_batches_voucher_id"), "batches", ["voucher_id"])


def _payment_file_vouchers() -> None:
    op.create_table(
        "payment_file_vouchers",
        sa.Column("payment_file_id", sa.BigInteger(), nullable=False),
        sa.Column("voucher_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["payment_file_id"],
            ["payment_files.id"],
            name=op.f("fk_payment_file_vouchers_payment_file_id_payment_files"),
        ),
        sa.ForeignKeyConstraint(
            ["voucher_id"], ["vouchers.id"], name=op.f("fk_payment_file_vouchers_voucher_id_vouchers")
        ),
        sa.PrimaryKeyConstraint("payment_file_id", "voucher_id", name=op.f("pk_payment_file_vouchers")),
    )
    op.create_index(op.f("ix_payment_file_vouchers_voucher_id"), "payment_file_vouchers", ["voucher_id"])


def _pool_entries() -> None:
    op.create_table(
        "pool_entries",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("voucher_id", sa.BigInteger(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("account", sa.String(60), nullable=False),
        sa.Column("scheme", sa.String(40), nullable=False),
        sa.Column("facility_code", sa.String(40), nullable=False),
        sa.Column("level", sa.String(2), nullable=False),
        sa.Column("debit", sa.BigInteger(), nullable=False),
        sa.Column("credit", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "(debit = 0) <> (credit = 0) AND debit >= 0 AND credit >= 0", name=op.f("ck_pool_entries_one_side")
        ),
        sa.ForeignKeyConstraint(["voucher_id"], ["vouchers.id"], name=op.f("fk_pool_entries_voucher_id_vouchers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pool_entries")),
    )
    op.create_index(op.f("ix_pool_entries_account_booked_on"), "pool_entries", ["account", "booked_on"])
    op.create_index(op.f("ix_pool_entries_voucher_id"), "pool_entries", ["voucher_id"])
