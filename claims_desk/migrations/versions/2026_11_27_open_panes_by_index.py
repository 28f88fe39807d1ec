"""Home, the review queue, the audit trail and Ctrl+K no longer read whole tables: each asks an index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_27_panes_by_index"
down_revision = "2026_11_27_decided_proposals"

FOR_BEGINNINGS = "varchar_pattern_ops"
PLAIN: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("claims", ("keyed_at",)),
    ("findings", ("code", "decision_id")),
    ("audit_entries", ("record", "seq")),
    ("audit_entries", ("user_id", "seq")),
)
NO_LONGER: tuple[tuple[str, tuple[str, ...]], ...] = (("findings", ("code",)), ("audit_entries", ("user_id",)))


def upgrade() -> None:
    """Weeks by the day of keying and decision, claims by a finding and by form number, entries by person and record."""
    for table, columns in PLAIN:
        op.create_index(_name(table, columns), table, [*columns])
    op.create_index("ix_claims_form_no", "claims", ["form_no"], postgresql_ops={"form_no": FOR_BEGINNINGS})
    op.create_index(
        "ix_decisions_decided_at",
        "decisions",
        ["decided_at"],
        sqlite_where=sa.text("current = 1"),
        postgresql_where=sa.text("current"),
    )
    for table, columns in NO_LONGER:
        op.drop_index(_name(table, columns), table)


def downgrade() -> None:
    """Read whole tables again."""
    for table, columns in NO_LONGER:
        op.create_index(_name(table, columns), table, [*columns])
    op.drop_index("ix_decisions_decided_at", "decisions")
    op.drop_index("ix_claims_form_no", "claims")
    for table, columns in reversed(PLAIN):
        op.drop_index(_name(table, columns), table)


def _name(table: str, columns: tuple[str, ...]) -> str:
    return f"ix_{table}_{'_'.join(columns)}"
