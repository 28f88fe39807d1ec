"""A whole scheme moved to another: previewed, tried, done in one deed or not at all."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import ClaimState
from claims_desk.domain.errors import Refused, Stale, UserError
from claims_desk.domain.quarters import Quarter
from claims_desk.models import (
    AuditEntry,
    Claim,
    ClaimDecision,
    Contract,
    Copayment,
    Coverage,
    Facility,
    Price,
    Scheme,
)
from claims_desk.models.base import Base
from claims_desk.models.database import Database
from claims_desk.queries.office import registers_version
from claims_desk.queries.scheme_moves import MoveCounts
from claims_desk.services import what_if
from claims_desk.services.claims import key_claim
from claims_desk.services.judgement import adjudicate
from claims_desk.services.scheme_switch import SchemeSwitch, preview_switch, switch_scheme
from claims_desk.services.sign_in import sign_in
from claims_desk.services.what_if import Sums
from claims_desk.services.what_if_switched import what_if_switched
from tests.conftest import ADMINISTRATOR, PASSWORD
from tests.small_office import DAY, START, People, form, line, member, open_small_office

SWITCH = date(2026, 1, 1)
FIRST = Quarter(2026, 1)
TO_NHI = SchemeSwitch(source="SASS", target="NHI", day=SWITCH)
WHY = "decree 470"
Span = tuple[str, str, str, date, date | None]


@pytest.fixture
def people(db: Database) -> People:
    people = open_small_office(db)
    with db.session() as session:
        session.add_all(
            [
                member("P5", "ຄຳ", "Kham", "M", date(1970, 1, 1)),
                member("P6", "ສີ", "Si", "F", date(1971, 1, 1)),
                member("P7", "ດາ", "Da", "F", date(1972, 1, 1)),
                member("P8", "ໄຊ", "Xay", "M", date(1973, 1, 1)),
            ]
        )
        session.flush()
        session.add_all(covers())
        session.commit()
    return people


def covers() -> list[Base]:
    """One of each way a coverage can go."""

    def cover(scheme: str, number: str, person: str, first: date, last: date | None = None, **more: str) -> Coverage:
        return Coverage(scheme=scheme, member_no=number, person_no=person, valid_from=first, valid_to=last, **more)

    return [
        cover("SASS", "S-5", "P5", START, status="SUSPENDED", option="RED", relation="HEAD"),
        cover("SASS", "S-6", "P6", START, date(2026, 6, 30)),
        cover("SASS", "S-6", "P6", date(2026, 9, 1)),
        cover("SASS", "S-1", "P1", START),  # in NHI already
        cover("SASS", "S-1", "P1", date(2020, 1, 1), date(2020, 12, 31)),  # over long ago
        cover("SASS", "N-3", "P7", START),  # N-3 is another's number in NHI
        cover("SASS", "S-8", "P8", START),
        cover("NHI", "N-8", "P8", date(2026, 5, 1)),  # in NHI later
        cover("SASS", "S-3", "P3", date(2026, 2, 1)),  # planned, in NHI already
    ]


@pytest.fixture
def admin(db: Database, people: People) -> Actor:
    return sign_in(db, ADMINISTRATOR, PASSWORD)


def spans(db: Database, *persons: str) -> list[Span]:
    query = select(Coverage).where(Coverage.person_no.in_(persons))
    query = query.order_by(Coverage.person_no, Coverage.valid_from, Coverage.scheme)
    with db.session() as session:
        rows = session.execute(query).scalars().all()
    return [(row.person_no, row.scheme, row.member_no, row.valid_from, row.valid_to) for row in rows]


EVE = SWITCH - timedelta(days=1)
COUNTS = MoveCounts(split=4, moved=1, ended=1, dropped=1, cut=1, persons=6, clashes=1)


def test_the_preview_counts_every_way_and_writes_nothing(db: Database, people: People) -> None:
    before = spans(db, *(f"P{n}" for n in range(1, 9)))
    found = preview_switch(db, TO_NHI)
    assert found.counts == COUNTS
    assert found.counts.coverages == 7
    assert found.clashing == ("N-3",)
    assert spans(db, *(f"P{n}" for n in range(1, 9))) == before


def test_each_coverage_goes_its_way(db: Database, admin: Actor) -> None:
    done = switch_scheme(db, admin, TO_NHI, WHY)
    assert done.counts == COUNTS
    assert spans(db, "P5", "P6", "P7", "P8") == [
        ("P5", "SASS", "S-5", START, EVE),
        ("P5", "NHI", "S-5", SWITCH, None),
        ("P6", "SASS", "S-6", START, EVE),
        ("P6", "NHI", "S-6", SWITCH, date(2026, 6, 30)),
        ("P6", "NHI", "S-6", date(2026, 9, 1), None),
        ("P7", "SASS", "N-3", START, EVE),
        ("P7", "NHI", "N-3", SWITCH, None),
        ("P8", "SASS", "S-8", START, EVE),
        ("P8", "NHI", "S-8", SWITCH, date(2026, 4, 30)),
        ("P8", "NHI", "N-8", date(2026, 5, 1), None),
    ]
    assert spans(db, "P1") == [
        ("P1", "SASS", "S-1", date(2020, 1, 1), date(2020, 12, 31)),
        ("P1", "NHI", "N-1", START, None),
        ("P1", "SASS", "S-1", START, EVE),
    ]
    assert spans(db, "P3") == [("P3", "NHI", "N-3", START, None)]


def test_status_option_and_place_in_the_household_go_with_it(db: Database, admin: Actor) -> None:
    switch_scheme(db, admin, TO_NHI, WHY)
    with db.session() as session:
        query = select(Coverage).where(Coverage.person_no == "P5").order_by(Coverage.valid_from)
        old, new = session.execute(query).scalars()
    assert (new.status, new.option, new.relation) == ("SUSPENDED", "RED", "HEAD")
    assert (old.version, new.version, new.id > old.id) == (2, 1, True)


def test_one_audit_entry_vouches_for_all_of_it(db: Database, admin: Actor) -> None:
    version = db.read(registers_version)
    done = switch_scheme(db, admin, TO_NHI, WHY)
    with db.session() as session:
        entry = session.execute(select(AuditEntry).where(AuditEntry.action == "scheme.switch")).scalar_one()
    after = json.loads(entry.after or "")
    assert (after["scheme"], after["valid_from"], after["split"], after["sha256"]) == (
        "NHI",
        "2026-01-01",
        4,
        done.sha256,
    )
    assert (entry.why, json.loads(entry.before or "")) == (WHY, {"scheme": "SASS"})
    assert db.read(registers_version) == version + 1


def test_a_second_time_there_is_nothing_to_move(db: Database, admin: Actor) -> None:
    switch_scheme(db, admin, TO_NHI, WHY)
    before = spans(db, "P1", "P5", "P6", "P7", "P8")
    with pytest.raises(UserError, match="No coverage is in force"):
        switch_scheme(db, admin, TO_NHI, WHY)
    assert spans(db, "P1", "P5", "P6", "P7", "P8") == before


def test_who_previewed_other_coverages_is_told_and_nothing_stays(db: Database, admin: Actor) -> None:
    seen = preview_switch(db, TO_NHI).counts
    with db.session() as session:
        session.execute(update(Coverage).where(Coverage.member_no == "S-5").values(valid_to=date(2025, 6, 30)))
        session.commit()
    before = spans(db, "P1", "P5", "P6", "P7", "P8")
    with pytest.raises(Stale):
        switch_scheme(db, admin, TO_NHI, WHY, expected=seen)
    assert spans(db, "P1", "P5", "P6", "P7", "P8") == before


def test_stopped_half_way_nothing_of_it_stays_and_it_can_be_done_again(db: Database, admin: Actor) -> None:
    class Stopped(Exception):
        pass

    def stop(done: int, _of: int) -> None:
        if done == 4:
            raise Stopped

    before = spans(db, "P1", "P5", "P6", "P7", "P8")
    with pytest.raises(Stopped):
        switch_scheme(db, admin, TO_NHI, WHY, progress=stop)
    assert spans(db, "P1", "P5", "P6", "P7", "P8") == before
    told: list[tuple[int, int]] = []
    assert switch_scheme(db, admin, TO_NHI, WHY, progress=lambda done, of: told.append((done, of))).counts == COUNTS
    assert told == [(n, 6) for n in range(1, 7)]


@pytest.mark.parametrize(
    ("switch", "told"),
    [
        (SchemeSwitch(source="NHI", target="NHI", day=SWITCH), "to itself"),
        (SchemeSwitch(source="SASS", target="XXX", day=SWITCH), "no scheme XXX"),
        (SchemeSwitch(source="SASS", target="NHI", day=date(2199, 1, 1)), "No coverage"),
    ],
)
def test_odd_moves_are_refused(db: Database, admin: Actor, switch: SchemeSwitch, told: str) -> None:
    with db.session() as session:
        session.execute(update(Coverage).where(Coverage.valid_to.is_(None)).values(valid_to=date(2198, 1, 1)))
        session.commit()
    with pytest.raises(UserError, match=told):
        switch_scheme(db, admin, switch, WHY)


def test_only_an_administrator_moves_a_scheme_and_he_says_why(db: Database, people: People, admin: Actor) -> None:
    with pytest.raises(Refused):
        switch_scheme(db, people.seng, TO_NHI, WHY)
    with pytest.raises(UserError, match="reason"):
        switch_scheme(db, admin, TO_NHI, " ")


@pytest.fixture
def poor_nhi(db: Database, people: People) -> None:
    """NHI without a contract at the district hospital, without one price, and with days to wait."""
    with db.session() as session:
        contract = session.execute(select(Contract).filter_by(scheme="NHI", facility_code="DH1")).scalar_one()
        contract.valid_to = date(2025, 6, 30)
        session.delete(
            session.execute(select(Price).filter_by(scheme="NHI", item_code="XRAY", level="DH")).scalar_one()
        )
        session.add(Copayment(scheme="SASS", level="DH", care_type="OPD", amount=1000, valid_from=START))
        session.execute(update(Scheme).where(Scheme.code == "NHI").values(waiting_days=90))
        session.commit()


@pytest.mark.usefixtures("poor_nhi")
def test_the_preview_tells_what_the_target_lacks(db: Database) -> None:
    found = preview_switch(db, TO_NHI)
    assert [code for code, _ in found.without_contract] == ["DH1"]
    assert (found.missing, found.examples) == (
        {"prices": 1, "copayments": 1},
        {"prices": "XRAY DH", "copayments": "DH OPD"},
    )
    assert found.waiting_days == 90


@pytest.mark.usefixtures("poor_nhi")
def test_contracts_are_copied_where_asked(db: Database, admin: Actor) -> None:
    with db.session() as session:
        later = Contract(scheme="NHI", facility_code="DH1", valid_from=date(2027, 1, 1))
        session.add(later)
        session.commit()
    done = switch_scheme(db, admin, SchemeSwitch(source="SASS", target="NHI", day=SWITCH, copy_contracts=True), WHY)
    query = select(Contract).filter_by(scheme="NHI", facility_code="DH1").order_by(Contract.valid_from)
    with db.session() as session:
        rows = [(row.valid_from, row.valid_to) for row in session.execute(query).scalars()]
    assert done.contracts == 1
    assert rows == [(START, date(2025, 6, 30)), (SWITCH, date(2026, 12, 31)), (date(2027, 1, 1), None)]


# --- tried --------------------------------------------------------------------------------------


@pytest.fixture
def claims(db: Database, people: People, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    monkeypatch.setattr(what_if, "CHUNK", 7)
    numbers = [("SASS", "S-5"), ("SASS", "S-6"), ("SASS", "S-1"), ("NHI", "N-1"), ("SASS", "S-8"), ("NHI", "N-2")]
    return [key_claim(db, people.noy, _form(n, *numbers[n % len(numbers)]), None) for n in range(36)]


def _form(n: int, scheme: str, number: str) -> Any:
    day = date(2025, 12, 20) if n in (1, 2) else DAY - timedelta(days=40 - n)
    lines = (line(1, "CONS", 1, 15000, day), line(2, "PARA", 1 + n % 5, 5000, day), line(3, "XRAY", 1, 60000, day))
    lines = lines[: 1 + n % 3]
    total = sum(int(each.claimed) for each in lines)
    return form(
        f"F-{n}",
        scheme=scheme,
        member_no=number,
        patient_name="",
        sex="",
        birth_date=None,
        facility_code=("HC1", "HC2", "DH1")[(n // 2) % 3],
        visit_from=day,
        visit_to=day,
        received_date=day + timedelta(days=9),
        claimed_total=total,
        lines=lines,
    )


def judged_anew(db: Database, actor: Actor) -> dict[str, Sums]:
    """What adjudication says of the quarter's claims, by level: their scheme was changed meanwhile."""
    with db.session() as session:
        session.execute(update(Claim).values(state=ClaimState.KEYED))
        session.commit()
    adjudicate(db, actor)
    found: dict[str, Sums] = defaultdict(Sums)
    query = select(Facility.level, ClaimDecision).join_from(Claim, ClaimDecision, ClaimDecision.claim_id == Claim.id)
    query = query.join(Facility, Facility.code == Claim.facility_code)
    query = query.where(ClaimDecision.current, Claim.visit_from.between(FIRST.first, FIRST.last))
    with db.session() as session:
        for level, said in session.execute(query):
            found[level].add(said)
    return found


def claim_under_the_target(db: Database, day: date) -> None:
    """The claims from the day on, as the facilities would have written them."""
    with db.session() as session:
        of_sass = (Claim.scheme == "SASS", Claim.visit_from >= day)
        session.execute(update(Claim).where(*of_sass, Claim.member_no == "S-1").values(scheme="NHI", member_no="N-1"))
        session.execute(update(Claim).where(*of_sass).values(scheme="NHI"))
        session.commit()


@pytest.mark.parametrize("day", [SWITCH, date(2026, 2, 15)])
@pytest.mark.parametrize("copied", [False, True])
@pytest.mark.usefixtures("poor_nhi")
def test_the_trial_says_what_adjudication_says_once_the_scheme_is_moved(
    db: Database, people: People, admin: Actor, claims: list[int], day: date, copied: bool
) -> None:
    switch = SchemeSwitch(source="SASS", target="NHI", day=day, copy_contracts=copied)
    judged_anew(db, people.noy)
    outcome = what_if_switched(db, switch, FIRST)
    assert outcome
    now, then = _by_level(outcome.lines, "now"), _by_level(outcome.lines, "then")
    assert now == judged_anew(db, people.noy)
    switch_scheme(db, admin, switch, WHY)
    claim_under_the_target(db, day)
    assert then == judged_anew(db, people.noy)
    assert now != then
    assert {line.scheme for line in outcome.lines} == {"NHI", "SASS"}


def _by_level(lines: Any, side: str) -> dict[str, Sums]:
    found: dict[str, Sums] = defaultdict(Sums)
    for each in lines:
        found[each.level] = found[each.level].plus(getattr(each, side))
    return found


def test_a_day_after_the_quarter_is_tried_as_its_first(db: Database, people: People, claims: list[int]) -> None:
    late = what_if_switched(db, SchemeSwitch(source="SASS", target="NHI", day=date(2027, 1, 1)), FIRST)
    assert late
    assert late.tried_from == FIRST.first
    early = what_if_switched(db, SchemeSwitch(source="SASS", target="NHI", day=FIRST.first), FIRST)
    assert early
    assert late.lines == early.lines
