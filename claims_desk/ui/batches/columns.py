"""The columns of the batch lists."""

from __future__ import annotations

from claims_desk.domain.codes import BatchState
from claims_desk.domain.columns import Column, Format
from claims_desk.domain.messages import say
from claims_desk.domain.terms import BATCH_STATES
from claims_desk.queries.batches import BatchClaim, BatchRow
from claims_desk.ui.theme import Tone

TONES = {BatchState.PROPOSED: Tone.WARN, BatchState.APPROVED: Tone.GOOD, BatchState.RETURNED: Tone.BAD}

BATCHES: tuple[Column[BatchRow], ...] = (
    Column("number", say("Batch"), lambda row: row.number, width=18),
    Column("facility", say("Facility"), lambda row: row.facility, width=16),
    Column("claims", say("Claims"), lambda row: row.claims, Format.COUNT, width=4),
    Column("payable", say("Payable"), lambda row: row.payable, Format.KIP, width=9),
    Column("state", say("Status"), lambda row: BATCH_STATES[row.state], width=13),
)

CLAIMS: tuple[Column[BatchClaim], ...] = (
    Column("form_no", say("Form"), lambda row: row.form_no, width=8),
    Column("patient", say("Patient"), lambda row: row.patient_name, width=15),
    Column("claimed", say("Claimed"), lambda row: row.claimed, Format.KIP, width=8),
    Column("copay_due", say("Co-payment"), lambda row: row.copay_due, Format.KIP, width=6),
    Column("payable", say("Payable"), lambda row: row.payable, Format.KIP, width=8),
)
