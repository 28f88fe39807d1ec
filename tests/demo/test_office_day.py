"""The demo's whole job on a small world: what it leaves behind is what an auditor would find."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from rich.console import Console
from sqlalchemy import select

from claims_desk.demo import staff
from claims_desk.demo.office_day import STILL_TO_SETTLE, STILL_TO_VERIFY, Day, work_through
from claims_desk.demo.papers import Papers, print_papers
from claims_desk.demo.pictures import take_pictures
from claims_desk.demo.returns import QUARTER, SCHEME
from claims_desk.demo.summary import print_summary
from claims_desk.demo.world import write_world
from claims_desk.domain.codes import ClaimState, VoucherState
from claims_desk.domain.dates import office_today
from claims_desk.domain.paging import PageWanted
from claims_desk.models import Claim
from claims_desk.models.database import Database
from claims_desk.queries.capitation import capitation_run
from claims_desk.queries.figures import clerk_figures
from claims_desk.queries.monthly_returns import Standing, monthly_returns
from claims_desk.queries.payment_files import payment_files
from claims_desk.queries.verifications import awaiting_among, count_to_resolve
from claims_desk.queries.vouchers import vouchers
from claims_desk.services.office import set_up_office
from claims_desk.services.verify import verify

ON = date(2026, 11, 23)


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> tuple[Database, Day, Papers, Path]:
    folder = tmp_path_factory.mktemp("demo")
    db = Database.open(str(folder / "demo.db"))
    set_up_office(db, office="1000", administrator=staff.ADMINISTRATOR, password=staff.PASSWORD, demo=True)
    people = staff.hire(db)
    world = write_world(folder / "world", members=4_000, claims=400)
    day = work_through(db, people, world, ON, lambda _step: None)
    papers = print_papers(db, day, folder, ON, people.dao.name)
    return db, day, papers, folder


def test_the_smallest_demo_gets_to_its_end_too(tmp_path):
    db = Database.open(str(tmp_path / "demo.db"))
    set_up_office(db, office="1000", administrator=staff.ADMINISTRATOR, password=staff.PASSWORD, demo=True)
    world = write_world(tmp_path / "world", members=2_000, claims=20)
    day = work_through(db, staff.hire(db), world, ON, lambda _step: None)
    assert day.judged.judged + db.read(awaiting_among) + db.read(count_to_resolve, 0) == 20
    assert day.posted
    assert [fault.text() for finding in verify(db) for fault in finding.faults] == []
    db.close()


def test_every_claim_not_under_second_keying_is_judged_and_most_are_on_posted_vouchers(office):
    db, day, _, _ = office
    states = db.read(lambda session: list(session.execute(select(Claim.state)).scalars()))
    assert db.read(awaiting_among) == STILL_TO_VERIFY
    assert db.read(count_to_resolve, 0) == STILL_TO_SETTLE
    waiting = states.count(ClaimState.KEYED)
    assert waiting == STILL_TO_VERIFY + STILL_TO_SETTLE
    assert len(states) == 400 == day.judged.judged + waiting
    assert ClaimState.CORRECTED not in states
    assert states.count(ClaimState.VOUCHERED) > 100


def test_something_waits_at_every_step(office):
    db, day, _, _ = office
    assert day.approved < day.batches
    assert len(day.posted) < len(day.vouchers)
    waiting = {row.state for row in db.read(vouchers, PageWanted(limit=10_000)).rows}
    assert waiting == {VoucherState.PREPARED, VoucherState.CERTIFIED, VoucherState.POSTED}


def test_the_clerks_have_figures_and_their_work_goes_on(office):
    db, day, _, _ = office
    figures = {row.clerk: row for row in db.read(clerk_figures, office_today(), live=True)}
    assert figures["noy"].measured.claims == figures["kham"].measured.claims == day.verified - STILL_TO_SETTLE
    assert figures["kham"].measured.errors == day.differences
    assert figures["kham"].pace.forms == day.verified
    assert figures["noy"].share == 100


def test_the_books_hold(office):
    db, _, _, _ = office
    assert [fault.text() for finding in verify(db) for fault in finding.faults] == []


def test_a_quarter_of_capitation_is_paid_on_returns_that_have_come(office):
    db, day, _, _ = office
    done = day.capitated
    run = db.read(capitation_run, SCHEME, QUARTER, ON)
    assert len(run.rows) == done.facilities > 40
    assert {row.voucher for row in run.rows} >= {"–"}
    assert sum(row.voucher not in ("", "–") for row in run.rows) == len(done.posted)
    assert [row.problem for row in run.rows if row.problem] == []
    stands = [row.standing for row in db.read(monthly_returns, PageWanted(limit=10_000), ON).rows if row.id]
    assert (stands.count(Standing.CLOSED), stands.count(Standing.OPEN)) == (done.closed, done.open)
    assert done.answers > 0


def test_what_the_payment_files_send_is_what_the_posted_vouchers_say(office):
    db, _, _, _ = office
    posted = db.read(vouchers, PageWanted(limit=10_000), VoucherState.POSTED)
    assert sum(row.amount for row in posted.rows if row.file) == db.read(payment_files, PageWanted()).kip


def test_the_papers_stand_in_the_folder(office):
    _, day, papers, _ = office
    assert len(papers.vouchers) == len(day.posted) + len(day.capitated.posted)
    assert len(papers.letters) > 1
    for path in (*papers.vouchers, *papers.letters, *papers.slips):
        assert path.read_bytes().startswith(b"%PDF")
    assert all(path.suffix == ".xlsx" and path.stat().st_size for path in papers.payment_files)


def test_the_summary_says_what_came_in_and_what_is_paid(office, capsys):
    db, day, papers, _ = office
    print_summary(Console(width=120), db, day, papers)
    said = capsys.readouterr().out
    assert "400" in said
    assert f"{len(day.posted)} posted" in said


def test_a_picture_of_every_pane_is_taken_in_both_languages(office, qtbot):
    db, _, _, folder = office
    taken = take_pictures(db, folder / "pictures")
    assert {path.stem.rsplit("-", 1)[1] for path in taken} == {"lo", "en"}
    assert {"0-sign-in", "3-key-scan", "4-verify", "4-verify-again"} < {path.stem.rsplit("-", 1)[0] for path in taken}
    assert len({path.read_bytes() for path in taken}) == len(taken) >= 16
