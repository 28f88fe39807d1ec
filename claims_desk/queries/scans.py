"""Scans of claims: their pages, and the zones of the paper form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims_desk.domain.scans import ScanPage, Zone, Zones
from claims_desk.models import ClaimScan, ScanZone
from claims_desk.queries.keys import ID, key_table


def pages_of_claims(session: Session, ids: Iterable[int]) -> Mapping[int, tuple[ScanPage, ...]]:
    """The pages attached to each claim of `ids`, in their order; claims without any are left out. One statement."""
    keys = key_table(session, {"id": ID}, [(claim_id,) for claim_id in ids])
    query = (
        select(ClaimScan.claim_id, ClaimScan.sha256, ClaimScan.page_no, ClaimScan.rotation)
        .join(keys, keys.c.id == ClaimScan.claim_id)
        .order_by(ClaimScan.claim_id, ClaimScan.position)
    )
    found: dict[int, list[ScanPage]] = defaultdict(list)
    for claim_id, sha256, page_no, rotation in session.execute(query):
        found[claim_id].append(ScanPage(sha256, page_no, rotation))
    return {claim_id: tuple(pages) for claim_id, pages in found.items()}


def pages_of_claim(session: Session, claim_id: int) -> tuple[ScanPage, ...]:
    """The pages attached to one claim, in their order."""
    return pages_of_claims(session, [claim_id]).get(claim_id, ())


def scan_zones(session: Session) -> Zones:
    """Every zone, by form type and field."""
    rows = session.execute(select(ScanZone).order_by(ScanZone.form_type, ScanZone.field)).scalars()
    return {
        (row.form_type, row.field): Zone(
            row.form_type, row.field, row.page_no, row.left, row.top, row.width, row.height
        )
        for row in rows
    }
