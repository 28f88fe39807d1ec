"""The common pool between fund and facility: old bookings get their two pool entries, every entry its province.

Nothing that was booked is changed: to each entry of a fund or a facility its counterpart in the pool is added, on the
same day, with the sides exchanged. Only the new column of the old entries is filled in.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from claims_desk.migrations import triggers
from claims_desk.migrations.triggers_first import FIRST_GUARDS

revision = "2026_11_26_common_pool"
down_revision = "2026_11_23"

GUARDS = tuple(guard for guard in FIRST_GUARDS if guard.table == "pool_entries")
POOL_ENTRIES = """
INSERT INTO pool_entries
    (id, voucher_id, booked_on, account, scheme, facility_code, level, province_code, debit, credit)
SELECT {fresh_id}, voucher_id, booked_on, 'POOL', scheme, facility_code, level, province_code, credit, debit
FROM pool_entries WHERE account <> 'POOL' ORDER BY id
"""
ROW_OF_THE_COUNTER = "(SELECT next_id FROM id_counter) + row_number() OVER (ORDER BY id) - 1"
PROVINCES = """
UPDATE pool_entries SET province_code =
    (SELECT f.province_code FROM facilities f WHERE f.code = pool_entries.facility_code)
"""


def upgrade() -> None:
    """Add the province and the pool's entries."""
    op.add_column("pool_entries", sa.Column("province_code", sa.String(2), nullable=False, server_default=""))
    op.create_index(op.f("ix_pool_entries_booked_on"), "pool_entries", ["booked_on"])
    with triggers.resting(op.get_bind(), GUARDS):
        op.execute(PROVINCES)
        _add_pool_entries()


def _add_pool_entries() -> None:
    if op.get_context().dialect.name == "postgresql":
        op.execute(POOL_ENTRIES.format(fresh_id="nextval('office_ids')"))
        return
    op.execute(POOL_ENTRIES.format(fresh_id=ROW_OF_THE_COUNTER))
    op.execute("UPDATE id_counter SET next_id = next_id + (SELECT count(*) FROM pool_entries WHERE account = 'POOL')")


def downgrade() -> None:
    """Take the pool's entries out again, those booked since included: the older program knew fund and facility only."""
    with triggers.resting(op.get_bind(), GUARDS):
        op.execute("DELETE FROM pool_entries WHERE account = 'POOL'")
        op.drop_index(op.f("ix_pool_entries_booked_on"), table_name="pool_entries")
        op.drop_column("pool_entries", "province_code")
