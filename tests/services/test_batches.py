"""Batches: what they hold, who may decide them, and what refuses them."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from claims_desk.domain.codes import BatchState, ClaimState, SubmissionState
from claims_desk.domain.errors import Refused, Stale, UserError
from claims_desk.domain.paging import PageWanted
from claims_desk.models import Batch, Claim, Submission
from claims_desk.queries.batches import batch, batch_claims, batches, bundle_control, bundles_to_batch
from claims_desk.services.batches import approve_batch, make_batches, return_batch
from claims_desk.services.bulk import approve_batches
from tests.payable import KIP, closed_bundle, open_treasury


def states(db):
    return db.read(lambda session: sorted(session.execute(select(Claim.state)).scalars()))


def test_a_batch_holds_the_accepted_claims_of_its_bundle_and_their_totals(db):
    people = open_treasury(db)
    bundle = closed_bundle(db, people, 1, 2, 3)
    (key,) = make_batches(db, people.staff.kham, bundle)
    row = db.read(batch, key)
    assert (row.claims, row.claimed, row.copay_due, row.payable) == (3, 75_000, 15_000, 3 * KIP)
    assert states(db) == [ClaimState.BATCHED] * 3
    assert db.read(batch_claims, PageWanted(), key).kip == 3 * KIP


def test_the_claims_of_two_schemes_go_into_two_batches(db):
    people = open_treasury(db)
    bundle = closed_bundle(db, people, 1, 2)
    with db.session() as session:
        session.execute(update(Claim).where(Claim.form_no == "000002").values(scheme="SASS"))
        session.commit()
    made = make_batches(db, people.staff.kham, bundle)
    assert [db.read(batch, key).scheme for key in made] == ["NHI", "SASS"]


def test_an_open_bundle_gives_no_batch(db):
    people = open_treasury(db)
    bundle = closed_bundle(db, people, 1)
    with db.session() as session:
        session.get(Submission, bundle).state = SubmissionState.OPEN
        session.commit()
    assert db.read(bundles_to_batch) == ()
    with pytest.raises(UserError, match="still open"):
        make_batches(db, people.staff.kham, bundle)


def test_a_bundle_without_accepted_claims_gives_no_batch(db):
    people = open_treasury(db)
    bundle = closed_bundle(db, people, 1)
    assert [row.submission_id for row in db.read(bundles_to_batch)] == [bundle]
    make_batches(db, people.staff.kham, bundle)
    with pytest.raises(UserError, match="No accepted claim"):
        make_batches(db, people.staff.kham, bundle)


def test_nobody_approves_what_he_keyed_verified_reviewed_or_batched(db):
    people = open_treasury(db)
    reviewed = closed_bundle(db, people, 1, decided_by=people.staff.seng, reason="seen")
    (key,) = make_batches(db, people.staff.dao, reviewed)
    for actor in (people.staff.dao, people.staff.seng):
        with pytest.raises(Refused, match=f"{actor.name} took part"):
            approve_batch(db, actor, key)
    approve_batch(db, people.vanh, key)
    assert db.read(batch, key).state == BatchState.APPROVED
    assert states(db) == [ClaimState.APPROVED]


def test_running_the_rules_over_a_claim_is_not_having_reviewed_it(db):
    people = open_treasury(db)
    (key,) = make_batches(db, people.staff.kham, closed_bundle(db, people, 1, decided_by=people.vanh))
    approve_batch(db, people.vanh, key)
    assert db.read(batch, key).decided_by == "vanh"


def test_an_accountant_and_a_clerk_may_not_approve(db):
    people = open_treasury(db)
    (key,) = make_batches(db, people.staff.kham, closed_bundle(db, people, 1))
    for actor in (people.mai, people.staff.noy):
        with pytest.raises(Refused, match="needs the role supervisor"):
            approve_batch(db, actor, key)


def test_a_batch_whose_totals_differ_is_not_approved(db):
    people = open_treasury(db)
    (key,) = make_batches(db, people.staff.kham, closed_bundle(db, people, 1, 2))
    with db.session() as session:
        session.get(Batch, key).payable += 1
        session.commit()
    with pytest.raises(UserError, match=r"40\.000 kip, when it was made 2 for 40\.001"):
        approve_batch(db, people.vanh, key)


def test_a_returned_batch_frees_its_claims_for_the_next(db):
    people = open_treasury(db)
    bundle = closed_bundle(db, people, 1, 2)
    (first,) = make_batches(db, people.staff.kham, bundle)
    with pytest.raises(UserError, match="reason"):
        return_batch(db, people.vanh, first, None, " ")
    return_batch(db, people.vanh, first, None, "claim 2 lacks the card")
    assert states(db) == [ClaimState.ACCEPTED] * 2
    (second,) = make_batches(db, people.staff.kham, bundle)
    assert db.read(batch, second).number.endswith("/NHI/2")
    assert db.read(batch, first).reason == "claim 2 lacks the card"


def test_the_slower_supervisor_is_told(db):
    people = open_treasury(db)
    (key,) = make_batches(db, people.staff.kham, closed_bundle(db, people, 1))
    seen = db.read(batch, key).version
    approve_batch(db, people.vanh, key, seen)
    with pytest.raises(Stale):
        approve_batch(db, people.staff.seng, key, seen)


def test_many_are_approved_each_on_its_own(db):
    people = open_treasury(db)
    first = make_batches(db, people.staff.kham, closed_bundle(db, people, 1))
    second = make_batches(db, people.staff.dao, closed_bundle(db, people, 2))
    outcome = approve_batches(db, people.staff.dao, [(key, 1) for key in first + second])
    assert outcome.done == 1
    assert "dao took part" in str(outcome.refusals[0])


def test_the_list_counts_and_sums_its_filter(db):
    people = open_treasury(db)
    for form in (1, 2, 3):
        make_batches(db, people.staff.kham, closed_bundle(db, people, form, payable=form * 1000))
    page = db.read(batches, PageWanted(sort="payable", descending=True, limit=2), BatchState.PROPOSED)
    assert [row.payable for row in page.rows] == [3000, 2000]
    assert (page.count, page.kip) == (3, 6000)
    assert db.read(batches, PageWanted(search="0002")).count == 1


def test_control_totals_run_from_the_hand_count_to_what_is_payable(db):
    people = open_treasury(db)
    bundle = closed_bundle(db, people, 1, 2)
    with db.session() as session:
        session.execute(update(Claim).where(Claim.form_no == "000002").values(state=ClaimState.VOID))
        session.commit()
    control = db.read(bundle_control, bundle)
    assert (control.forms_counted, control.forms_keyed, control.kip_payable) == (2, 1, KIP)
    assert not control.agrees


def test_form_numbers_that_differ_break_the_tie_though_forms_and_kip_agree(db):
    people = open_treasury(db)
    bundle = closed_bundle(db, people, 1, 2)
    assert db.read(bundle_control, bundle).agrees
    with db.session() as session:
        session.execute(update(Claim).where(Claim.form_no == "000002").values(form_no="000003"))
        session.commit()
    control = db.read(bundle_control, bundle)
    assert (control.form_numbers_counted, control.form_numbers_keyed, control.agrees) == (3, 4, False)
