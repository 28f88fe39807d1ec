"""Members, coverages and exemptions, as of the first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from claims_desk.migrations.column_kinds import ID

TABLES = ("members", "coverages", "exemptions")


def create() -> None:
    """Make the tables, those first that others refer to."""
    _members()
    _coverages()
    _exemptions()


def _members() -> None:
    op.create_table(
        "members",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("person_no", sa.String(40), nullable=False),
        sa.Column("name_lo", sa.String(200), nullable=False),
        sa.Column("name_en", sa.String(200), nullable=False),
        sa.Column("sex", sa.String(1), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("death_date", sa.Date(), nullable=True),
        sa.Column("family_book_no", sa.String(40), nullable=False),
        sa.Column("national_id", sa.String(40), nullable=False),
        sa.Column("district_code", sa.String(4), nullable=False),
        sa.Column("village", sa.String(200), nullable=False),
        sa.Column("phone", sa.String(40), nullable=False),
        sa.Column("name_lo_folded", sa.String(200), nullable=False),
        sa.Column("name_en_folded", sa.String(200), nullable=False),
        sa.Column("name_key", sa.String(400), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_members")),
        sa.UniqueConstraint("person_no", name=op.f("uq_members_person_no")),
    )
    op.create_index(op.f("ix_members_birth_date"), "members", ["birth_date"])
    op.create_index(op.f("ix_members_family_book_no"), "members", ["family_book_no"])
    op.create_index(op.f("ix_members_name_en_folded"), "members", ["name_en_folded"])
    op.create_index(op.f("ix_members_name_key"), "members", ["name_key"])
    op.create_index(op.f("ix_members_name_lo_folded"), "members", ["name_lo_folded"])


def _coverages() -> None:
    op.create_table(
        "coverages",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("scheme", sa.String(40), nullable=False),
        sa.Column("member_no", sa.String(40), nullable=False),
        sa.Column("person_no", sa.String(40), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("option", sa.String(4), nullable=False),
        sa.Column("relation", sa.String(6), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_coverages_span")),
        sa.ForeignKeyConstraint(["person_no"], ["members.person_no"], name=op.f("fk_coverages_person_no_members")),
        sa.ForeignKeyConstraint(["scheme"], ["schemes.code"], name=op.f("fk_coverages_scheme_schemes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coverages")),
        sa.UniqueConstraint(
            "scheme",
            "member_no",
            "person_no",
            "valid_from",
            name=op.f("uq_coverages_scheme_member_no_person_no_valid_from"),
        ),
    )
    op.create_index(op.f("ix_coverages_member_no"), "coverages", ["member_no"])
    op.create_index(op.f("ix_coverages_person_no"), "coverages", ["person_no"])


def _exemptions() -> None:
    op.create_table(
        "exemptions",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("person_no", sa.String(40), nullable=False),
        sa.Column("category", sa.String(10), nullable=False),
        sa.Column("evidence", sa.String(200), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_exemptions_span")),
        sa.ForeignKeyConstraint(["person_no"], ["members.person_no"], name=op.f("fk_exemptions_person_no_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exemptions")),
        sa.UniqueConstraint(
            "person_no", "category", "valid_from", name=op.f("uq_exemptions_person_no_category_valid_from")
        ),
    )
