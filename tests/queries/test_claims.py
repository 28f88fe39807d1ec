from __future__ import annotations

from datetime import date

import pytest

from claims_desk.domain.codes import ClaimState, Decision
from claims_desk.domain.paging import PageWanted
from claims_desk.models.database import Database
from claims_desk.queries.claim_opened import claim_opened
from claims_desk.queries.claims import ClaimsWanted, claims, find_claims, pended_reasons
from claims_desk.services.claims import correct_claim, key_claim
from claims_desk.services.judgement import adjudicate
from claims_desk.services.review import accept_claim
from claims_desk.services.submissions import BundleForm, receive_submission
from tests.small_office import MONTH, People, form, open_small_office


@pytest.fixture
def people(db: Database) -> People:
    return open_small_office(db)


@pytest.fixture
def keyed(db: Database, people: People) -> list[int]:
    """One clean claim in a bundle, two pended, one denied."""
    bundle = BundleForm(
        facility_code="HC1", month=MONTH, received_on=date(2026, 4, 2), forms=9, kip=0, form_numbers=0, number="B-1"
    )
    submission_id = receive_submission(db, people.noy, bundle)
    ids = [
        key_claim(db, people.noy, form("A-1"), submission_id),
        key_claim(db, people.noy, form("A-2", member_no="N-2", signed=False, documents_seen=()), None),
        key_claim(db, people.kham, form("A-3", member_no="N-3", signed=False), None),
        key_claim(db, people.noy, form("B-4", member_no="N-4"), None),
    ]
    adjudicate(db, people.noy)
    return ids


def listed(db: Database, search: str = "", sort: str = "", **asked: object) -> list[str]:
    wanted = ClaimsWanted(**asked)  # type: ignore[arg-type]
    return [row.form_no for row in db.read(claims, PageWanted(search=search, sort=sort), wanted).rows]


def test_claims_are_listed_by_what_is_asked_for(db: Database, people: People, keyed: list[int]) -> None:
    assert listed(db) == ["A-1", "A-2", "A-3", "B-4"]
    assert listed(db, states=[ClaimState.PENDED]) == ["A-2", "A-3"]
    assert listed(db, states=[ClaimState.PENDED], reason="A07") == ["A-2"]
    assert listed(db, reason="M04") == ["B-4"]
    assert listed(db, states=[ClaimState.PENDED], not_by=people.noy.user_id) == ["A-3"]
    assert listed(db, decided_until=date(2026, 1, 1)) == []
    assert listed(db, decided_until=date(2999, 1, 1)) == ["A-1", "A-2", "A-3", "B-4"]


def test_claims_are_found_by_number_member_or_name(db: Database, people: People, keyed: list[int]) -> None:
    assert listed(db, "A-") == ["A-1", "A-2", "A-3"]
    assert listed(db, "N-3") == ["A-3"]
    assert listed(db, "ແກ້ວ") == ["A-2", "A-3", "B-4"]
    assert listed(db, "_") == []
    assert [row.form_no for row in db.read(find_claims, "A", 2)] == ["A-3", "A-2"]


def test_the_list_has_count_kip_bundle_and_reasons(db: Database, people: People, keyed: list[int]) -> None:
    page = db.read(claims, PageWanted(limit=2, sort="form_no", descending=True))
    assert (page.count, page.kip) == (4, 100000)
    assert [(row.form_no, row.reasons) for row in page.rows] == [("B-4", ("M04",)), ("A-3", ("A08",))]
    (first,) = db.read(claims, PageWanted(search="A-1")).rows
    assert (first.bundle, first.keyed_by, first.payable, first.reasons) == ("B-1", "noy", 20000, ())


def test_pended_claims_are_counted_by_reason(db: Database, people: People, keyed: list[int]) -> None:
    found = [(row.code, row.claims, row.kip) for row in db.read(pended_reasons)]
    assert found == [("A08", 2, 50000), ("A07", 1, 25000)]


def test_an_opened_claim_shows_form_decision_reasons_and_price(db: Database, people: People, keyed: list[int]) -> None:
    shown = db.read(claim_opened, keyed[1])
    assert shown.claim == form("A-2", id=keyed[1], member_no="N-2", signed=False, documents_seen=())
    assert shown.decision is not None
    assert shown.decision.decision == Decision.PEND
    assert [row.code for row in shown.decision.findings] == ["A07", "A08", "P03"]
    assert [(row.line_no, row.allowed) for row in shown.decision.lines] == [(1, 15000), (2, 10000)]
    assert all(step.lao and step.roman for step in shown.decision.explanation)


def test_an_opened_claim_tells_its_history(db: Database, people: People, keyed: list[int]) -> None:
    correct_claim(db, people.kham, keyed[1], None, form("A-2", member_no="N-2", signed=False))
    adjudicate(db, people.kham, [keyed[1]])
    accept_claim(db, people.seng, keyed[1], None, "signature seen")
    shown = db.read(claim_opened, keyed[1])
    steps = [(step.action, step.who, step.why) for step in shown.history]
    assert steps == [
        ("claim.key", "noy", ""),
        ("claim.adjudicate", "noy", ""),
        ("claim.correct", "kham", ""),
        ("claim.adjudicate", "kham", ""),
        ("claim.accept", "seng", "signature seen"),
    ]
    assert shown.history[2].before == {"documents_seen": ""}
    assert shown.history[2].after == {"documents_seen": "ID"}
    assert [row.decision for row in shown.decisions] == [Decision.ACCEPT, Decision.PEND, Decision.PEND]
