"""Vouchers: prepared by one accountant, certified by another, posted under a number without gaps, never edited."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from sqlalchemy import select, text, update

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import BatchState, ClaimState, Role, VoucherKind, VoucherState
from claims_desk.domain.dates import fiscal_year, utc_now
from claims_desk.domain.errors import Refused, UserError
from claims_desk.domain.messages import say
from claims_desk.domain.terms import VOUCHER_STATES
from claims_desk.models import (
    Batch,
    Claim,
    Facility,
    Office,
    Submission,
    Voucher,
    VoucherCounter,
    VoucherLine,
)
from claims_desk.models.database import Database
from claims_desk.queries.payment_files import live_files_of
from claims_desk.services.capitation_shares import copy_share_reversed, holds, let_go
from claims_desk.services.deed import Deed, deed
from claims_desk.services.ledger import book
from claims_desk.services.reasons import need_reason
from claims_desk.services.voucher_lines import copy_reversed, lines_of_batches


def prepare_vouchers(db: Database, actor: Actor) -> list[int]:
    """One voucher for every facility and scheme with approved batches that pay something; returns their ids.

    Raises UserError where nothing waits.
    """
    with deed(db, actor, Role.ACCOUNTANT) as work:
        waiting = select(Batch).where(Batch.state == BatchState.APPROVED, Batch.voucher_id.is_(None), Batch.payable > 0)
        groups: dict[tuple[str, str], list[Batch]] = defaultdict(list)
        for batch in work.session.execute(waiting.order_by(Batch.id).with_for_update()).scalars():
            groups[batch.facility_code, batch.scheme].append(batch)
        if not groups:
            raise UserError(
                say("No approved batch waits for a voucher."), say("Let a supervisor approve a batch first.")
            )
        return [_prepare(work, facility, scheme, rows).id for (facility, scheme), rows in sorted(groups.items())]


def _prepare(work: Deed, facility_code: str, scheme: str, batches: list[Batch]) -> Voucher:
    payee = work.session.execute(select(Facility).where(Facility.code == facility_code)).scalar_one()
    bundles = select(Submission.month).where(Submission.id.in_([batch.submission_id for batch in batches]))
    months = work.session.execute(bundles).scalars().all()
    voucher = Voucher(
        facility_code=facility_code,
        scheme=scheme,
        period_from=min(months),
        period_to=max(months),
        bank_code=payee.bank_code,
        bank_account=payee.bank_account,
        bank_account_name=payee.bank_account_name,
        claims=sum(batch.claims for batch in batches),
        allowed=sum(batch.allowed for batch in batches),
        copay_due=sum(batch.copay_due for batch in batches),
        amount=sum(batch.payable for batch in batches),
        prepared_by=work.actor.user_id,
        prepared_at=utc_now(),
    )
    work.session.add(voucher)
    work.session.flush()
    for batch in batches:
        batch.voucher_id = voucher.id
    work.session.add_all(lines_of_batches(work.session, voucher.id, [batch.id for batch in batches]))
    work.record("voucher.prepare", voucher, after={"facility": facility_code, "scheme": scheme, "kip": voucher.amount})
    return voucher


def certify_voucher(db: Database, actor: Actor, voucher_id: int, version: int | None = None) -> None:
    """Certify a voucher another accountant prepared. Raises Refused for his own, UserError unless it is prepared."""
    with deed(db, actor, Role.ACCOUNTANT) as work:
        voucher = _in_state(work, voucher_id, version, VoucherState.PREPARED)
        if voucher.prepared_by == actor.user_id:
            raise Refused(
                say("{name} prepared this voucher and may not certify it.", name=actor.name),
                say("Another accountant certifies it."),
            )
        voucher.state = VoucherState.CERTIFIED
        voucher.certified_by = actor.user_id
        voucher.certified_at = utc_now()
        work.record("voucher.certify", voucher, after={"kip": voucher.amount})


def post_voucher(db: Database, actor: Actor, voucher_id: int, version: int | None = None, *, on: date) -> str:
    """Post a certified voucher: number, audit chain head, ledger; returns the number. From here on nobody changes it.

    Raises UserError unless it is certified, where its claims are no longer as approved, and where the facility's
    account is no longer the one it was prepared for.
    """
    with deed(db, actor, Role.ACCOUNTANT) as work:
        voucher = _in_state(work, voucher_id, version, VoucherState.CERTIFIED)
        _need_same_account(work, voucher)
        year = fiscal_year(on)
        sequence = _next_in_year(work, year)
        number = f"{_office_code(work)}/{year}/{sequence:05d}"
        work.record("voucher.post", voucher, after={"number": number, "kip": voucher.amount, "on": on})
        head = work.chain_now()
        _settle(work, voucher)
        book(work.session, voucher, on)
        voucher.number, voucher.fiscal_year, voucher.sequence = number, year, sequence
        voucher.posted_by, voucher.posted_at, voucher.posted_on = actor.user_id, utc_now(), on
        voucher.chain_head = head
        voucher.state = VoucherState.POSTED
        return number


def _need_same_account(work: Deed, voucher: Voucher) -> None:
    """Once posted the account stands on signed paper; a reversal only takes back what stood there."""
    query = select(Facility.bank_code, Facility.bank_account).where(Facility.code == voucher.facility_code)
    today = tuple(work.session.execute(query).one())
    if voucher.reverses_id is None and today != (voucher.bank_code, voucher.bank_account):
        raise UserError(
            say(
                "The account of facility {facility} changed since the voucher was prepared.",
                facility=voucher.facility_code,
            ),
            say("Ask whether the change is true, cancel the voucher and prepare it again."),
        )


def _next_in_year(work: Deed, year: int) -> int:
    first = text("INSERT INTO voucher_counters (fiscal_year, last_number) VALUES (:year, 0) ON CONFLICT DO NOTHING")
    work.session.execute(first, {"year": year})  # two may post the first voucher of a year at once
    counter = work.session.get_one(VoucherCounter, year, with_for_update=True)
    counter.last_number += 1
    work.session.flush()
    return counter.last_number


def _office_code(work: Deed) -> str:
    return work.session.execute(select(Office.code)).scalar_one()


def _settle(work: Deed, voucher: Voucher) -> None:
    """What the voucher pays is paid; what a reversal takes back is free for a new voucher."""
    if voucher.kind == VoucherKind.CLAIMS:
        _move_claims(work, voucher)
    elif not (let_go(work.session, voucher.reverses_id) if voucher.reverses_id else holds(work.session, voucher.id)):
        raise UserError(
            say("The share this voucher pays stands on another voucher."),
            say("Cancel the voucher and look at the capitation run again."),
        )


def _move_claims(work: Deed, voucher: Voucher) -> None:
    """Claims of a posted voucher are vouchered; those of a reversal are accepted ones again, free for a new batch."""
    lines = select(VoucherLine.claim_id).where(VoucherLine.voucher_id == voucher.id)
    reversing = voucher.reverses_id is not None
    before = ClaimState.VOUCHERED if reversing else ClaimState.APPROVED
    after = {"state": ClaimState.ACCEPTED, "batch_id": None} if reversing else {"state": ClaimState.VOUCHERED}
    move = update(Claim).where(Claim.id.in_(lines), Claim.state == before)
    moved = work.session.execute(move.values(**after, version=Claim.version + 1)).rowcount  # type: ignore[attr-defined]
    if moved != voucher.claims:
        raise UserError(
            say("Claims of this voucher changed since it was prepared."),
            say("Cancel the voucher and prepare it again."),
        )


def cancel_voucher(db: Database, actor: Actor, voucher_id: int, version: int | None, reason: str) -> None:
    """Give up a voucher not yet posted; its batches or its share wait again.

    Raises UserError without a reason or when posted.
    """
    need_reason(reason)
    with deed(db, actor, Role.ACCOUNTANT) as work:
        voucher = _in_state(work, voucher_id, version, VoucherState.PREPARED, VoucherState.CERTIFIED)
        voucher.state = VoucherState.CANCELLED
        voucher.reason = reason
        voucher.reverses_id = None
        work.session.execute(update(Batch).where(Batch.voucher_id == voucher.id).values(voucher_id=None))
        let_go(work.session, voucher.id)
        work.record("voucher.cancel", voucher, why=reason)


def reverse_voucher(db: Database, actor: Actor, voucher_id: int, reason: str) -> int:
    """Prepare the reversal of a posted voucher: the same lines with the opposite sign; returns its id.

    It is certified and posted like any voucher, and only then do its claims, or its share, become free.
    Raises UserError without a reason, for a voucher not posted, reversed already, or in a live payment file.
    """
    need_reason(reason)
    with deed(db, actor, Role.ACCOUNTANT) as work:
        posted = _in_state(work, voucher_id, None, VoucherState.POSTED)
        _refuse_reversal(work, posted)
        reversal = Voucher(
            kind=posted.kind,
            facility_code=posted.facility_code,
            scheme=posted.scheme,
            period_from=posted.period_from,
            period_to=posted.period_to,
            bank_code=posted.bank_code,
            bank_account=posted.bank_account,
            bank_account_name=posted.bank_account_name,
            claims=posted.claims,
            allowed=-posted.allowed,
            copay_due=-posted.copay_due,
            amount=-posted.amount,
            prepared_by=actor.user_id,
            prepared_at=utc_now(),
            reverses_id=posted.id,
            reason=reason,
        )
        work.session.add(reversal)
        work.session.flush()
        work.session.add_all(copy_reversed(work.session, posted.id, reversal.id))
        if posted.kind == VoucherKind.CAPITATION:
            work.session.add(copy_share_reversed(work.session, posted.id, reversal.id))
        work.record("voucher.reverse", reversal, after={"reverses": posted.number, "kip": reversal.amount}, why=reason)
        return reversal.id


def _refuse_reversal(work: Deed, posted: Voucher) -> None:
    if posted.reverses_id is not None:
        raise UserError(
            say("Voucher {number} is itself a reversal.", number=posted.number),
            say("Prepare what it took back again instead."),
        )
    if work.session.execute(select(Voucher.id).where(Voucher.reverses_id == posted.id)).first():
        raise UserError(say("Voucher {number} is reversed already.", number=posted.number), say("Refresh the list."))
    from_file = live_files_of(work.session, [posted.id]).get(posted.id)
    if from_file is not None:
        raise UserError(
            say("Voucher {number} stands in payment file {file}.", number=posted.number, file=from_file),
            say("Withdraw the file first, or wait until the bank returned the payment."),
        )


def _in_state(work: Deed, voucher_id: int, version: int | None, *states: VoucherState) -> Voucher:
    voucher = work.get(Voucher, voucher_id, version)
    if voucher.state not in states:
        raise UserError(
            say("This voucher is not at that step any more: {state}.", state=VOUCHER_STATES[voucher.state]),
            say("Refresh the list and choose another."),
        )
    return voucher
