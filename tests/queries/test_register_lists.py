from __future__ import annotations

from datetime import date

import pytest

from claims_desk.domain.messages import Name
from claims_desk.domain.paging import PageWanted
from claims_desk.models import Price
from claims_desk.models.database import Database
from claims_desk.queries.listed_registers import REGISTERS
from claims_desk.queries.persons import Person, person
from claims_desk.queries.register_lists import RegisterRow, register_rows
from claims_desk.services.claims import key_claim
from tests.sampling import draw_all
from tests.small_office import DAY, START, People, form, open_small_office


@pytest.fixture
def people(db: Database) -> People:
    return open_small_office(db)


@pytest.fixture
def office(db: Database, people: People) -> Database:
    return db


def rows(db: Database, register: str, search: str = "", on: date | None = DAY) -> list[RegisterRow]:
    return list(db.read(register_rows, register, PageWanted(search=search), on).rows)


def change_price(db: Database, item: str, on: date, price: int) -> None:
    with db.session() as session:
        old = session.query(Price).filter_by(item_code=item, scheme="NHI", level="HC").one()
        old.valid_to = date(on.year, on.month - 1, 28)
        session.add(Price(item_code=item, scheme="NHI", level="HC", valid_from=on, price=price))
        session.commit()


@pytest.mark.parametrize("register", REGISTERS)
def test_every_register_is_listed_sorted_by_every_column_and_searched(office: Database, register: str) -> None:
    for column in ("", *REGISTERS[register].columns):
        for descending in (False, True):
            page = office.read(register_rows, register, PageWanted(sort=column, descending=descending), None)
            assert page.count == len(page.rows)
    assert rows(office, register, "no such thing", None) == []


def test_a_dated_table_shows_the_rows_of_its_day_and_all_rows_without_one(office: Database) -> None:
    change_price(office, "CONS", date(2026, 7, 1), 18_000)

    def prices(on: date | None) -> list[object]:
        return [row["price"] for row in rows(office, "prices", "CONS NHI HC", on)]

    assert prices(date(2026, 6, 28)) == [15_000]
    assert prices(date(2026, 6, 29)) == []
    assert prices(date(2026, 7, 1)) == [18_000]
    assert sorted(map(str, prices(None))) == ["15000", "18000"]


def test_both_ends_of_a_row_count_as_its_days(office: Database) -> None:
    def numbers(on: date) -> list[object]:
        return [row["member_no"] for row in rows(office, "coverages", "S-2", on)]

    assert numbers(date(2025, 12, 31)) == ["S-2"]
    assert numbers(START) == ["S-2"]
    assert numbers(date(2026, 1, 1)) == []


@pytest.mark.parametrize("typed", ["ນ້ຳງື່ມ", "ນໍ້າງື່ມ", "ngum", "NGUM", "hc2"])
def test_a_facility_is_found_in_either_script_however_it_is_typed(office: Database, typed: str) -> None:
    assert [row["code"] for row in rows(office, "facilities", typed)] == ["HC2"]


def test_every_word_of_a_search_must_fit(office: Database) -> None:
    found = rows(office, "prices", "para sass dh")
    assert [(row["item"], row["scheme"], row["level"]) for row in found] == [
        (Name("ພາຣາເຊຕາມອນ", "Paracetamol"), "SASS", "DH")
    ]
    assert rows(office, "prices", "para sass ch") == []


def test_a_percent_sign_in_a_search_is_a_percent_sign(office: Database) -> None:
    assert rows(office, "facilities", "%") == []


def test_count_is_that_of_the_whole_filter_not_of_the_page(office: Database) -> None:
    page = office.read(register_rows, "prices", PageWanted(limit=2), DAY)
    assert (len(page.rows), page.count) == (2, 12)


def test_a_list_stands_in_the_order_of_its_first_column(office: Database) -> None:
    codes = [str(row["code"]) for row in rows(office, "facilities")]
    assert codes == ["DH1", "HC1", "HC2"]


def known(db: Database, person_no: str) -> Person:
    found = db.read(person, person_no)
    assert found is not None
    return found


def test_a_person_comes_with_those_of_the_same_family_book(office: Database) -> None:
    assert [each.person_no for each in known(office, "P1").household] == ["P2"]
    assert known(office, "P3").household == ()


def test_a_person_comes_with_covers_newest_first_and_exemptions(office: Database) -> None:
    found = known(office, "P2")
    assert {(each.scheme, each.member_no) for each in found.coverages} == {("NHI", "N-2"), ("SASS", "S-2")}
    assert [each.category for each in found.exemptions] == ["POOR"]


def test_nobody_has_an_unknown_number(office: Database) -> None:
    assert office.read(person, "P99") is None


def test_what_a_clerk_may_have_to_key_again_is_not_among_a_persons_claims(office: Database, people: People) -> None:
    draw_all(office)
    key_claim(office, people.noy, form("1"), None)
    shown = {clerk.name: office.read(person, "P1", clerk.user_id) for clerk in (people.noy, people.kham)}
    assert {name: [each.form_no for each in found.claims] for name, found in shown.items() if found} == {
        "noy": ["1"],
        "kham": [],
    }


def test_claims_of_another_birth_date_under_a_shared_number_are_not_his(office: Database, people: People) -> None:
    key_claim(office, people.noy, form("1"), None)
    key_claim(office, people.noy, form("2", birth_date=date(2001, 1, 1)), None)
    key_claim(office, people.noy, form("3", member_no="N-2"), None)
    claims = known(office, "P1").claims
    assert [(each.form_no, each.decision, each.payable) for each in claims] == [("1", None, None)]
    assert claims[0].facility == Name("ສຸກສາລາ ວັງວຽງ", "Vang Vieng Health Centre")
