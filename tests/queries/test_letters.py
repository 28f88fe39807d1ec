"""What a facility's letter holds: which claims, in which part, with what reason, and by when they can be cured."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from claims_desk.domain.codes import ClaimState, Decision, Method, Severity
from claims_desk.domain.months import Months
from claims_desk.domain.paging import PageWanted
from claims_desk.domain.papers import LetterPart
from claims_desk.models import Claim, ClaimDecision, FindingRow, Parameter, Submission
from claims_desk.queries.facts import load_claims, load_registers
from claims_desk.queries.letters import latest_month, letter_paper, letters, told_facilities
from claims_desk.services.claims import correct_claim, key_claim
from claims_desk.services.judgement import adjudicate, preview
from claims_desk.services.review import deny_claim, return_claim
from tests.payable import open_treasury
from tests.small_office import form

MARCH = Months.of(date(2026, 3, 1))
ON = date(2026, 5, 20)
STATES = {
    Decision.ACCEPT: ClaimState.ACCEPTED,
    Decision.PEND: ClaimState.PENDED,
    Decision.DENY: ClaimState.DENIED,
}


def bundle(db, people, facility="HC1", month=MARCH.first):
    with db.session() as session:
        row = Submission(
            number=f"{facility}-{month:%Y%m}", facility_code=facility, month=month, received_on=date(2026, 4, 2),
            received_by=people.staff.noy.user_id, forms_counted=1, kip_counted=1, form_numbers_sum=1,
        )  # fmt: skip
        session.add(row)
        session.commit()
        return row.id


def claim(db, people, form_no, decision, *findings, claimed=50_000, allowed=50_000, due=0, method=Method.FEE, **more):
    """A decided claim; a finding is its code, severity and line."""
    plain = {
        "form_no": form_no, "facility_code": "HC1", "scheme": "NHI", "patient_name": f"ຄົນທີ {form_no}",
        "care_type": "OPD", "visit_from": date(2026, 3, 8), "visit_to": date(2026, 3, 10), "claimed_total": claimed,
        "keyed_by": people.staff.noy.user_id, "keyed_at": datetime(2026, 4, 3), "state": STATES[decision],
    }  # fmt: skip
    with db.session() as session:
        row = Claim(**plain | more)
        session.add(row)
        session.flush()
        decided = ClaimDecision(
            claim_id=row.id, current=True, decision=decision, method=method, allowed=allowed, copay_due=due,
            payable=max(0, allowed - due), explanation_en="step", explanation_lo="ຂັ້ນ",
            decided_by=people.staff.kham.user_id, decided_at=datetime(2026, 4, 4),
        )  # fmt: skip
        session.add(decided)
        session.flush()
        for position, (code, severity, line_no) in enumerate(findings):
            session.add(
                FindingRow(
                    decision_id=decided.id, position=position, line_no=line_no, code=code, severity=severity, field="",
                    message_en=f"{code} says", message_lo=f"{code} ບອກ", fix_en="mend", fix_lo="ແກ້",
                )
            )  # fmt: skip
        session.commit()
        return row.id


PEND = ("A07", Severity.PEND, None)
NOT_COVERED = ("M02", Severity.DENY, None)
LINE_FALLS = ("T03", Severity.DENY, 2)
TOO_DEAR = ("T05", Severity.ADJUST, 1)
OVERPAID = ("P01", Severity.WARN, None)


def paper(db, facility="HC1", months=MARCH, on=ON):
    return db.read(letter_paper, facility, months, on, "dao")


def parts(letter):
    return {row.form_no: row.part for row in letter.claims}


@pytest.fixture
def people(db):
    return open_treasury(db)


def test_every_claim_not_paid_in_full_stands_once_in_its_part(db, people):
    march = bundle(db, people)
    one = {"submission_id": march}
    claim(db, people, "1", Decision.ACCEPT, **one)
    claim(db, people, "2", Decision.PEND, PEND, LINE_FALLS, claimed=30_000, **one)
    claim(db, people, "3", Decision.DENY, NOT_COVERED, PEND, **one)
    claim(db, people, "4", Decision.ACCEPT, TOO_DEAR, LINE_FALLS, allowed=40_000, due=5_000, **one)
    claim(db, people, "5", Decision.ACCEPT, allowed=45_000, method=Method.CASE, **one)
    claim(db, people, "6", Decision.PEND, PEND, state=ClaimState.VOID, **one)
    claim(db, people, "7", Decision.PEND, PEND, state=ClaimState.CORRECTED, **one)
    claim(db, people, "8", Decision.ACCEPT, allowed=60_000, method=Method.CASE, state=ClaimState.VOUCHERED, **one)
    claim(db, people, "9", Decision.ACCEPT, claimed=70_000, state=ClaimState.PAID, **one)  # accepted over a rule
    letter = paper(db)
    assert parts(letter) == {
        "2": LetterPart.CURABLE,
        "3": LetterPart.DENIED,
        "4": LetterPart.CUT,
        "5": LetterPart.FLAT,
        "9": LetterPart.CUT,
    }
    assert (letter.in_full.claims, letter.in_full.payable, letter.undecided) == (2, 110_000, 1)
    assert letter.bundles == ("HC1-202603",)
    assert (letter.reference, letter.period) == ("1003/HC1/2026-03", "3/2026")
    amounts = {row.form_no: (row.claimed, row.allowed, row.payable, row.unpaid) for row in letter.claims}
    assert amounts["2"] == (30_000, 0, 0, 30_000)
    assert amounts["3"] == (50_000, 0, 0, 50_000)
    assert amounts["4"] == (50_000, 40_000, 35_000, 10_000)
    assert amounts["5"] == (50_000, 45_000, 45_000, 0)


def test_each_reason_has_code_message_and_fix_and_a_line_that_falls_is_marked(db, people):
    claim(db, people, "1", Decision.PEND, PEND, LINE_FALLS, ("A09", Severity.WARN, None))
    claim(db, people, "2", Decision.DENY, NOT_COVERED, PEND)
    curable, denied = paper(db).claims
    assert [(row.code, row.message.roman, row.fix.roman, row.line_no, row.line_falls) for row in curable.findings] == [
        ("A07", "A07 says", "mend", None, False),
        ("T03", "T03 says", "mend", 2, True),
    ]
    assert [(row.code, row.fix.roman, row.line_falls) for row in denied.findings] == [
        ("M02", "mend", False),
        ("A07", "", False),
    ]
    assert (curable.explanation[0].lao, denied.explanation) == ("ຂັ້ນ", ())


def test_a_claim_that_came_alone_belongs_to_the_month_its_visit_ended(db, people):
    claim(db, people, "1", Decision.PEND, PEND)
    claim(db, people, "2", Decision.PEND, PEND, visit_to=date(2026, 4, 1))
    claim(db, people, "3", Decision.PEND, PEND, visit_to=None, visit_from=None, received_date=date(2026, 3, 31))
    claim(db, people, "4", Decision.PEND, PEND, visit_to=None, visit_from=None, keyed_at=datetime(2026, 3, 15))
    claim(db, people, "5", Decision.PEND, PEND, visit_to=None, visit_from=None)
    claim(db, people, "6", Decision.PEND, PEND, facility_code="HC2")
    letter = paper(db)
    assert sorted(parts(letter)) == ["1", "3", "4"]
    assert {row.bundle for row in letter.claims} == {""}
    assert sorted(parts(paper(db, months=Months.of(date(2026, 3, 1), date(2026, 4, 1))))) == ["1", "2", "3", "4", "5"]


def test_a_form_of_another_facility_is_told_to_whoever_sent_the_bundle(db, people):
    claim(
        db,
        people,
        "1",
        Decision.PEND,
        ("F05", Severity.PEND, None),
        facility_code="DH1",
        submission_id=bundle(db, people),
    )
    assert "1" in parts(paper(db))
    assert parts(paper(db, "DH1")) == {}
    assert db.read(told_facilities, MARCH) == ["HC1"]


def test_the_month_of_the_bundle_counts_and_not_that_of_the_visit(db, people):
    claim(db, people, "1", Decision.PEND, PEND, submission_id=bundle(db, people, month=date(2026, 4, 1)))
    assert parts(paper(db)) == {}
    assert "1" in parts(paper(db, months=Months.of(date(2026, 4, 1))))


def test_money_to_give_back_is_told_where_the_patient_is_covered(db, people):
    claim(db, people, "1", Decision.ACCEPT, OVERPAID, due=5_000, copay_collected=20_000)
    claim(db, people, "2", Decision.DENY, ("A04", Severity.DENY, None), OVERPAID, due=5_000, copay_collected=6_000)
    claim(db, people, "3", Decision.DENY, NOT_COVERED, OVERPAID, due=5_000, copay_collected=20_000)
    claim(db, people, "4", Decision.ACCEPT, ("P03", Severity.WARN, None), copay_collected=9_000)
    letter = paper(db)
    assert [(row.form_no, row.collected, row.due, row.kip) for row in letter.money_back] == [
        ("1", 20_000, 5_000, 15_000),
        ("2", 6_000, 5_000, 1_000),
        ("4", 9_000, 0, 9_000),
    ]
    assert sorted(parts(letter)) == ["2", "3"]
    (row,) = db.read(letters, PageWanted(), MARCH).rows
    assert (row.money_back, row.denied) == (3, 2)


@pytest.mark.parametrize(
    ("visit_to", "cure_by"),
    [
        (date(2026, 3, 10), date(2026, 6, 19)),  # 30 days after the letter
        (date(2026, 3, 21), date(2026, 6, 19)),  # both on one day
        (date(2026, 3, 22), date(2026, 6, 20)),  # 90 days after the visit are later
    ],
)
def test_the_last_day_is_the_later_of_letter_and_visit_each_with_its_days(db, people, visit_to, cure_by):
    claim(db, people, "1", Decision.PEND, PEND, visit_to=visit_to)
    claim(db, people, "2", Decision.DENY, NOT_COVERED)
    curable, denied = paper(db).claims
    assert (curable.cure_by, denied.cure_by) == (cure_by, None)


def judged(db, claim_form):
    return {found.code for found in preview(db, claim_form, db.read(load_registers)).judgement.findings}


@pytest.mark.parametrize(("late", "speaks"), [(0, False), (1, True)])
def test_a_new_form_on_the_last_day_the_visit_gives_is_in_time_for_the_rules(db, people, late, speaks):
    ended = date(2026, 3, 22)
    claim(db, people, "1", Decision.PEND, PEND, visit_to=ended)
    received = paper(db).claims[0].cure_by + timedelta(days=late)
    assert ("A04" in judged(db, form("9", visit_from=ended, visit_to=ended, received_date=received))) is speaks


def test_a_claim_corrected_on_the_last_day_the_letter_gives_is_paid_by_the_rules(db, people):
    key = key_claim(db, people.staff.noy, form("000007", documents_seen=()), None)
    adjudicate(db, people.staff.noy)
    late = date(2027, 1, 1)  # long after the visit: the office was slow
    (curable,) = paper(db, on=late).claims
    assert curable.cure_by == date(2027, 1, 31)
    (held,) = db.read(load_claims, [key])
    correct_claim(db, people.staff.noy, key, None, replace(held, documents_seen=("ID",)))
    adjudicate(db, people.staff.noy)
    assert paper(db, on=late).claims == ()
    assert paper(db, on=late).in_full.claims == 1


def test_the_days_are_parameters_of_the_day_of_the_letter_a_scheme_has_its_own(db, people):
    rows = [
        ("cure_days", "", "2026-01-01", "2026-05-31", "10"),
        ("cure_days", "", "2026-06-01", None, "20"),
        ("cure_days", "SASS", "2026-01-01", None, "15"),
        ("submission_days", "", "2026-01-01", None, "1"),
    ]
    with db.session() as session:
        for name, scheme, first, last, value in rows:
            span = {"valid_from": date.fromisoformat(first), "valid_to": date.fromisoformat(last) if last else None}
            session.add(Parameter(name=name, scheme=scheme, value=value, **span))
        session.commit()
    claim(db, people, "1", Decision.PEND, PEND)
    claim(db, people, "2", Decision.PEND, PEND, scheme="SASS")
    assert [row.cure_by for row in paper(db).claims] == [date(2026, 5, 30), date(2026, 6, 4)]
    assert paper(db, on=date(2026, 6, 1)).claims[0].cure_by == date(2026, 6, 21)


def test_what_a_supervisor_denied_or_returned_stands_there_with_his_reason(db, people):
    first = claim(db, people, "1", Decision.PEND, PEND)
    second = claim(db, people, "2", Decision.ACCEPT)
    deny_claim(db, people.vanh, first, None, "the ward's book knows no such patient")
    return_claim(db, people.vanh, second, None, "send the second page")
    denied, returned = paper(db).claims
    assert (denied.part, denied.findings[-1].code) == (LetterPart.DENIED, "S01")
    assert denied.findings[-1].message.lao == "the ward's book knows no such patient"
    assert (returned.part, returned.findings[0].message.roman) == (LetterPart.CURABLE, "send the second page")
    assert returned.cure_by == date(2026, 6, 19)


def test_the_list_has_a_facility_a_row_with_what_is_curable_and_final(db, people):
    claim(db, people, "1", Decision.ACCEPT)
    claim(db, people, "2", Decision.PEND, PEND, claimed=30_000)
    claim(db, people, "3", Decision.DENY, NOT_COVERED)
    claim(db, people, "4", Decision.ACCEPT, TOO_DEAR, allowed=40_000)
    claim(db, people, "5", Decision.ACCEPT, allowed=10_000, method=Method.CASE)
    claim(db, people, "6", Decision.PEND, PEND, state=ClaimState.KEYED)
    claim(db, people, "7", Decision.ACCEPT, facility_code="HC2")
    page = db.read(letters, PageWanted(), MARCH)
    assert (page.count, page.kip) == (2, 90_000)
    row, other = page.rows
    assert (row.facility_code, row.decided, row.curable, row.denied, row.cut) == ("HC1", 5, 1, 1, 1)
    assert (row.curable_kip, row.final_kip, row.tells) == (30_000, 60_000, True)
    assert (other.facility_code, other.unpaid, other.tells) == ("HC2", 0, False)
    assert db.read(letters, PageWanted(search="ນ້ຳງື່ມ"), MARCH).rows == (other,)
    assert db.read(letters, PageWanted(sort="final_kip"), MARCH).rows[0] == other
    letter = paper(db)
    assert sum(letter.sum_of(part).unpaid for part in LetterPart) == row.unpaid


def test_the_newest_month_with_letters_is_that_of_a_bundle_or_of_a_claim_that_came_alone(db):
    people = open_treasury(db)
    today = date(2026, 11, 27)
    assert db.read(latest_month, today) is None
    claim(db, people, "1", Decision.ACCEPT)
    assert db.read(latest_month, today) == MARCH.first
    may, later = bundle(db, people, month=date(2026, 5, 1)), bundle(db, people, month=date(2027, 1, 1))
    assert db.read(latest_month, today) == MARCH.first
    key_claim(db, people.staff.noy, form("9"), bundle(db, people, facility="HC2", month=date(2026, 9, 1)))
    assert db.read(latest_month, today) == MARCH.first
    claim(db, people, "2", Decision.PEND, submission_id=may)
    claim(db, people, "3", Decision.PEND, submission_id=later)
    assert db.read(latest_month, today) == date(2026, 5, 1)
