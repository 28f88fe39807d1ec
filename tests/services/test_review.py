from __future__ import annotations

import pytest
from sqlalchemy import select

from claims_desk.domain.codes import ClaimState, Decision
from claims_desk.domain.errors import Refused, Stale, UserError
from claims_desk.models import AuditEntry, ClaimDecision, DecisionLine
from claims_desk.models import Claim as ClaimRow
from claims_desk.models.database import Database
from claims_desk.queries.results import finding_rows, result_rows
from claims_desk.services.claims import correct_claim, key_claim
from claims_desk.services.judgement import adjudicate
from claims_desk.services.review import accept_claim, deny_claim, return_claim
from claims_desk.services.verification import second_key
from tests.small_office import People, form, open_small_office


@pytest.fixture
def people(db: Database) -> People:
    return open_small_office(db)


@pytest.fixture
def pended(db: Database, people: People) -> int:
    """A form without a signature, and with a placeholder of a telephone number."""
    claim_id = key_claim(db, people.noy, form("F-1", signed=False, phone="777777"), None)
    adjudicate(db, people.noy)
    return claim_id


def state(db: Database, claim_id: int) -> ClaimState:
    with db.session() as session:
        return session.get_one(ClaimRow, claim_id).state


def result(db: Database, claim_id: int) -> tuple[object, ...]:
    with db.session() as session:
        return next(result_rows(session, [claim_id]))[2:]


def codes(db: Database, claim_id: int) -> list[str]:
    with db.session() as session:
        return [row[3] for row in finding_rows(session, [claim_id])]


def test_a_pended_claim_is_accepted_at_the_provisional_amounts(db: Database, people: People, pended: int) -> None:
    assert codes(db, pended) == ["A08", "A09"]
    accept_claim(db, people.seng, pended, None, "signature seen on the receipt")
    assert result(db, pended) == (Decision.ACCEPT, "FEE", 25000, 5000, 20000)
    assert state(db, pended) == ClaimState.ACCEPTED
    assert codes(db, pended) == ["A09"]
    with db.session() as session:
        current = session.execute(select(ClaimDecision).where(ClaimDecision.current)).scalar_one()
        lines = session.execute(select(DecisionLine.allowed).where(DecisionLine.decision_id == current.id)).scalars()
        assert sum(lines) == 25000
        assert current.reason == "signature seen on the receipt"
        assert current.explanation_en.splitlines()[-1] == "Accepted by seng: signature seen on the receipt"
        why = session.execute(select(AuditEntry.why).where(AuditEntry.action == "claim.accept")).scalar_one()
        assert why == "signature seen on the receipt"


def test_the_decision_of_the_rules_stays_in_the_history(db: Database, people: People, pended: int) -> None:
    accept_claim(db, people.seng, pended, None, "signature seen")
    with db.session() as session:
        rows = session.execute(select(ClaimDecision.decision, ClaimDecision.reason).order_by(ClaimDecision.id)).all()
    assert [tuple(row) for row in rows] == [(Decision.PEND, ""), (Decision.ACCEPT, "signature seen")]


def test_nobody_decides_his_own_work(db: Database, people: People) -> None:
    keyed = key_claim(db, people.dao, form("F-1", signed=False), None)
    corrected = key_claim(db, people.noy, form("F-2", member_no="N-2", signed=False), None)
    correct_claim(db, people.dao, corrected, None, form("F-2", member_no="N-2", signed=False, phone="1"))
    verified = key_claim(db, people.noy, form("F-3", member_no="N-3", signed=False), None)
    second_key(db, people.dao, verified, form("F-3", member_no="N-3"))
    adjudicate(db, people.noy)
    for claim_id in (keyed, corrected, verified):
        for decide in (accept_claim, deny_claim):
            with pytest.raises(Refused):
                decide(db, people.dao, claim_id, None, "I know better")
        accept_claim(db, people.seng, claim_id, None, "seen")


def test_who_corrected_a_claim_may_not_decide_it_though_another_corrected_it_later(
    db: Database, people: People, pended: int
) -> None:
    for actor, phone in ((people.dao, "2055512345"), (people.kham, "2055512346")):
        correct_claim(db, actor, pended, None, form("F-1", signed=False, phone=phone))
    adjudicate(db, people.noy)
    with pytest.raises(Refused):
        accept_claim(db, people.dao, pended, None, "seen")
    accept_claim(db, people.seng, pended, None, "seen")


def test_a_decision_needs_a_reason_and_the_role(db: Database, people: People, pended: int) -> None:
    for decide in (accept_claim, deny_claim, return_claim):
        with pytest.raises(UserError, match="reason"):
            decide(db, people.seng, pended, None, "  ")
        with pytest.raises(Refused):
            decide(db, people.kham, pended, None, "because")


def test_a_denied_claim_is_paid_nothing_and_says_why(db: Database, people: People) -> None:
    claim_id = key_claim(db, people.noy, form("F-1"), None)
    adjudicate(db, people.noy)
    deny_claim(db, people.seng, claim_id, None, "ປອມແປງ")
    assert result(db, claim_id) == (Decision.DENY, "FEE", 0, 5000, 0)
    assert state(db, claim_id) == ClaimState.DENIED
    with db.session() as session:
        (finding,) = finding_rows(session, [claim_id])
    assert finding[3:7] == ("S01", "deny", "ປອມແປງ", "ປອມແປງ")


def test_a_returned_claim_is_pended_with_the_note_to_be_seen(db: Database, people: People) -> None:
    claim_id = key_claim(db, people.noy, form("F-1"), None)
    adjudicate(db, people.noy)
    return_claim(db, people.seng, claim_id, None, "ask the ward for the chart")
    assert state(db, claim_id) == ClaimState.PENDED
    assert codes(db, claim_id) == ["S01"]
    correct_claim(db, people.kham, claim_id, None, form("F-1", outcome="home"))
    adjudicate(db, people.kham)
    assert state(db, claim_id) == ClaimState.ACCEPTED


def test_only_what_waits_is_decided_and_by_the_faster(db: Database, people: People, pended: int) -> None:
    with db.session() as session:
        version = session.get_one(ClaimRow, pended).version
    accept_claim(db, people.seng, pended, version, "seen")
    with pytest.raises(Stale):
        accept_claim(db, people.dao, pended, version, "seen")
    with pytest.raises(UserError, match="not waiting"):
        accept_claim(db, people.dao, pended, None, "seen")


def test_what_a_supervisor_returned_waits_for_a_correction(db: Database, people: People) -> None:
    claim_id = key_claim(db, people.noy, form("F-1"), None)
    adjudicate(db, people.noy)
    return_claim(db, people.seng, claim_id, None, "ask the ward for the chart")
    assert adjudicate(db, people.noy, [claim_id]).judged == 0
    assert state(db, claim_id) == ClaimState.PENDED


def test_a_claim_no_fund_pays_cannot_be_accepted(db: Database, people: People) -> None:
    claim_id = key_claim(db, people.noy, form("F-1", scheme=""), None)
    adjudicate(db, people.noy)
    with pytest.raises(UserError, match="names no scheme"):
        accept_claim(db, people.seng, claim_id, None, "I know her")


def test_a_reason_longer_than_its_column_is_refused(db: Database, people: People, pended: int) -> None:
    with pytest.raises(UserError, match="longer than 500"):
        deny_claim(db, people.seng, pended, None, "x" * 501)
    deny_claim(db, people.seng, pended, None, "x" * 500)
