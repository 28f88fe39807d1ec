"""What two people do in the same moment at the doors money and evidence go through: served in turn or refused."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from claims_desk.domain.capitation import Quarter
from claims_desk.domain.errors import UserError
from claims_desk.models import CapitationShare, ClaimDecision, Coverage, MonthlyReturn, Verification, Voucher
from claims_desk.services.capitation import prepare_capitation
from claims_desk.services.claims import key_claim
from claims_desk.services.judgement import adjudicate
from claims_desk.services.monthly_returns import save_return
from claims_desk.services.register_rows import change_row
from claims_desk.services.scheme_switch import SchemeSwitch, switch_scheme
from claims_desk.services.sign_in import sign_in
from claims_desk.services.verification import second_key
from claims_desk.services.verify import verify
from claims_desk.services.vouchers import cancel_voucher, certify_voucher, post_voucher, reverse_voucher
from tests.capitated import open_capitated
from tests.conftest import ADMINISTRATOR, PASSWORD
from tests.sampling import draw_all
from tests.services.test_at_once import at_once
from tests.services.test_monthly_returns import COLD, zeros
from tests.services.test_monthly_returns import form as return_form
from tests.services.test_register_rows import new_price
from tests.small_office import form, open_small_office

ON = date(2026, 12, 1)
Q1 = Quarter(2026, 1)


def count(db, what):
    return db.read(lambda session: session.execute(select(func.count()).select_from(what)).scalar_one())


def faults(db):
    return [fault.text() for found in verify(db) for fault in found.faults]


def refused(answers):
    return [str(answer) for answer in answers if isinstance(answer, UserError)]


def test_two_accountants_who_prepare_one_quarter_at_once_pay_it_once(db):
    people = open_capitated(db)
    answers = at_once(
        *(lambda who=who: prepare_capitation(db, who, "NHI", Q1, on=ON) for who in (people.mai, people.tou) * 2)
    )
    assert len(refused(answers)) == 3
    assert count(db, Voucher) == 3
    assert faults(db) == []


def test_a_share_cancelled_while_it_is_posted_is_one_or_the_other(db):
    people = open_capitated(db)
    keys = prepare_capitation(db, people.mai, "NHI", Q1, on=ON)
    for key in keys:
        certify_voucher(db, people.tou, key)
    for key in keys:
        answers = at_once(
            lambda key=key: post_voucher(db, people.tou, key, on=ON),
            lambda key=key: cancel_voucher(db, people.mai, key, None, "by mistake"),
        )
        assert len(refused(answers)) == 1
    assert faults(db) == []
    at_once(*(lambda who=who: prepare_capitation(db, who, "NHI", Q1, on=ON) for who in (people.mai, people.tou)))
    held = select(CapitationShare.voucher_id).where(CapitationShare.voucher_id.is_not(None))
    assert len(db.read(lambda session: session.execute(held).scalars().all())) == 3
    assert faults(db) == []


def test_a_voucher_is_reversed_once_however_many_try(db):
    people = open_capitated(db)
    key = prepare_capitation(db, people.mai, "NHI", Q1, on=ON)[0]
    certify_voucher(db, people.tou, key)
    post_voucher(db, people.tou, key, on=ON)
    answers = at_once(*[lambda: reverse_voucher(db, people.mai, key, "closed since")] * 4)
    assert len(refused(answers)) == 3
    assert faults(db) == []


def test_two_administrators_who_change_one_price_at_once_leave_one_line(db):
    open_small_office(db)
    admin = sign_in(db, ADMINISTRATOR, PASSWORD)
    answers = at_once(
        *(lambda n=n: change_row(db, admin, new_price(f"{n}000", date(2026, 7, n)), "letter") for n in (3, 4, 5, 6))
    )
    assert [one for one in answers if one is not None] == refused(answers)
    assert faults(db) == []


def test_a_scheme_moved_by_two_at_once_is_moved_once(db):
    open_small_office(db)
    admin = sign_in(db, ADMINISTRATOR, PASSWORD)
    move = SchemeSwitch(source="NHI", target="SASS", day=date(2026, 7, 1), copy_contracts=True)
    before = count(db, Coverage)
    answers = at_once(*[lambda: switch_scheme(db, admin, move, "decree")] * 3)
    assert len(refused(answers)) == 2, answers
    assert count(db, Coverage) == before + 4
    assert faults(db) == []


def test_two_clerks_who_begin_one_return_at_once_have_one(db):
    people = open_capitated(db)
    answers = at_once(
        *(
            lambda who=who: save_return(db, who, return_form(zeros() | {COLD: 3}), on=date(2026, 6, 3))
            for who in (people.staff.noy, people.staff.kham)
        )
    )
    assert len(refused(answers)) == 1
    assert count(db, MonthlyReturn) == 1


def test_two_who_key_one_claim_again_at_once_have_one_verification(db):
    people = open_small_office(db)
    draw_all(db)
    claim_id = key_claim(db, people.noy, form("F-1"), None)
    answers = at_once(*[lambda: second_key(db, people.kham, claim_id, form("F-1"))] * 3)
    assert len(refused(answers)) == 2
    assert count(db, Verification) == 1


def test_two_runs_at_once_judge_every_claim_once(db):
    people = open_small_office(db)
    for number in range(1, 31):
        key_claim(db, people.noy, form(f"F-{number}", visit_from=date(2026, 3, number), visit_to=None), None)
    answers = at_once(*[lambda: adjudicate(db, people.noy)] * 3)
    assert refused(answers) == []
    assert sum(answer.judged for answer in answers) == 30
    assert count(db, ClaimDecision) == 30
    assert faults(db) == []
