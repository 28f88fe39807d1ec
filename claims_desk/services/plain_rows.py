"""A row of a register that is not dated, edited or added by hand; checked as the import checks a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import update

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import Role
from claims_desk.domain.errors import Stale, UserError
from claims_desk.domain.messages import say
from claims_desk.imports.cells import Cell
from claims_desk.imports.good_rows import ParsedRow
from claims_desk.imports.kinds import Kind, kind_named
from claims_desk.imports.parsing import parse_typed
from claims_desk.models import Office
from claims_desk.models.database import Database
from claims_desk.queries.row_timelines import HeldRow, held_row
from claims_desk.services.deed import deed
from claims_desk.services.import_plan import Plan
from claims_desk.services.import_register import RegisterPlanner, write_register
from claims_desk.services.import_targets import TARGETS
from claims_desk.services.reasons import need_reason
from claims_desk.services.register_rows import refuse_problems

EDITABLE: Final = ("schemes", "facilities", "items", "case_groups", "diagnoses")


@dataclass(frozen=True, slots=True, kw_only=True)
class RowEdit:
    """A whole row as typed, column by column; `seen` is the row the user saw, None for a new one."""

    register: str
    typed: Mapping[str, Cell]
    seen: HeldRow | None


def save_row(db: Database, actor: Actor, edit: RowEdit, why: str) -> None:
    """Let the row of a code have other values, or add it.

    It counts for everything judged from now on, whatever its day. Raises Refused unless `actor` is an administrator,
    Stale where a colleague was faster, UserError for what the import would refuse and where nothing would change.
    """
    need_reason(why)
    kind = kind_named(edit.register)
    if kind.name not in EDITABLE:
        raise UserError(say("The register {register} is not edited row by row.", register=kind.name))
    values, problems = parse_typed(kind, edit.typed)
    refuse_problems(problems)
    with deed(db, actor, Role.ADMINISTRATOR) as work:
        work.session.execute(update(Office).values(registers_version=Office.registers_version))  # one at a time
        standing = held_row(work.session, kind.name, {name: str(values[name]) for name in kind.key})
        _refuse_others_seen(edit, standing)
        target = TARGETS[kind.name]
        planner = RegisterPlanner(work.session, kind, target, kind.names)
        plan = planner.plan([ParsedRow(1, values)])
        refuse_problems(plan.problems)
        before, after = _difference(kind, standing, plan)
        write_register(work.session, target, plan)
        work.session.execute(update(Office).values(registers_version=Office.registers_version + 1))
        fresh = held_row(work.session, kind.name, {name: str(values[name]) for name in kind.key})
        action = "register.edit" if standing else "register.add"
        row_id = fresh.id if fresh else None
        work.record(action, kind.name, record_id=row_id, before=before, after=after, why=why.strip())


def _refuse_others_seen(edit: RowEdit, standing: HeldRow | None) -> None:
    if edit.seen is None and standing is not None:
        raise UserError(say("This code stands in the register already."), say("Find it in the list and change it."))
    if edit.seen is not None and (standing is None or standing.version != edit.seen.version):
        raise Stale(
            say("A colleague changed this record while you had it open."),
            say("Load it again and repeat your change."),
        )


def _difference(kind: Kind, standing: HeldRow | None, plan: Plan) -> tuple[dict[str, Any] | None, dict[str, Any]]:
    """What the audit trail tells: the key, and of a known row only what changes."""
    rows = plan.added or plan.changed
    if not rows:
        raise UserError(say("The row says this already."), say("Change a value."))
    new = {name: rows[0][name] for name in kind.names}
    if standing is None:
        return None, new
    changed = [name for name in kind.names if name in kind.key or new[name] != standing.values[name]]
    return {name: standing.values[name] for name in changed}, {name: new[name] for name in changed}
