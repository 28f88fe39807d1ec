"""What the database refuses of capitation and of closed returns."""

from __future__ import annotations

from typing import Final

from claims_desk.migrations.triggers import Guard
from claims_desk.migrations.triggers_first import POSTED_VOUCHER

CLOSED_RETURN: Final = "a closed return never changes"

CAPITATION_GUARDS: Final = (
    Guard("capitation_lines", "INSERT", POSTED_VOUCHER, "@voucher_is_posted(NEW.voucher_id)"),
    Guard(
        "capitation_lines",
        "UPDATE",
        POSTED_VOUCHER,
        "@voucher_is_posted(OLD.voucher_id) OR @voucher_is_posted(NEW.voucher_id)",
    ),
    Guard("capitation_lines", "DELETE", POSTED_VOUCHER, "@voucher_is_posted(OLD.voucher_id)"),
    Guard("capitation_shares", "DELETE", "a share is let go and never deleted"),
    Guard(
        "capitation_shares",
        "UPDATE",
        "a share is of one facility, scheme and quarter",
        "",
        ("id", "facility_code", "scheme", "year", "quarter"),
    ),
    Guard("monthly_returns", "DELETE", "a return is opened again and never deleted"),
    Guard("monthly_return_counts", "INSERT", CLOSED_RETURN, "@return_is_closed(NEW.return_id)"),
    Guard(
        "monthly_return_counts",
        "UPDATE",
        CLOSED_RETURN,
        "@return_is_closed(OLD.return_id) OR @return_is_closed(NEW.return_id)",
    ),
    Guard("monthly_return_counts", "DELETE", CLOSED_RETURN, "@return_is_closed(OLD.return_id)"),
)
