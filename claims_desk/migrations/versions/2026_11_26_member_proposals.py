"""Members proposed by clerks wait for an administrator."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from claims_desk.migrations.column_kinds import ID, one_of

revision = "2026_11_26_member_proposals"
down_revision = "2026_11_26_second_keying"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "member_proposals",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("state", one_of("proposalstate", "PROPOSED", "ACCEPTED", "DECLINED"), nullable=False),
        *(sa.Column(name, sa.String(40), nullable=False) for name in ("scheme", "member_no")),
        *(sa.Column(name, sa.String(200), nullable=False) for name in ("name_lo", "name_en")),
        sa.Column("sex", sa.String(1), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("district_code", sa.String(4), nullable=False),
        sa.Column("village", sa.String(200), nullable=False),
        sa.Column("family_book_no", sa.String(40), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        *(sa.Column(name, sa.String(40), nullable=False) for name in ("form_no", "facility_code")),
        sa.Column("proposed_by", sa.BigInteger(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(), nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("person_no", sa.String(40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["decided_by"], ["users.id"], name=op.f("fk_member_proposals_decided_by_users")),
        sa.ForeignKeyConstraint(["proposed_by"], ["users.id"], name=op.f("fk_member_proposals_proposed_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_proposals")),
    )
    op.create_index(op.f("ix_member_proposals_state"), "member_proposals", ["state"])
    op.create_index(op.f("ix_member_proposals_scheme_member_no"), "member_proposals", ["scheme", "member_no"])


def downgrade() -> None:
    """Take it away; what was accepted stays in the register."""
    op.drop_table("member_proposals")
