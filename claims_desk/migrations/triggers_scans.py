"""What the database refuses of scans: bytes never change, and what was paid for keeps its papers."""

from __future__ import annotations

from typing import Final

from claims_desk.migrations.triggers import Guard
from claims_desk.migrations.triggers_first import POSTED_CLAIM

PAID_FOR: Final = "a claim that was ever posted keeps its papers"
_WAS_POSTED: Final = "@claim_was_posted(OLD.claim_id)"

SCAN_GUARDS: Final = (
    Guard("scans", "UPDATE", "a scan never changes"),
    Guard("scan_bytes", "UPDATE", "a scan never changes"),
    Guard("claim_scans", "INSERT", POSTED_CLAIM, "@claim_is_posted(NEW.claim_id)"),
    Guard("claim_scans", "UPDATE", PAID_FOR, f"{_WAS_POSTED} OR @claim_is_posted(NEW.claim_id)"),
    Guard("claim_scans", "DELETE", PAID_FOR, _WAS_POSTED),
)
