"""The claim form on paper: its fields row by row, in the order they are read, and what each is called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from claims_desk.domain.messages import Message, say

ROWS: Final[tuple[Mapping[str, Message], ...]] = (
    {
        "form_no": say("Form no."),
        "scheme": say("Scheme"),
        "member_no": say("Member no."),
        "patient_name": say("Name on the form"),
        "sex": say("Sex"),
        "birth_date": say("Born"),
        "phone": say("Phone"),
    },
    {
        "care_type": say("Care"),
        "visit_from": say("First day"),
        "visit_to": say("Last day"),
        "case_group": say("Case group"),
        "diagnosis_main": say("Main diagnosis"),
        "diagnosis_2": say("2nd"),
        "diagnosis_3": say("3rd"),
        "diagnosis_4": say("4th"),
    },
    {
        "referred_from": say("Referred from"),
        "referral_date": say("Referral date"),
        "referral_no": say("Referral no."),
        "emergency": say("Emergency"),
        "documents_seen": say("Papers seen"),
    },
    {
        "signed": say("Signed"),
        "exemption_claimed": say("Exemption"),
        "copay_collected": say("Co-payment taken"),
        "claimed_total": say("Claimed total"),
        "received_date": say("Received"),
    },
)
"""Each row: a field's name in `facts.Claim`, and its label."""
FACILITY: Final = {"facility_code": say("Facility")}
"""What the head of the form says; in Key the bundle says it."""
LABELS: Final[Mapping[str, Message]] = FACILITY | {name: label for row in ROWS for name, label in row.items()}
