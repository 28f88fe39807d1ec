"""All tables from an empty database, and the triggers that keep what is posted."""

from __future__ import annotations

from alembic import op
from sqlalchemy.schema import CreateSequence, DropSequence

from claims_desk.migrations import triggers
from claims_desk.migrations.first_tables import claims, members, office, payments, registers, tariffs
from claims_desk.migrations.triggers_first import FIRST_GUARDS
from claims_desk.models.ids import OFFICE_IDS

revision = "2026_11_23"
down_revision = None

GROUPS = (office, registers, tariffs, members, payments, claims)


def upgrade() -> None:
    """Go up from nothing."""
    if op.get_context().dialect.name == "postgresql":
        op.execute(CreateSequence(OFFICE_IDS))
    for group in GROUPS:
        group.create()
    triggers.create(op.get_bind(), FIRST_GUARDS)


def downgrade() -> None:
    """Go down to nothing; every row is lost."""
    triggers.drop(op.get_bind(), FIRST_GUARDS)
    for group in reversed(GROUPS):
        for table in reversed(group.TABLES):
            op.drop_table(table)
    if op.get_context().dialect.name == "postgresql":
        op.execute(DropSequence(OFFICE_IDS))
