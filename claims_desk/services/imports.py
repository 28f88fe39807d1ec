"""Import of a table: parsed, planned against the database, then carried out whole or not at all."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from sqlalchemy import update
from sqlalchemy.orm import Session

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import Role
from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import say
from claims_desk.imports.kinds import Kind, kind_named
from claims_desk.imports.parsing import ParsedFile, RowProblem, column_name, parse_rows
from claims_desk.imports.raw_table import Table
from claims_desk.imports.rejected import rejected_path, write_rejected
from claims_desk.imports.tables import read_table
from claims_desk.models import Office
from claims_desk.models.database import Database
from claims_desk.services.audit import printable
from claims_desk.services.deed import Deed, deed
from claims_desk.services.draws import Form, draw_claims, imports_are_drawn
from claims_desk.services.import_claims import plan_claims, plan_lines, write_claims, write_lines
from claims_desk.services.import_plan import Meter, Plan, Progress
from claims_desk.services.import_register import RegisterPlanner, write_register
from claims_desk.services.import_targets import TARGETS

EVIDENCE: Final = frozenset({"claims", "claim_lines"})


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did or, on a dry run or a refusal, would have done: rows counted, problems row by row.

    `done` is False where nothing went in. `rejected` counts rows, `problems` may tell several of one row.
    """

    kind: str
    added: int
    changed: int
    unchanged: int
    rejected: int
    problems: tuple[RowProblem, ...]
    unknown_columns: tuple[str, ...]
    done: bool = False
    rejected_path: Path | None = None

    @property
    def refused(self) -> bool:
        """Whether bad rows kept the whole file out."""
        return not self.done and self.rejected > 0


def import_table(
    db: Database,
    actor: Actor,
    kind: str,
    path: Path,
    *,
    dry_run: bool = False,
    partial: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Bring a file's rows in: new ones added, known ones changed, importing twice changes nothing.

    Nothing of a file with a bad row goes in, unless `partial`: then the bad rows are written to `rejected_path`.
    `dry_run` only tells. Clerks import claims and lines, administrators the rest. `progress(done, total)` counts steps.
    Raises Refused without the role, UserError for a file that cannot be read at all.
    """
    declared = kind_named(kind)
    role = Role.CLERK if declared.name in EVIDENCE else Role.ADMINISTRATOR
    actor.must(role)
    table = read_table(path, declared.name)
    file = parse_rows(table, declared)
    meter = Meter(progress, 2 * len(file.rows))
    if dry_run:
        with db.session() as session:
            return _report(declared, file, _plan(session, declared, table, file, meter))
    with deed(db, actor, role) as work:
        work.session.execute(update(Office).values(registers_version=Office.registers_version))  # one import at a time
        plan = _plan(work.session, declared, table, file, meter)
        report = _report(declared, file, plan)
        if report.rejected and not partial:
            work.abandon()
            return report
        _write(work, declared, plan, meter)
        rejected = write_rejected(rejected_path(path), table, report.problems) if report.rejected else None
        report = replace(report, done=True, rejected_path=rejected)
        _note(work, report, path)
    return report


def _plan(session: Session, kind: Kind, table: Table, file: ParsedFile, meter: Meter) -> Plan:
    if kind.name == "claims":
        return plan_claims(session, file.rows, meter)
    if kind.name == "claim_lines":
        return plan_lines(session, file.rows, meter)
    given = {column_name(title) for title in table.header}
    return RegisterPlanner(session, kind, TARGETS[kind.name], given).plan(file.rows, meter)


def _report(kind: Kind, file: ParsedFile, plan: Plan) -> ImportReport:
    problems = sorted((*file.problems, *plan.problems), key=lambda problem: problem.row_no)
    return ImportReport(
        kind=kind.name,
        added=len(plan.added),
        changed=len(plan.changed),
        unchanged=plan.unchanged + file.repeated,
        rejected=len({problem.row_no for problem in problems}),
        problems=tuple(problems),
        unknown_columns=tuple(file.unknown_columns),
    )


def _write(work: Deed, kind: Kind, plan: Plan, meter: Meter) -> None:
    if kind.name == "claims":
        write_claims(work.session, plan, meter, work.actor.user_id)
        _draw(work, plan)
    elif kind.name == "claim_lines":
        write_lines(work.session, plan, meter)
    else:
        write_register(work.session, TARGETS[kind.name], plan, meter)
        if plan.added or plan.changed:
            work.session.execute(update(Office).values(registers_version=Office.registers_version + 1))


def _draw(work: Deed, plan: Plan) -> None:
    if not (plan.added and imports_are_drawn(work)):
        return
    names = ("id", "submission_id", "facility_code", "form_no", "scheme", "claimed_total")
    chosen = draw_claims(work, (Form(*(values[name] for name in names)) for values in plan.added))
    work.record("claim.draw", "verification_draws", after={"claims": len(plan.added), "chosen": chosen})


def _note(work: Deed, report: ImportReport, path: Path) -> None:
    counts = {name: getattr(report, name) for name in ("added", "changed", "unchanged", "rejected")}
    after = counts | {"file": printable(path.name), "sha256": _sha256(path)}
    work.record(f"import.{report.kind}", report.kind, after=after)


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise UserError(say("The file {file} cannot be read.", file=path.name), say("Import it again.")) from error
