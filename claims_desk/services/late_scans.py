"""Paper that comes after its form was keyed: evidence added to a claim whose form no longer changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm.attributes import flag_modified

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import ClaimState, Role
from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import say
from claims_desk.domain.scans import ScanPage
from claims_desk.models import Claim, ClaimDecision, ClaimScan
from claims_desk.models.database import Database
from claims_desk.services.claim_scans import add_pages
from claims_desk.services.claims import CORRECTABLE
from claims_desk.services.deed import Deed, deed

JUDGED_AGAIN: Final = (ClaimState.ACCEPTED, ClaimState.PENDED)
"""Where a claim still waits for somebody, what was decided by rules is decided again with its paper (X05)."""


def attach_later(db: Database, actor: Actor, claim_id: int, pages: Sequence[ScanPage]) -> None:
    """Attach more pages to a claim whose form stays as it is, also one drawn to be keyed a second time.

    Nothing keyed changes, so neither keying is disturbed; pages already attached stay. What the rules decided of it,
    or of a later claim with one of its pages, is judged again while nobody batched it, since X05 asks for the paper;
    where a supervisor decided, his word stays. Raises Refused without the clerk's or supervisor's role, UserError for
    a void claim, for a posted one (the database keeps its papers), for no page, and for a page that is attached
    already or not kept.
    """
    with deed(db, actor, Role.CLERK, Role.SUPERVISOR) as work:
        row = work.get(Claim, claim_id)
        if row.state == ClaimState.VOID:
            raise UserError(
                say("Claim {form} is void and takes no paper.", form=row.form_no),
                say("Attach it to the claim keyed in its place."),
            )
        if not pages:
            raise UserError(say("There is no page to attach."), say("Bring the scan first."))
        had, has = add_pages(work, claim_id, pages)
        work.record("claim.attach", row, before=had, after=has)
        if row.state in CORRECTABLE:
            flag_modified(row, "state")  # another version: a correction begun before would take the new pages off
        _judge_again(work, row, pages)


def _judge_again(work: Deed, row: Claim, pages: Sequence[ScanPage]) -> None:
    """Let the claim, and later ones that share a page with it, wait again where the rules decided."""
    decided = exists().where(ClaimDecision.claim_id == Claim.id, ClaimDecision.current, ClaimDecision.reason == "")
    shared = select(ClaimScan.claim_id).where(
        or_(*(and_(ClaimScan.sha256 == page.sha256, ClaimScan.page_no == page.page_no) for page in pages))
    )
    concerned = select(Claim).where(
        or_(Claim.id == row.id, and_(Claim.id.in_(shared), Claim.keyed_at >= row.keyed_at)),
        Claim.state.in_(JUDGED_AGAIN), decided,
    )  # fmt: skip
    for claim in work.session.execute(concerned.order_by(Claim.id).with_for_update(of=Claim)).scalars():
        work.record("claim.wait_again", claim, before={"state": claim.state}, after={"state": ClaimState.CORRECTED})
        claim.state = ClaimState.CORRECTED
