"""The index of names stays right through imports, changes and a migration, and verify tells where it does not."""

from __future__ import annotations

import pytest
from alembic import command
from sqlalchemy import func, inspect, select, text

from claims_desk.models import MemberWord, NameWord
from claims_desk.models.database import Database
from claims_desk.queries.index_health import members_off_the_index
from claims_desk.queries.members import find_members
from claims_desk.services.imports import import_table
from claims_desk.services.schema import alembic_config, migrating
from claims_desk.services.users import sign_in

HEADING = "person_no,name_lo,name_en,sex,birth_date,village\n"
TWO = HEADING + "P1,ນາງ ນ້ອຍ,Nang Noy,F,1980-01-12,ໂພນໄຊ\nP2,ບຸນມີ ວົງສາ,Bounmy Vongsa,M,1990-01-12,ວັງວຽງ\n"


@pytest.fixture
def bring(db, tmp_path):
    def bring(content, **options):
        path = tmp_path / "members.csv"
        path.write_text(content, encoding="utf-8")
        return import_table(db, sign_in(db, "admin", "Vang Vieng 2026"), "members", path, **options)

    return bring


def found(db, typed):
    return [row.person_no for row in db.read(find_members, typed)]


def entries(db):
    return db.read(lambda session: session.execute(select(func.count()).select_from(MemberWord)).scalar_one())


def off(db):
    return [str(fault) for fault in db.read(lambda session: list(members_off_the_index(session)))]


def test_whoever_is_imported_is_found_and_a_second_import_changes_nothing(db, bring):
    bring(TWO)
    before = entries(db)
    assert (found(db, "noi"), found(db, "ວົງສາ"), found(db, "phonxay")) == (["P1"], ["P2"], ["P1"])
    bring(TWO)
    bring(TWO.replace(",1980-01-12,", ",1980-01-13,"))
    assert (entries(db), off(db)) == (before, [])


def test_after_an_import_that_changes_names_only_the_new_ones_find_them(db, bring):
    bring(TWO)
    report = bring(TWO.replace("Bounmy Vongsa", "Somsack Keomany").replace("ວັງວຽງ", "ຜາແດງ"))
    assert report.changed == 1
    assert found(db, "somsack keo") == found(db, "ຜາແດງ") == found(db, "ບຸນມີ") == ["P2"]
    assert found(db, "bounmy") == found(db, "ວັງວຽງ") == []
    assert off(db) == []


def test_an_import_that_is_refused_leaves_nobody_in_the_index(db, bring):
    bring(TWO + "P3,,,F,tomorrow,\n")
    bring(TWO, dry_run=True)
    assert entries(db) == 0
    assert found(db, "bounmy") == []


def test_names_of_many_words_of_no_words_and_with_signs_go_in(db, bring):
    long = " ".join(f"w{letter}" for letter in "abcdefgh")
    bring(HEADING + f"P1,,{long},F,1980-01-12,\nP2,—,O'Neil (Jr.) 2,M,1980-01-12,\nP3,ກ,ກ ກ,M,1980-01-12,ບ້ານ\n")
    assert found(db, "wh wa") == found(db, "we") == ["P1"]
    assert found(db, "neil") == ["P2"]
    assert off(db) == []


def test_entries_missing_and_entries_of_nobody_are_told(db, bring):
    bring(TWO)
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE members SET name_en_folded = 'khamla vongsa' WHERE person_no = 'P2'"))
    assert off(db) == [
        "2 entries of members are missing from the index of names",
        "2 entries of the index of names are of no member's name",
    ]
    with db.session() as session:
        session.delete(session.execute(select(NameWord).where(NameWord.word == "noy")).scalar_one())
        session.commit()
    assert off(db)[0] == "3 entries of members are missing from the index of names"


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_the_migration_brings_the_members_there_into_the_index_and_back(request, engine, tmp_path):
    db = Database.open(request.getfixturevalue(f"new_{engine}")(True))
    path = tmp_path / "members.csv"
    path.write_text(TWO, encoding="utf-8")
    import_table(db, sign_in(db, "admin", "Vang Vieng 2026"), "members", path)
    whole = entries(db)
    for step, revision in (("downgrade", "2026_11_26_names-1"), ("upgrade", "head")):
        with migrating(db) as connection:
            getattr(command, step)(alembic_config(connection), revision)
            standing = {"member_words", "name_words"} <= set(inspect(connection).get_table_names())
            assert standing == (step == "upgrade")
    assert (entries(db), off(db)) == (whole, [])
    assert found(db, "noi") == ["P1"]
    db.close()
