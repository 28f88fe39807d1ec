from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, update

from claims_desk.bench.judged import counted_statements
from claims_desk.domain.codes import ClaimState, Decision
from claims_desk.domain.errors import Refused
from claims_desk.domain.facts import Claim
from claims_desk.models import AuditEntry, ClaimDecision, FindingRow, Item, Office, Price
from claims_desk.models import Claim as ClaimRow
from claims_desk.models.database import Database
from claims_desk.queries.facts import load_claims, load_registers
from claims_desk.queries.results import finding_rows, result_rows
from claims_desk.services import judgement
from claims_desk.services.claims import correct_claim, key_claim
from claims_desk.services.judgement import adjudicate, preview
from tests.small_office import DAY, People, form, line, open_small_office


@pytest.fixture
def people(db: Database) -> People:
    return open_small_office(db)


def rows(db: Database, *ids: int) -> list[tuple[object, ...]]:
    with db.session() as session:
        return list(result_rows(session, ids))


def codes(db: Database, claim_id: int) -> set[str]:
    with db.session() as session:
        return {row[3] for row in finding_rows(session, [claim_id])}


def varied_claims() -> list[Claim]:
    """Forms that meet one another in every way: same form number, visit, item too soon, limits, unknown people."""
    claims = []
    for n in range(60):
        day = DAY + timedelta(days=n % 9)
        lines = (line(1, "CONS", 1, 15000, day), line(2, "PARA", 1 + n % 4, 5000, day), line(3, "XRAY", 1, 60000, day))
        total = sum(int(row.claimed) for row in lines)
        claims.append(
            form(
                f"F-{n % 25}",
                member_no=f"N-{n % 5}",
                facility_code=("HC1", "HC2", "DH1")[n % 3],
                visit_from=day,
                visit_to=day,
                received_date=date(2026, 9, 30) if n % 11 == 0 else date(2026, 4, 2),
                claimed_total=total,
                lines=lines[: 1 + n % 3],
            )
        )
    return claims


def decided(db: Database) -> list[tuple[object, ...]]:
    with db.session() as session:
        ids = session.execute(select(ClaimRow.id).order_by(ClaimRow.id)).scalars().all()
        return [*result_rows(session, ids), *finding_rows(session, ids)]


def test_a_clean_claim_is_accepted_with_its_amounts(db: Database, people: People) -> None:
    claim_id = key_claim(db, people.noy, form("F-1"), None)
    report = adjudicate(db, people.noy)
    assert (report.judged, report.accepted, report.claim_ids) == (1, 1, (claim_id,))
    assert rows(db, claim_id) == [("F-1", "HC1", Decision.ACCEPT, "FEE", 25000, 5000, 20000)]


def test_the_preview_says_what_adjudication_will_say(db: Database, people: People) -> None:
    draft = form("F-1", member_no="N-9")
    with db.session() as session:
        registers = load_registers(session)
    seen = preview(db, draft, registers).judgement
    claim_id = key_claim(db, people.noy, draft, None)
    adjudicate(db, people.noy)
    assert rows(db, claim_id)[0][2:] == (seen.decision, seen.method, seen.allowed, seen.copay_due, seen.payable)
    assert codes(db, claim_id) == {found.code for found in seen.findings}
    assert "M01" in codes(db, claim_id)


def test_all_at_once_and_one_by_one_say_the_same(db: Database, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    for claim in varied_claims():
        key_claim(db, people.noy, claim, None)
    monkeypatch.setattr(judgement, "CHUNK", 1)
    adjudicate(db, people.noy)
    one_by_one = decided(db)
    with db.session() as session:
        session.execute(update(ClaimRow).values(state=ClaimState.KEYED))
        session.commit()
    monkeypatch.setattr(judgement, "CHUNK", 1000)
    adjudicate(db, people.noy)
    assert decided(db) == one_by_one
    assert len({row[2] for row in one_by_one if row[2] in tuple(Decision)}) == 3


def test_an_earlier_claim_denied_in_the_same_run_counts_for_nothing(db: Database, people: People) -> None:
    late = date(2026, 12, 31)
    key_claim(db, people.noy, form("F-1", received_date=late), None)
    second = key_claim(db, people.noy, form("F-2"), None)
    third = key_claim(db, people.noy, form("F-3"), None)
    adjudicate(db, people.noy)
    assert "X01" not in codes(db, second)
    assert "X01" in codes(db, third)


def test_what_an_earlier_claim_of_the_run_was_cut_to_is_what_it_used_up(db: Database, people: People) -> None:
    def packets(form_no: str, day: date, count: int) -> Claim:
        lines = (line(1, "PARA", count, 5000, day),)
        return form(form_no, visit_from=day, visit_to=day, lines=lines, claimed_total=count * 5000)

    ids = [
        key_claim(db, people.noy, packets(f"F-{n}", DAY + timedelta(days=n), count), None)
        for n, count in enumerate((15, 9, 1))
    ]
    adjudicate(db, people.noy)
    assert [row[4] for row in rows(db, *ids)] == [75000, 25000, 0]


def test_a_pended_claims_line_far_outside_its_visit_uses_up_limits_and_intervals(db: Database, people: People) -> None:
    long_ago = {"visit_from": date(2025, 6, 1), "visit_to": date(2025, 6, 1), "received_date": date(2025, 7, 1)}
    before = (line(1, "XRAY", 1, 60000, DAY), line(2, "PARA", 19, 5000, DAY))
    first = key_claim(db, people.noy, form("F-1", **long_ago, lines=before, claimed_total=155000), None)
    later = DAY + timedelta(days=29)
    now = (line(1, "XRAY", 1, 60000, later), line(2, "PARA", 2, 5000, later))
    visit = {"visit_from": later, "visit_to": later, "received_date": date(2026, 5, 2)}
    second = key_claim(db, people.noy, form("F-2", **visit, lines=now, claimed_total=70000), None)
    assert (adjudicate(db, people.noy).pended, "A10" in codes(db, first)) == (1, True)
    assert {"L01", "L02"} <= codes(db, second)


def test_a_corrected_claim_gets_a_new_decision_and_the_old_one_stays(db: Database, people: People) -> None:
    claim_id = key_claim(db, people.noy, form("F-1", signed=False), None)
    adjudicate(db, people.noy)
    correct_claim(db, people.kham, claim_id, None, form("F-1"))
    assert adjudicate(db, people.seng).accepted == 1
    with db.session() as session:
        found = session.execute(select(ClaimDecision.decision, ClaimDecision.current).order_by(ClaimDecision.id)).all()
    assert [tuple(row) for row in found] == [(Decision.PEND, False), (Decision.ACCEPT, True)]


def test_a_pended_claim_is_judged_again_only_when_asked_for(db: Database, people: People) -> None:
    claim_id = key_claim(db, people.noy, form("F-1", signed=False), None)
    adjudicate(db, people.noy)
    assert adjudicate(db, people.noy).judged == 0
    assert adjudicate(db, people.noy, [claim_id]).pended == 1


def test_findings_are_kept_in_both_languages(db: Database, people: People) -> None:
    claim_id = key_claim(db, people.noy, form("F-1", member_no="N-9"), None)
    adjudicate(db, people.noy)
    with db.session() as session:
        found = session.execute(select(FindingRow).where(FindingRow.code == "M01")).scalar_one()
        row = next(row for row in finding_rows(session, [claim_id]) if row[3] == "M01")
    assert row[:2] == ("F-1", "HC1")
    assert row[2] == ""
    assert found.message_en
    assert found.message_lo
    assert found.fix_lo


def test_a_run_that_is_cancelled_keeps_what_it_did_and_the_next_does_the_rest(
    db: Database, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judgement, "CHUNK", 2)
    for n in range(5):
        key_claim(db, people.noy, form(f"F-{n}"), None)
    told: list[tuple[int, int]] = []
    first = adjudicate(
        db, people.noy, progress=lambda done, of: told.append((done, of)), cancelled=lambda: len(told) == 2
    )
    assert (first.judged, told) == (4, [(2, 5), (4, 5)])
    assert adjudicate(db, people.noy).judged == 1


def test_every_chunk_leaves_one_entry_that_vouches_for_its_results(
    db: Database, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judgement, "CHUNK", 2)
    ids = [key_claim(db, people.noy, form(f"F-{n}"), None) for n in range(3)]
    adjudicate(db, people.noy)
    with db.session() as session:
        entries = session.execute(
            select(AuditEntry.after).where(AuditEntry.action == "claim.adjudicate").order_by(AuditEntry.seq)
        ).scalars()
        notes = [json.loads(entry or "") for entry in entries]
    assert [(note["claims"], note["first"], note["last"]) for note in notes] == [
        (2, ids[0], ids[1]),
        (1, ids[2], ids[2]),
    ]
    assert len({note["sha256"] for note in notes}) == 2


def test_each_judgement_is_told_once_it_is_kept(db: Database, people: People) -> None:
    for n in range(3):
        key_claim(db, people.noy, form(f"F-{n}", member_no=f"N-{n + 1}"), None)
    told: list[tuple[str, Decision]] = []
    adjudicate(db, people.noy, each=lambda claim, said: told.append((claim.form_no, said.decision)))
    assert told == [("F-0", Decision.ACCEPT), ("F-1", Decision.ACCEPT), ("F-2", Decision.ACCEPT)]


def test_only_a_clerk_or_a_supervisor_adjudicates(db: Database, people: People) -> None:
    with pytest.raises(Refused):
        adjudicate(db, replace(people.noy, roles=frozenset()))


def test_a_register_changed_during_a_run_counts_from_the_next_chunk(
    db: Database, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judgement, "CHUNK", 1)
    ids = [key_claim(db, people.noy, form(f"F-{n}", member_no=f"N-{n + 1}"), None) for n in range(2)]

    def exclude_medicine(_done: int, _of: int) -> None:
        with db.session() as session:
            session.execute(update(Item).where(Item.code == "PARA").values(excluded=True))
            session.execute(update(Office).values(registers_version=Office.registers_version + 1))
            session.commit()

    adjudicate(db, people.noy, progress=exclude_medicine)
    assert [row[4] for row in rows(db, *ids)] == [25000, 15000]


def test_claims_are_the_same_after_judgement_as_before(db: Database, people: People) -> None:
    claim_id = key_claim(db, people.noy, form("F-1"), None)
    adjudicate(db, people.noy)
    with db.session() as session:
        assert load_claims(session, [claim_id]) == [form("F-1", id=claim_id)]
        assert session.execute(select(func.count()).select_from(ClaimDecision)).scalar_one() == 1


def test_amounts_beyond_all_sense_stop_the_claim_and_not_the_run(db: Database, people: People) -> None:
    with db.session() as session:
        session.execute(update(Price).where(Price.item_code == "XRAY").values(price=5_000_000))
        session.execute(update(Office).values(registers_version=Office.registers_version + 1))
        session.commit()
    huge = line(1, "XRAY", "9999999999999", 10**15)
    strange = key_claim(db, people.noy, form("F-1", lines=(huge,), claimed_total=10**15), None)
    clean = key_claim(db, people.noy, form("F-2", member_no="N-2"), None)
    report = adjudicate(db, people.noy)
    assert (report.accepted, report.pended) == (1, 1)
    assert {"T06", "A06"} <= codes(db, strange)
    assert codes(db, clean) == {"P03"}


def test_a_run_takes_the_same_statements_for_one_claim_and_for_sixty(db: Database, people: People) -> None:
    claims = varied_claims()
    counts = set()
    for some in (claims[:1], claims[11:14], claims):
        for claim in some:
            key_claim(db, people.noy, claim, None)
        with counted_statements(db) as said:
            assert adjudicate(db, people.noy).judged == len(some)
        counts.add(said.total())
    assert len(counts) == 1
