"""Monthly returns: which have come, which lack, and one of them opened with its past."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, String, Subquery, case, cast, func, literal, or_, select, union_all
from sqlalchemy.orm import Session, aliased, join, outerjoin

from claims_desk.domain.codes import ReturnState
from claims_desk.domain.dates import month_start, months_before
from claims_desk.domain.messages import Name
from claims_desk.domain.monthly_return import COLUMNS, Cell
from claims_desk.domain.paging import Page, PageWanted
from claims_desk.domain.return_questions import PARAMETERS, Asked, Question, ReturnLimits, Totals, totals_of
from claims_desk.models import (
    Facility,
    MonthlyReturn,
    MonthlyReturnAnswer,
    MonthlyReturnCount,
    User,
)
from claims_desk.queries.capitation import is_capitated
from claims_desk.queries.facilities import is_called
from claims_desk.queries.in_force import numbers_in_force
from claims_desk.queries.paging import Sorts, fetch_page

LISTED_MONTHS = 12
_WHO = {(who.sex.value, who.age, who.pays): who for who in COLUMNS}


class Standing(StrEnum):
    """Where a facility's return of a month stands; MISSING: it should have come and nothing is keyed."""

    MISSING = "MISSING"
    OPEN = "OPEN"
    CLOSED = "CLOSED"


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """A facility's month on the list; `id` 0 while nothing is keyed. `answered` counts its places with an answer."""

    id: int
    facility_code: str
    facility: Name
    level: str
    month: date
    standing: Standing
    answered: int
    patients: int
    entered_by: str
    closed_by: str


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer to a question, and who gave it, `by` name."""

    question: Question
    reason: str
    user_id: int
    by: str


@dataclass(frozen=True, slots=True)
class ReturnOpened:
    """A return to be keyed, with what its questions need. `id` and `version` are 0 while nothing is saved."""

    id: int
    version: int
    facility_code: str
    facility: Name
    month: date
    state: ReturnState
    counts: Mapping[Cell, int | None]
    answers: tuple[Answered, ...]
    past: tuple[Totals, ...]
    limits: ReturnLimits
    entered_by: str
    closed_by: str


ENTERER, CLOSER = aliased(User), aliased(User)


def monthly_returns(
    session: Session, wanted: PageWanted, today: date, standing: Standing | None = None
) -> Page[ReturnRow]:
    """Facilities' months, the newest first: what was keyed, and what capitated facilities owe of months that ended."""
    months = _listed_months(today)
    query = _listed(months, today)
    stands = _standing()
    if standing is not None:
        query = query.where(stands == standing.value)
    if wanted.search:
        query = query.where(is_called(wanted.search))
    sorts: Sorts = {
        "facility": Facility.code,
        "level": Facility.level,
        "month": months.c.month,
        "standing": stands,
    }
    if wanted.sort not in sorts:
        wanted = replace(wanted, sort="month", descending=True)
    tie = Facility.code.concat(cast(months.c.month, String))
    return fetch_page(session, query, wanted, _row, sorts=sorts, tie=tie)


def return_opened(session: Session, facility_code: str, month: date) -> ReturnOpened:
    """A facility's return of a month, saved already or not. Raises NoResultFound for an unknown facility."""
    facility = session.execute(select(Facility).where(Facility.code == facility_code)).scalar_one()
    query = (
        select(MonthlyReturn, ENTERER.name, CLOSER.name)
        .join(ENTERER, ENTERER.id == MonthlyReturn.entered_by)
        .outerjoin(CLOSER, CLOSER.id == MonthlyReturn.closed_by)
        .where(MonthlyReturn.facility_code == facility_code, MonthlyReturn.month == month)
    )
    found = session.execute(query).one_or_none()
    row, entered_by, closed_by = found or (None, "", "")
    limits = return_limits(session, month)
    return ReturnOpened(
        id=row.id if row else 0,
        version=row.version if row else 0,
        facility_code=facility_code,
        facility=Name(facility.name_lo, facility.name_en),
        month=month,
        state=row.state if row else ReturnState.OPEN,
        counts=counts_of(session, [row.id])[row.id] if row else {},
        answers=answers_of(session, row.id) if row else (),
        past=past_totals(session, facility_code, month, limits.months),
        limits=limits,
        entered_by=entered_by,
        closed_by=closed_by or "",
    )


def counts_of(session: Session, return_ids: list[int]) -> Mapping[int, dict[Cell, int | None]]:
    """What stands in the places of each return."""
    count = MonthlyReturnCount
    columns = (count.return_id, count.section, count.group_no, count.sex, count.age, count.pays, count.patients)
    query = select(*columns).where(count.return_id.in_(return_ids))
    found: dict[int, dict[Cell, int | None]] = defaultdict(dict)
    for return_id, section, group, sex, age, pays, patients in session.execute(query):
        found[return_id][Cell(section, group, _WHO[sex, age, pays])] = patients
    return found


def answers_of(session: Session, return_id: int) -> tuple[Answered, ...]:
    """The answers given about a return, also those whose numbers have changed since."""
    query = (
        select(MonthlyReturnAnswer, User.name)
        .join(User, User.id == MonthlyReturnAnswer.answered_by)
        .where(MonthlyReturnAnswer.return_id == return_id)
    )
    return tuple(
        Answered(
            Question(Asked(row.kind), row.section, row.group_no, row.value, row.other),
            row.reason,
            row.answered_by,
            name,
        )
        for row, name in session.execute(query)
    )


def past_totals(session: Session, facility_code: str, month: date, months: int) -> tuple[Totals, ...]:
    """The totals of the facility's closed returns of the `months` before."""
    query = select(MonthlyReturn.id).where(
        MonthlyReturn.facility_code == facility_code,
        MonthlyReturn.state == ReturnState.CLOSED,
        MonthlyReturn.month < month,
        MonthlyReturn.month >= months_before(month, months),
    )
    counts = counts_of(session, list(session.execute(query).scalars()))
    return tuple(totals_of(each) for each in counts.values())


def return_limits(session: Session, day: date) -> ReturnLimits:
    """The parameters of the questions in force on a day."""
    found = numbers_in_force(session, PARAMETERS.values(), day)
    return ReturnLimits(**{field: found[name, ""] for field, name in PARAMETERS.items() if (name, "") in found})


def _listed_months(today: date) -> Subquery:
    """The month that runs and those before it, as a table to hold facilities against."""
    this = month_start(today)
    each = [select(literal(months_before(this, back), Date).label("month")) for back in range(LISTED_MONTHS + 1)]
    return union_all(*each).subquery("listed_months")


def _listed(months: Subquery, today: date) -> Select[*tuple[Any, ...]]:
    count = MonthlyReturnCount
    of_return = count.return_id == MonthlyReturn.id
    answered = select(func.count()).select_from(count).where(of_return).scalar_subquery()
    patients = select(func.coalesce(func.sum(count.patients), 0)).where(of_return).scalar_subquery()
    owed = is_capitated(months.c.month) & (months.c.month < month_start(today))
    of_month = (MonthlyReturn.facility_code == Facility.code) & (MonthlyReturn.month == months.c.month)
    every_month = join(Facility, months, literal(True))
    with_return = outerjoin(every_month, MonthlyReturn, of_month)
    with_enterer = outerjoin(with_return, ENTERER, ENTERER.id == MonthlyReturn.entered_by)
    return (
        select(Facility, months.c.month, MonthlyReturn, answered, patients, ENTERER.name, CLOSER.name)
        .select_from(outerjoin(with_enterer, CLOSER, CLOSER.id == MonthlyReturn.closed_by))
        .where(or_(MonthlyReturn.id.is_not(None), owed))
    )


def _standing() -> ColumnElement[str]:
    return case((MonthlyReturn.id.is_(None), Standing.MISSING.value), else_=cast(MonthlyReturn.state, String))


def _row(
    facility: Facility,
    month: date,
    row: MonthlyReturn | None,
    answered: int,
    patients: int,
    entered_by: str | None,
    closed_by: str | None,
) -> ReturnRow:
    return ReturnRow(
        id=row.id if row else 0,
        facility_code=facility.code,
        facility=Name(facility.name_lo, facility.name_en),
        level=facility.level,
        month=month,
        standing=Standing(row.state.value) if row else Standing.MISSING,
        answered=answered,
        patients=int(patients),
        entered_by=entered_by or "",
        closed_by=closed_by or "",
    )


def unanswered(found: Iterable[Question], answers: Iterable[Answered]) -> list[Question]:
    """The questions nobody has answered as they now stand."""
    given = {answer.question for answer in answers}
    return [question for question in found if question not in given]
