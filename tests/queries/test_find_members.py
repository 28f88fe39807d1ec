"""What is typed and who is found, on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from claims_desk.domain.paging import PageWanted
from claims_desk.domain.typed_search import MOST_WORDS, understand
from claims_desk.models import Coverage, Member, Scheme
from claims_desk.models.database import Database
from claims_desk.queries.members import MembersWanted, find_members, members
from tests.small_office import START, member

PEOPLE = (
    ("A1", "ຄຳໃສ ວົງພະຈັນ", "Khamsay Vongphachan", "1985-03-12", "ບ້ານ ໂພນໄຊ"),
    ("A2", "ຄຳໃສ ແກ້ວມະນີ", "Khamsay Keomany", "1990-01-01", "ບ້ານ ວັງວຽງ"),
    ("A3", "ບຸນມີ ໄຊຍະວົງ", "Bounmy Xayavong", "1985-07-30", "ໂພນໄຊ"),
    ("A4", "ບຸນມີ ສີສະຫວັດ", "Bounmy Sisavath", "1962-12-31", "ຫ້ວຍແຍ້"),
    ("A5", "ເພັດສະໝອນ ວົງສາ", "Phetsamone Vongsa", "2001-05-05", "ຫ້ວຍແຍ້"),
    ("A6", "ນາງ ໝອນ ໜູທີ່ຮັກ", "Nang Mone Nouthihak", "1978-02-28", "ນ້ຳງື່ມ"),
    ("A7", "ເຢຍ ຊົ່ງ ວ່າງ", "Yer Xiong-Vang", "1999-09-09", "ຜາແດງ"),
    ("A8", "ຟອນ", "", "2010-10-10", "ຜາແດງ"),
)


@pytest.fixture
def people(db: Database) -> Iterator[Database]:
    """Eight members, one of them with every kind of number."""
    with db.session() as session:
        for person, lao, roman, born, village in PEOPLE:
            each = member(person, lao, roman, "F", date.fromisoformat(born))
            each.village = village
            session.add(each)
            if person == "A1":
                each.family_book_no, each.national_id, each.phone = "1003-00412", "10034567890", "02055512345"
        session.add(
            Scheme(
                code="NHI", name_lo="", name_en="", payer_order=1, exempt_categories="", waiting_days=0,
                referral_levels="", fund="COMMON",
            )
        )  # fmt: skip
        session.flush()
        session.add(Coverage(scheme="NHI", member_no="10-0000077", person_no="A4", valid_from=START))
        session.commit()
    return db


def found(db: Database, text: str, limit: int = 10) -> list[str]:
    return [row.person_no for row in db.read(find_members, text, limit)]


@pytest.mark.parametrize(
    ("typed", "persons"),
    [
        ("10-0000077", ["A4"]),
        ("10-00", ["A4"]),
        ("10 0000077", ["A4"]),
        ("໑໐-໐໐໐໐໐໗໗", ["A4"]),
        ("a4", ["A4"]),
        ("1003-0041", ["A1"]),
        ("1003456", ["A1"]),
        ("020 555 12345", ["A1"]),
        ("໐໒໐໕໕", ["A1"]),
    ],
)
def test_a_member_is_found_by_the_beginning_of_any_number(people: Database, typed: str, persons: list[str]) -> None:
    assert found(people, typed) == persons


def test_a_number_that_is_no_member_number_is_told(people: Database) -> None:
    (by_phone,) = people.read(find_members, "02055512345")
    (by_number,) = people.read(find_members, "10-0000077")
    assert (by_phone.matched, by_number.matched) == ("02055512345", "")


@pytest.mark.parametrize(
    ("typed", "persons"),
    [
        ("12/3/1985", ["A1"]),
        ("໑໒/໓/໑໙໘໕", ["A1"]),
        ("1985-03-12", ["A1"]),
        ("7/1985", ["A3"]),
        ("1985", ["A1", "A3"]),
        ("bounmy 1985", ["A3"]),
        ("1985 vong", ["A1", "A3"]),
        ("ບຸນມີ 31/12/1962", ["A4"]),
        ("bounmi 1962", ["A4"]),
        ("keo 1985", []),
    ],
)
def test_days_months_and_years_of_birth_stand_alone_or_with_a_name(
    people: Database, typed: str, persons: list[str]
) -> None:
    assert found(people, typed) == persons


@pytest.mark.parametrize(
    ("typed", "persons"),
    [
        ("ໂພນໄຊ", ["A1", "A3"]),
        ("phonxay", ["A1", "A3"]),
        ("ບ້ານໂພນໄຊ", ["A1", "A3"]),
        ("ban phonsay", ["A1", "A3"]),
        ("bounmy phonxay", ["A3"]),
        ("phonxay bounmy", ["A3"]),
        ("ບຸນມີ ຫ້ວຍແຍ້", ["A4"]),
        ("khamsay ban vangvieng", ["A2"]),
        ("vongsa ບ້ານຫ້ວຍແຍ້", ["A5"]),
        ("1985 ban phonxay khamsay", []),
        ("khamsay 1985 ban phonxay", ["A1"]),
    ],
)
def test_a_village_in_either_script_stands_alone_or_with_a_name(
    people: Database, typed: str, persons: list[str]
) -> None:
    assert found(people, typed) == persons


@pytest.mark.parametrize(
    ("typed", "person"),
    [
        ("Khamsai vongphachan", "A1"),
        ("khamxay vongpachan", "A1"),
        ("kamsay wongphachanh", "A1"),
        ("khmasay vongphachan", "A1"),
        ("khamsay vonphacan", "A1"),
        ("vongphcahan", "A1"),
        ("vongphachn", "A1"),
        ("ວົງພະຈັນນ", "A1"),
        ("ຂຳໄສ ວົງພະຈັນ", "A1"),
        ("keomani", "A2"),
        ("kheomany", "A2"),
        ("keommany", "A2"),
        ("ແກວມະນີ", "A2"),
        ("ແກ້ວມະນິ", "A2"),
        ("bunmi xaiavong", "A3"),
        ("sayavong", "A3"),
        ("zayavong", "A3"),
        ("sisavat", "A4"),
        ("sisawad", "A4"),
        ("pheth samone", "A5"),
        ("phetsamon", "A5"),
        ("fetsamone", "A5"),
        ("petsamone vongxa", "A5"),
        ("ສີສະຫວດ", "A4"),
        ("noutihak", "A6"),
        ("ຝອນ", "A8"),
    ],
)
def test_misspelt_names_find_whom_they_mean(people: Database, typed: str, person: str) -> None:
    assert found(people, typed)[0] == person


@pytest.mark.parametrize(
    ("typed", "persons"),
    [
        ("vongsa phetsamone", ["A5"]),
        ("vong kham", ["A1"]),
        ("samone", ["A5"]),
        ("ມະນີ", ["A2"]),
        ("ຄຳໃສແກ້ວມະນີ", ["A2"]),
        ("khamsaykeo", ["A2"]),
        ("nouthihak mone nang", ["A6"]),
        ("mone nouthi", ["A6"]),
        ("ຊົ່ງ ວ່າງ ເຢຍ", ["A7"]),
        ("yer vang", ["A7"]),
        ("xiong-vang", ["A7"]),
        ("ຟອນ", ["A8"]),
        ("b", ["A4", "A3"]),
    ],
)
def test_words_are_found_in_any_order_by_any_part_and_without_their_space(
    people: Database, typed: str, persons: list[str]
) -> None:
    assert found(people, typed) == persons


def test_the_whole_name_comes_before_its_beginning_its_inside_and_its_sound(db: Database) -> None:
    with db.session() as session:
        for number, roman in enumerate(("Xay Ly", "Lysay Moua", "Alysa Moua", "Lisa Her", "Ly"), start=1):
            session.add(member(f"R{number}", "", roman, "M", date(1980, 1, number)))
        session.commit()
    assert found(db, "ly") == ["R5", "R1", "R2", "R3"]
    assert found(db, "lisa") == ["R4", "R2", "R3"]
    assert found(db, "ly xay") == ["R1", "R2"]


def test_of_equals_the_order_is_that_of_the_dictionary_whatever_the_limit(db: Database) -> None:
    family = ("ຮັກ", "ເກດ", "ແກ້ວ", "ໂຄ", "ຂາວ", "ກາ", "ໄຊ", "ມີ")
    with db.session() as session:
        session.add_all(
            member(f"S{number}", f"ສົມ {name}", "", "M", date(1980, 1, 1)) for number, name in enumerate(family)
        )
        session.commit()
    whole = found(db, "ສົມ")
    assert whole == ["S5", "S1", "S2", "S4", "S3", "S6", "S7", "S0"]
    assert [found(db, "ສົມ", limit) for limit in (1, 3)] == [whole[:1], whole[:3]]


@pytest.mark.parametrize(
    "typed", ["%", "_", "'", '"', "*", "ka*", "a OR b", "NEAR(a b)", "-", "^", "\\", "(", "@", "  "]
)
def test_signs_mean_nothing(people: Database, typed: str) -> None:
    assert found(people, typed) == []
    if typed.strip():
        assert people.read(members, PageWanted(search=typed)).rows == ()


@pytest.mark.parametrize("typed", ["x" * 5000, "\x00", "ກ" * 300, "1" * 300, "௧௨", "32/13/1985", "0/1985", "名前"])
def test_whatever_is_typed_there_is_an_answer(people: Database, typed: str) -> None:
    assert found(people, typed) == []


CLUSTERS = st.lists(
    st.tuples(
        st.sampled_from("ກຂຄງຈສຊຍດຕຖທນບປຜພຟມຢລວຫອຮ"),
        st.sampled_from(("", "\u0ebc")),
        st.sampled_from(("", "ິ", "ີ", "ຶ", "ື", "ຸ", "ູ", "ົ", "ັ", "ຳ", "າ")),
        st.sampled_from(("", "່", "້", "໊", "໋")),
    ),
    min_size=2,
    max_size=6,
)


def ways_to_type(semivowel: str, vowel: str, tone: str) -> list[str]:
    """The marks above and below in any order, before a vowel that stands beside, whose tone may also follow it."""
    if vowel == "ຳ":
        return [way for am in ("ຳ", "ໍາ") for way in (semivowel + tone + am, semivowel + am + tone)]
    if vowel == "າ":
        return [semivowel + tone + "າ", tone + semivowel + "າ", semivowel + "າ" + tone]
    return ["".join(marks) for marks in permutations((semivowel, vowel, tone))]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(clusters=CLUSTERS, data=st.data())
def test_every_way_to_encode_a_name_finds_it(
    db: Database, clusters: list[tuple[str, ...]], data: st.DataObject
) -> None:
    def typed() -> str:
        return "".join(consonant + data.draw(st.sampled_from(ways_to_type(*marks))) for consonant, *marks in clusters)

    with db.session() as session:
        session.execute(delete(Member))
        session.add(member("H1", typed(), "", "F", date(2000, 1, 1)))
        session.commit()
        for _ in range(3):
            assert [row.person_no for row in find_members(session, typed().replace("", "\u200b"))] == ["H1"]


def test_the_register_finds_by_the_same_words(people: Database) -> None:
    def listed(text: str = "", **asked: object) -> set[str]:
        page = people.read(members, PageWanted(search=text), MembersWanted(**asked))  # type: ignore[arg-type]
        assert page.count == len(page.rows)
        return {row.person_no for row in page.rows}

    assert listed("khamxai") == {"A1", "A2"}
    assert listed("bounmy phonxay") == {"A3"}
    assert listed("vong 1985") == {"A1", "A3"}
    assert listed("0205551") == {"A1"}
    assert listed(village="phonxay") == {"A1", "A3"}
    assert listed(village="nowhere") == set()
    assert listed(name="vongpachan") == {"A1"}


def test_a_name_changed_is_found_by_the_new_one_only(people: Database) -> None:
    with people.session() as session:
        row = session.execute(select(Member).where(Member.person_no == "A5")).scalar_one()
        row.name_lo_folded, row.name_en_folded, row.village = "", "lattana homsombath", "ທ່າແຂກ"
        session.commit()
    assert found(people, "lattana") == found(people, "homsombath lattana") == found(people, "ທ່າແຂກ") == ["A5"]
    assert found(people, "phetsamone") == []
    with people.session() as session:
        session.delete(session.execute(select(Member).where(Member.person_no == "A5")).scalar_one())
        session.commit()
    assert found(people, "lattana") == []


def test_more_words_than_anybody_has_are_not_looked_for(people: Database) -> None:
    """A hundred words of one letter once took a server seconds."""
    assert understand("k " * 100).names == ("k",) * MOST_WORDS
    assert understand(f"{'k ' * 100} ban vangvieng").names == ("k",) * MOST_WORDS
    assert [row.person_no for row in people.read(find_members, "khamsay keomany")] == ["A2"]
