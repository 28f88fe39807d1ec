"""Paper that comes after its form was keyed is added as evidence, and changes nothing but what X05 says of it."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import ClaimState, Role
from claims_desk.domain.errors import Refused, Stale, UserError
from claims_desk.domain.scans import ScanPage
from claims_desk.models import AuditEntry, Claim
from claims_desk.models.database import Database
from claims_desk.queries.claim_facts import load_claims
from claims_desk.queries.results import finding_rows
from claims_desk.queries.scans import pages_of_claim
from claims_desk.services.claims import correct_claim, key_claim, void_claim
from claims_desk.services.judgement import adjudicate
from claims_desk.services.late_scans import attach_later
from claims_desk.services.review import accept_claim
from claims_desk.services.scans import add_scan
from claims_desk.services.verification import second_key
from tests.sample_scans import pdf, picture
from tests.sampling import draw_all
from tests.small_office import People, form, open_small_office


@pytest.fixture
def people(db: Database) -> People:
    return open_small_office(db)


def state(db: Database, claim_id: int) -> ClaimState:
    return db.read(lambda session: session.get_one(Claim, claim_id).state)


def codes(db: Database, claim_id: int) -> set[str]:
    return {row[3] for row in db.read(finding_rows, [claim_id])}


def entries(db: Database, action: str) -> int:
    counted = select(func.count()).select_from(AuditEntry).where(AuditEntry.action == action)
    return db.read(lambda session: session.execute(counted).scalar_one())


def test_a_claim_drawn_for_second_keying_takes_its_paper_and_is_verified_as_if_it_had_had_it(
    db: Database, people: People
) -> None:
    draw_all(db)
    claim_id = key_claim(db, people.noy, form("F-1"), None)
    before = db.read(load_claims, [claim_id])[0]
    paper = add_scan(db, people.noy, pdf("a", "b")).sha256
    with pytest.raises(UserError):
        correct_claim(db, people.noy, claim_id, None, form("F-1"), [ScanPage(paper)])
    attach_later(db, people.noy, claim_id, [ScanPage(paper, 1), ScanPage(paper, 2, 90)])
    assert db.read(pages_of_claim, claim_id) == (ScanPage(paper, 1), ScanPage(paper, 2, 90))
    after = db.read(load_claims, [claim_id])[0]
    assert (after.lines, after.claimed_total, state(db, claim_id)) == (
        before.lines, before.claimed_total, ClaimState.KEYED,
    )  # fmt: skip
    assert entries(db, "claim.attach") == 1
    assert second_key(db, people.kham, claim_id, form("F-1")).agreed


def test_what_the_rules_decided_is_judged_again_and_x05_speaks(db: Database, people: People) -> None:
    paper = add_scan(db, people.noy, picture()).sha256
    first = key_claim(db, people.noy, form("F-1"), None, pages=[ScanPage(paper)])
    second = key_claim(db, people.noy, form("F-2", member_no="N-2"), None)
    adjudicate(db, people.noy)
    assert "X05" not in codes(db, second)
    attach_later(db, people.noy, second, [ScanPage(paper)])
    assert state(db, second) == ClaimState.CORRECTED
    adjudicate(db, people.noy)
    assert ("X05" in codes(db, first), "X05" in codes(db, second)) == (False, True)


def test_paper_of_a_later_claim_added_to_an_earlier_one_is_held_against_the_later(db: Database, people: People) -> None:
    paper = add_scan(db, people.noy, picture()).sha256
    first = key_claim(db, people.noy, form("F-1"), None)
    second = key_claim(db, people.noy, form("F-2", member_no="N-2"), None, pages=[ScanPage(paper)])
    adjudicate(db, people.noy)
    attach_later(db, people.noy, first, [ScanPage(paper)])
    adjudicate(db, people.noy)
    assert ("X05" in codes(db, first), "X05" in codes(db, second)) == (False, True)


def test_a_supervisors_word_stays_when_paper_comes(db: Database, people: People) -> None:
    claim_id = key_claim(db, people.noy, form("F-1", member_no="N-404"), None)
    adjudicate(db, people.noy)
    assert state(db, claim_id) == ClaimState.PENDED
    accept_claim(db, people.seng, claim_id, None, "seen at the facility")
    attach_later(db, people.noy, claim_id, [ScanPage(add_scan(db, people.noy, picture()).sha256)])
    assert state(db, claim_id) == ClaimState.ACCEPTED


def test_a_correction_begun_before_does_not_take_the_paper_off_again(db: Database, people: People) -> None:
    claim_id = key_claim(db, people.noy, form("F-1"), None)
    version = db.read(lambda session: session.get_one(Claim, claim_id).version)
    attach_later(db, people.kham, claim_id, [ScanPage(add_scan(db, people.noy, picture()).sha256)])
    with pytest.raises(Stale):
        correct_claim(db, people.noy, claim_id, version, form("F-1", claimed_total=1), ())
    assert len(db.read(pages_of_claim, claim_id)) == 1


def test_a_void_claim_no_page_a_page_twice_and_a_stranger_are_refused_and_nothing_stays(
    db: Database, people: People
) -> None:
    page = ScanPage(add_scan(db, people.noy, picture()).sha256)
    claim_id = key_claim(db, people.noy, form("F-1"), None, pages=[page])
    gone = key_claim(db, people.noy, form("F-2"), None)
    void_claim(db, people.noy, gone, None, "keyed twice")
    for key, pages in ((gone, [page]), (claim_id, []), (claim_id, [page]), (claim_id, [ScanPage("0" * 64)])):
        with pytest.raises(UserError) as refused:
            attach_later(db, people.noy, key, pages)
        assert refused.value.advice
    with pytest.raises(Refused):
        attach_later(db, Actor(people.noy.user_id, "noy", frozenset({Role.AUDITOR})), claim_id, [page])
    assert (entries(db, "claim.attach"), db.read(pages_of_claim, claim_id)) == (0, (page,))
