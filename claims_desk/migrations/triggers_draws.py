"""What the database refuses about the choice of claims for a second keying."""

from __future__ import annotations

from typing import Final

from claims_desk.migrations.triggers import Guard

DRAWN: Final = "a draw never changes"

DRAW_GUARDS: Final = (
    Guard("verification_draws", "UPDATE", DRAWN, "", ("claim_id", "keyed_by", "chosen", "reason", "share")),
    Guard(
        "verification_draws",
        "UPDATE",
        "a claim is let go once",
        "OLD.released_by IS NOT NULL",
        ("released_by", "released_at", "released_why"),
        "released",
    ),
    Guard("verification_draws", "DELETE", DRAWN),
)
