"""What the database refuses of members proposed: who decided what, and of whom, stands."""

from __future__ import annotations

from typing import Final

from claims_desk.migrations.triggers import Guard

DECIDED: Final = "a decided proposal never changes"

PROPOSAL_GUARDS: Final = (
    Guard("member_proposals", "UPDATE", DECIDED, "OLD.state <> 'PROPOSED'"),
    Guard("member_proposals", "DELETE", "a proposal is declined, never deleted"),
)
