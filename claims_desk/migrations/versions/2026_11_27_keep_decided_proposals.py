"""The database itself keeps what was decided of members proposed."""

from __future__ import annotations

from alembic import op

from claims_desk.migrations import triggers
from claims_desk.migrations.triggers_proposals import PROPOSAL_GUARDS

revision = "2026_11_27_decided_proposals"
down_revision = "2026_11_26_member_proposals"


def upgrade() -> None:
    """Put the guards in place."""
    triggers.create(op.get_bind(), PROPOSAL_GUARDS)


def downgrade() -> None:
    """Take the guards away."""
    triggers.drop(op.get_bind(), PROPOSAL_GUARDS, (*triggers.CONDITIONS, triggers.REFUSING))
