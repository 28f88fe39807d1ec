"""claims-desk import."""

from __future__ import annotations

from pathlib import Path

import typer

from claims_desk.commands.console import progress, tell, warn
from claims_desk.commands.who import signed_in
from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import say, tr
from claims_desk.imports.kinds import kind_named
from claims_desk.imports.parsing import RowProblem
from claims_desk.services.imports import ImportReport, import_table


def import_file(
    kind: str = typer.Argument(
        help=tr("What the table holds: schemes, members, prices, claims and so on."), metavar="KIND"
    ),
    file: Path = typer.Argument(help=tr("A .csv file or an .xlsx workbook."), metavar="FILE"),
    dry_run: bool = typer.Option(False, "--dry-run", help=tr("Only tell what would happen.")),
    partial: bool = typer.Option(False, "--partial", help=tr("Take the good rows, write the others to a file.")),
) -> None:
    """Bring a table in, whole or not at all."""
    _need_kind(kind)
    with signed_in() as (db, actor), progress(tr("Importing {file}", file=file.name)) as told:
        report = import_table(db, actor, kind, file, dry_run=dry_run, partial=partial, progress=told)
    _tell_problems(report)
    if dry_run:
        _tell_trial(report, partial)
        return
    if report.refused:
        raise UserError(
            say("Nothing of {file} went in: {count} rows are bad.", file=file.name, count=report.rejected),
            say("Mend them and import it again, or take the good rows alone with --partial."),
        )
    _tell_counts(report, tr("{file} is imported:", file=file.name))
    if report.rejected_path is not None:
        tell(say("The rejected rows, with their reasons: {path}", path=report.rejected_path))


def _tell_trial(report: ImportReport, partial: bool) -> None:
    if report.rejected and not partial:
        first = tr("Nothing is changed. An import would refuse the file; with --partial it would be:")
    else:
        first = tr("Nothing is changed; an import would be:")
    _tell_counts(report, first)


def _need_kind(kind: str) -> None:
    try:
        kind_named(kind)
    except UserError as unknown:
        raise typer.BadParameter(unknown.text()) from unknown


def _tell_problems(report: ImportReport) -> None:
    if report.unknown_columns:
        warn(say("Columns nobody knows, left aside: {names}", names=", ".join(report.unknown_columns)))
    for problem in report.problems:
        warn(_sentence(problem))


def _sentence(problem: RowProblem) -> str:
    if not problem.column:
        return tr("row {row}: {reason}", row=problem.row_no, reason=problem.reason)
    return tr(
        "row {row}, {column} “{value}”: {reason}",
        row=problem.row_no,
        column=problem.column,
        value=problem.value,
        reason=problem.reason,
    )


def _tell_counts(report: ImportReport, first: str) -> None:
    tell(
        tr(
            "{first} added {added}, changed {changed}, unchanged {unchanged}, rejected {rejected}.",
            first=first,
            added=report.added,
            changed=report.changed,
            unchanged=report.unchanged,
            rejected=report.rejected,
        )
    )
