"""Monthly returns: kept as far as they are keyed, closed without an open question, by another pair of eyes."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from claims_desk.domain.codes import ReturnState, Section
from claims_desk.domain.errors import Refused, Stale, UserError
from claims_desk.domain.monthly_return import COLUMNS, Cell, all_places
from claims_desk.domain.paging import PageWanted
from claims_desk.domain.quarters import Quarter
from claims_desk.domain.return_questions import Asked, Question, ReturnLimits
from claims_desk.models import AuditEntry, Facility, MonthlyReturn, Parameter
from claims_desk.queries.capitation import capitation_run
from claims_desk.queries.monthly_returns import Standing, monthly_returns, return_opened
from claims_desk.services.monthly_returns import (
    ReturnForm,
    answer_question,
    close_return,
    reopen_return,
    save_return,
)
from tests.capitated import open_capitated, put

ON = date(2026, 6, 3)
MAY = date(2026, 5, 1)
COLD = Cell(Section.OPD, 4, COLUMNS[0])
COLD_IN_BED = Cell(Section.IPD, 4, COLUMNS[0])


def zeros():
    return dict.fromkeys(all_places(), 0)


def form(counts, facility="HC1", month=MAY):
    return ReturnForm(facility_code=facility, month=month, counts=counts)


def save(db, actor, counts, facility="HC1", month=MAY, **more):
    return save_return(db, actor, form(counts, facility, month), **more, on=ON)


def opened(db, facility="HC1", month=MAY):
    return db.read(return_opened, facility, month)


def closed(db, people, month, colds):
    key = save(db, people.staff.noy, zeros() | {COLD: colds}, month=month)
    assert close_return(db, people.staff.noy, key) == []
    return key


def last_entry(db, action):
    query = select(AuditEntry).where(AuditEntry.action == action).order_by(AuditEntry.seq.desc()).limit(1)
    return db.read(lambda session: session.execute(query).scalar_one())


def test_a_return_is_kept_as_far_as_it_is_keyed(db):
    people = open_capitated(db)
    key = save(db, people.staff.noy, {COLD: 7, COLD_IN_BED: None})
    found = opened(db)
    assert (found.id, dict(found.counts), found.entered_by) == (key, {COLD: 7, COLD_IN_BED: None}, "noy")
    save(db, people.staff.kham, {COLD: 8}, return_id=key, version=found.version)
    found = opened(db)
    assert (dict(found.counts), found.entered_by) == ({COLD: 8}, "kham")


def test_the_audit_trail_says_which_rows_were_what(db):
    people = open_capitated(db)
    key = save(db, people.staff.noy, {COLD: 7, COLD_IN_BED: None})
    save(db, people.staff.noy, {COLD: 8, COLD_IN_BED: None}, return_id=key)
    entry = last_entry(db, "return.save")
    assert '"OPD 4": "7 . . . . . . ."' in entry.before
    assert '"OPD 4": "8 . . . . . . ."' in entry.after
    assert "IPD 4" not in entry.after
    save(db, people.staff.noy, {COLD: 8}, return_id=key)
    assert last_entry(db, "return.save").before == '{"IPD 4": "– . . . . . . ."}'


def test_the_slower_of_two_clerks_is_told(db):
    people = open_capitated(db)
    key = save(db, people.staff.noy, {COLD: 1})
    version = opened(db).version
    save(db, people.staff.noy, {COLD: 2}, return_id=key, version=version)
    with pytest.raises(Stale):
        save(db, people.staff.kham, {COLD: 3}, return_id=key, version=version)
    with pytest.raises(Stale, match="began the return of HC1"):
        save(db, people.staff.kham, {COLD: 3})
    assert opened(db).counts[COLD] == 2


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"counts": {COLD: -1}}, "from 0 to 99.999"),
        ({"counts": {COLD: 100_000}}, "from 0 to 99.999"),
        ({"counts": {Cell(Section.IPD, 43, COLUMNS[0]): 1}}, "not on the form"),
        ({"counts": {}, "month": date(2026, 6, 1)}, "6/2026 is not over"),
        ({"counts": {}, "month": date(2026, 5, 2)}, "is not over"),
        ({"counts": {}, "facility": "HC9"}, "no facility HC9"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(db, wrong, words):
    people = open_capitated(db)
    with pytest.raises(UserError, match=words):
        save(db, people.staff.noy, **wrong)
    assert db.read(lambda session: session.execute(select(MonthlyReturn.id)).all()) == []
    with pytest.raises(Refused):
        save(db, people.mai, {COLD: 1})


def test_blanks_keep_a_return_open_until_they_are_zero_or_not_reported(db):
    people = open_capitated(db)
    counts = zeros() | {COLD: None}
    del counts[COLD_IN_BED]
    key = save(db, people.staff.noy, counts)
    assert close_return(db, people.staff.noy, key) == [Question(Asked.BLANK, Section.IPD, 4, 1)]
    assert opened(db).state == ReturnState.OPEN
    with pytest.raises(UserError, match="not asked"):
        answer_question(db, people.staff.noy, key, None, Question(Asked.BLANK, Section.IPD, 4, 1), "it is empty")
    save(db, people.staff.noy, counts | {COLD_IN_BED: 0}, return_id=key)
    assert close_return(db, people.staff.noy, key) == []
    assert (opened(db).state, opened(db).closed_by) == (ReturnState.CLOSED, "noy")


def test_a_confirmed_number_is_kept_with_its_reason_and_another_person_closes(db):
    people = open_capitated(db)
    key = save(db, people.staff.noy, zeros() | {COLD_IN_BED: 3})
    asked = close_return(db, people.staff.noy, key)
    assert [(each.group, each.value, each.other) for each in asked] == [(0, 3, 0), (4, 3, 0)]
    for question in asked:
        answer_question(db, people.staff.noy, key, None, question, "an outbreak in the ward")
    entry = last_entry(db, "return.answer")
    assert entry.why == "an outbreak in the ward"
    assert "3 inpatients, but only 0 outpatients" in entry.after
    assert {(answer.question, answer.by) for answer in opened(db).answers} == {(each, "noy") for each in asked}
    with pytest.raises(Refused, match="noy confirmed"):
        close_return(db, people.staff.noy, key)
    assert close_return(db, people.staff.kham, key) == []


def test_an_answer_holds_for_its_numbers_alone(db):
    people = open_capitated(db)
    key = save(db, people.staff.noy, zeros() | {COLD_IN_BED: 3})
    for question in close_return(db, people.staff.noy, key):
        answer_question(db, people.staff.noy, key, None, question, "an outbreak")
    save(db, people.staff.noy, zeros() | {COLD_IN_BED: 4}, return_id=key)
    assert [each.value for each in close_return(db, people.vanh, key)] == [4, 4]
    save(db, people.staff.noy, zeros(), return_id=key)
    assert close_return(db, people.staff.noy, key) == []


def test_an_unusual_number_is_held_against_the_closed_months_of_the_facility_alone(db):
    people = open_capitated(db)
    for month in range(1, 5):
        closed(db, people, date(2026, month, 1), 100 + month)
    other = save(db, people.staff.noy, zeros() | {COLD: 500}, facility="HC2")
    assert close_return(db, people.staff.noy, other) == []
    key = save(db, people.staff.noy, zeros() | {COLD: 500})
    asked = close_return(db, people.staff.noy, key)
    assert [(each.kind, each.group) for each in asked] == [(Asked.UNUSUAL, 0), (Asked.UNUSUAL, 4)]
    assert len(opened(db).past) == 4
    assert opened(db, month=date(2026, 4, 1)).past[0][Section.OPD, 4] in (101, 102, 103)


def test_months_long_ago_do_not_count_and_the_limits_are_dated_rows(db):
    people = open_capitated(db)
    closed(db, people, date(2025, 4, 1), 1)
    closed(db, people, date(2025, 5, 1), 2)
    assert [month[Section.OPD, 4] for month in opened(db).past] == [2]
    row = Parameter(name="return_history_months", scheme="", valid_from=MAY, value="13")
    put(db, row, Parameter(name="return_least_gap", scheme="", valid_from=date(2026, 6, 1), value="0"))
    assert opened(db).limits == ReturnLimits(months=13)
    assert len(opened(db).past) == 2


def test_a_closed_return_takes_nothing_until_a_supervisor_opens_it(db):
    people = open_capitated(db)
    key = closed(db, people, MAY, 5)
    with pytest.raises(UserError, match="is closed"):
        save(db, people.staff.noy, zeros(), return_id=key)
    with pytest.raises(Refused):
        reopen_return(db, people.staff.noy, key, None, "a number was wrong")
    with pytest.raises(UserError, match="reason"):
        reopen_return(db, people.vanh, key, None, " ")
    reopen_return(db, people.vanh, key, None, "a number was wrong")
    assert last_entry(db, "return.reopen").why == "a number was wrong"
    with pytest.raises(UserError, match="open already"):
        reopen_return(db, people.vanh, key, None, "again")
    save(db, people.staff.noy, zeros(), return_id=key)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE monthly_return_counts SET patients = 1",
        "DELETE FROM monthly_return_counts",
        "INSERT INTO monthly_return_counts SELECT * FROM monthly_return_counts",
        "DELETE FROM monthly_returns",
    ],
)
def test_the_database_itself_keeps_a_closed_return(db, change):
    people = open_capitated(db)
    closed(db, people, MAY, 5)
    with pytest.raises(DBAPIError, match="refused by the ledger:"), db.engine.begin() as connection:
        connection.execute(text(change))


def test_the_list_says_what_lacks_and_what_has_come(db):
    people = open_capitated(db)
    closed(db, people, MAY, 5)
    save(db, people.staff.noy, {COLD: 1}, facility="HC2")
    page = db.read(monthly_returns, PageWanted(), ON)
    assert page.count == 3 * 12
    first = [(row.facility_code, row.month, row.standing, row.answered, row.patients) for row in page.rows[:3]]
    assert first == [
        ("DH1", MAY, Standing.MISSING, 0, 0),
        ("HC1", MAY, Standing.CLOSED, 680, 5),
        ("HC2", MAY, Standing.OPEN, 1, 1),
    ]
    for standing, count in ((Standing.MISSING, 34), (Standing.OPEN, 1), (Standing.CLOSED, 1)):
        assert db.read(monthly_returns, PageWanted(), ON, standing).count == count
    assert db.read(monthly_returns, PageWanted(search="ງື່ມ"), ON).count == 12
    assert db.read(monthly_returns, PageWanted(search="dh"), ON).rows[0].facility_code == "DH1"


def test_the_list_is_sorted_and_paged_in_the_database(db):
    open_capitated(db)
    every = [
        (row.facility_code, row.month)
        for offset in range(0, 36, 10)
        for row in db.read(monthly_returns, PageWanted(offset=offset, limit=10, sort="facility"), ON).rows
    ]
    assert every == sorted(every)
    assert len(set(every)) == 36
    oldest = db.read(monthly_returns, PageWanted(sort="month", limit=1), ON).rows[0]
    assert oldest.month == date(2025, 6, 1)


def test_only_who_is_capitated_owes_a_return(db):
    people = open_capitated(db)
    put(db, update(Facility).where(Facility.code == "HC2").values(active_to=date(2026, 3, 31)))
    owed = [row for row in db.read(monthly_returns, PageWanted(), ON).rows if row.facility_code == "HC2"]
    assert max(row.month for row in owed) == date(2026, 3, 1)
    save(db, people.staff.noy, {COLD: 1}, facility="HC2")
    kept = db.read(monthly_returns, PageWanted(), ON, Standing.OPEN).rows
    assert [(row.facility_code, row.month) for row in kept] == [("HC2", MAY)]


def test_a_capitation_run_warns_of_returns_that_lack(db):
    people = open_capitated(db)
    closed(db, people, MAY, 5)
    rows = {row.facility_code: row for row in db.read(capitation_run, "NHI", Quarter(2026, 2), ON).rows}
    assert rows["HC2"].missing == tuple(date(2026, month, 1) for month in range(1, 6))
    assert rows["HC1"].missing == tuple(date(2026, month, 1) for month in range(1, 5))
    assert rows["HC1"].is_payable
