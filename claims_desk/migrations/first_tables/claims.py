"""Claims, what was decided of them, and their lines on vouchers, as of the first tables."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from claims_desk.migrations.column_kinds import ID, one_of

TABLES = ("claims", "claim_lines", "decisions", "verifications", "voucher_lines", "decision_lines", "findings")


def create() -> None:
    """Make the tables, those first that others refer to."""
    _claims()
    _claim_lines()
    _decisions()
    _verifications()
    _voucher_lines()
    _decision_lines()
    _findings()


def _columns_of_the_form() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("submission_id", sa.BigInteger(), nullable=True),
        sa.Column("form_no", sa.String(40), nullable=False),
        sa.Column("facility_code", sa.String(40), nullable=False),
        sa.Column("scheme", sa.String(40), nullable=False),
        sa.Column("member_no", sa.String(40), nullable=False),
        sa.Column("patient_name", sa.String(200), nullable=False),
        sa.Column("patient_folded", sa.String(200), nullable=False),
        sa.Column("phone", sa.String(40), nullable=False),
        sa.Column("sex", sa.String(1), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("care_type", sa.String(10), nullable=False),
        sa.Column("visit_from", sa.Date(), nullable=True),
        sa.Column("visit_to", sa.Date(), nullable=True),
        sa.Column("case_group", sa.String(40), nullable=False),
        sa.Column("diagnosis_main", sa.String(40), nullable=False),
        sa.Column("diagnosis_2", sa.String(40), nullable=False),
        sa.Column("diagnosis_3", sa.String(40), nullable=False),
        sa.Column("diagnosis_4", sa.String(40), nullable=False),
        sa.Column("referred_from", sa.String(40), nullable=False),
        sa.Column("referral_date", sa.Date(), nullable=True),
        sa.Column("referral_no", sa.String(40), nullable=False),
        sa.Column("emergency", sa.Boolean(), nullable=False),
        sa.Column("documents_seen", sa.String(60), nullable=False),
        sa.Column("signed", sa.Boolean(), nullable=True),
        sa.Column("exemption_claimed", sa.String(10), nullable=False),
        sa.Column("copay_collected", sa.BigInteger(), nullable=True),
        sa.Column("claimed_total", sa.BigInteger(), nullable=True),
        sa.Column("received_date", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(200), nullable=False),
    )


def _claims() -> None:
    op.create_table(
        "claims",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        *_columns_of_the_form(),
        sa.Column(
            "state",
            one_of(
                "claimstate",
                "KEYED",
                "CORRECTED",
                "ACCEPTED",
                "PENDED",
                "DENIED",
                "BATCHED",
                "APPROVED",
                "VOUCHERED",
                "PAID",
                "VOID",
            ),
            nullable=False,
        ),
        sa.Column("keyed_by", sa.BigInteger(), nullable=False),
        sa.Column("keyed_at", sa.DateTime(), nullable=False),
        sa.Column("corrected_by", sa.BigInteger(), nullable=True),
        sa.Column("copied_from", sa.BigInteger(), nullable=True),
        sa.Column("batch_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], name=op.f("fk_claims_batch_id_batches")),
        sa.ForeignKeyConstraint(["copied_from"], ["claims.id"], name=op.f("fk_claims_copied_from_claims")),
        sa.ForeignKeyConstraint(["corrected_by"], ["users.id"], name=op.f("fk_claims_corrected_by_users")),
        sa.ForeignKeyConstraint(["keyed_by"], ["users.id"], name=op.f("fk_claims_keyed_by_users")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_claims_submission_id_submissions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claims")),
    )
    op.create_index(op.f("ix_claims_batch_id"), "claims", ["batch_id"])
    op.create_index(op.f("ix_claims_facility_code_form_no"), "claims", ["facility_code", "form_no"])
    op.create_index(op.f("ix_claims_facility_code_visit_from"), "claims", ["facility_code", "visit_from"])
    op.create_index(op.f("ix_claims_member_no_scheme"), "claims", ["member_no", "scheme"])
    op.create_index(op.f("ix_claims_state"), "claims", ["state"])
    op.create_index(op.f("ix_claims_submission_id"), "claims", ["submission_id"])


def _claim_lines() -> None:
    op.create_table(
        "claim_lines",
        sa.Column("claim_id", sa.BigInteger(), nullable=False),
        sa.Column("line_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("item_code", sa.String(40), nullable=False),
        sa.Column("service_date", sa.Date(), nullable=True),
        sa.Column("quantity", sa.String(20), nullable=True),
        sa.Column("unit_price", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name=op.f("fk_claim_lines_claim_id_claims")),
        sa.PrimaryKeyConstraint("claim_id", "line_no", name=op.f("pk_claim_lines")),
    )


def _decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("claim_id", sa.BigInteger(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("decision", one_of("decision", "ACCEPT", "PEND", "DENY"), nullable=False),
        sa.Column("method", sa.String(10), nullable=False),
        sa.Column("allowed", sa.BigInteger(), nullable=False),
        sa.Column("copay_due", sa.BigInteger(), nullable=False),
        sa.Column("payable", sa.BigInteger(), nullable=False),
        sa.Column("explanation_en", sa.Text(), nullable=False),
        sa.Column("explanation_lo", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name=op.f("fk_decisions_claim_id_claims")),
        sa.ForeignKeyConstraint(["decided_by"], ["users.id"], name=op.f("fk_decisions_decided_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
    )
    op.create_index(op.f("ix_decisions_claim_id"), "decisions", ["claim_id"])
    op.create_index(
        "uq_decisions_current",
        "decisions",
        ["claim_id"],
        unique=True,
        sqlite_where=sa.text("current = 1"),
        postgresql_where=sa.text("current"),
    )


def _verifications() -> None:
    op.create_table(
        "verifications",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("claim_id", sa.BigInteger(), nullable=False),
        sa.Column("verified_by", sa.BigInteger(), nullable=False),
        sa.Column("verified_at", sa.DateTime(), nullable=False),
        sa.Column("fields_compared", sa.Integer(), nullable=False),
        sa.Column("differences", sa.Text(), nullable=False),
        sa.Column("resolved_by", sa.BigInteger(), nullable=True),
        sa.Column("resolved_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name=op.f("fk_verifications_claim_id_claims")),
        sa.ForeignKeyConstraint(["resolved_by"], ["users.id"], name=op.f("fk_verifications_resolved_by_users")),
        sa.ForeignKeyConstraint(["verified_by"], ["users.id"], name=op.f("fk_verifications_verified_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verifications")),
        sa.UniqueConstraint("claim_id", "verified_by", name=op.f("uq_verifications_claim_id_verified_by")),
    )


def _voucher_lines() -> None:
    op.create_table(
        "voucher_lines",
        sa.Column("voucher_id", sa.BigInteger(), nullable=False),
        sa.Column("claim_id", sa.BigInteger(), nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("form_no", sa.String(40), nullable=False),
        sa.Column("claimed", sa.BigInteger(), nullable=False),
        sa.Column("allowed", sa.BigInteger(), nullable=False),
        sa.Column("copay_due", sa.BigInteger(), nullable=False),
        sa.Column("payable", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], name=op.f("fk_voucher_lines_batch_id_batches")),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name=op.f("fk_voucher_lines_claim_id_claims")),
        sa.ForeignKeyConstraint(["voucher_id"], ["vouchers.id"], name=op.f("fk_voucher_lines_voucher_id_vouchers")),
        sa.PrimaryKeyConstraint("voucher_id", "claim_id", name=op.f("pk_voucher_lines")),
    )
    op.create_index(op.f("ix_voucher_lines_claim_id"), "voucher_lines", ["claim_id"])


def _decision_lines() -> None:
    op.create_table(
        "decision_lines",
        sa.Column("decision_id", sa.BigInteger(), nullable=False),
        sa.Column("line_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=True),
        sa.Column("allowed", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decisions.id"], name=op.f("fk_decision_lines_decision_id_decisions")
        ),
        sa.PrimaryKeyConstraint("decision_id", "line_no", name=op.f("pk_decision_lines")),
    )


def _findings() -> None:
    op.create_table(
        "findings",
        sa.Column("decision_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("line_no", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(3), nullable=False),
        sa.Column("severity", one_of("severity", "deny", "pend", "adjust", "warn"), nullable=False),
        sa.Column("field", sa.String(30), nullable=False),
        sa.Column("message_en", sa.Text(), nullable=False),
        sa.Column("message_lo", sa.Text(), nullable=False),
        sa.Column("fix_en", sa.Text(), nullable=False),
        sa.Column("fix_lo", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name=op.f("fk_findings_decision_id_decisions")),
        sa.PrimaryKeyConstraint("decision_id", "position", name=op.f("pk_findings")),
    )
    op.create_index(op.f("ix_findings_code"), "findings", ["code"])
