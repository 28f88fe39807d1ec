from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import ClaimState, ProposalState, Role
from claims_desk.domain.errors import Refused, UserError
from claims_desk.domain.paging import PageWanted
from claims_desk.models import AuditEntry, Member, User, UserRole
from claims_desk.models.database import Database
from claims_desk.queries.claim_opened import claim_opened
from claims_desk.queries.members import find_members
from claims_desk.queries.proposals import ProposalRow, proposals
from claims_desk.services.claims import key_claim
from claims_desk.services.judgement import adjudicate
from claims_desk.services.proposals import NewMember, accept_proposal, decline_proposal, propose_member
from claims_desk.services.review import return_claim
from tests.small_office import People, form, now, open_small_office

NEWCOMER = NewMember(
    scheme="NHI",
    member_no="N-77",
    name_lo="ຄຳໄພ ແສງທອງ",
    sex="F",
    birth_date=date(2001, 6, 2),
    valid_from=date(2026, 1, 1),
    district_code="1003",
    village="ໂພນສະຫວັນ",
    form_no="000412",
    facility_code="HC1",
)


@pytest.fixture
def people(db: Database) -> People:
    return open_small_office(db)


@pytest.fixture
def admin(db: Database, people: People) -> Actor:
    return user(db, "bounthong", Role.ADMINISTRATOR)


def user(db: Database, name: str, *roles: Role) -> Actor:
    with db.session() as session:
        row = User(name=name, password_hash="x", created_at=now(), roles=[UserRole(role=role) for role in roles])
        session.add(row)
        session.commit()
        return Actor(row.id, name, frozenset(roles))


def only(db: Database) -> ProposalRow:
    (row,) = db.read(proposals, PageWanted()).rows
    return row


def claim_of_newcomer(db: Database, people: People) -> int:
    claim = form(
        "000412", member_no="N-77", patient_name=NEWCOMER.name_lo, sex="F", birth_date=NEWCOMER.birth_date
    )  # fmt: skip
    claim_id = key_claim(db, people.noy, claim, None)
    adjudicate(db, people.seng)
    return claim_id


def state_of(db: Database, claim_id: int) -> ClaimState:
    return db.read(claim_opened, claim_id).state


def test_a_proposed_member_stands_in_the_list_and_not_in_the_register(db: Database, people: People) -> None:
    propose_member(db, people.noy, NEWCOMER)
    row = only(db)
    assert (row.state, row.scheme, row.member_no, row.name.lao) == ("PROPOSED", "NHI", "N-77", NEWCOMER.name_lo)
    assert (row.proposed_by, row.decided_by, row.form_no) == ("noy", "", "000412")
    assert db.read(find_members, "N-77") == ()
    assert db.read(proposals, PageWanted(search="N-7"), ProposalState.PROPOSED).count == 1
    assert db.read(proposals, PageWanted(), ProposalState.ACCEPTED).count == 0


def test_accepted_he_is_a_member_with_his_cover_and_his_claim_is_judged_again(
    db: Database, people: People, admin: Actor
) -> None:
    claim_id = claim_of_newcomer(db, people)
    assert state_of(db, claim_id) == ClaimState.PENDED
    key = propose_member(db, people.noy, NEWCOMER)
    person_no = accept_proposal(db, admin, key, 1)
    (member,) = db.read(find_members, "N-77")
    assert (member.person_no, member.name.lao, member.village) == (person_no, NEWCOMER.name_lo, NEWCOMER.village)
    assert db.read(find_members, "ຄຳໄພ")[0].person_no == person_no
    assert state_of(db, claim_id) == ClaimState.CORRECTED
    assert adjudicate(db, people.seng).accepted == 1
    assert (only(db).state, only(db).decided_by, only(db).person_no) == ("ACCEPTED", "bounthong", person_no)


def test_a_claim_a_supervisor_returned_keeps_his_word(db: Database, people: People, admin: Actor) -> None:
    claim_id = claim_of_newcomer(db, people)
    return_claim(db, people.seng, claim_id, db.read(claim_opened, claim_id).version, "ask the facility")
    accept_proposal(db, admin, propose_member(db, people.noy, NEWCOMER), None)
    assert state_of(db, claim_id) == ClaimState.PENDED


def test_who_proposed_a_member_does_not_take_him_in(db: Database, people: People) -> None:
    both = user(db, "khamla", Role.CLERK, Role.ADMINISTRATOR)
    key = propose_member(db, both, NEWCOMER)
    with pytest.raises(Refused):
        accept_proposal(db, both, key, None)
    with pytest.raises(Refused):
        decline_proposal(db, both, key, None, "not ours")
    assert only(db).state == ProposalState.PROPOSED


def test_only_clerks_propose_and_only_administrators_decide(db: Database, people: People, admin: Actor) -> None:
    with pytest.raises(Refused):
        propose_member(db, admin, NEWCOMER)
    key = propose_member(db, people.noy, NEWCOMER)
    with pytest.raises(Refused):
        accept_proposal(db, people.seng, key, None)


def test_declined_with_a_reason_nothing_comes_into_the_register(db: Database, people: People, admin: Actor) -> None:
    key = propose_member(db, people.noy, NEWCOMER)
    with pytest.raises(UserError):
        decline_proposal(db, admin, key, None, "  ")
    decline_proposal(db, admin, key, None, "lives in another province")
    assert (only(db).state, only(db).reason) == ("DECLINED", "lives in another province")
    assert db.read(find_members, "N-77") == ()
    with pytest.raises(UserError, match="decided already"):
        accept_proposal(db, admin, key, None)
    propose_member(db, people.noy, NEWCOMER)  # declined, he may be proposed again


def test_the_same_newcomer_is_proposed_once(db: Database, people: People) -> None:
    propose_member(db, people.noy, NEWCOMER)
    with pytest.raises(UserError, match="proposed already"):
        propose_member(db, people.kham, replace(NEWCOMER, name_en="Khamphai"))
    propose_member(db, people.kham, replace(NEWCOMER, birth_date=date(2026, 3, 1)))  # a child on the same number


@pytest.mark.parametrize(
    "wrong",
    [
        {"name_lo": " "},
        {"sex": ""},
        {"sex": "X"},
        {"birth_date": None},
        {"valid_from": None},
        {"scheme": ""},
        {"member_no": ""},
        {"village": "x" * 201},
    ],
    ids=str,
)
def test_what_an_import_would_refuse_is_told_at_once(db: Database, people: People, wrong: dict[str, object]) -> None:
    with pytest.raises(UserError):
        propose_member(db, people.noy, replace(NEWCOMER, **wrong))
    assert db.read(proposals, PageWanted()).count == 0


def test_an_unknown_scheme_and_a_taken_person_number_leave_everything_as_it_was(
    db: Database, people: People, admin: Actor
) -> None:
    strange = propose_member(db, people.noy, replace(NEWCOMER, scheme="XYZ"))
    with pytest.raises(UserError, match="XYZ"):
        accept_proposal(db, admin, strange, None)
    taken = db.read(lambda session: session.execute(select(Member.person_no).limit(1)).scalar_one())
    key = propose_member(db, people.noy, NEWCOMER)
    with pytest.raises(UserError, match="taken"):
        accept_proposal(db, admin, key, None, taken)
    assert db.read(find_members, "N-77") == ()
    assert db.read(proposals, PageWanted(), ProposalState.PROPOSED).count == 2


def test_each_step_is_in_the_audit_trail(db: Database, people: People, admin: Actor) -> None:
    accept_proposal(db, admin, propose_member(db, people.noy, NEWCOMER), None)
    decline_proposal(db, admin, propose_member(db, people.noy, replace(NEWCOMER, member_no="N-78")), None, "twice")
    with db.session() as session:
        actions = list(session.execute(select(AuditEntry.action).order_by(AuditEntry.seq.desc()).limit(4)).scalars())
    assert actions == ["member.decline", "member.propose", "member.accept", "member.propose"]


@pytest.mark.parametrize(
    "statement",
    ["UPDATE member_proposals SET name_lo = 'x'", "UPDATE member_proposals SET state = 'PROPOSED'",
     "DELETE FROM member_proposals"],
)  # fmt: skip
def test_what_was_decided_is_kept_by_the_database_itself(
    db: Database, people: People, admin: Actor, statement: str
) -> None:
    propose_member(db, people.noy, NEWCOMER)
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE member_proposals SET village = 'y'"))
    decline_proposal(db, admin, only(db).id, None, "known under another number")
    with pytest.raises(DatabaseError, match="refused by the ledger"), db.engine.begin() as connection:
        connection.execute(text(statement))
    assert only(db).name.lao == "ຄຳໄພ ແສງທອງ"
