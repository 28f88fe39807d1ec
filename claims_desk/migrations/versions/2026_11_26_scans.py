"""Scans beside the database or in it, their pages on claims, the zones of the paper form, and their guards."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from claims_desk.migrations import triggers
from claims_desk.migrations.column_kinds import ID, one_of
from claims_desk.migrations.triggers_scans import SCAN_GUARDS

revision = "2026_11_26_scans"
down_revision = "2026_11_26_common_pool"

KINDS = ("PDF", "PNG", "JPEG", "TIFF", "WEBP", "BMP")


def upgrade() -> None:
    """Make the tables and their guards."""
    _scans()
    _claim_scans()
    _scan_zones()
    triggers.create(op.get_bind(), SCAN_GUARDS)


def downgrade() -> None:
    """Take the tables away; what claims had attached is lost, files beside the database stay."""
    for table in ("scan_zones", "claim_scans", "scan_bytes", "scans"):
        op.drop_table(table)


def _scans() -> None:
    op.create_table(
        "scans",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("kind", one_of("scankind", *KINDS), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("added_by", sa.BigInteger(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["added_by"], ["users.id"], name=op.f("fk_scans_added_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scans")),
        sa.UniqueConstraint("sha256", name=op.f("uq_scans_sha256")),
    )
    op.create_table(
        "scan_bytes",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_scan_bytes")),
    )


def _claim_scans() -> None:
    op.create_table(
        "claim_scans",
        sa.Column("claim_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("page_no", sa.Integer(), nullable=False),
        sa.Column("rotation", sa.Integer(), nullable=False),
        sa.CheckConstraint("rotation IN (0, 90, 180, 270)", name=op.f("ck_claim_scans_turn")),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name=op.f("fk_claim_scans_claim_id_claims")),
        sa.ForeignKeyConstraint(["sha256"], ["scans.sha256"], name=op.f("fk_claim_scans_sha256_scans")),
        sa.PrimaryKeyConstraint("claim_id", "position", name=op.f("pk_claim_scans")),
        sa.UniqueConstraint("claim_id", "sha256", "page_no", name=op.f("uq_claim_scans_claim_id_sha256_page_no")),
    )
    op.create_index(op.f("ix_claim_scans_sha256_page_no"), "claim_scans", ["sha256", "page_no"])


def _scan_zones() -> None:
    sizes = ("page_no", "left", "top", "width", "height")
    op.create_table(
        "scan_zones",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("form_type", sa.String(40), nullable=False),
        sa.Column("field", sa.String(40), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in sizes),
        sa.Column("changed_by", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["changed_by"], ["users.id"], name=op.f("fk_scan_zones_changed_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scan_zones")),
        sa.UniqueConstraint("form_type", "field", name=op.f("uq_scan_zones_form_type_field")),
    )
