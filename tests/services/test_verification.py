from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from claims_desk.domain.codes import ClaimState
from claims_desk.domain.errors import Refused, UserError
from claims_desk.domain.facts import Claim
from claims_desk.domain.paging import PageWanted
from claims_desk.models import Claim as ClaimRow
from claims_desk.models import Verification
from claims_desk.models.database import Database
from claims_desk.queries.facts import load_claims
from claims_desk.queries.verifications import to_resolve
from claims_desk.services import judgement
from claims_desk.services.claims import key_claim, void_claim
from claims_desk.services.judgement import adjudicate
from claims_desk.services.submissions import BundleForm, close_submission, receive_submission
from claims_desk.services.verification import resolve, second_key
from tests.small_office import MONTH, People, form, line, open_small_office

FORM = form("F-1")


@pytest.fixture
def people(db: Database) -> People:
    return open_small_office(db)


@pytest.fixture
def keyed(db: Database, people: People) -> int:
    return key_claim(db, people.noy, FORM, None)


def stored(db: Database, verification_id: int) -> list[dict[str, str | None]]:
    with db.session() as session:
        found: list[dict[str, str | None]] = json.loads(session.get_one(Verification, verification_id).differences)
        return found


def kept(db: Database, claim_id: int) -> Claim:
    with db.session() as session:
        return load_claims(session, [claim_id])[0]


def test_two_keyings_that_agree_are_verified(db: Database, people: People, keyed: int) -> None:
    outcome = second_key(db, people.kham, keyed, replace(FORM, patient_name="ບຸນ ມີ", visit_to=None))
    assert outcome.agreed
    assert adjudicate(db, people.noy).judged == 1


def test_differences_are_kept_field_by_field_and_hold_the_claim_back(db: Database, people: People, keyed: int) -> None:
    other = replace(FORM, member_no="N-2", claimed_total=52000, lines=(FORM.lines[0], line(2, "PARA", 3, 5000)))
    outcome = second_key(db, people.kham, keyed, other)
    assert not outcome.agreed
    assert [(one["field"], one["first"], one["second"]) for one in stored(db, outcome.id)] == [
        ("member_no", "N-1", "N-2"),
        ("claimed_total", "25000", "52000"),
        ("lines.2.quantity", "2", "3"),
    ]
    assert adjudicate(db, people.noy).judged == 0


def test_a_third_person_decides_by_the_paper_and_who_erred_is_recorded(
    db: Database, people: People, keyed: int
) -> None:
    other = replace(FORM, member_no="N-2", copay_collected=None, lines=(line(1, "CONS", 1, 10000), FORM.lines[1]))
    outcome = second_key(db, people.kham, keyed, other)
    resolve(
        db,
        people.seng,
        outcome.id,
        {"member_no": "N-2", "copay_collected": "5000", "lines.1.unit_price": "12000"},
    )
    assert [(one["field"], one["erred"]) for one in stored(db, outcome.id)] == [
        ("member_no", "first"),
        ("copay_collected", "second"),
        ("lines.1.unit_price", "both"),
    ]
    claim = kept(db, keyed)
    assert (claim.member_no, claim.copay_collected, claim.lines[0].unit_price) == ("N-2", 5000, 12000)
    with db.session() as session:
        row = session.get_one(ClaimRow, keyed)
        assert (row.state, row.corrected_by) == (ClaimState.CORRECTED, people.seng.user_id)
    assert adjudicate(db, people.noy).judged == 1


def test_where_the_first_was_right_the_claim_stays_as_it_was(db: Database, people: People, keyed: int) -> None:
    outcome = second_key(db, people.kham, keyed, replace(FORM, lines=FORM.lines[:1]))
    chosen = {one["field"]: one["first"] for one in stored(db, outcome.id)}
    resolve(db, people.seng, outcome.id, chosen)  # type: ignore[arg-type]
    assert kept(db, keyed) == replace(FORM, id=keyed)
    with db.session() as session:
        assert session.get_one(ClaimRow, keyed).state == ClaimState.KEYED


def test_a_line_only_the_first_keyed_can_be_struck_out(db: Database, people: People, keyed: int) -> None:
    outcome = second_key(db, people.kham, keyed, replace(FORM, lines=FORM.lines[:1]))
    resolve(db, people.seng, outcome.id, {one["field"]: "" for one in stored(db, outcome.id)})  # type: ignore[misc]
    assert [row.item_code for row in kept(db, keyed).lines] == ["CONS"]


def test_nobody_verifies_or_resolves_what_he_keyed(db: Database, people: People) -> None:
    claim_id = key_claim(db, people.dao, FORM, None)
    with pytest.raises(Refused):
        second_key(db, people.dao, claim_id, FORM)
    outcome = second_key(db, people.noy, claim_id, replace(FORM, member_no="N-2"))
    with pytest.raises(Refused):
        resolve(db, people.dao, outcome.id, {"member_no": "N-1"})
    second = key_claim(db, people.noy, form("F-2"), None)
    outcome = second_key(db, people.dao, second, form("F-2", scheme="SASS"))
    with pytest.raises(Refused):
        resolve(db, people.dao, outcome.id, {"scheme": "NHI"})


def test_a_claim_is_keyed_twice_once_and_before_it_is_judged(db: Database, people: People, keyed: int) -> None:
    second_key(db, people.kham, keyed, FORM)
    with pytest.raises(UserError, match="twice already"):
        second_key(db, people.dao, keyed, FORM)
    adjudicate(db, people.noy)
    with pytest.raises(UserError, match="adjudicated already"):
        second_key(db, people.dao, keyed, FORM)


def test_every_difference_must_be_decided_with_something_that_can_stand(
    db: Database, people: People, keyed: int
) -> None:
    outcome = second_key(db, people.kham, keyed, replace(FORM, member_no="N-2", claimed_total=1))
    with pytest.raises(UserError, match="1 differences"):
        resolve(db, people.seng, outcome.id, {"member_no": "N-1"})
    with pytest.raises(UserError, match="cannot stand"):
        resolve(db, people.seng, outcome.id, {"member_no": "N-1", "claimed_total": "a lot"})
    resolve(db, people.seng, outcome.id, {"member_no": "N-1", "claimed_total": "25000"})
    with pytest.raises(UserError, match="Nothing"):
        resolve(db, people.seng, outcome.id, {"member_no": "N-1", "claimed_total": "25000"})


def test_a_void_claim_is_not_brought_back_by_resolving_it(db: Database, people: People, keyed: int) -> None:
    outcome = second_key(db, people.kham, keyed, replace(FORM, member_no="N-2"))
    void_claim(db, people.noy, keyed, None, "keyed twice")
    with pytest.raises(UserError, match="no longer be changed"):
        resolve(db, people.seng, outcome.id, {"member_no": "N-2"})
    assert db.read(to_resolve, PageWanted(), people.seng.user_id).count == 0


def test_resolving_leaves_the_totals_of_a_closed_bundle_alone(db: Database, people: People) -> None:
    counted = BundleForm(
        facility_code="HC1", month=MONTH, received_on=date(2026, 4, 2), forms=1, kip=25000, form_numbers=1
    )
    bundle = receive_submission(db, people.noy, counted)
    claim_id = key_claim(db, people.noy, FORM, bundle)
    close_submission(db, people.noy, bundle)
    outcome = second_key(db, people.kham, claim_id, replace(FORM, claimed_total=52000))
    with pytest.raises(UserError, match="is closed"):
        resolve(db, people.seng, outcome.id, {"claimed_total": "52000"})
    resolve(db, people.seng, outcome.id, {"claimed_total": "25000"})


def test_a_second_keying_that_differs_while_a_run_is_on_holds_its_claim_back(
    db: Database, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judgement, "CHUNK", 1)
    first, last = (key_claim(db, people.noy, form(f"F-{n}", member_no=f"N-{n}"), None) for n in (2, 3))

    def differ(done: int, of: int) -> None:
        if done == 1:
            second_key(db, people.kham, last, form("F-3", member_no="N-1"))

    assert adjudicate(db, people.noy, progress=differ).claim_ids == (first,)
