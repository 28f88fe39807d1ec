"""Monthly returns: keyed, asked about, closed when every question has its answer, opened again with a reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import delete, insert, select

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import ReturnState, Role, Section
from claims_desk.domain.dates import format_month, month_start, utc_now
from claims_desk.domain.errors import Refused, Stale, UserError
from claims_desk.domain.messages import say
from claims_desk.domain.monthly_return import MOST_PATIENTS, NOT_REPORTED, PLACES, Cell, Counts, row_of
from claims_desk.domain.return_questions import Asked, Question, questions
from claims_desk.models import Facility, MonthlyReturn, MonthlyReturnAnswer, MonthlyReturnCount
from claims_desk.models.database import Database
from claims_desk.queries.monthly_returns import answers_of, counts_of, past_totals, return_limits, unanswered
from claims_desk.services.deed import Deed, deed
from claims_desk.services.reasons import need_reason

BLANK = "."


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnForm:
    """What is keyed of a facility's month; a place that is not in `counts` is blank, None is "not reported"."""

    facility_code: str
    month: date
    counts: Counts = field(default_factory=dict)


def save_return(
    db: Database, actor: Actor, form: ReturnForm, return_id: int = 0, version: int | None = None, *, on: date
) -> int:
    """Keep a return as far as it is keyed; returns its id. `return_id` 0: it comes for the first time.

    Raises UserError for an unknown facility, a month not over on day `on`, a place or number that cannot be, and
    once it is closed; Stale where a colleague saved it meanwhile.
    """
    _check(form, on)
    with deed(db, actor, Role.CLERK, Role.SUPERVISOR) as work:
        row = _taken_up(work, form, return_id, version)
        before = counts_of(work.session, [row.id])[row.id]
        changed = {cell for cell in before.keys() | form.counts.keys() if _differs(cell, before, form.counts)}
        _replace(work, row, changed, before, form.counts)
        row.entered_by, row.entered_at = actor.user_id, utc_now()
        work.record("return.save", row, before=_rows(before, changed), after=_told(row) | _rows(form.counts, changed))
        return row.id


def answer_question(
    db: Database, actor: Actor, return_id: int, version: int | None, question: Question, reason: str
) -> None:
    """Confirm a questioned number, with the reason why it is right.

    Raises UserError without a reason, for blank places (they are filled), and for what is not asked of the return.
    """
    need_reason(reason)
    with deed(db, actor, Role.CLERK, Role.SUPERVISOR) as work:
        row = _open_one(work, return_id, version)
        if question.kind == Asked.BLANK or question not in _asked(work, row):
            raise UserError(say("This is not asked of the return any more."), say("Load it again and look."))
        work.session.merge(
            MonthlyReturnAnswer(
                return_id=row.id,
                kind=question.kind.value,
                section=question.section,
                group_no=question.group,
                value=question.value,
                other=question.other,
                reason=reason,
                answered_by=actor.user_id,
                answered_at=utc_now(),
            )
        )
        work.record("return.answer", row, after=_told(row) | {"question": question.message.text("en")}, why=reason)


def close_return(db: Database, actor: Actor, return_id: int, version: int | None = None) -> list[Question]:
    """Close a return that leaves no question; where one is open nothing is done, and those that are come back.

    Raises Refused for whoever confirmed one of its unusual numbers: another person looks at them and closes.
    """
    with deed(db, actor, Role.CLERK, Role.SUPERVISOR) as work:
        row = _open_one(work, return_id, version)
        asked = _asked(work, row)
        given = [answer for answer in answers_of(work.session, row.id) if answer.question in asked]
        left = unanswered(asked, given)
        if left:
            work.abandon()
            return left
        if any(answer.user_id == actor.user_id for answer in given):
            raise Refused(
                say("{name} confirmed unusual numbers of this return and may not close it.", name=actor.name),
                say("Another clerk or a supervisor looks at them and closes it."),
            )
        row.state, row.closed_by, row.closed_at = ReturnState.CLOSED, actor.user_id, utc_now()
        work.record("return.close", row, after=_told(row) | {"answers": len(given)})
        return []


def reopen_return(db: Database, actor: Actor, return_id: int, version: int | None, reason: str) -> None:
    """Open a closed return again for a wrong number. Raises UserError without a reason or where it is open."""
    need_reason(reason)
    with deed(db, actor, Role.SUPERVISOR) as work:
        row = work.get(MonthlyReturn, return_id, version)
        if row.state != ReturnState.CLOSED:
            raise UserError(say("This return is open already."), say("Refresh the list."))
        row.state, row.closed_by, row.closed_at = ReturnState.OPEN, None, None
        work.record("return.reopen", row, after=_told(row), why=reason)


def _check(form: ReturnForm, on: date) -> None:
    if form.month != month_start(form.month) or form.month >= month_start(on):
        raise UserError(
            say("The month {month} is not over.", month=format_month(form.month)),
            say("Key its return when it has come."),
        )
    if not form.counts.keys() <= PLACES:
        raise UserError(say("The return has a place that is not on the form."), say("Choose the groups of the list."))
    if any(number is not None and not 0 <= number <= MOST_PATIENTS for number in form.counts.values()):
        raise UserError(
            say("A place holds a number from 0 to {most:kip}.", most=MOST_PATIENTS), say("Look at the paper again.")
        )


def _taken_up(work: Deed, form: ReturnForm, return_id: int, version: int | None) -> MonthlyReturn:
    if return_id:
        row = _open_one(work, return_id, version)
        if (row.facility_code, row.month) != (form.facility_code, form.month):
            raise UserError(say("This return is of another facility or month."), say("Load it again."))
        return row
    if work.session.execute(select(Facility.id).where(Facility.code == form.facility_code)).first() is None:
        raise UserError(
            say("There is no facility {code}.", code=form.facility_code), say("Choose one from the list of facilities.")
        )
    work.in_turn("monthly_returns")
    there = select(MonthlyReturn.id).where(
        MonthlyReturn.facility_code == form.facility_code, MonthlyReturn.month == form.month
    )
    if work.session.execute(there).first() is not None:
        raise Stale(
            say("A colleague began the return of {facility} for this month.", facility=form.facility_code),
            say("Load it again and repeat your change."),
        )
    row = MonthlyReturn(
        facility_code=form.facility_code, month=form.month, entered_by=work.actor.user_id, entered_at=utc_now()
    )
    work.session.add(row)
    work.session.flush()
    return row


def _open_one(work: Deed, return_id: int, version: int | None) -> MonthlyReturn:
    row = work.get(MonthlyReturn, return_id, version)
    if row.state != ReturnState.OPEN:
        raise UserError(say("This return is closed."), say("A supervisor can open it again, with a reason."))
    return row


def _asked(work: Deed, row: MonthlyReturn) -> list[Question]:
    limits = return_limits(work.session, row.month)
    past = past_totals(work.session, row.facility_code, row.month, limits.months)
    return questions(counts_of(work.session, [row.id])[row.id], past, limits)


def _differs(cell: Cell, before: Counts, after: Counts) -> bool:
    return cell not in before or cell not in after or before[cell] != after[cell]


def _replace(work: Deed, row: MonthlyReturn, changed: set[Cell], before: Counts, counts: Counts) -> None:
    """Write the changed groups anew: a whole form is 680 places, too many to go one by one."""
    count, groups = MonthlyReturnCount, {(cell.section, cell.group) for cell in changed}
    for section, group in groups & {(cell.section, cell.group) for cell in before}:
        of_group = (count.return_id == row.id, count.section == section, count.group_no == group)
        work.session.execute(delete(count).where(*of_group))
    values = [
        {
            "return_id": row.id,
            "section": cell.section,
            "group_no": cell.group,
            "sex": cell.who.sex.value,
            "age": cell.who.age,
            "pays": cell.who.pays,
            "patients": number,
        }
        for cell, number in counts.items()
        if (cell.section, cell.group) in groups
    ]
    if values:
        work.session.execute(insert(count), values)


def _rows(counts: Counts, changed: set[Cell]) -> dict[str, str]:
    """The rows that changed, each with the eight numbers of the form: `.` is blank, `–` not reported."""
    rows = {(cell.section, cell.group) for cell in changed}
    in_order = (row for section in Section for row in sorted(rows) if row[0] is section)
    return {f"{section.value} {group}": _numbers(counts, row_of(section, group)) for section, group in in_order}


def _numbers(counts: Counts, cells: tuple[Cell, ...]) -> str:
    shown = [counts.get(cell, BLANK) for cell in cells]
    return " ".join(NOT_REPORTED if number is None else str(number) for number in shown)


def _told(row: MonthlyReturn) -> dict[str, str]:
    return {"facility": row.facility_code, "month": format_month(row.month)}
