from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from claims_desk.domain.facts import Claim
from claims_desk.domain.messages import ENGLISH
from claims_desk.domain.paging import PageWanted
from claims_desk.models import Ceiling, Coverage, VisitLimit
from claims_desk.models.database import Database
from claims_desk.queries.facts import load_cases, load_registers
from claims_desk.queries.member_card import MemberCard, card_of
from claims_desk.queries.members import MembersWanted, find_members, members
from claims_desk.services.claims import key_claim
from claims_desk.services.judgement import adjudicate
from tests.sampling import draw_all
from tests.small_office import DAY, START, People, form, member, open_small_office


@pytest.fixture
def people(db: Database) -> People:
    return open_small_office(db)


def found(db: Database, text: str = "", **asked: object) -> list[str]:
    wanted = MembersWanted(**asked)  # type: ignore[arg-type]
    return [row.person_no for row in db.read(members, PageWanted(search=text), wanted).rows]


def card(db: Database, scheme: str, number: str, *, blind_for: int | None = None, **form: Any) -> MemberCard | None:
    """The card beside a form of the day on which nothing but the number, and what `form` says, is typed."""
    claim = Claim(scheme=scheme, member_no=number, visit_from=DAY, visit_to=DAY, **form)
    with db.session() as session:
        return card_of(session, load_cases(session, [claim], load_registers(session))[0], blind_for)


def test_members_stand_in_the_order_of_the_dictionary(db: Database, people: People) -> None:
    page = db.read(members, PageWanted())
    assert [row.name.lao for row in page.rows] == ["ກອງແກ້ວ", "ແກ້ວມະນີ", "ນ້ອຍ ແກ້ວ", "ບຸນມີ"]
    assert page.count == 4


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("ແກ້ວ", ["P4", "P3", "P2"]),
        ("keo", ["P4", "P3", "P2"]),
        ("KEO noy", ["P2"]),
        ("ມີ", ["P1"]),
        ("S-2", ["P2"]),
        ("P3", ["P3"]),
        ("%", []),
        ("nobody", []),
    ],
)
def test_a_member_is_found_by_number_or_any_part_of_a_name(
    db: Database, people: People, text: str, persons: list[str]
) -> None:
    assert found(db, text) == persons


def test_what_is_asked_for_must_all_hold(db: Database, people: People) -> None:
    assert found(db, family_book_no="FB-7") == ["P2", "P1"]
    assert found(db, family_book_no="FB-7", birth_date=date(1980, 5, 1)) == ["P1"]
    assert found(db, village="ຫ້ວຍ", name="keo", scheme="SASS") == ["P2"]
    assert found(db, number="N-4") == ["P4"]
    assert found(db, district_code="1001") == []


def test_pages_go_on_where_the_last_ended(db: Database, people: People) -> None:
    pages = [db.read(members, PageWanted(offset=offset, limit=3)) for offset in (0, 3)]
    assert [len(page.rows) for page in pages] == [3, 1]
    assert {page.count for page in pages} == {4}


def test_a_member_found_has_all_his_numbers(db: Database, people: People) -> None:
    (row,) = db.read(find_members, "noy k")
    assert set(row.numbers) == {("NHI", "N-2"), ("SASS", "S-2")}


def test_while_typing_numbers_come_first_then_names_the_likeliest_first(db: Database, people: People) -> None:
    with db.session() as session:
        session.add(member("KE1", "ຄຳ", "Kham", "F", date(2000, 1, 1)))
        session.commit()
    assert [row.person_no for row in db.read(find_members, "ແກ້ວ")] == ["P2", "P3", "P4"]
    assert [row.person_no for row in db.read(find_members, "KE")] == ["KE1", "P2", "P3", "P4"]
    assert [row.person_no for row in db.read(find_members, "keo", 1)] == ["P2"]
    assert db.read(find_members, "  ") == ()


def test_the_card_shows_covers_exemptions_and_last_claims(db: Database, people: People) -> None:
    first = key_claim(db, people.noy, form("F-1", member_no="N-2"), None)
    adjudicate(db, people.noy)
    second = key_claim(db, people.noy, form("F-2", scheme="SASS", member_no="S-2"), None)
    shown = card(db, "NHI", "N-2")
    assert shown is not None
    assert shown.member.person_no == "P2"
    assert {row.scheme for row in shown.coverages} == {"NHI", "SASS"}
    assert [row.category for row in shown.exemptions] == ["POOR"]
    assert [(row.id, row.decision, row.allowed) for row in shown.last_claims] == [
        (second, None, 0),
        (first, "ACCEPT", 25000),
    ]


def test_the_card_tells_what_is_used_of_the_years_limits(db: Database, people: People) -> None:
    with db.session() as session:
        year = {"scheme": "NHI", "care_type": "OPD", "valid_from": START}
        session.add_all([VisitLimit(max_per_year=12, **year), Ceiling(period="YEAR", amount=30000, **year)])
        session.commit()
    key_claim(db, people.noy, form("F-1"), None)
    adjudicate(db, people.noy)
    shown = card(db, "NHI", "N-1")
    assert shown is not None
    limits = {row.what.text(ENGLISH): (row.used, row.limit, row.left) for row in shown.limits}
    assert limits == {"OPD this year": (1, 12, 11), "Paracetamol this year": (2, 20, 18)}


def test_of_a_household_on_one_number_the_card_is_of_the_one_born_on_the_day(db: Database, people: People) -> None:
    with db.session() as session:
        session.add(member("P9", "ນາງ ຄຳ", "Nang Kham", "F", date(2000, 1, 1)))
        session.flush()
        session.add(Coverage(scheme="NHI", member_no="N-1", person_no="P9", valid_from=START))
        session.commit()
    key_claim(db, people.noy, form("F-1"), None)
    his, hers = (card(db, "NHI", "N-1", birth_date=born) for born in (date(1980, 5, 1), date(2000, 1, 1)))
    assert his is not None
    assert hers is not None
    assert [row.form_no for row in his.last_claims] == ["F-1"]
    assert (hers.member.person_no, hers.last_claims) == ("P9", ())


def test_beside_a_babys_form_stand_the_mothers_covers_and_the_babys_own_claims(db: Database, people: People) -> None:
    baby = {"patient_name": "ນ້ອຍ ຈັນ", "sex": "M", "birth_date": date(2026, 3, 1)}
    key_claim(db, people.noy, form("F-1", member_no="N-2"), None)
    key_claim(db, people.noy, form("F-2", member_no="N-2", **baby), None)
    hers, its = card(db, "NHI", "N-2"), card(db, "NHI", "N-2", **baby)
    assert hers is not None
    assert its is not None
    assert (its.member.person_no, its.coverages) == ("P2", hers.coverages)
    assert [row.form_no for row in hers.last_claims] == ["F-1"]
    assert [row.form_no for row in its.last_claims] == ["F-2"]


def test_what_a_clerk_may_have_to_key_again_does_not_stand_on_the_card(db: Database, people: People) -> None:
    draw_all(db)
    key_claim(db, people.noy, form("F-1"), None)
    his, hers = (card(db, "NHI", "N-1", blind_for=clerk.user_id) for clerk in (people.noy, people.kham))
    assert his is not None
    assert hers is not None
    assert [row.form_no for row in his.last_claims] == ["F-1"]
    assert hers.last_claims == ()


def test_an_unknown_number_has_no_card(db: Database, people: People) -> None:
    assert card(db, "NHI", "N-99") is None
