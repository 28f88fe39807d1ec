"""The pages of a claim's scan, written within the deed that writes the claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select

from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import say
from claims_desk.domain.scans import MOST_PAGES, TURNS, ScanPage
from claims_desk.models import ClaimScan, Scan
from claims_desk.queries.keys import TEXT, key_table
from claims_desk.queries.scans import pages_of_claim
from claims_desk.services.deed import Deed

Changed = Mapping[str, Any]


def attach_pages(work: Deed, claim_id: int, pages: Sequence[ScanPage]) -> tuple[Changed, Changed]:
    """Let `pages` be what is attached to the claim; returns what changed, as it was and is, for the audit trail.

    Raises UserError for a page that is attached twice or whose file is not kept, and for too many.
    """
    before, after = pages_of_claim(work.session, claim_id), tuple(pages)
    if before == after:
        return {}, {}
    _check(work, after)
    work.session.execute(delete(ClaimScan).where(ClaimScan.claim_id == claim_id))
    work.session.add_all(_row(claim_id, position, page) for position, page in enumerate(after, start=1))
    work.session.flush()
    return {"scans": _written(before)}, {"scans": _written(after)}


def add_pages(work: Deed, claim_id: int, pages: Sequence[ScanPage]) -> tuple[Changed, Changed]:
    """Put `pages` after what is attached already, which stays as it is; what changed, as `attach_pages` gives it.

    Raises UserError for a page that is attached already or whose file is not kept, and for too many.
    """
    before = pages_of_claim(work.session, claim_id)
    after = (*before, *pages)
    _check(work, after)
    for position, page in enumerate(pages, start=len(before) + 1):
        work.session.add(_row(claim_id, position, page))
    work.session.flush()
    return {"scans": _written(before)}, {"scans": _written(after)}


def _row(claim_id: int, position: int, page: ScanPage) -> ClaimScan:
    return ClaimScan(
        claim_id=claim_id, position=position, sha256=page.sha256, page_no=page.page_no, rotation=page.rotation
    )


def _written(pages: Sequence[ScanPage]) -> list[str]:
    return [f"{page.key} {page.rotation}°" for page in pages]


def _check(work: Deed, pages: Sequence[ScanPage]) -> None:
    if len(pages) > MOST_PAGES:
        raise UserError(
            say("A claim holds at most {most} pages.", most=MOST_PAGES), say("Attach only this form's pages.")
        )
    if len({page.key for page in pages}) < len(pages):
        raise UserError(say("A page is attached twice."), say("Remove one of the two."))
    keys = key_table(work.session, {"sha256": TEXT}, {(page.sha256,) for page in pages})
    query = select(Scan.sha256, Scan.pages).join(keys, keys.c.sha256 == Scan.sha256)
    counts = {row.sha256: row.pages for row in work.session.execute(query)}
    if any(not 1 <= page.page_no <= counts.get(page.sha256, 0) or page.rotation not in TURNS for page in pages):
        raise UserError(
            say("A page of the scan is not kept in this database."), say("Remove it and attach the paper again.")
        )
