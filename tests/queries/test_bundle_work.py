from __future__ import annotations

from datetime import date

from claims_desk.domain.totals import Totals
from claims_desk.models.database import Database
from claims_desk.queries.bundle_work import bundle_work, suspected_forms
from claims_desk.queries.claim_opened import claim_opened
from claims_desk.queries.earlier_named import earlier_named
from claims_desk.queries.facts import load_registers
from claims_desk.services.claims import key_claim, void_claim
from claims_desk.services.judgement import adjudicate
from claims_desk.services.submissions import BundleForm, receive_submission
from tests.sampling import draw_all
from tests.small_office import MONTH, People, form, open_small_office


def bundle(db: Database, people: People) -> int:
    paper = BundleForm(facility_code="HC1", month=MONTH, received_on=date(2026, 4, 2), forms=9, kip=1, form_numbers=1)
    return receive_submission(db, people.noy, paper)


def test_a_bundle_s_claims_are_counted_by_where_they_stand_and_void_ones_are_left_out(db: Database) -> None:
    people = open_small_office(db)
    here, elsewhere = bundle(db, people), bundle(db, people)
    clean = key_claim(db, people.noy, form("1"), here)
    pended = key_claim(db, people.noy, form("2", member_no="N-2", copay_collected=0, signed=False), here)
    dead = key_claim(db, people.noy, form("3", member_no="N-4"), here)
    adjudicate(db, people.noy, [clean, pended, dead])
    waiting = key_claim(db, people.noy, form("4", member_no="N-3"), here)
    void = key_claim(db, people.noy, form("5", member_no="N-3"), here)
    void_claim(db, people.noy, void, None, "keyed twice")
    key_claim(db, people.noy, form("6", member_no="N-3"), elsewhere)
    work = db.read(bundle_work, here)
    assert (work.waiting, work.accepted, work.pended, work.denied) == (1, 1, 1, 1)
    assert work.to_judge == (pended, waiting)


def test_the_earlier_claims_are_those_whose_number_a_finding_names(db: Database) -> None:
    people = open_small_office(db)
    registers = db.read(load_registers)
    first = key_claim(db, people.noy, form("000012"), None)
    other = key_claim(db, people.noy, form("00001", member_no="N-3"), None)
    again = key_claim(db, people.noy, form("000012", visit_from=date(2026, 3, 11), lines=()), None)
    adjudicate(db, people.noy)
    named = db.read(earlier_named, db.read(claim_opened, again), registers)
    assert [claim.id for claim in named] == [first]
    assert db.read(earlier_named, db.read(claim_opened, other), registers) == ()


def test_a_form_that_explains_the_difference_is_named_and_void_ones_are_not(db: Database) -> None:
    people = open_small_office(db)
    key = bundle(db, people)
    key_claim(db, people.noy, form("000001"), key)
    slip = key_claim(db, people.noy, form("000002", member_no="N-2", claimed_total=52_000), key)
    void = key_claim(db, people.noy, form("000003", member_no="N-3", claimed_total=52_000), key)
    void_claim(db, people.noy, void, None, "keyed twice")
    (found,) = db.read(suspected_forms, key, Totals(0, 27_000, 0))
    assert (found.claim_id, found.form_no) == (slip, "000002")
    assert db.read(suspected_forms, key, Totals(0, 1, 0)) == []


def test_a_form_that_waits_for_a_second_keying_is_never_named(db: Database) -> None:
    people = open_small_office(db)
    draw_all(db)
    key = bundle(db, people)
    key_claim(db, people.noy, form("000002", claimed_total=52_000), key)
    assert db.read(suspected_forms, key, Totals(0, 27_000, 0)) == []
