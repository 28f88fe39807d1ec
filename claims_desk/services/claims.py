"""Claims: keyed by a clerk, corrected, voided with a reason; never deleted."""

from __future__ import annotations

from collections.abc import Sequence

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import ClaimState, Role, SubmissionState
from claims_desk.domain.dates import utc_now
from claims_desk.domain.errors import UserError
from claims_desk.domain.facts import Claim
from claims_desk.domain.messages import say
from claims_desk.domain.scans import ScanPage
from claims_desk.models import Claim as ClaimRow
from claims_desk.models import Submission
from claims_desk.models.database import Database
from claims_desk.queries.claim_facts import load_claims
from claims_desk.services.claim_rows import changes, write_claim
from claims_desk.services.claim_scans import attach_pages
from claims_desk.services.deed import Deed, deed
from claims_desk.services.draws import draw_keyed, refuse_frozen
from claims_desk.services.reasons import need_reason
from claims_desk.services.work_days import count_form

CORRECTABLE = (ClaimState.KEYED, ClaimState.CORRECTED, ClaimState.PENDED, ClaimState.ACCEPTED)
VOIDABLE = (*CORRECTABLE, ClaimState.DENIED)


def key_claim(
    db: Database,
    actor: Actor,
    claim: Claim,
    submission_id: int | None,
    copied_from: int | None = None,
    pages: Sequence[ScanPage] = (),
) -> int:
    """Keep a form as it was keyed into a bundle, or alone, with the `pages` of its scan; returns its id.

    `copied_from` is the claim it restores. Raises UserError where the bundle is closed, a field holds more than it
    can, or a scan is not kept.
    """
    with deed(db, actor, Role.CLERK) as work:
        if submission_id is not None:
            _need_open(work.get(Submission, submission_id))
        if copied_from is not None:
            work.get(ClaimRow, copied_from)
        row = ClaimRow(submission_id=submission_id, keyed_by=actor.user_id, keyed_at=utc_now(), copied_from=copied_from)
        write_claim(row, claim)
        work.session.add(row)
        work.session.flush()
        _, attached = attach_pages(work, row.id, pages)
        work.record("claim.key", row, after={**changes(Claim(), claim)[1], **attached})
        draw_keyed(work, row)
        count_form(work)
        return row.id


def correct_claim(
    db: Database,
    actor: Actor,
    claim_id: int,
    version: int | None,
    claim: Claim,
    pages: Sequence[ScanPage] | None = None,
) -> None:
    """Put `claim` in place of what stood on the form, `pages` in place of what was attached; it waits again.

    Without `pages` what is attached stays. Raises UserError once it is denied, batched or void, while it is under
    second keying, or where a closed bundle's totals would change.
    """
    with deed(db, actor, Role.CLERK) as work:
        row = work.get(ClaimRow, claim_id, version)
        refuse_frozen(work, row)
        replace_form(work, row, load_claims(work.session, [claim_id])[0], claim, pages)


def replace_form(
    work: Deed, row: ClaimRow, before: Claim, claim: Claim, pages: Sequence[ScanPage] | None = None
) -> None:
    """Write a corrected form within a deed, with what changed in the audit trail.

    Raises UserError once it is denied, batched or void, or where a closed bundle's totals would change.
    """
    _need_state(row, CORRECTABLE)
    if (before.form_no, before.claimed_total) != (claim.form_no, claim.claimed_total):
        _need_totals_free(work, row)
    was, is_now = changes(before, claim)
    write_claim(row, claim)
    row.state = ClaimState.CORRECTED
    row.corrected_by = work.actor.user_id
    had, has = attach_pages(work, row.id, pages) if pages is not None else ({}, {})
    work.record("claim.correct", row, before={**was, **had}, after={**is_now, **has})


def void_claim(db: Database, actor: Actor, claim_id: int, version: int | None, reason: str) -> None:
    """Take a claim out of all counts; it stays to be seen.

    Raises UserError without a reason, once it is batched, or while its bundle is closed.
    """
    need_reason(reason)
    with deed(db, actor, Role.CLERK, Role.SUPERVISOR) as work:
        row = work.get(ClaimRow, claim_id, version)
        _need_state(row, VOIDABLE)
        _need_totals_free(work, row)
        work.record("claim.void", row, before={"state": row.state}, after={"state": ClaimState.VOID}, why=reason)
        row.state = ClaimState.VOID


def _need_state(row: ClaimRow, states: tuple[ClaimState, ...]) -> None:
    if row.state not in states:
        raise UserError(
            say("Claim {form} can no longer be changed.", form=row.form_no),
            say("Copy it as a new claim, or ask for its batch to be returned."),
        )


def _need_totals_free(work: Deed, row: ClaimRow) -> None:
    if row.submission_id is None:
        return
    bundle = work.get(Submission, row.submission_id)
    if bundle.state == SubmissionState.CLOSED:
        raise UserError(
            say("Bundle {number} is closed: its totals must stay as counted.", number=bundle.number),
            say("Ask a supervisor to open the bundle again."),
        )


def _need_open(bundle: Submission) -> None:
    if bundle.state != SubmissionState.OPEN:
        raise UserError(
            say("Bundle {number} is closed and takes no more claims.", number=bundle.number),
            say("Choose another bundle, or ask a supervisor to open it again."),
        )
