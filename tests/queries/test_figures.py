from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from claims_desk.domain.dates import office_today
from claims_desk.domain.paging import PageWanted
from claims_desk.models import AuditEntry, WorkDay
from claims_desk.models.database import Database
from claims_desk.queries.claim_opened import claim_opened
from claims_desk.queries.claims import ClaimsWanted, claims, find_claims
from claims_desk.queries.figures import ClerkFigures, clerk_figures, own_day
from claims_desk.queries.home import waiting
from claims_desk.queries.verifications import to_resolve
from claims_desk.services.claims import key_claim
from claims_desk.services.judgement import adjudicate
from claims_desk.services.verification import resolve, second_key
from claims_desk.services.work_days import note_keystrokes
from tests.sampling import draw_all, sleep_a_night
from tests.small_office import People, form, open_small_office


@pytest.fixture
def people(db: Database) -> People:
    people = open_small_office(db)
    draw_all(db)
    return people


@pytest.fixture
def differing(db: Database, people: People) -> int:
    """Noy keyed two forms and kham keyed them again; in the second they differ in two fields. Returns its claim."""
    for number, changes in ((1, {}), (2, {"member_no": "N-2", "claimed_total": 52000})):
        claim_id = key_claim(db, people.noy, form(f"F-{number}"), None)
        second_key(db, people.kham, claim_id, form(f"F-{number}", **changes))
    return claim_id


def figures(db: Database, live: bool = True) -> dict[str, ClerkFigures]:
    return {row.clerk: row for row in db.read(clerk_figures, office_today(), live=live)}


def test_errors_count_for_whoever_made_them_once_a_third_person_has_decided(
    db: Database, people: People, differing: int
) -> None:
    measured = figures(db)["noy"].measured
    assert (measured.claims, measured.fields, measured.errors) == (1, 23, 0)
    decide(db, people)
    noy, kham = figures(db)["noy"].measured, figures(db)["kham"].measured
    assert (noy.claims, noy.fields, noy.errors) == (2, 46, 1)
    assert (kham.claims, kham.fields, kham.errors) == (2, 46, 1)
    assert noy.per_thousand == 22
    assert figures(db)["dao"].measured.per_thousand is None


def decide(db: Database, people: People) -> None:
    (row,) = db.read(to_resolve, PageWanted(), people.seng.user_id).rows
    resolve(db, people.seng, row.id, {"member_no": "N-2", "claimed_total": "25000"})


@pytest.mark.parametrize("which", ["noy", "kham"])
def test_who_keys_sees_figures_of_last_night_so_no_form_tells_him_that_it_differs(
    db: Database, people: People, differing: int, which: str
) -> None:
    assert figures(db, live=False)[which].measured.claims == 0
    assert db.read(own_day, getattr(people, which).user_id, office_today())[1].claims == 0
    sleep_a_night(db)
    assert figures(db, live=False)[which].measured.claims == 1


def test_the_pace_is_forms_and_keystrokes_of_the_last_thirty_days(db: Database, people: People, differing: int) -> None:
    note_keystrokes(db, people.noy, 100, 60)
    note_keystrokes(db, people.noy, 50, 30)
    pace = figures(db)["noy"].pace
    assert (pace.forms, pace.keystrokes, pace.keys_an_hour) == (2, 150, 6000)
    assert figures(db)["kham"].pace.forms == 2
    assert figures(db)["kham"].pace.keys_an_hour is None
    with db.session() as session:
        session.execute(update(WorkDay).values(day=office_today() - timedelta(days=31)))
        session.commit()
    assert figures(db)["noy"].pace.forms == 0


def test_keystrokes_leave_an_audit_entry_with_the_day_s_sum(db: Database, people: People) -> None:
    note_keystrokes(db, people.noy, 100, 60)
    note_keystrokes(db, people.noy, 50, 30)
    with db.session() as session:
        entries = session.execute(select(AuditEntry).where(AuditEntry.action == "user.keystrokes")).scalars().all()
    assert [entry.record_id for entry in entries] == [people.noy.user_id] * 2
    assert '"keystrokes": 150' in (entries[-1].after or "")


def test_one_clerk_alone_can_be_asked_for(db: Database, people: People) -> None:
    rows = db.read(clerk_figures, office_today(), live=False, only=people.noy.user_id)
    assert [row.clerk for row in rows] == ["noy"]
    assert rows[0].newcomer_left == 1_000_000


def test_home_counts_what_this_user_may_key_again_or_settle(db: Database, people: People, differing: int) -> None:
    third = key_claim(db, people.noy, form("F-3"), None)
    for user, again, differ in ((people.noy, 0, 0), (people.kham, 1, 0), (people.dao, 1, 1), (people.seng, 1, 1)):
        counts = db.read(waiting, user.user_id, office_today())
        assert (counts.to_verify, counts.differences) == (again, differ)
    second_key(db, people.dao, third, form("F-3", member_no="N-3"))
    assert db.read(waiting, people.dao.user_id, office_today()).differences == 1
    assert db.read(waiting, people.noy.user_id, office_today()).keyed_today == 3


@pytest.mark.parametrize("agrees", [True, False])
def test_a_claim_s_history_tells_of_no_second_keying_before_it_is_judged(
    db: Database, people: People, agrees: bool
) -> None:
    claim_id = key_claim(db, people.noy, form("F-1"), None)
    outcome = second_key(db, people.kham, claim_id, form("F-1", member_no="N-1" if agrees else "N-2"))
    assert [step.action for step in db.read(claim_opened, claim_id).history] == ["claim.key"]
    if not agrees:
        resolve(db, people.seng, outcome.id, {"member_no": "N-1"})
    adjudicate(db, people.noy)
    assert "claim.verify" in [step.action for step in db.read(claim_opened, claim_id).history]


def test_a_clerk_finds_no_claim_he_may_have_to_key_blind(db: Database, people: People) -> None:
    claim_id = key_claim(db, people.noy, form("F-1"), None)
    noy, kham = people.noy.user_id, people.kham.user_id
    assert db.read(find_claims, "F-", 10, kham) == ()
    assert [row.id for row in db.read(find_claims, "F-", 10, noy)] == [claim_id]
    assert db.read(claims, PageWanted(), ClaimsWanted(blind_for=kham)).count == 0
    second_key(db, people.kham, claim_id, form("F-1", member_no="N-2"))
    assert db.read(find_claims, "F-", 10, kham) == ()
    assert db.read(claims, PageWanted(), ClaimsWanted()).count == 1
