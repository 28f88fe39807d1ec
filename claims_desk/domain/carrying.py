"""What the next form begins with: the fields an office lets "save and next" carry over."""

from __future__ import annotations

from typing import Final

PARAMETER: Final = "carried_fields"
"""The parameter whose value lists the fields, `;` between them."""
NONE: Final = "none"
USUAL: Final = ("scheme", "care_type")
MAY_BE_CARRIED: Final = (
    *("scheme", "care_type", "visit_from", "visit_to", "case_group", "diagnosis_main"),
    *("referred_from", "referral_date", "emergency", "documents_seen", "signed", "exemption_claimed"),
    "copay_collected",
)
"""Names of fields of `facts.Claim`. Never who the patient is, the form's number or its total: those are read anew."""


def carried_fields(value: str) -> tuple[str, ...]:
    """The fields a parameter's value lists, `none` for none. Raises ValueError with the first word that is no field."""
    names = [word.strip().lower() for word in value.split(";") if word.strip()]
    if names == [NONE]:
        return ()
    for name in names:
        if name not in MAY_BE_CARRIED:
            raise ValueError(name)
    return tuple(dict.fromkeys(names))
