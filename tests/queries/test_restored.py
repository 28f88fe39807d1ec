"""A denied claim restored as a new one is the same paper: no twin of the denied one, but of every other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from claims_desk.domain.codes import ClaimState
from claims_desk.domain.facts import Claim
from claims_desk.domain.judgement import Case
from claims_desk.models.database import Database
from claims_desk.queries.claim_opened import claim_opened
from claims_desk.queries.facts import load_cases, load_claims, load_registers
from claims_desk.rules.engine import judge
from claims_desk.services.claims import key_claim, void_claim
from claims_desk.services.judgement import adjudicate
from claims_desk.services.review import deny_claim
from claims_desk.services.submissions import BundleForm, receive_submission
from tests.queries.test_facts import statements
from tests.small_office import DAY, People, form, open_small_office

MAY = date(2026, 5, 1)
TWINS = {"A05", "X01", "X02", "X05", "X06"}


@pytest.fixture
def people(db: Database) -> People:
    return open_small_office(db)


def bundle(db: Database, people: People, month: date) -> int:
    received = date(month.year, month.month + 1, 2)
    form_of_bundle = BundleForm(
        facility_code="HC1", month=month, received_on=received, forms=1, kip=25_000, form_numbers=412
    )
    return receive_submission(db, people.noy, form_of_bundle)


def denied(db: Database, people: People, claim: Claim, submission_id: int | None, restores: int | None = None) -> int:
    """A claim accepted by the rules and denied by the supervisor."""
    key = key_claim(db, people.noy, claim, submission_id, restores)
    adjudicate(db, people.noy)
    deny_claim(db, people.seng, key, db.read(claim_opened, key).version, "nothing is readable")
    return key


def case_of(db: Database, claim: Claim | int) -> Case:
    with db.session() as session:
        claims = load_claims(session, [claim]) if isinstance(claim, int) else [claim]
        return load_cases(session, claims, load_registers(session))[0]


def codes(db: Database, claim: Claim | int) -> set[str]:
    return {found.code for found in judge(case_of(db, claim)).findings}


def test_a_restored_claim_is_no_twin_of_the_denied_one_typed_or_kept(db: Database, people: People) -> None:
    paper = form("000412")
    first = denied(db, people, paper, bundle(db, people, DAY.replace(day=1)))
    assert "A05" in codes(db, paper)  # whoever keys the number anew is told
    assert not codes(db, replace(paper, copied_from=first)) & TWINS
    second = key_claim(db, people.noy, paper, bundle(db, people, MAY), first)
    assert codes(db, second) == set()
    adjudicate(db, people.noy)
    assert db.read(claim_opened, second).state == ClaimState.ACCEPTED


def test_any_other_claim_of_the_number_is_still_told(db: Database, people: People) -> None:
    paper = form("000412")
    first = denied(db, people, paper, None)
    key_claim(db, people.noy, form("000412", member_no="N-2", visit_from=date(2026, 3, 20), visit_to=None), None)
    second = key_claim(db, people.noy, paper, None, first)
    assert codes(db, second) & TWINS == {"A05"}


def test_two_that_restore_the_same_claim_are_twins(db: Database, people: People) -> None:
    first = denied(db, people, form("000412"), None)
    key_claim(db, people.noy, form("000412"), None, first)
    assert codes(db, key_claim(db, people.noy, form("000412"), None, first)) & TWINS == {"A05", "X01"}


def test_a_copy_of_a_claim_that_is_not_denied_is_its_twin(db: Database, people: People) -> None:
    first = key_claim(db, people.noy, form("000412"), None)
    assert codes(db, key_claim(db, people.noy, form("000412"), None, first)) & TWINS == {"A05", "X01"}


def test_a_paper_denied_twice_and_restored_again_is_no_twin_of_either(db: Database, people: People) -> None:
    paper = form("000412")
    first = denied(db, people, paper, bundle(db, people, DAY.replace(day=1)))
    second = denied(db, people, replace(paper, form_no="000413"), bundle(db, people, date(2026, 4, 1)), first)
    third = key_claim(db, people.noy, paper, bundle(db, people, MAY), second)
    assert [row.id for row in case_of(db, third).restored] == [second, first]
    assert codes(db, third) == set()


def test_the_month_of_a_restored_claim_is_that_of_the_bundle_its_paper_first_came_in(
    db: Database, people: People
) -> None:
    first = denied(db, people, form("000412"), bundle(db, people, DAY.replace(day=1)))
    later = bundle(db, people, MAY)
    assert "F06" in codes(db, key_claim(db, people.noy, form("000413", member_no="N-2"), later))
    assert "F06" not in codes(db, key_claim(db, people.noy, form("000412"), later, first))
    another = form("000412", visit_from=date(2026, 4, 1), visit_to=None)
    assert "F06" in codes(db, key_claim(db, people.noy, another, later, first))


def test_one_that_restores_what_came_alone_is_not_asked_for_its_month(db: Database, people: People) -> None:
    first = denied(db, people, form("000412"), None)
    assert "F06" not in codes(db, key_claim(db, people.noy, form("000412"), bundle(db, people, MAY), first))


def test_the_denied_claim_made_void_changes_nothing_for_the_one_that_restores_it(db: Database, people: People) -> None:
    first = denied(db, people, form("000412"), bundle(db, people, DAY.replace(day=1)))
    second = key_claim(db, people.noy, form("000412"), bundle(db, people, MAY), first)
    void_claim(db, people.noy, first, db.read(claim_opened, first).version, "the paper stands in the later bundle")
    assert codes(db, second) == set()


def test_restored_claims_take_no_statement_more(db: Database, people: People) -> None:
    paper = form("000412")
    first = denied(db, people, paper, None)
    counts = []
    with db.session() as session:
        registers = load_registers(session)
        for claim in (paper, replace(paper, copied_from=first)):
            with statements(db) as said:
                load_cases(session, [claim], registers)
            counts.append(len(said))
    assert counts[0] == counts[1] == 8
