"""What last quarter would have cost under a change of a dated register that is not saved yet: one row, or a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import say
from claims_desk.domain.quarters import Quarter
from claims_desk.domain.registers import Registers
from claims_desk.domain.timelines import brought_forward
from claims_desk.imports.kinds import Kind, kind_named
from claims_desk.imports.parsing import column_name, parse_rows
from claims_desk.imports.tables import read_table
from claims_desk.models.database import Database
from claims_desk.models.refusals import told_plainly
from claims_desk.queries.facts import load_registers
from claims_desk.services.import_plan import Plan, Values, whole_keys
from claims_desk.services.import_register import RegisterPlanner
from claims_desk.services.import_targets import TARGETS
from claims_desk.services.register_rows import RowChange, Timeline, as_row, as_stretch, plan_change
from claims_desk.services.trial_registers import KEPT, Key, trial_registers
from claims_desk.services.what_if import Cancelled, Progress, WhatIf, World, compare_worlds


@dataclass(frozen=True, slots=True)
class Trial:
    """The registers as they stand and as tried; `tried_from` where the change was brought forward to that day."""

    standing: Registers
    changed: Registers
    tried_from: date | None


def what_if_changed(
    db: Database,
    change: RowChange,
    quarter: Quarter,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> WhatIf | None:
    """The quarter's claims under the rows as they stand and as the change would leave them; writes nothing.

    A change that begins after the quarter is tried as if it held from the quarter's first day. None when cancelled.
    Raises UserError for a change that could not be saved, and for a register by which no claim is judged.
    """
    return _compared(db, db.read(_trial_of_change, change, quarter), quarter, progress, cancelled)


def what_if_imported(
    db: Database,
    register: str,
    path: Path,
    quarter: Quarter,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> WhatIf | None:
    """As `what_if_changed`, for the good rows of a file not taken in yet; each key is brought forward by itself."""
    return _compared(db, db.read(_trial_of_file, register, path, quarter), quarter, progress, cancelled)


def can_be_tried(register: str) -> bool:
    """Whether claims are judged by the rows of this register, and these hold for a time."""
    return register in KEPT


def _compared(
    db: Database, trial: Trial, quarter: Quarter, progress: Progress | None, cancelled: Cancelled | None
) -> WhatIf | None:
    found = compare_worlds(db, quarter, trial.standing, World(trial.changed), progress, cancelled)
    return replace(found, tried_from=trial.tried_from) if found else None


def _refuse_untried(register: str) -> None:
    if not can_be_tried(register):
        raise UserError(say("No claim is judged by the register {register}.", register=register))


def _trial_of_change(session: Session, change: RowChange, quarter: Quarter) -> Trial:
    _refuse_untried(change.register)
    kind = kind_named(change.register)
    planned = plan_change(session, change)
    late = change.day > quarter.last
    tried = brought_forward(planned.after, change.day, quarter.first) if late else planned.after
    return _trial(session, kind, {_key(kind, planned.key): tried}, quarter.first if late else None)


def _trial(session: Session, kind: Kind, lines: Mapping[Key, Timeline], tried_from: date | None) -> Trial:
    standing = load_registers(session)
    rows = {key: [as_row(one) for one in line] for key, line in lines.items()}
    return Trial(standing, trial_registers(session, standing, kind.name, rows), tried_from)


def _trial_of_file(session: Session, register: str, path: Path, quarter: Quarter) -> Trial:
    _refuse_untried(register)
    kind = kind_named(register)
    table = read_table(path, kind.name)
    with told_plainly():
        file = parse_rows(table, kind)
    given = {column_name(title) for title in table.header}
    planner, plan = RegisterPlanner(session, kind, TARGETS[kind.name], given), Plan()
    for rows in whole_keys(file.rows, kind.key):
        plan.extend(planner.plan(rows))
    lines = _lines_after(session, kind, plan)
    late = _late_days(kind, plan, quarter.last)
    tried = {
        key: brought_forward(line, late[key], quarter.first) if key in late else line for key, line in lines.items()
    }
    return _trial(session, kind, tried, quarter.first if late else None)


def _lines_after(session: Session, kind: Kind, plan: Plan) -> dict[Key, Timeline]:
    """The time lines of the keys the plan touches, as it would leave them."""
    touched = {_key(kind, row) for row in (*plan.added, *plan.changed)}
    standing = session.execute(select(*TARGETS[kind.name].table.c)).mappings()
    rows: dict[int, Values] = {row["id"]: row for row in map(dict, standing) if _key(kind, row) in touched}
    rows |= {row["id"]: row for row in plan.changed}
    lines: dict[Key, Timeline] = defaultdict(list)
    for row in (*rows.values(), *plan.added):
        lines[_key(kind, row)].append(as_stretch(kind, row))
    return lines


def _late_days(kind: Kind, plan: Plan, last: date) -> dict[Key, date]:
    """For each key of which new or changed rows begin after `last`: the day the first of them does."""
    late: dict[Key, date] = {}
    for row in (*plan.added, *plan.changed):
        if row["valid_from"] > last:
            key = _key(kind, row)
            late[key] = min(late.get(key, row["valid_from"]), row["valid_from"])
    return late


def _key(kind: Kind, row: Mapping[str, Any]) -> Key:
    return tuple(row[name] for name in kind.key)
