"""While a clerk keys, others close his bundle, change his claim, and the server's hand lets go."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event, Thread

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select, text

from claims_desk.models import Claim as ClaimRow
from claims_desk.models import Submission
from claims_desk.models.database import Database
from claims_desk.services.claims import key_claim, void_claim
from claims_desk.services.submissions import close_submission
from tests.conftest import NewDatabase
from tests.small_office import People, form, open_small_office
from tests.ui.conftest import Settle
from tests.ui.key.conftest import Clerk

F9 = Qt.Key.Key_F9
CUT_OFF = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"


@pytest.fixture
def server(new_postgres: NewDatabase) -> Iterator[Database]:
    database = Database.open(new_postgres(True))
    yield database
    database.close()


@pytest.fixture
def two(server: Database, qtbot: QtBot, settle: Settle) -> Iterator[tuple[Clerk, Clerk]]:
    """Two clerks at two windows over one server."""
    people: People = open_small_office(server)
    one, other = Clerk(server, people, qtbot, settle), Clerk(server, people, qtbot, settle)
    yield one, other
    settle()


def keyed(db: Database) -> list[str]:
    with db.session() as session:
        return list(session.execute(select(ClaimRow.form_no).order_by(ClaimRow.form_no)).scalars())


def begin(clerk: Clerk, bundle: int, form_no: str) -> None:
    clerk.open("bundle", bundle)
    clerk.go_to("form_no")
    clerk.type(form_no, "nhi", "n-1", "Noy")
    clerk.pane.sheet.visit_all()


def test_two_clerks_key_into_one_bundle_and_both_see_what_is_keyed(two: tuple[Clerk, Clerk], qtbot: QtBot) -> None:
    one, other = two
    bundle = one.receive("HC1", forms=9)
    one.sit_down()
    begin(one, bundle, "000001")
    other.sit_down(other.people.kham)
    begin(other, bundle, "000002")
    other.press(F9)
    one.pane.activateWindow()
    qtbot.waitUntil(one.pane.isActiveWindow)
    one.go_to("phone")
    one.press(F9)
    one.pane.refresh()
    one.settle()
    assert one.told() == ""
    assert keyed(one.db) == ["000001", "000002"]
    assert one.pane.bundle.forms.text().startswith("2 / 9")


def test_a_bundle_closed_meanwhile_keeps_the_form_on_the_table_and_on_disk(clerk: Clerk) -> None:
    bundle = clerk.receive("HC1", forms=1)
    key_claim(clerk.db, clerk.people.noy, form("000003", claimed_total=75_000), bundle)
    clerk.sit_down()
    begin(clerk, bundle, "000001")
    with clerk.db.session() as session:
        row = session.get_one(Submission, bundle)
        row.forms_counted, row.kip_counted, row.form_numbers_sum = 1, 75_000, 3
        session.commit()
        version = row.version
    close_submission(clerk.db, clerk.people.noy, bundle, version)
    clerk.press(F9)
    assert "closed" in clerk.told()
    assert clerk.text("patient_name") == "Noy"
    assert clerk.at() != ""
    draft = clerk.pane.keying._draft()
    assert draft is not None
    assert draft.typed["fields"]["form_no"] == "000001"


def test_a_claim_made_void_while_it_is_corrected_is_told_and_nothing_is_saved(clerk: Clerk) -> None:
    bundle = clerk.receive("HC1", forms=9)
    claim = key_claim(clerk.db, clerk.people.noy, form("000007"), bundle)
    clerk.sit_down()
    clerk.open("claim", claim)
    clerk.go_to("phone")
    clerk.type("02012345678")
    with clerk.db.session() as session:
        version = session.get_one(ClaimRow, claim).version
    void_claim(clerk.db, clerk.people.seng, claim, version, "keyed twice")
    clerk.press(F9)
    assert "oid" in clerk.told()
    with clerk.db.session() as session:
        assert session.get_one(ClaimRow, claim).phone == ""


def test_a_server_that_lets_go_in_the_middle_of_saving_keeps_the_form_and_the_next_try_saves_it(
    two: tuple[Clerk, Clerk], qtbot: QtBot
) -> None:
    clerk, _ = two
    bundle = clerk.receive("HC1", forms=9)
    clerk.sit_down()
    begin(clerk, bundle, "000001")
    with clerk.db.engine.connect() as holding:
        holding.execute(text("LOCK TABLE claims IN ACCESS EXCLUSIVE MODE"))
        QTest.keyClick(clerk.focus(), F9)
        cut = Event()

        def cut_off() -> None:
            while not cut.is_set():
                with clerk.db.engine.connect() as other:
                    waiting = (
                        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE wait_event_type='Lock'"
                    )
                    if other.execute(text(waiting)).scalar():
                        cut.set()

        cutter = Thread(target=cut_off)
        cutter.start()
        cutter.join()
        qtbot.waitUntil(lambda: not clerk.pane.keying.work.is_saving)
    clerk.settle()
    assert "server" in clerk.told()
    assert (keyed(clerk.db), clerk.text("patient_name")) == ([], "Noy")
    clerk.go_to("phone")
    clerk.press(F9)
    assert keyed(clerk.db) == ["000001"]
    assert clerk.text("form_no") == "000002"


LONG = "9" * 40


@pytest.mark.parametrize("form_no", [LONG, "0", "໑໒", "A-" + LONG[:38], "-5"])
def test_a_form_number_of_any_length_is_added_up(two: tuple[Clerk, Clerk], form_no: str) -> None:
    clerk, _ = two
    bundle = clerk.receive("HC1", forms=1)
    clerk.sit_down()
    begin(clerk, bundle, form_no)
    clerk.press(F9)
    assert len(keyed(clerk.db)) == 1
    clerk.pane.refresh()
    clerk.settle()
    assert "/" in clerk.pane.bundle.sum.text()
