"""What the database of the first tables refuses, table by table."""

from __future__ import annotations

from typing import Final

from claims_desk.migrations.triggers import Guard

POSTED_VOUCHER: Final = "a posted voucher never changes"
POSTED_CLAIM: Final = "a claim on a posted voucher never changes"
DECIDED: Final = "a decision never changes"
SEALED: Final = "a payment file never changes"

_CONTENT_OF_CLAIM: Final = (
    *("id", "submission_id", "form_no", "facility_code", "scheme", "member_no", "patient_name", "patient_folded"),
    *("phone", "sex", "birth_date", "care_type", "visit_from", "visit_to", "case_group", "diagnosis_main"),
    *("diagnosis_2", "diagnosis_3", "diagnosis_4", "referred_from", "referral_date", "referral_no", "emergency"),
    *("documents_seen", "signed", "exemption_claimed", "copay_collected", "claimed_total", "received_date", "outcome"),
    *("keyed_by", "keyed_at", "corrected_by", "copied_from"),
)
_CONTENT_OF_DECISION: Final = (
    *("id", "claim_id", "decision", "method", "allowed", "copay_due", "payable", "explanation_en", "explanation_lo"),
    *("reason", "decided_by", "decided_at"),
)
_CONTENT_OF_FILE: Final = (
    *("id", "number", "bank_code", "file_name", "content", "sha256", "vouchers", "total", "made_by", "made_at"),
)


def _never(table: str, says: str) -> tuple[Guard, Guard]:
    return Guard(table, "UPDATE", says), Guard(table, "DELETE", says)


FIRST_GUARDS: Final = (
    *_never("audit_entries", "an audit entry never changes"),
    Guard("audit_head", "DELETE", "the audit chain has an end"),
    Guard("vouchers", "UPDATE", POSTED_VOUCHER, "OLD.state = 'POSTED'"),
    Guard("vouchers", "DELETE", POSTED_VOUCHER, "OLD.state = 'POSTED'"),
    Guard("voucher_lines", "INSERT", POSTED_VOUCHER, "@voucher_is_posted(NEW.voucher_id)"),
    Guard(
        "voucher_lines",
        "UPDATE",
        POSTED_VOUCHER,
        "@voucher_is_posted(OLD.voucher_id) OR @voucher_is_posted(NEW.voucher_id)",
    ),
    Guard("voucher_lines", "DELETE", POSTED_VOUCHER, "@voucher_is_posted(OLD.voucher_id)"),
    Guard("voucher_counters", "UPDATE", "voucher numbers have no gaps", "NEW.last_number <> OLD.last_number + 1"),
    Guard("voucher_counters", "DELETE", "voucher numbers have no gaps"),
    Guard("claims", "DELETE", "a claim is voided and never deleted"),
    Guard("claims", "UPDATE", POSTED_CLAIM, "@claim_is_posted(OLD.id)", _CONTENT_OF_CLAIM),
    Guard("claim_lines", "INSERT", POSTED_CLAIM, "@claim_is_posted(NEW.claim_id)"),
    Guard("claim_lines", "UPDATE", POSTED_CLAIM, "@claim_is_posted(OLD.claim_id) OR @claim_is_posted(NEW.claim_id)"),
    Guard("claim_lines", "DELETE", POSTED_CLAIM, "@claim_is_posted(OLD.claim_id)"),
    Guard("decisions", "UPDATE", DECIDED, "", _CONTENT_OF_DECISION),
    Guard("decisions", "UPDATE", DECIDED, "NEW.current AND NOT OLD.current", ("current",), "current"),
    Guard("decisions", "DELETE", DECIDED),
    *_never("decision_lines", DECIDED),
    *_never("findings", "a finding never changes"),
    *_never("pool_entries", "a booking never changes"),
    Guard("payment_files", "UPDATE", SEALED, "", _CONTENT_OF_FILE),
    Guard(
        "payment_files",
        "UPDATE",
        "a payment file is withdrawn once",
        "OLD.withdrawn_at IS NOT NULL",
        ("withdrawn_by", "withdrawn_at", "reason"),
        "withdrawn",
    ),
    Guard("payment_files", "DELETE", SEALED),
    *_never("payment_file_vouchers", SEALED),
)
