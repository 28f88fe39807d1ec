from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import event, update

from claims_desk.domain.codes import ClaimState
from claims_desk.domain.facts import Claim
from claims_desk.domain.judgement import Case
from claims_desk.models import Claim as ClaimRow
from claims_desk.models import Coverage
from claims_desk.models.database import Database
from claims_desk.queries.facts import load_cases, load_claims, load_registers
from claims_desk.services.claims import key_claim, void_claim
from tests.small_office import DAY, START, People, form, line, member, open_small_office


@pytest.fixture
def people(db: Database) -> People:
    return open_small_office(db)


@contextmanager
def statements(db: Database) -> Iterator[list[str]]:
    said: list[str] = []

    def listen(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    event.listen(db.engine, "before_cursor_execute", listen)
    yield said
    event.remove(db.engine, "before_cursor_execute", listen)


def case_of(db: Database, claim: Claim) -> Case:
    with db.session() as session:
        return load_cases(session, [claim], load_registers(session))[0]


def forms_before(db: Database, claim: Claim) -> list[str]:
    return [earlier.form_no for earlier in case_of(db, claim).earlier]


def test_a_claim_comes_back_as_it_was_keyed(db: Database, people: People) -> None:
    keyed = form("F-1", emergency=True, signed=None, documents_seen=("ID", "CARD"), referral_date=DAY)
    claim_id = key_claim(db, people.noy, keyed, None)
    with db.session() as session:
        assert load_claims(session, [claim_id]) == [replace(keyed, id=claim_id)]


def test_the_registers_come_whole_and_know_categories(db: Database, people: People) -> None:
    with db.session() as session:
        registers = load_registers(session)
    assert registers.diagnoses["J06"].has_subcategories
    assert not registers.diagnoses["J06.9"].has_subcategories
    assert registers.schemes["NHI"].exempt_categories == ("POOR", "UNDER5")
    price = registers.prices.on(DAY, "XRAY", "NHI", "DH")
    assert price is not None
    assert price.price == 60000


def test_a_case_has_its_people_and_all_their_covers(db: Database, people: People) -> None:
    case = case_of(db, form("F-1", member_no="N-2"))
    assert [row.person_no for row in case.coverages] == ["P2"]
    assert {row.scheme for row in case.person_coverages} == {"NHI", "SASS"}
    assert case.member is not None
    assert case.member.name.roman == "Noy Keo"
    assert [row.category for row in case.exemptions] == ["POOR"]


def test_an_unknown_number_has_nobody_but_its_own_past(db: Database, people: People) -> None:
    key_claim(db, people.noy, form("F-1", member_no="N-99"), None)
    case = case_of(db, form("F-2", member_no="N-99"))
    assert (case.coverages, case.members) == ((), ())
    assert [(row.form_no, row.person_no) for row in case.earlier] == [("F-1", "")]


def test_claims_under_another_number_of_the_person_are_his_past(db: Database, people: People) -> None:
    key_claim(db, people.noy, form("F-1", scheme="SASS", member_no="S-2", facility_code="DH1"), None)
    case = case_of(db, form("F-2", member_no="N-2"))
    assert [(row.form_no, row.person_no) for row in case.past] == [("F-1", "P2")]


def test_the_same_form_number_or_patient_at_the_facility_is_found_whoever_it_is(db: Database, people: People) -> None:
    key_claim(db, people.noy, form("F-1", member_no="N-3", patient_name="ອື່ນ"), None)
    key_claim(
        db, people.noy, form("F-2", member_no="N-3", patient_name=" ບຸນ\u200bມີ", birth_date=date(1980, 5, 1)), None
    )
    key_claim(db, people.noy, form("F-3", member_no="N-3", facility_code="HC2"), None)
    assert forms_before(db, form("F-1", patient_name="ຄົນໃໝ່")) == ["F-1"]
    assert forms_before(db, form("F-9")) == ["F-2"]


def test_only_what_was_keyed_before_is_earlier(db: Database, people: People) -> None:
    first, second, third = (key_claim(db, people.noy, form(f"F-{n}"), None) for n in (1, 2, 3))
    with db.session() as session:
        cases = load_cases(session, load_claims(session, [third, first, second]), load_registers(session))
    assert [[row.id for row in case.earlier] for case in cases] == [[], [first], [first, second]]
    assert forms_before(db, form("F-4")) == ["F-1", "F-2", "F-3"]
    assert forms_before(db, form("F-2", id=second)) == ["F-1"]


def test_of_claims_keyed_in_one_moment_the_lower_row_is_earlier(db: Database, people: People) -> None:
    first, second = (key_claim(db, people.noy, form(f"F-{n}"), None) for n in (1, 2))
    with db.session() as session:
        moment = session.get_one(ClaimRow, first).keyed_at
        session.execute(update(ClaimRow).values(keyed_at=moment))
        session.commit()
    assert forms_before(db, form("F-2", id=second)) == ["F-1"]
    assert forms_before(db, form("F-1", id=first)) == []


def test_the_past_reaches_back_over_the_year_and_the_longest_interval(db: Database, people: People) -> None:
    days = {
        "in the year": date(2026, 1, 1),
        "in the interval": date(2025, 12, 16),
        "before it": date(2025, 12, 15),
        "later in the year": date(2026, 12, 31),
        "next year": date(2027, 1, 1),
    }
    for name, day in days.items():
        key_claim(db, people.noy, form(name, visit_from=day, visit_to=day, lines=()), None)
    january = date(2026, 1, 15)
    claim = form("F-1", visit_from=january, visit_to=january, lines=())
    assert set(forms_before(db, claim)) == {"in the year", "in the interval", "later in the year"}


def test_a_stay_that_began_long_ago_and_reaches_into_the_year_is_found(db: Database, people: People) -> None:
    key_claim(db, people.noy, form("F-1", visit_from=date(2025, 6, 1), visit_to=date(2026, 1, 2)), None)
    assert forms_before(db, form("F-2")) == ["F-1"]


def test_a_stay_that_ends_on_the_first_day_of_the_year_is_found(db: Database, people: People) -> None:
    key_claim(db, people.noy, form("F-1", visit_from=date(2025, 12, 30), visit_to=date(2026, 1, 1)), None)
    assert forms_before(db, form("F-2")) == ["F-1"]


def test_a_line_in_the_year_counts_however_far_it_lies_outside_its_visit(db: Database, people: People) -> None:
    long_ago = {"visit_from": date(2024, 6, 1), "visit_to": date(2024, 6, 3)}
    key_claim(db, people.noy, form("this year", **long_ago, lines=(line(1, "XRAY", 1, 60000, DAY),)), None)
    key_claim(db, people.noy, form("long ago", **long_ago, lines=(line(1, "XRAY", 1, 60000, date(2024, 6, 1)),)), None)
    key_claim(db, people.noy, form("no day", **long_ago, lines=(line(1, "XRAY", 1, 60000, None),)), None)
    assert forms_before(db, form("F-1")) == ["this year"]


def test_an_earlier_claim_without_a_day_is_not_lost(db: Database, people: People) -> None:
    key_claim(db, people.noy, form("F-1", visit_from=None, visit_to=None), None)
    assert forms_before(db, form("F-2")) == ["F-1"]


def test_a_claim_without_any_day_has_no_past_but_its_form_number(db: Database, people: People) -> None:
    key_claim(db, people.noy, form("F-1"), None)
    key_claim(db, people.noy, form("F-2"), None)
    bare = form("F-2", visit_from=None, visit_to=None, lines=())
    assert forms_before(db, bare) == ["F-2"]


def test_a_void_claim_is_told_as_void(db: Database, people: People) -> None:
    claim_id = key_claim(db, people.noy, form("F-1"), None)
    void_claim(db, people.noy, claim_id, None, "keyed twice")
    case = case_of(db, form("F-2"))
    assert [row.state for row in case.earlier] == [ClaimState.VOID]
    assert case.past == ()


def test_quantities_nobody_can_use_count_as_none(db: Database, people: People) -> None:
    lines = (
        line(1, "PARA", "2.5", 1),
        line(2, "PARA", "NaN", 1),
        line(3, "PARA", "1E+99999", 1),
        line(4, "PARA", 3, 1),
    )
    key_claim(db, people.noy, form("F-1", lines=lines), None)
    earlier = case_of(db, form("F-2")).earlier[0]
    assert [row.quantity for row in earlier.lines] == [Decimal(0), Decimal(0), Decimal(0), Decimal(3)]


def test_of_a_household_on_one_number_each_has_his_own_past(db: Database, people: People) -> None:
    with db.session() as session:
        session.add(member("P9", "ນາງ ຄຳ", "Nang Kham", "F", date(2000, 1, 1)))
        session.flush()
        session.add(Coverage(scheme="NHI", member_no="N-1", person_no="P9", valid_from=START))
        session.commit()
    key_claim(db, people.noy, form("his"), None)
    hers = {"birth_date": date(2000, 1, 1), "sex": "F", "patient_name": "ນາງ ຄຳ"}
    key_claim(db, people.noy, form("hers", **hers), None)
    assert [row.form_no for row in case_of(db, form("F-3")).past] == ["his"]
    assert [row.form_no for row in case_of(db, form("F-4", **hers)).past] == ["hers"]


def test_one_claim_and_a_thousand_take_the_same_statements(db: Database, people: People) -> None:
    claims = [
        form(f"F-{n}", member_no=f"N-{n % 5}", visit_from=DAY + timedelta(days=n % 40), visit_to=None)
        for n in range(1000)
    ]
    counts = set()
    with db.session() as session:
        registers = load_registers(session)
        session.connection()
        for some in (claims[:1], claims[:3], claims):
            with statements(db) as said:
                assert len(load_cases(session, some, registers)) == len(some)
            counts.add(len(said))
    assert len(counts) == 1


def test_a_claim_alone_and_among_others_has_the_same_case(db: Database, people: People) -> None:
    for n in range(40):
        number = ("NHI", f"N-{n % 4}") if n % 3 else ("SASS", "S-2")
        key_claim(db, people.noy, form(f"F-{n % 7}", scheme=number[0], member_no=number[1]), None)
    with db.session() as session:
        registers = load_registers(session)
        claims = load_claims(session, session.execute(ClaimRow.__table__.select()).scalars().all())
        together = load_cases(session, claims, registers)
        assert len(together) == 40
        assert together == [load_cases(session, [claim], registers)[0] for claim in claims]
