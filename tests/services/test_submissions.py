from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from claims_desk.domain.codes import SubmissionState
from claims_desk.domain.errors import Refused, Stale, UserError
from claims_desk.domain.paging import PageWanted
from claims_desk.domain.totals import Totals, form_number
from claims_desk.models.database import Database
from claims_desk.queries.submissions import submission, submissions
from claims_desk.services.claims import correct_claim, key_claim, void_claim
from claims_desk.services.judgement import adjudicate
from claims_desk.services.review import return_claim
from claims_desk.services.submissions import (
    BundleForm,
    change_submission,
    close_submission,
    receive_submission,
    reopen_submission,
)
from tests.small_office import MONTH, People, form, open_small_office

BUNDLE = BundleForm(facility_code="HC1", month=MONTH, received_on=date(2026, 4, 2), forms=2, kip=50000, form_numbers=15)


@pytest.fixture
def people(db: Database) -> People:
    return open_small_office(db)


@pytest.fixture
def bundle(db: Database, people: People) -> int:
    return receive_submission(db, people.noy, BUNDLE)


def test_bundles_of_a_facility_and_month_are_numbered(db: Database, people: People, bundle: int) -> None:
    second = receive_submission(db, people.noy, BUNDLE)
    assert db.read(submission, bundle).number == "HC1-2026-03-1"
    assert db.read(submission, second).number == "HC1-2026-03-2"
    with pytest.raises(UserError, match="already"):
        receive_submission(db, people.noy, replace(BUNDLE, number="HC1-2026-03-2"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"facility_code": "XX"},
        {"forms": 0},
        {"kip": -1},
        {"month": date(2026, 5, 1)},
        {"forms": 2**31},
        {"kip": 2**63},
        {"form_numbers": 2**63},
        {"number": "x" * 41},
    ],
)
def test_a_bundle_that_cannot_be_is_refused(db: Database, people: People, wrong: dict[str, object]) -> None:
    with pytest.raises(UserError):
        receive_submission(db, people.noy, replace(BUNDLE, **wrong))  # type: ignore[arg-type]


def test_a_bundle_closes_when_forms_kip_and_numbers_agree(db: Database, people: People, bundle: int) -> None:
    key_claim(db, people.noy, form("HC1/2026/0007"), bundle)
    with pytest.raises(UserError, match=r"2 forms.*1 forms.*missing \(1\)"):
        close_submission(db, people.noy, bundle)
    key_claim(db, people.noy, form("8", claimed_total=25000), bundle)
    close_submission(db, people.noy, bundle)
    assert db.read(submission, bundle).state == SubmissionState.CLOSED


def test_the_difference_is_named(db: Database, people: People, bundle: int) -> None:
    key_claim(db, people.noy, form("7"), bundle)
    wrong = key_claim(db, people.noy, form("8", claimed_total=26000), bundle)
    with pytest.raises(UserError, match=r"the difference is 1\.000 kip"):
        close_submission(db, people.noy, bundle)
    correct_claim(db, people.noy, wrong, None, form("9"))
    with pytest.raises(UserError, match="form number keyed wrong: the difference is 1"):
        close_submission(db, people.noy, bundle)


def test_void_claims_are_not_counted(db: Database, people: People, bundle: int) -> None:
    twice = [key_claim(db, people.noy, form(number), bundle) for number in ("7", "8", "8")]
    with pytest.raises(UserError, match=r"keyed twice \(1\)"):
        close_submission(db, people.noy, bundle)
    void_claim(db, people.noy, twice[2], None, "keyed twice")
    assert db.read(submission, bundle).keyed == Totals(2, 50000, 15)
    close_submission(db, people.noy, bundle)


def test_a_closed_bundle_takes_nothing_more_and_loses_nothing(db: Database, people: People, bundle: int) -> None:
    first, _ = (key_claim(db, people.noy, form(number), bundle) for number in ("7", "8"))
    close_submission(db, people.noy, bundle)
    for refused in (
        lambda: key_claim(db, people.noy, form("9"), bundle),
        lambda: void_claim(db, people.noy, first, None, "no"),
        lambda: correct_claim(db, people.noy, first, None, form("7", claimed_total=1)),
        lambda: change_submission(db, people.noy, bundle, None, BUNDLE, "counted again"),
    ):
        with pytest.raises(UserError, match="closed"):
            refused()
    correct_claim(db, people.noy, first, None, form("7", member_no="N-2"))


def test_a_supervisor_opens_a_closed_bundle_again_with_a_reason(db: Database, people: People, bundle: int) -> None:
    for number in ("7", "8"):
        key_claim(db, people.noy, form(number), bundle)
    close_submission(db, people.noy, bundle)
    with pytest.raises(Refused):
        reopen_submission(db, people.noy, bundle, None, "one form missed")
    with pytest.raises(UserError, match="reason"):
        reopen_submission(db, people.seng, bundle, None, " ")
    reopen_submission(db, people.seng, bundle, None, "one form missed")
    key_claim(db, people.noy, form("9"), bundle)


def test_what_was_counted_can_be_mended_while_it_is_open(db: Database, people: People, bundle: int) -> None:
    seen = db.read(submission, bundle)
    change_submission(db, people.noy, bundle, seen.version, replace(BUNDLE, forms=3), "one form under another")
    assert db.read(submission, bundle).counted.forms == 3
    with pytest.raises(Stale):
        change_submission(db, people.kham, bundle, seen.version, BUNDLE, "again")


def test_what_was_accepted_for_one_facility_is_never_moved_to_another(
    db: Database, people: People, bundle: int
) -> None:
    claim_id = key_claim(db, people.noy, form("7"), bundle)
    elsewhere = replace(BUNDLE, facility_code="HC2")
    change_submission(db, people.noy, bundle, None, elsewhere, "another stamp on the cover")
    change_submission(db, people.noy, bundle, None, BUNDLE, "read wrong")
    adjudicate(db, people.noy)
    for other in (elsewhere, replace(BUNDLE, month=date(2026, 2, 1))):
        with pytest.raises(UserError, match="accepted for its facility"):
            change_submission(db, people.noy, bundle, None, other, "read wrong")
    return_claim(db, people.seng, claim_id, None, "wrong facility on the bundle")
    change_submission(db, people.noy, bundle, None, elsewhere, "read wrong")


def test_the_list_shows_counted_against_keyed(db: Database, people: People, bundle: int) -> None:
    key_claim(db, people.noy, form("7"), bundle)
    other = receive_submission(db, people.noy, replace(BUNDLE, facility_code="DH1", kip=1))
    page = db.read(submissions, PageWanted())
    assert [row.id for row in page.rows] == [other, bundle]
    assert (page.count, page.kip) == (2, 50001)
    assert page.rows[1].difference == Totals(-1, -25000, -8)
    assert [row.id for row in db.read(submissions, PageWanted(search="HC1")).rows] == [bundle]
    assert db.read(submissions, PageWanted(), SubmissionState.CLOSED).count == 0


def test_the_last_digits_of_a_form_number_count() -> None:
    assert [form_number(text) for text in ("412", "10-2026-00412", "A/7b", "none", "")] == [412, 412, 7, 0, 0]
