"""An office in which every list has rows: bundles, claims pended and paid, batches, vouchers, a payment file."""

from __future__ import annotations

from datetime import date

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import Role
from claims_desk.models.database import Database
from claims_desk.services.batches import approve_batch, make_batches
from claims_desk.services.claims import key_claim
from claims_desk.services.judgement import adjudicate
from claims_desk.services.payment_files import make_payment_file
from claims_desk.services.submissions import BundleForm, receive_submission
from claims_desk.services.vouchers import certify_voucher, post_voucher, prepare_vouchers
from tests.payable import closed_bundle, open_treasury
from tests.small_office import MONTH, form

EVERYTHING = "everything"


def fill(db: Database) -> dict[str, Actor]:
    """Do a little of everything, so that each pane has something to show; gives who may work in it."""
    people = open_treasury(db)
    staff = people.staff
    bundle = BundleForm(
        facility_code="HC1", month=MONTH, received_on=date(2026, 4, 2), forms=4, kip=100_000, form_numbers=10
    )
    opened = receive_submission(db, staff.noy, bundle)
    for number, member in enumerate(("N-1", "N-2", "N-3", "N-2"), start=1):  # the last one is denied: keyed before
        key_claim(db, staff.noy, form(f"{number:06d}", member_no=member, signed=number > 1), opened)
    adjudicate(db, staff.kham)
    closed = [
        closed_bundle(db, people, *forms, facility=facility)
        for forms, facility in (((411, 412), "HC1"), ((413,), "HC2"), ((414,), "DH1"), ((415,), "HC2"))
    ]
    batches = [batch for each in closed[:3] for batch in make_batches(db, staff.kham, each)]
    for batch in batches[:2]:
        approve_batch(db, people.vanh, batch)
    vouchers = prepare_vouchers(db, people.mai)
    certify_voucher(db, people.tou, vouchers[0])
    post_voucher(db, people.mai, vouchers[0], on=date(2026, 5, 5))
    make_payment_file(db, people.mai, vouchers[:1], on=date(2026, 5, 6))
    alone = {role: Actor(staff.dao.user_id, "dao", frozenset({role})) for role in Role}
    return alone | {EVERYTHING: Actor(staff.dao.user_id, "dao", frozenset(Role))}
