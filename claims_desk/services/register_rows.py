"""A row of a dated register changed, added or ended from a day on, by hand; checked as the import checks a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import update
from sqlalchemy.orm import Session

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import Role
from claims_desk.domain.errors import Stale, UserError
from claims_desk.domain.messages import Message, say
from claims_desk.domain.timelines import Stretch, changed_from, ended_before, on
from claims_desk.imports.cells import Cell
from claims_desk.imports.good_rows import ParsedRow
from claims_desk.imports.kinds import Kind, kind_named
from claims_desk.imports.parsing import RowProblem, parse_typed
from claims_desk.models import Office
from claims_desk.models.database import Database
from claims_desk.queries.row_timelines import HeldRow, row_timeline
from claims_desk.services.deed import deed
from claims_desk.services.import_plan import Plan
from claims_desk.services.import_register import RegisterPlanner, write_register
from claims_desk.services.import_targets import TARGETS, storing
from claims_desk.services.reasons import need_reason

CHANGEABLE: Final = (
    *("contracts", "prices", "item_pairs", "case_rates", "capitation_rates", "payment_methods", "copayments"),
    *("visit_limits", "ceilings", "parameters"),
)
SPAN: Final = ("valid_from", "valid_to")
Values = Mapping[str, Any]
Timeline = list[Stretch[Values]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowChange:
    """What is to hold for a key of a dated register from a day on.

    `typed` is the row as typed, key and values column by column; None ends the key: `day` is the first without a row.
    `seen` are the rows the user saw, so that a colleague's change in between is told: none of them for a key that is to
    be new, None where nobody looked.
    """

    register: str
    key: Mapping[str, str]
    day: date
    typed: Mapping[str, Cell] | None
    seen: Sequence[HeldRow] | None = None


@dataclass(frozen=True, slots=True)
class PlannedChange:
    """The time line of a key before and after a change, values as the table keeps them; `plan` is what to write."""

    key: Mapping[str, Any]
    before: Timeline
    after: Timeline
    plan: Plan


def change_row(db: Database, actor: Actor, change: RowChange, why: str) -> None:
    """Let other values hold from a day on: the row in force ends the day before, what is planned keeps its days.

    A row that begins on that very day is changed itself. For a key without a row on that day one is added. Raises
    Refused unless `actor` is an administrator, Stale where the rows are no longer those he saw, UserError for values
    the import would refuse, and where nothing would change.
    """
    need_reason(why)
    with deed(db, actor, Role.ADMINISTRATOR) as work:
        work.session.execute(update(Office).values(registers_version=Office.registers_version))  # one at a time
        planned = plan_change(work.session, change)
        write_register(work.session, TARGETS[change.register], planned.plan)
        work.session.execute(update(Office).values(registers_version=Office.registers_version + 1))
        held = on(planned.before, change.day)
        ended = {"last_day": change.day - timedelta(days=1)}
        work.record(
            f"register.{'end' if change.typed is None else 'change' if held else 'add'}",
            change.register,
            record_id=_touched_id(planned.plan),
            before=_flat(held) if held else None,
            after=dict(change.key) | ended if change.typed is None else _flat(on(planned.after, change.day)),
            why=why.strip(),
        )


def plan_change(session: Session, change: RowChange) -> PlannedChange:
    """The time line of the key before and after; writes nothing. Raises UserError and Stale as `change_row` does."""
    kind = kind_named(change.register)
    if kind.name not in CHANGEABLE:
        raise UserError(say("The register {register} is not changed from a day on.", register=kind.name))
    value = None if change.typed is None else _read(kind, change)
    key = {name: (value or change.key)[name] for name in kind.key}
    rows = row_timeline(session, kind.name, key)
    _refuse_others_seen(change, rows)
    before = [as_stretch(kind, row.values) for row in rows]
    held = on(before, change.day)
    if value is None:
        _refuse_endless(held, change.day)
        after = ended_before(before, change.day)
    else:
        _refuse_the_same(held, value, change.day)
        after = changed_from(before, change.day, value)
    return PlannedChange(key, before, after, _checked(session, kind, [one for one in after if one not in before]))


def _refuse_the_same(held: Stretch[Values] | None, value: Values, day: date) -> None:
    if held is not None and held.value == value:
        raise UserError(say("This holds on {day} already.", day=day), say("Change a value or the day."))


def _refuse_endless(held: Stretch[Values] | None, day: date) -> None:
    if held is None or held.valid_from == day:
        raise UserError(
            say("No row of this key could end on the day before {day}.", day=day),
            say("Choose a day on which one is in force; a row that begins that day cannot end before it begins."),
        )


def as_stretch(kind: Kind, row: Values) -> Stretch[Values]:
    """A row of the kind's table as its days and the values of its other columns."""
    return Stretch(row["valid_from"], row["valid_to"], {name: row[name] for name in kind.names if name not in SPAN})


def as_row(one: Stretch[Values]) -> dict[str, Any]:
    """A stretch as a row of its table."""
    return {**one.value, "valid_from": one.valid_from, "valid_to": one.valid_to}


def _refuse_others_seen(change: RowChange, rows: Sequence[HeldRow]) -> None:
    if rows and change.seen is not None and not change.seen:
        raise UserError(say("This key has rows already."), say("Find it in the list and change it from a day on."))
    if change.seen is not None and [(r.id, r.version) for r in rows] != [(r.id, r.version) for r in change.seen]:
        raise Stale(
            say("A colleague changed this record while you had it open."),
            say("Load it again and repeat your change."),
        )


def _read(kind: Kind, change: RowChange) -> Values:
    typed = {**(change.typed or {}), **change.key, "valid_from": change.day, "valid_to": ""}
    values, problems = parse_typed(kind, typed)
    refuse_problems(problems)
    kept = storing(TARGETS[kind.name].table, kind.names)(values)
    return {name: kept[name] for name in kind.names if name not in SPAN}


def _checked(session: Session, kind: Kind, touched: Timeline) -> Plan:
    """The rows to write, once more against the whole register: codes that must stand elsewhere, days that overlap."""
    rows = [
        ParsedRow(number, {name: None if value == "" else value for name, value in as_row(one).items()})
        for number, one in enumerate(touched, 1)
    ]
    plan = RegisterPlanner(session, kind, TARGETS[kind.name], kind.names).plan(rows)
    refuse_problems(plan.problems)
    return plan


def refuse_problems(problems: Sequence[RowProblem]) -> None:
    """Raises UserError for the first problem there is."""
    if problems:
        first = problems[0]
        raise UserError(_told(first), say("Nothing was changed."))


def _told(problem: RowProblem) -> Message:
    if not problem.value:
        return say("{column}: {reason}", column=problem.column, reason=problem.reason)
    return say("{column} {value}: {reason}", column=problem.column, value=problem.value, reason=problem.reason)


def _touched_id(plan: Plan) -> int | None:
    if plan.added:
        added: int = plan.added[0]["id"]
        return added
    return plan.changed[0]["known_id"] if plan.changed else None


def _flat(one: Stretch[Values] | None) -> dict[str, Any]:
    return as_row(one) if one is not None else {}
