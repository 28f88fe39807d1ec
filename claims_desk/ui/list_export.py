"""Ctrl+E: the list on screen as a workbook, every row of its filter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import say, tr
from claims_desk.exports.workbook import write_workbook
from claims_desk.ui.background import IsCancelled, Report
from claims_desk.ui.desk import Desk
from claims_desk.ui.widgets import Table, show_progress


def export_list(desk: Desk, parent: QWidget, table: Table[Any]) -> None:
    """Ask for a file and write the table's whole list into it, with progress."""
    title = table.accessibleName()
    name, _ = QFileDialog.getSaveFileName(
        parent, tr("Save the list as a workbook"), f"{title}.xlsx", tr("Workbook (*.xlsx)")
    )
    if not name:
        return
    file = Path(name).with_suffix(".xlsx")

    def done(rows: int | None) -> None:
        if rows is not None:
            desk.told.emit(tr("{rows:kip} rows written to {file}.", rows=rows, file=file.name))

    show_progress(
        parent, say("Writing the list"), lambda report, cancelled: write(table, file, title, report, cancelled), done
    )


def write(table: Table[Any], file: Path, title: str, report: Report, cancelled: IsCancelled) -> int | None:
    """Fetch every row and write the workbook; None, and no file, where it was cancelled.

    Raises UserError where the file cannot be written.
    """
    model = table.rows_model
    rows: list[Any] = []
    for page in model.whole_list():
        if cancelled():
            return None
        rows += page.rows
        report(len(rows), page.count)
    try:
        return write_workbook(file, title, model.columns, rows)
    except OSError as error:
        raise UserError(
            say("The file {file} cannot be written: {reason}.", file=file.name, reason=error.strerror or ""),
            say("Close it if it is open in another program, or choose another place."),
        ) from error
