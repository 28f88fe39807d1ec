"""A deed: whole or not at all, with its audit entries in an unbroken chain."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select, text

from claims_desk.domain.codes import Role
from claims_desk.domain.errors import Refused, Stale, UserError
from claims_desk.models import AuditEntry, Diagnosis, Scheme
from claims_desk.services.chain import check_chain, read_chain
from claims_desk.services.deed import deed
from claims_desk.services.users import add_user, sign_in

PASSWORD = "Vang Vieng 2026"


@pytest.fixture
def actor(db):
    return sign_in(db, "admin", PASSWORD)


def count(db, kind):
    return db.read(lambda session: session.execute(select(func.count()).select_from(kind)).scalar_one())


def scheme(**values):
    blank = {
        "name_lo": "",
        "name_en": "x",
        "payer_order": 1,
        "referral_levels": "",
        "exempt_categories": "",
        "fund": "",
    }
    return Scheme(**{"code": "NHI", **blank, **values})


def run(db, statement):
    with db.engine.connect().execution_options(writing=True) as connection, connection.begin():
        connection.execute(text(statement))


def tamper(db, statement):
    if db.is_sqlite:
        for event in ("update", "delete"):
            run(db, f"DROP TRIGGER guard_audit_entries_{event}")
    else:
        run(db, "ALTER TABLE audit_entries DISABLE TRIGGER USER")
    try:
        run(db, statement)
    finally:
        if not db.is_sqlite:
            run(db, "ALTER TABLE audit_entries ENABLE TRIGGER USER")


def test_a_deed_leaves_its_row_and_its_entry_together(db, actor):
    entries = count(db, AuditEntry)
    with deed(db, actor, Role.ADMINISTRATOR) as work:
        row = scheme()
        work.session.add(row)
        work.record("scheme.add", row, after={"code": "NHI"}, why="new law")
    assert count(db, Scheme) == 1
    assert count(db, AuditEntry) == entries + 1
    db.read(check_chain)


def test_an_error_in_the_middle_leaves_nothing_of_the_deed(db, actor):
    entries = count(db, AuditEntry)

    def go_wrong():
        with deed(db, actor) as work:
            work.session.add(scheme())
            work.record("scheme.add", "schemes")
            work.chain_now()
            raise UserError(None)

    with pytest.raises(UserError):
        go_wrong()
    assert (count(db, Scheme), count(db, AuditEntry)) == (0, entries)
    db.read(check_chain)


def test_an_abandoned_deed_leaves_nothing(db, actor):
    entries = count(db, AuditEntry)
    with deed(db, actor) as work:
        work.session.add(scheme())
        work.record("scheme.add", "schemes")
        work.abandon()
    assert (count(db, Scheme), count(db, AuditEntry)) == (0, entries)


def test_a_deed_without_a_note_is_a_bug_and_is_not_kept(db, actor):
    def forget():
        with deed(db, actor) as work:
            work.session.add(scheme())

    with pytest.raises(RuntimeError, match="audit entry"):
        forget()
    assert count(db, Scheme) == 0


def test_without_the_role_nothing_begins(db, actor):
    with pytest.raises(Refused), deed(db, actor, Role.ACCOUNTANT):
        pytest.fail("the deed began")


def test_the_slower_of_two_is_told(db, actor):
    with deed(db, actor) as work:
        row = Diagnosis(code="A09", title_en="x", title_lo="", sex="")
        work.session.add(row)
        work.record("diagnosis.add", row)
    key, seen = row.id, row.version
    change(db, actor, key, seen, "first")
    with pytest.raises(Stale):
        change(db, actor, key, seen, "second")
    assert db.read(lambda session: session.get(Diagnosis, key).title_en) == "first"


def change(db, actor, key, version, title):
    with deed(db, actor) as work:
        row = work.get(Diagnosis, key, version)
        row.title_en = title
        work.record("diagnosis.change", row)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE audit_entries SET why = 'bribe' WHERE seq = 2", "entry 2 was changed"),
        ("UPDATE audit_entries SET user_name = 'noy' WHERE seq = 1", "entry 1 was changed"),
        ("DELETE FROM audit_entries WHERE seq = 2", "entry 2 is missing"),
        ("DELETE FROM audit_entries WHERE seq > 2", "the last entries are missing"),
    ],
)
def test_tampering_with_the_audit_trail_is_found(db, actor, statement, said):
    for name in ("noy", "kham"):
        add_user(db, actor, name, "river stone 44", [Role.CLERK])
    assert db.read(read_chain).fault is None
    tamper(db, statement)
    assert said in str(db.read(read_chain).fault)
    with pytest.raises(UserError, match="does not hold"):
        db.read(check_chain)
