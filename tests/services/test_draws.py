from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from claims_desk.domain.codes import ClaimState, DrawReason
from claims_desk.domain.dates import office_today
from claims_desk.domain.errors import Refused, UserError
from claims_desk.domain.paging import PageWanted
from claims_desk.models import AuditEntry, Office, Parameter, VerificationDraw
from claims_desk.models.database import Database
from claims_desk.queries.claim_opened import claim_opened
from claims_desk.queries.draws import clerk_record, sampling_terms
from claims_desk.queries.verifications import bundles_to_verify, count_to_verify, to_resolve, to_verify
from claims_desk.services.claims import correct_claim, key_claim, void_claim
from claims_desk.services.draws import release_claim
from claims_desk.services.imports import import_table
from claims_desk.services.judgement import adjudicate
from claims_desk.services.verification import resolve, second_key
from claims_desk.services.verify import verify
from tests.sampling import draw_all, sampling, sleep_a_night
from tests.small_office import People, form, open_small_office

ROWS = "form_no,facility_code,scheme,member_no,care_type,visit_from,diagnosis_main,claimed_total,received_date"


@pytest.fixture
def people(db: Database) -> People:
    return open_small_office(db)


def draws(db: Database) -> dict[int, VerificationDraw]:
    with db.session() as session:
        return {row.claim_id: row for row in session.execute(select(VerificationDraw)).scalars()}


def queue(db: Database, user_id: int | None) -> list[int]:
    return [row.claim_id for row in db.read(to_verify, PageWanted(), user_id).rows]


def test_all_of_a_newcomer_s_first_forms_are_drawn_then_a_share(db: Database, people: People) -> None:
    sampling(db, newcomer_claims=3, share_start=0, share_floor=0)
    ids = [key_claim(db, people.noy, form(f"F-{n}"), None) for n in range(5)]
    found = draws(db)
    assert [found[key].chosen for key in ids] == [True, True, True, False, False]
    assert [found[key].reason for key in ids] == [DrawReason.NEWCOMER] * 3 + [DrawReason.SHARE] * 2
    first_of_another = key_claim(db, people.kham, form("G-1"), None)
    assert draws(db)[first_of_another].chosen


def test_a_claim_over_the_amount_is_drawn_whoever_keyed_it(db: Database, people: People) -> None:
    sampling(db, newcomer_claims=0, share_start=0, share_floor=0, above_kip=100_000)
    large, border = (key_claim(db, people.noy, form(f"F-{kip}", claimed_total=kip), None) for kip in (100_001, 100_000))
    assert draws(db)[large].reason == DrawReason.AMOUNT
    assert queue(db, people.kham.user_id) == [large]
    assert not draws(db)[border].chosen


def test_a_draw_is_made_once_and_stands_whatever_the_office_sets_later(db: Database, people: People) -> None:
    sampling(db, newcomer_claims=0, share_start=50, share_floor=50)
    ids = [key_claim(db, people.noy, form(f"{n:06d}"), None) for n in range(40)]
    before = {key: row.chosen for key, row in draws(db).items()}
    assert 8 <= sum(before.values()) <= 32
    sampling(db, newcomer_claims=0, share_start=0, share_floor=0)
    assert {key: row.chosen for key, row in draws(db).items()} == before
    assert set(queue(db, people.kham.user_id)) == {key for key in ids if before[key]}


def test_a_form_made_void_and_keyed_again_is_drawn_again(db: Database, people: People) -> None:
    sampling(db, newcomer_claims=0, share_start=50, share_floor=50)
    first = key_claim(db, people.noy, form("000001"), None)
    for number in ("000001", "1", "0001"):
        void_claim(db, people.noy, first, None, "keyed wrong")
        again = key_claim(db, people.noy, form(number), None)
        assert draws(db)[again].chosen == draws(db)[first].chosen
        first = again


def test_the_database_keeps_a_draw_as_it_was_made(db: Database, people: People) -> None:
    draw_all(db)
    key_claim(db, people.noy, form("F-1"), None)
    for statement in (
        "UPDATE verification_draws SET chosen = NOT chosen",
        "UPDATE verification_draws SET share = 1",
        "DELETE FROM verification_draws",
    ):
        with db.engine.connect() as connection, pytest.raises(DatabaseError, match="a draw never changes"):
            connection.execute(text(statement))
    assert [fault.text() for finding in verify(db) for fault in finding.faults] == []


def test_every_draw_stands_in_the_trail_apart_from_the_claim_and_the_secret_nowhere(
    db: Database, people: People
) -> None:
    draw_all(db)
    claim_id = key_claim(db, people.noy, form("F-1"), None)
    with db.session() as session:
        entries = session.execute(select(AuditEntry).where(AuditEntry.record_id == claim_id)).scalars().all()
        secret = session.execute(select(Office.draw_secret)).scalar_one()
        written = session.execute(select(AuditEntry.after)).scalars().all()
    drawn = next(entry for entry in entries if entry.action == "claim.draw")
    assert json.loads(drawn.after or "") == {"chosen": True, "reason": "NEWCOMER", "share": 1000}
    assert "claim.draw" not in [step.action for step in db.read(claim_opened, claim_id).history]
    assert len(secret) == 64
    assert all(secret not in (after or "") for after in written)


def test_drawn_claims_wait_for_their_second_keying_and_the_others_do_not(db: Database, people: People) -> None:
    drawn = key_claim_drawn(db, people)
    free = key_claim(db, people.noy, form("F-2", member_no="N-2"), None)
    assert adjudicate(db, people.noy).claim_ids == (free,)
    assert adjudicate(db, people.noy, [drawn]).judged == 0
    second_key(db, people.kham, drawn, form("F-1"))
    assert adjudicate(db, people.noy).claim_ids == (drawn,)


def key_claim_drawn(db: Database, people: People) -> int:
    """One claim of noy's that is drawn; the next ones are not."""
    sampling(db, newcomer_claims=1, share_start=0, share_floor=0)
    return key_claim(db, people.noy, form("F-1"), None)


@pytest.mark.parametrize("keyed_again", [None, "same", "other"])
def test_a_claim_under_second_keying_is_not_corrected_whether_it_differs_or_not(
    db: Database, people: People, keyed_again: str | None
) -> None:
    claim_id = key_claim_drawn(db, people)
    if keyed_again:
        second_key(db, people.kham, claim_id, form("F-1", member_no="N-1" if keyed_again == "same" else "N-2"))
    for clerk in (people.noy, people.kham, people.dao):
        with pytest.raises(UserError) as refusal:
            correct_claim(db, clerk, claim_id, None, form("F-1", member_no="N-3"))
        assert refusal.value.message.text() == "Form F-1 was drawn to be keyed a second time."


def test_once_judged_a_verified_claim_is_corrected_like_any_other(db: Database, people: People) -> None:
    sampling(db, newcomer_claims=1, share_start=0, share_floor=0)
    claim_id = key_claim(db, people.noy, form("F-1", signed=False), None)
    second_key(db, people.kham, claim_id, form("F-1"))
    adjudicate(db, people.noy)
    correct_claim(db, people.noy, claim_id, None, form("F-1"))
    correct_claim(db, people.noy, claim_id, None, form("F-1", phone="02012345678"))
    assert adjudicate(db, people.noy).accepted == 1


def test_nobody_is_offered_his_own_and_the_queue_names_no_more_than_the_paper(db: Database, people: People) -> None:
    draw_all(db)
    mine = key_claim(db, people.noy, form("F-1"), None)
    his = key_claim(db, people.kham, form("F-2"), None)
    assert queue(db, people.noy.user_id) == [his]
    assert queue(db, people.kham.user_id) == [mine]
    assert set(queue(db, None)) == {mine, his}
    assert db.read(count_to_verify, people.dao.user_id) == 2
    (bundle,) = db.read(bundles_to_verify, people.dao.user_id)
    assert (bundle.submission_id, bundle.forms) == (None, 2)
    (row,) = db.read(to_verify, PageWanted(), people.noy.user_id).rows
    shown = {str(value) for value in (row.form_no, row.bundle, row.facility, row.month)}
    assert shown.isdisjoint({"N-1", "HC1", "25000", "noy"})


def test_a_supervisor_lets_a_claim_go_with_a_reason_but_never_his_own(db: Database, people: People) -> None:
    draw_all(db)
    claim_id = key_claim(db, people.dao, form("F-1"), None)
    with pytest.raises(Refused):
        release_claim(db, people.noy, claim_id, "nobody is left")
    with pytest.raises(Refused, match="keyed claim F-1"):
        release_claim(db, people.dao, claim_id, "nobody is left")
    with pytest.raises(UserError):
        release_claim(db, people.seng, claim_id, " ")
    release_claim(db, people.seng, claim_id, "nobody is left")
    assert queue(db, None) == []
    assert adjudicate(db, people.noy).judged == 1
    with pytest.raises(UserError, match="does not wait"):
        release_claim(db, people.seng, claim_id, "once more")


def test_the_share_follows_what_was_measured_up_to_the_evening_before(db: Database, people: People) -> None:
    draw_all(db)
    for number in range(4):
        claim_id = key_claim(db, people.noy, form(f"F-{number}"), None)
        second_key(db, people.kham, claim_id, form(f"F-{number}"))
    wrong = key_claim(db, people.noy, form("F-9", member_no="N-2"), None)
    outcome = second_key(db, people.kham, wrong, form("F-9", member_no="N-3"))
    sleep_a_night(db)
    assert record(db, people) == (5, 4 * 23, 0), "an open difference is nobody's error yet"
    resolve(db, people.seng, outcome.id, {"member_no": "N-3"})
    assert record(db, people) == (5, 4 * 23, 0), "the share of a day does not move"
    sleep_a_night(db)
    assert record(db, people) == (5, 5 * 23, 1)


def test_only_the_last_verified_claims_are_measured(db: Database, people: People) -> None:
    draw_all(db)
    wrong = key_claim(db, people.noy, form("F-1", member_no="N-2"), None)
    outcome = second_key(db, people.kham, wrong, form("F-1", member_no="N-3"))
    resolve(db, people.seng, outcome.id, {"member_no": "N-3"})
    for number in (2, 3):
        claim_id = key_claim(db, people.noy, form(f"F-{number}"), None)
        second_key(db, people.kham, claim_id, form(f"F-{number}"))
    sleep_a_night(db)
    assert record(db, people)[2] == 1
    sampling(db, newcomer_claims=1_000_000, last_claims=2)
    assert record(db, people) == (3, 2 * 23, 0)


def record(db: Database, people: People) -> tuple[int, int, int]:
    def read(session):  # type: ignore[no-untyped-def]
        terms = sampling_terms(session, office_today())
        return clerk_record(session, people.noy.user_id, terms, office_today())

    found = db.read(read)
    return found.claims, found.fields, found.errors


def test_imported_claims_are_judged_at_once_unless_the_office_draws_among_them(
    db: Database, people: People, tmp_path: Path
) -> None:
    sampling(db)
    bring_in(db, people, tmp_path, 1, 2)
    assert draws(db) == {}
    assert adjudicate(db, people.noy).judged == 2
    sampling(db, imports=1, newcomer_claims=1, share_start=0, share_floor=0)
    bring_in(db, people, tmp_path, 3, 4)
    assert sorted(row.chosen for row in draws(db).values()) == [False, True]
    assert adjudicate(db, people.noy).judged == 1


def bring_in(db: Database, people: People, folder: Path, *numbers: int) -> None:
    file = folder / "claims.csv"
    row = "F-{},HC1,NHI,N-1,OPD,2026-03-10,J06.9,25000,2026-04-02"
    file.write_text("\n".join([ROWS, *(row.format(number) for number in numbers)]), encoding="utf-8")
    assert import_table(db, people.noy, "claims", file).added == len(numbers)


def test_a_scheme_may_have_numbers_of_its_own(db: Database, people: People) -> None:
    sampling(db, newcomer_claims=0, share_start=0, share_floor=0, above_kip=0)
    with db.session() as session:
        session.add(Parameter(name="verify_above_kip", scheme="SASS", value="1000", valid_from=office_today()))
        session.commit()
    dear = replace(form("F-1"), scheme="SASS", member_no="S-2")
    ids = [key_claim(db, people.noy, claim, None) for claim in (dear, form("F-2"))]
    found = draws(db)
    assert [found[key].chosen for key in ids] == [True, False]


def test_three_persons_take_part_and_a_void_claim_leaves_every_list(db: Database, people: People) -> None:
    draw_all(db)
    claim_id = key_claim(db, people.noy, form("F-1"), None)
    second_key(db, people.dao, claim_id, form("F-1", member_no="N-2"))
    assert db.read(to_resolve, PageWanted(), people.dao.user_id).count == 0
    assert db.read(to_resolve, PageWanted(), people.seng.user_id).count == 1
    void_claim(db, people.noy, claim_id, None, "twice in the bundle")
    assert db.read(to_resolve, PageWanted(), people.seng.user_id).count == 0
    other = key_claim(db, people.noy, form("F-2"), None)
    void_claim(db, people.noy, other, None, "twice in the bundle")
    assert queue(db, None) == []
    assert db.read(claim_opened, other).state == ClaimState.VOID
