"""A claim is judged alone as it is among many; claims that have nothing to do with each other come in any order."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from claims_desk.domain.codes import ClaimState, Decision
from claims_desk.domain.judgement import Judgement
from claims_desk.domain.messages import ENGLISH, LAO
from claims_desk.models import Claim as ClaimRow
from claims_desk.models import ClaimDecision, Coverage, DecisionLine, FindingRow
from claims_desk.models.database import Database
from claims_desk.queries.facts import load_cases, load_claims, load_registers
from claims_desk.rules.engine import judge
from claims_desk.services.imports import import_table
from claims_desk.services.judgement import adjudicate
from tests.small_office import DAY, START, People, member, open_small_office

PERSONS = 40
FEW, MANY = 1_200, 10_000
SIZES = [pytest.param(FEW, id="short"), pytest.param(MANY, id="long", marks=pytest.mark.soak)]
SAMPLE = 120
CLAIMS = (
    "form_no,facility_code,scheme,member_no,patient_name,sex,birth_date,care_type,visit_from,visit_to,case_group,"
    "diagnosis_main,documents_seen,signed,copay_collected,claimed_total,received_date\n"
)
LINES = "form_no,facility_code,line_no,item_code,quantity,unit_price\n"
PRICES = {"CONS": 15_000, "PARA": 5_000, "XRAY": 60_000}


@pytest.fixture
def people(db: Database) -> People:
    """The small office with forty women more, each with a number of her own."""
    people = open_small_office(db)
    with db.session() as session:
        for n in range(PERSONS):
            born = date(1985, 1, 1) + timedelta(days=n)
            session.add(member(f"W{n}", f"ນາງ {n:02d}", f"Nang {n:02d}", "F", born))
        session.flush()
        for n in range(PERSONS):
            session.add(Coverage(scheme="NHI", member_no=f"W-{n}", person_no=f"W{n}", valid_from=START))
        session.commit()
    return people


def form_row(n: int, chance: random.Random) -> tuple[str, str]:
    """A form and its lines: people, facilities and days meet again and again; newborns, stays and births among them."""
    woman = chance.randrange(PERSONS)
    at = DAY + timedelta(days=chance.randrange(40))
    care = chance.choices(["OPD", "IPD", "DELIVERY"], [8, 2, 1])[0]
    until = at + timedelta(days=0 if care == "OPD" else chance.randrange(5))
    born, sex, name = (date(1985, 1, 1) + timedelta(days=woman)), "F", f"ນາງ {woman:02d}"
    if chance.random() < 0.15:
        born, sex, name = DAY - timedelta(days=chance.randrange(20)), chance.choice("FM"), "ລູກ"
    items = [chance.choice(list(PRICES)) for _ in range(chance.randrange(4))]
    facility = chance.choice(["HC1", "HC2", "DH1"])
    total = sum(PRICES[item] for item in items) + (chance.random() < 0.05)
    form_no = f"F-{chance.randrange(n + 1)}" if chance.random() < 0.02 else f"F-{n}"
    group = "N01" if care == "DELIVERY" else ""
    row = f"{form_no},{facility},NHI,W-{woman},{name},{sex},{born},{care},{at},{until},{group},J06.9,ID,yes,0,{total},"
    lines = [f"{form_no},{facility},{k},{item},1,{PRICES[item]}\n" for k, item in enumerate(items, 1)]
    return row + "2026-05-02\n", "".join(lines)


def bring(db: Database, people: People, folder: Path, rows: list[tuple[str, str]]) -> None:
    for kind, text in (
        ("claims", CLAIMS + "".join(row for row, _ in rows)),
        ("claim_lines", LINES + "".join(lines for _, lines in rows)),
    ):
        path = folder / f"{kind}.csv"
        path.write_text(text, encoding="utf-8")
        import_table(db, people.noy, kind, path, partial=True)


def all_ids(db: Database) -> list[int]:
    with db.session() as session:
        return list(session.execute(select(ClaimRow.id).order_by(ClaimRow.keyed_at, ClaimRow.id)).scalars())


def outcome(judged: Judgement) -> tuple[object, ...]:
    findings = [(row.code, row.line_no, row.message.text(ENGLISH), row.message.text(LAO)) for row in judged.findings]
    lines = [(row.line_no, row.quantity, row.price, row.allowed) for row in judged.lines]
    return judged.decision, judged.allowed, judged.copay_due, judged.payable, lines, findings


def written(session: Session, claim_id: int) -> tuple[object, ...]:
    """The same as it was kept in the run."""
    query = select(ClaimDecision).where(ClaimDecision.claim_id == claim_id, ClaimDecision.current)
    kept = session.execute(query).scalar_one()
    found = select(FindingRow.code, FindingRow.line_no, FindingRow.message_en, FindingRow.message_lo)
    priced = select(DecisionLine.line_no, DecisionLine.quantity, DecisionLine.price, DecisionLine.allowed)
    findings = session.execute(found.where(FindingRow.decision_id == kept.id).order_by(FindingRow.position))
    lines = session.execute(priced.where(DecisionLine.decision_id == kept.id).order_by(DecisionLine.line_no))
    amounts = (kept.decision, kept.allowed, kept.copay_due, kept.payable)
    return (*amounts, [tuple(row) for row in lines], [tuple(row) for row in findings])


@pytest.mark.parametrize("size", SIZES)
def test_one_claim_alone_is_judged_as_among_many(db: Database, people: People, tmp_path: Path, size: int) -> None:
    chance = random.Random(size)
    bring(db, people, tmp_path, [form_row(n, chance) for n in range(size)])
    ids = all_ids(db)
    assert adjudicate(db, people.noy).judged == len(ids) > size * 0.9
    met: Counter[str] = Counter()
    with db.session() as session:
        registers = load_registers(session)
        for claim_id in chance.sample(ids, SAMPLE):
            (case,) = load_cases(session, load_claims(session, [claim_id]), registers)
            alone = judge(case)
            assert outcome(alone) == written(session, claim_id)
            met.update({found.code for found in alone.findings} | {alone.decision.value, f"baby {case.baby}"})
    assert {*Decision, "baby True", "X01", "X02", "L01", "L02"} <= set(met)


def test_claims_that_have_nothing_to_do_with_each_other_may_come_in_any_order(
    db: Database, people: People, tmp_path: Path
) -> None:
    chance = random.Random(7)
    rows = {}
    for n in range(600):
        row, lines = form_row(n, chance)
        rows.setdefault(row.split(",")[3], (row, lines))  # one claim a woman
    bring(db, people, tmp_path, list(rows.values()))
    ids = all_ids(db)
    assert len(ids) == PERSONS
    adjudicate(db, people.noy)
    with db.session() as session:
        first = {claim_id: written(session, claim_id) for claim_id in ids}
        for place, claim_id in enumerate(chance.sample(ids, len(ids))):
            at = datetime(2026, 5, 3) + timedelta(seconds=place)
            changed = update(ClaimRow).where(ClaimRow.id == claim_id)
            session.execute(changed.values(state=ClaimState.KEYED, keyed_at=at))
        session.commit()
    assert all_ids(db) != ids
    adjudicate(db, people.noy)
    with db.session() as session:
        assert {claim_id: written(session, claim_id) for claim_id in ids} == first
