from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from claims_desk.models.database import Database
from claims_desk.queries.home import WEEKS, percentile, progress, waiting
from claims_desk.services.batches import approve_batch, make_batches
from claims_desk.services.vouchers import certify_voucher, post_voucher, prepare_vouchers
from tests.payable import KIP, closed_bundle, open_treasury

TODAY = date(2026, 4, 30)


def test_an_empty_office_waits_for_nothing(db: Database) -> None:
    now = db.read(waiting, 1, TODAY)
    assert (now.open_bundles, now.forms_to_key, now.pended, now.to_approve, now.to_send) == (0, 0, 0, 0, 0)
    assert now.oldest_pended is None
    gone = db.read(progress, TODAY)
    assert gone.days_median is None
    assert [week.received for week in gone.weeks] == [0] * WEEKS


def test_accepted_claims_wait_for_a_batch_and_batches_for_approval(db: Database) -> None:
    people = open_treasury(db)
    bundle = closed_bundle(db, people, 1, 2, 3)
    assert db.read(waiting, people.staff.noy.user_id, TODAY).accepted == 3
    make_batches(db, people.staff.seng, bundle)
    now = db.read(waiting, people.staff.noy.user_id, TODAY)
    assert (now.accepted, now.to_approve) == (0, 1)


def test_keyed_and_decided_claims_stand_in_their_week(db: Database) -> None:
    people = open_treasury(db)
    closed_bundle(db, people, 1, 2, 3)
    weeks = {week.monday: week for week in db.read(progress, TODAY).weeks}
    monday = TODAY - timedelta(days=TODAY.weekday())
    assert list(weeks)[-1] == monday
    assert sum(week.keyed for week in weeks.values()) == 3
    assert sum(week.decided for week in weeks.values()) == 3


def test_what_was_posted_shows_its_kip_and_its_days_from_receipt(db: Database) -> None:
    people = open_treasury(db)
    bundle = closed_bundle(db, people, 1, 2, 3)
    for batch in make_batches(db, people.staff.seng, bundle):
        approve_batch(db, people.vanh, batch)
    (voucher,) = prepare_vouchers(db, people.mai)
    assert db.read(waiting, people.mai.user_id, TODAY).to_certify == 1
    certify_voucher(db, people.tou, voucher)
    assert db.read(waiting, people.mai.user_id, TODAY).to_post == 1
    post_voucher(db, people.mai, voucher, on=TODAY)
    assert db.read(waiting, people.mai.user_id, TODAY).to_send == 1
    gone = db.read(progress, TODAY)
    assert [(row.scheme, row.level, row.kip) for row in gone.paid] == [("NHI", "HC", 3 * KIP)]
    assert (gone.days_median, gone.days_90) == (28, 28)


@pytest.mark.parametrize(
    ("counts", "percent", "value"),
    [({1: 1, 5: 1, 9: 1}, 50, 5), ({1: 9, 30: 1}, 90, 1), ({1: 8, 30: 2}, 90, 30), ({}, 50, None), ({7: 1}, 90, 7)],
)
def test_a_percentile_is_the_value_that_share_lies_below(
    counts: dict[int, int], percent: int, value: int | None
) -> None:
    assert percentile(Counter(counts), percent) == value
