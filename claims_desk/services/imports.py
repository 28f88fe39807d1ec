"""Import of a table: read once, then planned against the database and written some rows at a time, all or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import partial as partial_call
from pathlib import Path
from typing import Final

from sqlalchemy import update
from sqlalchemy.orm import Session

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import Role
from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import say
from claims_desk.imports.good_rows import ParsedRow
from claims_desk.imports.kinds import Kind, kind_named
from claims_desk.imports.parsing import ParsedFile, RowProblem, column_name, parse_rows
from claims_desk.imports.raw_table import Table
from claims_desk.imports.rejected import rejected_path, write_rejected
from claims_desk.imports.tables import read_table
from claims_desk.models import Office
from claims_desk.models.bulk import pages_at_hand
from claims_desk.models.database import Database
from claims_desk.models.refusals import told_plainly
from claims_desk.services.audit import printable
from claims_desk.services.deed import Deed, deed
from claims_desk.services.import_claims import (
    FORM,
    ClaimPlanner,
    claim_writing,
    claims_as_kept,
    plan_lines,
    write_lines,
)
from claims_desk.services.import_plan import Meter, Plan, Progress, Write, whole_keys
from claims_desk.services.import_register import RegisterPlanner, register_writing
from claims_desk.services.import_targets import TARGETS

EVIDENCE: Final = frozenset({"claims", "claim_lines"})
PlanRows = Callable[[list[ParsedRow]], Plan]


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
    `dry_run` only tells. Clerks import claims and lines, administrators the rest. `progress(done, total)` counts
    steps; while the file is read it counts rows, of a total of 0. An error it raises stops the import, leaving nothing.
    Raises Refused without the role, UserError for a file that cannot be read at all.
    """
    declared = kind_named(kind)
    role = Role.CLERK if declared.name in EVIDENCE else Role.ADMINISTRATOR
    actor.must(role)
    table = read_table(path, declared.name)
    with told_plainly():
        file = _read(table, declared, progress)
    meter = Meter(progress, 2 * len(file.rows))
    if dry_run:
        with db.session() as session:
            return _taken_in(declared, file, _planner(session, declared, table, file), None, meter)
    with deed(db, actor, role) as work:
        work.session.execute(update(Office).values(registers_version=Office.registers_version))  # one import at a time
        plan = _planner(work.session, declared, table, file)
        with pages_at_hand(work.session), _writing(work, declared) as write:
            report = _taken_in(declared, file, plan, write, meter, partial=partial)
        if report.rejected and not partial:
            work.abandon()
            return report
        if declared.name not in EVIDENCE and report.added + report.changed:
            work.session.execute(update(Office).values(registers_version=Office.registers_version + 1))
        rejected = write_rejected(rejected_path(path), table, report.problems) if report.rejected else None
        report = replace(report, done=True, rejected_path=rejected)
        _note(work, report, path)
    return report


def _read(table: Table, kind: Kind, progress: Progress | None) -> ParsedFile:
    def read(rows: int) -> None:
        if progress is not None:
            progress(rows, 0)

    return parse_rows(table, kind, read, as_kept=claims_as_kept if kind.name == "claims" else dict)


def _planner(session: Session, kind: Kind, table: Table, file: ParsedFile) -> PlanRows:
    if kind.name == "claims":
        return ClaimPlanner(session, file.rows).plan
    if kind.name == "claim_lines":
        return partial_call(plan_lines, session)
    given = {column_name(title) for title in table.header}
    return RegisterPlanner(session, kind, TARGETS[kind.name], given).plan


def _writing(work: Deed, kind: Kind) -> AbstractContextManager[Write]:
    if kind.name == "claims":
        return claim_writing(work)
    if kind.name == "claim_lines":
        return nullcontext(partial_call(write_lines, work.session))
    return register_writing(work.session, TARGETS[kind.name])


def _taken_in(
    kind: Kind, file: ParsedFile, plan_rows: PlanRows, write: Write | None, meter: Meter, *, partial: bool = False
) -> ImportReport:
    """Plan and write some rows after the other; from the first bad row on nothing more is written, unless `partial`."""
    added, changed, unchanged, problems = 0, 0, file.repeated, [*file.problems]
    for rows in whole_keys(file.rows, FORM if kind.name in EVIDENCE else kind.key):
        plan = plan_rows(rows)
        added, changed, unchanged = added + len(plan.added), changed + len(plan.changed), unchanged + plan.unchanged
        problems += plan.problems
        meter.step(len(rows))
        if write and (partial or not problems):
            write(plan)
        meter.step(len(rows))
    return ImportReport(
        kind=kind.name,
        added=added,
        changed=changed,
        unchanged=unchanged,
        rejected=len({problem.row_no for problem in problems}),
        problems=tuple(sorted(problems, key=lambda problem: problem.row_no)),
        unknown_columns=tuple(file.unknown_columns),
    )


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
