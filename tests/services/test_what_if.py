"""What if: no change costs nothing, and a change costs what adjudication says once it is saved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import ClaimState
from claims_desk.domain.errors import UserError
from claims_desk.domain.quarters import Quarter
from claims_desk.models import AuditEntry, Claim, ClaimDecision, Facility
from claims_desk.models.database import Database
from claims_desk.queries.facts import load_registers
from claims_desk.services import what_if
from claims_desk.services.claims import key_claim, void_claim
from claims_desk.services.imports import import_table
from claims_desk.services.judgement import adjudicate
from claims_desk.services.register_rows import RowChange, change_row
from claims_desk.services.review import accept_claim
from claims_desk.services.sign_in import sign_in
from claims_desk.services.what_if import Sums, WhatIf, World, compare_worlds
from claims_desk.services.what_if_changed import what_if_changed, what_if_imported
from tests.conftest import ADMINISTRATOR, PASSWORD
from tests.small_office import DAY, START, People, form, line, open_small_office

FIRST = Quarter(2026, 1)
INSIDE = date(2026, 3, 13)
LATER = date(2027, 1, 1)
WHY = "a trial"
Amounts = dict[tuple[str, str], Sums]


@pytest.fixture
def people(db: Database) -> People:
    return open_small_office(db)


@pytest.fixture
def admin(db: Database, people: People) -> Actor:
    return sign_in(db, ADMINISTRATOR, PASSWORD)


@pytest.fixture
def claims(db: Database, people: People, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Forty claims of the first quarter that meet one another in every way, and two of the quarter before."""
    monkeypatch.setattr(what_if, "CHUNK", 7)
    old = date(2025, 12, 20)
    before = [_form(f"O-{n}", n, old + timedelta(days=n)) for n in range(2)]
    ids = [key_claim(db, people.noy, each, None) for each in before]
    adjudicate(db, people.noy)
    ids += [key_claim(db, people.noy, _form(f"F-{n % 35}", n, DAY + timedelta(days=n % 9)), None) for n in range(40)]
    return ids[2:]


def _form(form_no: str, n: int, day: date) -> Any:
    lines = (line(1, "CONS", 1, 16000, day), line(2, "PARA", 1 + n % 4, 5000, day), line(3, "XRAY", 1, 60000, day))
    lines = lines[: 1 + n % 3]
    return form(
        form_no,
        member_no=f"N-{1 + n % 4}",
        facility_code=("HC1", "HC2", "DH1")[n % 3],
        visit_from=day,
        visit_to=day,
        received_date=date(2026, 9, 30) if n % 11 == 0 else day + timedelta(days=10),
        claimed_total=sum(int(each.claimed) for each in lines),
        signed=n % 13 != 5,
        lines=lines,
    )


def judged_anew(db: Database, actor: Actor) -> Amounts:
    """What adjudication says when all of the quarter is judged again, by scheme and level."""
    with db.session() as session:
        session.execute(
            update(Claim)
            .where(Claim.visit_from >= FIRST.first, Claim.state != ClaimState.VOID)
            .values(state=ClaimState.KEYED)
        )
        session.commit()
    adjudicate(db, actor)
    found: Amounts = defaultdict(Sums)
    query = (
        select(Claim.scheme, Facility.level, ClaimDecision)
        .join(ClaimDecision, ClaimDecision.claim_id == Claim.id)
        .join(Facility, Facility.code == Claim.facility_code)
        .where(ClaimDecision.current, Claim.visit_from.between(FIRST.first, FIRST.last), Claim.state != ClaimState.VOID)
    )
    with db.session() as session:
        for scheme, level, said in session.execute(query):
            found[scheme, level].add(said)
    return found


def sides(outcome: WhatIf | None) -> tuple[Amounts, Amounts]:
    assert outcome is not None
    now = {(each.scheme, each.level): each.now for each in outcome.lines}
    return now, {(each.scheme, each.level): each.then for each in outcome.lines}


def change(register: str, day: date, typed: Mapping[str, str] | None, **key: str) -> RowChange:
    return RowChange(register=register, key=key, day=day, typed=typed)


CONS = {"item_code": "CONS", "scheme": "NHI", "level": "HC"}
NHI_HC_OPD = {"scheme": "NHI", "level": "HC", "care_type": "OPD"}
CHANGES = {
    "a dearer price from a day within the quarter": change("prices", INSIDE, {"price": "15900"}, **CONS),
    "a cheaper price from before the quarter": change("prices", date(2025, 6, 1), {"price": "9000"}, **CONS),
    "no price at all": change("prices", INSIDE, None, **CONS),
    "a co-payment": change("copayments", INSIDE, {"amount": "8000", "percent": "2.5"}, **NHI_HC_OPD),
    "a parameter": change("parameters", INSIDE, {"value": "5"}, name="submission_days", scheme=""),
    "a ceiling for the year": change(
        "ceilings", START, {"amount": "110000"}, scheme="NHI", care_type="ANY", period="YEAR"
    ),
    "a limit on visits": change("visit_limits", START, {"max_per_year": "3"}, scheme="NHI", care_type="OPD"),
    "another method": change("payment_methods", INSIDE, {"method": "CAPITATION"}, **NHI_HC_OPD),
    "an end of a contract": change("contracts", INSIDE, None, facility_code="HC2", scheme="NHI"),
    "two items not paid together": change("item_pairs", INSIDE, {}, first_item="CONS", second_item="PARA"),
}


@pytest.mark.parametrize("named", CHANGES)
def test_a_change_costs_what_adjudication_says_once_it_is_saved(
    db: Database, people: People, admin: Actor, claims: list[int], named: str
) -> None:
    wanted = CHANGES[named]
    now, then = sides(what_if_changed(db, wanted, FIRST))
    assert now == judged_anew(db, people.noy)
    change_row(db, admin, wanted, WHY)
    assert then == judged_anew(db, people.noy)
    assert now != then


def test_without_a_change_nothing_differs(db: Database, claims: list[int]) -> None:
    registers = db.read(load_registers)
    outcome = compare_worlds(db, FIRST, registers, World(registers))
    assert outcome is not None
    assert outcome.lines
    assert all((each.now, each.difference) == (each.then, 0) for each in outcome.lines)
    assert (outcome.changed, outcome.most_changed) == (0, ())
    assert outcome.total.now.claims == len(claims)


def test_a_change_after_the_quarter_is_tried_from_its_first_day(
    db: Database, people: People, admin: Actor, claims: list[int]
) -> None:
    change_row(db, admin, change("prices", date(2026, 3, 12), {"price": "14000"}, **CONS), WHY)
    change_row(db, admin, change("prices", date(2026, 8, 1), {"price": "13000"}, **CONS), WHY)
    outcome = what_if_changed(db, change("prices", LATER, {"price": "9000"}, **CONS), FIRST)
    assert outcome is not None
    assert outcome.tried_from == FIRST.first
    change_row(db, admin, change("prices", FIRST.first, {"price": "9000"}, **CONS), WHY)
    change_row(db, admin, change("prices", date(2026, 3, 12), {"price": "9000"}, **CONS), WHY)
    assert sides(outcome)[1] == judged_anew(db, people.noy)


def test_the_claims_changed_most_come_first(db: Database, claims: list[int]) -> None:
    outcome = what_if_changed(db, CHANGES["a co-payment"], FIRST)
    assert outcome is not None
    kip = [abs(each.difference) for each in outcome.most_changed]
    assert kip == sorted(kip, reverse=True)
    assert outcome.changed == len(outcome.most_changed)
    assert sum(each.difference for each in outcome.most_changed) == outcome.total.difference
    assert all(each.claim_id in claims for each in outcome.most_changed)


def test_only_so_many_changed_claims_are_named_and_they_are_the_largest(
    db: Database, claims: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    all_of_them = what_if_changed(db, CHANGES["no price at all"], FIRST)
    monkeypatch.setattr(what_if, "MOST_CHANGED", 3)
    some = what_if_changed(db, CHANGES["no price at all"], FIRST)
    assert all_of_them
    assert some
    assert some.most_changed == all_of_them.most_changed[:3]
    assert some.changed == all_of_them.changed > 3


def test_a_supervisors_word_does_not_count_in_either_world(db: Database, people: People, claims: list[int]) -> None:
    adjudicate(db, people.noy)
    before = what_if_changed(db, CHANGES["a co-payment"], FIRST)
    with db.session() as session:
        query = select(Claim.id, Claim.version).where(Claim.state == ClaimState.PENDED)
        pended = session.execute(query).first()
    assert pended is not None
    accept_claim(db, people.seng, pended[0], pended[1], "seen")
    assert what_if_changed(db, CHANGES["a co-payment"], FIRST) == before


def test_void_claims_and_other_quarters_are_left_out(db: Database, people: People, claims: list[int]) -> None:
    void_claim(db, people.noy, claims[0], None, "keyed twice")
    outcome = what_if_changed(db, CHANGES["a co-payment"], FIRST)
    assert outcome
    assert outcome.total.now.claims == len(claims) - 1
    none = what_if_changed(db, CHANGES["a co-payment"], Quarter(2024, 1))
    assert none
    assert (none.lines, none.total.difference) == ((), 0)


def test_nothing_is_written_and_it_can_be_cancelled(db: Database, claims: list[int]) -> None:
    def marks() -> tuple[object, ...]:
        with db.session() as session:
            entries = session.execute(select(AuditEntry.seq)).all()
            return len(entries), session.execute(select(Claim.id, Claim.version, Claim.state).order_by(Claim.id)).all()

    before = marks()
    told: list[tuple[int, int]] = []
    wanted = CHANGES["a co-payment"]
    what_if_changed(db, wanted, FIRST, progress=lambda done, of: told.append((done, of)))
    assert told[:2] == [(7, 40), (14, 40)]
    assert told[-1] == (40, 40)
    assert what_if_changed(db, wanted, FIRST, cancelled=lambda: True) is None
    assert marks() == before


def test_what_could_not_be_saved_is_not_tried(db: Database, claims: list[int]) -> None:
    with pytest.raises(UserError, match="no amount of kip"):
        what_if_changed(db, change("prices", INSIDE, {"price": "12.5"}, **CONS), FIRST)
    rate = change("capitation_rates", INSIDE, {"amount_per_year": "1"}, scheme="NHI", level="HC", facility_code="")
    with pytest.raises(UserError, match="No claim is judged"):
        what_if_changed(db, rate, FIRST)


FILE = """item_code,scheme,level,valid_from,valid_to,price
CONS,NHI,HC,2025-01-01,2026-03-12,15000
CONS,NHI,HC,2026-03-13,,11000
PARA,NHI,DH,2025-01-01,,4000
"""


def test_a_file_is_tried_before_it_is_taken_in(
    db: Database, people: People, admin: Actor, claims: list[int], tmp_path: Path
) -> None:
    path = tmp_path / "prices.csv"
    path.write_text(FILE, encoding="utf-8")
    outcome = what_if_imported(db, "prices", path, FIRST)
    assert outcome
    assert outcome.tried_from is None
    now, then = sides(outcome)
    assert now == judged_anew(db, people.noy)
    assert import_table(db, admin, "prices", path).done
    assert then == judged_anew(db, people.noy)
    assert now != then


def test_rows_of_a_file_that_begin_after_the_quarter_are_tried_from_its_first_day(
    db: Database, people: People, admin: Actor, claims: list[int], tmp_path: Path
) -> None:
    path = tmp_path / "prices.csv"
    path.write_text(FILE.replace("2026-03-12", "2026-12-31").replace("2026-03-13", "2027-01-01"), encoding="utf-8")
    outcome = what_if_imported(db, "prices", path, FIRST)
    assert outcome
    assert outcome.tried_from == FIRST.first
    change_row(db, admin, change("prices", FIRST.first, {"price": "11000"}, **CONS), WHY)
    change_row(db, admin, change("prices", START, {"price": "4000"}, item_code="PARA", scheme="NHI", level="DH"), WHY)
    assert sides(outcome)[1] == judged_anew(db, people.noy)


def test_of_a_denied_claim_no_co_payment_is_counted(db: Database, claims: list[int]) -> None:
    parameter = change("parameters", date(2025, 6, 1), {"value": "0"}, name="submission_days", scheme="")
    outcome = what_if_changed(db, parameter, FIRST)
    assert outcome
    total = outcome.total
    assert (total.then.denied, total.then.copay, total.then.payable) == (len(claims), 0, 0)
    assert sum(each.copay_then - each.copay_now for each in outcome.most_changed) == -total.now.copay < 0
