"""The whole job on the demo's world, through the same services as the window: from paper bundle to sealed payment file.

The newest bundles are left on the way on purpose, so that every pane has something waiting.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random
from typing import TypeVar

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased

from claims_desk.demo.returns import Capitated, file_returns, run_capitation
from claims_desk.demo.scans import attach_scans
from claims_desk.demo.staff import Staff
from claims_desk.demo.world import Bundle, World, renumber_submissions
from claims_desk.domain.codes import ClaimState, Severity, VoucherState
from claims_desk.domain.dates import office_today
from claims_desk.domain.messages import tr
from claims_desk.domain.paging import PageWanted
from claims_desk.models import Claim, ClaimDecision, FindingRow, Verification
from claims_desk.models.database import Database
from claims_desk.queries.batches import bundles_to_batch
from claims_desk.queries.claim_facts import load_claims
from claims_desk.queries.verifications import to_resolve, to_verify
from claims_desk.queries.vouchers import vouchers
from claims_desk.services.batches import approve_batch, make_batches
from claims_desk.services.imports import import_table
from claims_desk.services.judgement import AdjudicationReport, adjudicate
from claims_desk.services.payment_files import make_payment_file
from claims_desk.services.register_rows import RowChange, change_row
from claims_desk.services.review import accept_claim
from claims_desk.services.submissions import BundleForm, close_submission, receive_submission
from claims_desk.services.verification import resolve, second_key
from claims_desk.services.vouchers import certify_voucher, post_voucher, prepare_vouchers
from claims_desk.services.work_days import note_keystrokes

SLIPS = 0.05  # of the claims keyed a second time, the share in which one of the two slipped
KEYS, SECONDS = 64, 25  # what a blind form takes a practised clerk
STILL_TO_VERIFY = 12  # claims drawn for a second keying that nobody has keyed again
STILL_TO_SETTLE = 2  # claims two clerks keyed differently that nobody has settled
OVERRIDDEN = 3  # pended claims a supervisor accepts with a reason
STILL_OPEN = 8  # bundles whose claims are decided but which nobody has closed
STILL_UNBATCHED = 6  # closed bundles without a batch
STILL_TO_APPROVE = 8  # batches nobody has decided
STILL_TO_POST = 4  # vouchers certified, not posted
STILL_TO_CERTIFY = 3  # vouchers prepared, not certified
EVERYTHING = PageWanted(limit=100_000)
Say = Callable[[str], object]
Row = TypeVar("Row")


@dataclass(slots=True)
class Day:
    """What was done: ids and counts for the summary and the papers."""

    imported: dict[str, int] = field(default_factory=dict)
    bundles: dict[str, int] = field(default_factory=dict)  # number to id
    verified: int = 0
    differences: int = 0
    judged: AdjudicationReport | None = None
    overridden: int = 0
    batches: int = 0
    approved: int = 0
    vouchers: list[int] = field(default_factory=list)
    posted: list[int] = field(default_factory=list)
    payment_files: list[int] = field(default_factory=list)
    capitated: Capitated = field(default_factory=Capitated)


def work_through(db: Database, staff: Staff, world: World, on: date, tell: Say) -> Day:
    """Do the whole job on day `on`, telling each step."""
    day = Day()
    tell(tr("registers"))
    _import(db, staff, world, day)
    tell(tr("second keying"))
    _verify(db, staff, day)
    attach_scans(db, staff)
    tell(tr("adjudication"))
    day.judged = adjudicate(db, staff.noy)
    _review(db, staff, day)
    tell(tr("batches and approval"))
    _close_and_approve(db, staff, day)
    tell(tr("monthly returns"))
    day.capitated = file_returns(db, staff)
    tell(tr("vouchers and payment files"))
    run_capitation(db, staff, day.capitated, on)
    _pay(db, staff, day, on)
    return day


def _import(db: Database, staff: Staff, world: World, day: Day) -> None:
    """Registers first, then the bundles as counted at the door, then what was keyed of them."""
    keyed = ("claims", "claim_lines")
    for kind, path in world.files:
        if kind not in keyed:
            day.imported[kind] = import_table(db, staff.admin, kind, path).added
    numbers = {bundle.number: _receive(db, staff, bundle, day) for bundle in world.bundles}
    renumber_submissions(world, numbers)
    _draw_among_imports(db, staff, "1")
    for kind in keyed:
        day.imported[kind] = import_table(db, staff.noy, kind, dict(world.files)[kind]).added
    _draw_among_imports(db, staff, "0")


def _draw_among_imports(db: Database, staff: Staff, value: str) -> None:
    """Whether imports are drawn for a second keying: only the demo's own claims are, as if noy had keyed them."""
    key = {"name": "verify_imports", "scheme": ""}
    change = RowChange(register="parameters", key=key, day=office_today(), typed={**key, "value": value})
    change_row(db, staff.admin, change, tr("The demo's claims come from a file in place of a clerk's hands."))


def _receive(db: Database, staff: Staff, bundle: Bundle, day: Day) -> str:
    form = BundleForm(
        facility_code=bundle.facility_code,
        month=bundle.month,
        received_on=bundle.received_on,
        forms=bundle.forms_counted,
        kip=bundle.kip_total,
        form_numbers=bundle.form_number_sum,
        number=f"{bundle.month:%Y%m}-{len(day.bundles) + 1:04d}",
    )
    day.bundles[form.number] = receive_submission(db, staff.kham, form)
    return form.number


def _verify(db: Database, staff: Staff, day: Day) -> None:
    """Kham keys again what was drawn of noy's, without seeing it; now and then he slips, and dao decides."""
    rng = Random(2)
    drawn = [row.claim_id for row in db.read(to_verify, EVERYTHING, staff.kham.user_id).rows]
    drawn = drawn[: max(0, len(drawn) - STILL_TO_VERIFY)]
    for number, claim in enumerate(db.read(load_claims, drawn), start=1):
        slipped = rng.random() < SLIPS or number > len(drawn) - STILL_TO_SETTLE
        again = replace(claim, copay_collected=(claim.copay_collected or 0) + 1000) if slipped else claim
        second_key(db, staff.kham, claim.id, again)
        day.verified += 1
    note_keystrokes(db, staff.kham, KEYS * day.verified, SECONDS * day.verified)
    differing = db.read(to_resolve, EVERYTHING, staff.dao.user_id).rows
    for row in differing[: max(0, len(differing) - STILL_TO_SETTLE)]:
        day.differences += 1
        resolve(db, staff.dao, row.id, {one.field: one.first for one in row.differences})


def _review(db: Database, staff: Staff, day: Day) -> None:
    """Dao telephones the facility about a few pended claims and accepts them over the rules, with the reason."""
    for claim_id in db.read(_pended_for, "A08")[:OVERRIDDEN]:
        accept_claim(db, staff.dao, claim_id, None, "The facility sent the signed page by messenger.")
        day.overridden += 1


def _close_and_approve(db: Database, staff: Staff, day: Day) -> None:
    """Noy closes the bundles, kham makes the batches, seng approves them; the newest are left waiting."""
    ids = list(day.bundles.values())
    for bundle_id in _but_the_newest(ids, STILL_OPEN):
        close_submission(db, staff.noy, bundle_id)
    ready = db.read(bundles_to_batch)
    batched = _but_the_newest(ready, STILL_UNBATCHED)
    made = [key for row in batched for key in make_batches(db, staff.kham, row.submission_id)]
    approved = _but_the_newest(made, STILL_TO_APPROVE)
    for key in approved:
        approve_batch(db, staff.seng, key)
    day.batches, day.approved = len(made), len(approved)


def _pay(db: Database, staff: Staff, day: Day, on: date) -> None:
    """Mai prepares, tou certifies and posts, mai seals a file for each bank; the last few vouchers are left waiting."""
    day.vouchers = prepare_vouchers(db, staff.mai) if day.approved else []
    certified = _but_the_newest(day.vouchers, STILL_TO_CERTIFY)
    for key in certified:
        certify_voucher(db, staff.tou, key)
    day.posted = _but_the_newest(certified, STILL_TO_POST)
    for key in day.posted:
        post_voucher(db, staff.tou, key, on=on)
    by_bank: dict[str, list[int]] = defaultdict(list)
    for row in db.read(vouchers, EVERYTHING, VoucherState.POSTED).rows:
        if row.bank_account:
            by_bank[row.bank_code].append(row.id)
    day.payment_files = [make_payment_file(db, staff.mai, keys, on=on) for _, keys in sorted(by_bank.items())]


def _but_the_newest(rows: Sequence[Row], waiting: int) -> list[Row]:
    """All but the last few, which wait; in a small demo no more than a quarter of them does."""
    return list(rows[: len(rows) - min(waiting, len(rows) // 4)])


def _pended_for(session: Session, code: str) -> list[int]:
    """Pended claims which this finding alone stops, and which dao had no hand in."""
    stopping = aliased(FindingRow)
    stops = (
        select(func.count())
        .where(stopping.decision_id == ClaimDecision.id, stopping.severity == Severity.PEND)
        .scalar_subquery()
    )
    query = (
        select(Claim.id)
        .join(ClaimDecision, (ClaimDecision.claim_id == Claim.id) & ClaimDecision.current)
        .join(FindingRow, FindingRow.decision_id == ClaimDecision.id)
        .where(Claim.state == ClaimState.PENDED, FindingRow.code == code, stops == 1)
        .where(~exists().where(Verification.claim_id == Claim.id))
        .order_by(Claim.id)
    )
    return list(session.execute(query).scalars())
