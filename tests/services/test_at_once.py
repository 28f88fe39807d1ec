"""Several people at the same moment: each is served in turn or refused in a sentence; no number is lost or doubled."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import select

from claims_desk.domain.codes import Role
from claims_desk.domain.errors import UserError
from claims_desk.domain.paging import PageWanted
from claims_desk.models import Voucher
from claims_desk.models.database import Database
from claims_desk.queries.payment_files import payment_files
from claims_desk.services.chain import check_chain
from claims_desk.services.office import set_up_office
from claims_desk.services.payment_files import make_payment_file
from claims_desk.services.users import add_user, sign_in
from claims_desk.services.verify import verify
from claims_desk.services.vouchers import certify_voucher, post_voucher, prepare_vouchers
from tests.conftest import PASSWORD
from tests.payable import open_treasury
from tests.services.test_vouchers import DAY, approved, posted

PEOPLE = 5


def at_once(*deeds):
    """What each deed answered, all begun in the same moment: its answer or the sentence it was refused with."""
    start = Barrier(len(deeds))

    def run(act):
        start.wait()
        try:
            return act()
        except UserError as refusal:
            return refusal

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def certified(db, people, count):
    keys = []
    for form_no in range(1, count + 1):
        approved(db, people, form_no)
        keys += prepare_vouchers(db, people.mai)
        certify_voucher(db, people.tou, keys[-1])
    return keys


def holds(db):
    return [finding.faults for finding in verify(db) if finding.faults] == []


def test_the_first_vouchers_of_a_year_posted_at_once_have_numbers_without_gaps(db):
    people = open_treasury(db)
    keys = certified(db, people, PEOPLE)
    answers = at_once(*(lambda key=key: post_voucher(db, people.mai, key, on=DAY) for key in keys))
    assert sorted(answers) == [f"1003/2026/{number:05d}" for number in range(1, PEOPLE + 1)]
    assert holds(db)


def test_one_voucher_is_posted_once_however_many_try(db):
    people = open_treasury(db)
    (key,) = certified(db, people, 1)
    answers = at_once(*[lambda: post_voucher(db, people.mai, key, on=DAY)] * PEOPLE)
    assert [answer for answer in answers if isinstance(answer, str)] == ["1003/2026/00001"]
    assert sum("not at that step" in str(answer) for answer in answers) == PEOPLE - 1
    assert holds(db)


def test_payment_files_made_at_once_have_numbers_of_their_own(db):
    people = open_treasury(db)
    keys = [posted(db, people, form_no) for form_no in range(1, PEOPLE + 1)]
    answers = at_once(*(lambda key=key: make_payment_file(db, people.mai, [key], on=DAY) for key in keys))
    assert [answer for answer in answers if isinstance(answer, UserError)] == []
    numbers = sorted(row.number for row in db.read(payment_files, PageWanted()).rows)
    assert numbers == [f"1003-20260504-{number:04d}" for number in range(1, PEOPLE + 1)]
    assert holds(db)


def test_the_same_vouchers_chosen_in_another_order_go_into_one_file(db):
    people = open_treasury(db)
    keys = [posted(db, people, form_no) for form_no in range(1, 9)]
    answers = at_once(*(lambda keys=keys[::step]: make_payment_file(db, people.mai, keys, on=DAY) for step in (1, -1)))
    assert sum("stands in payment file" in str(answer) for answer in answers) == 1
    assert len(db.read(payment_files, PageWanted()).rows) == 1


def test_a_voucher_chosen_twice_is_paid_once(db):
    people = open_treasury(db)
    key = posted(db, people, 1)
    make_payment_file(db, people.mai, [key, key], on=DAY)
    (row,) = db.read(payment_files, PageWanted()).rows
    assert (row.vouchers, row.total) == (1, db.read(lambda session: session.execute(select(Voucher.amount)).scalar()))


def test_a_name_given_to_two_users_at_once_goes_to_one(db):
    admin = sign_in(db, "admin", PASSWORD)
    answers = at_once(*[lambda: add_user(db, admin, "noy", "river stone 44", [Role.CLERK])] * PEOPLE)
    assert sum(isinstance(answer, UserError) for answer in answers) == PEOPLE - 1
    db.read(check_chain)


def test_an_office_set_up_by_two_at_once_stands_once(empty_db):
    url = empty_db.engine.url.render_as_string(hide_password=False).replace("+psycopg", "")
    two = [empty_db, Database.open(url)]
    answers = at_once(
        *(lambda db=db: set_up_office(db, office="1003", administrator="admin", password=PASSWORD) for db in two)
    )
    two[1].close()
    assert sum(answer is True for answer in answers) == 1
    assert all(isinstance(answer, bool | UserError) for answer in answers)
    assert sign_in(empty_db, "admin", PASSWORD)
    assert holds(empty_db)
