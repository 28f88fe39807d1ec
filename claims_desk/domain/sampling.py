"""Which claims are keyed a second time: a share of each clerk's that follows how often he errs, and all large ones.

Shares are parts of a thousand. Everything here is a pure function, so that an auditor can draw again what was drawn.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from claims_desk.domain.codes import DrawReason

ALL: Final = 1000
"""The share of somebody of whom every claim is keyed a second time."""
BELIEVED_FIELDS: Final = 1000
"""Until he has keyed far more fields than these, a clerk counts as half as good or bad as he seems."""
_SIDES: Final = 2**64


@dataclass(frozen=True, slots=True)
class Terms:
    """The office's numbers: shares in per cent, `above_kip` in kip (0: no amount is large), `usual_errors` per 1,000
    fields, `last_claims` how many verified claims a clerk is measured by.
    """

    share_start: int = 20
    share_floor: int = 5
    newcomer_claims: int = 100
    above_kip: int = 5_000_000
    last_claims: int = 200
    usual_errors: int = 3
    imports: int = 0


PARAMETERS: Final = {
    "share_start": "verify_share_start",
    "share_floor": "verify_share_floor",
    "newcomer_claims": "verify_newcomer_claims",
    "above_kip": "verify_above_kip",
    "last_claims": "verify_last_claims",
    "usual_errors": "verify_usual_errors",
    "imports": "verify_imports",
}
"""A field of `Terms`, and the parameter that sets it from a day on."""


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of a clerk: claims drawn for so far, and fields compared and wrong in his last verified claims."""

    claims: int = 0
    fields: int = 0
    errors: int = 0


@dataclass(frozen=True, slots=True)
class Draw:
    """Whether a claim is keyed a second time, for which reason it was asked, and the share that held, of 1,000."""

    chosen: bool
    reason: DrawReason
    share: int


def is_newcomer(record: Record, terms: Terms) -> bool:
    """Whether all of a clerk's claims are keyed a second time because he has only begun."""
    return record.claims < terms.newcomer_claims


def share_of(record: Record, terms: Terms) -> int:
    """The share of a clerk's claims, of 1,000: the office's start for the usual error rate, in proportion for others.

    His rate is his errors with those of 1,000 usual fields added, so that one slip of a beginner says little. The
    share never falls below the floor, and a newcomer's is all. It rises with errors and falls with fields.
    """
    if is_newcomer(record, terms):
        return ALL
    usual = max(1, terms.usual_errors)
    believed = (record.errors + usual) * BELIEVED_FIELDS * terms.share_start * 10
    share = believed // ((record.fields + BELIEVED_FIELDS) * usual)
    return max(min(share, ALL), min(max(terms.share_floor, 0) * 10, ALL))


def draw(secret: str, paper: str, kip: int | None, record: Record, terms: Terms) -> Draw:
    """Decide for a claim of `kip` by the hash of its paper and the office's secret: the same paper, the same lot."""
    share = share_of(record, terms)
    if terms.above_kip and kip is not None and kip > terms.above_kip:
        return Draw(True, DrawReason.AMOUNT, ALL)
    reason = DrawReason.NEWCOMER if is_newcomer(record, terms) else DrawReason.SHARE
    return Draw(lot(secret, paper) * ALL < share * _SIDES, reason, share)


def lot(secret: str, paper: str) -> int:
    """The paper's lot, of 2**64: nobody knows it who does not know the secret."""
    digest = hashlib.sha256(f"{secret}:{paper}".encode()).digest()
    return int.from_bytes(digest[:8])


def paper_of(submission_id: int | None, facility_code: str, form_no: str) -> str:
    """What a form on paper is known by. A form made void and keyed again is the same paper, with or without noughts."""
    return f"{submission_id or 0}:{facility_code.strip().upper()}:{form_no.strip().upper().lstrip('0')}"
