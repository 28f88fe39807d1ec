"""A facility's patient of a day is found without reading all the other patients of that day."""

from __future__ import annotations

from alembic import op

revision = "2026_11_26_patients_of_a_day"
down_revision = "2026_11_26_capitation"

BEFORE = "ix_claims_facility_code_visit_from"
AFTER = "ix_claims_facility_code_visit_from_birth_date"


def upgrade() -> None:
    """Put the birth date behind facility and day."""
    op.create_index(AFTER, "claims", ["facility_code", "visit_from", "birth_date"])
    op.drop_index(BEFORE, "claims")


def downgrade() -> None:
    """Look for facility and day alone again."""
    op.create_index(BEFORE, "claims", ["facility_code", "visit_from"])
    op.drop_index(AFTER, "claims")
