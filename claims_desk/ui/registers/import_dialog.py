"""Bringing a table in: choose the file, see what would happen row by row, then take it in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial as partial_call
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from claims_desk.domain.columns import Column, Format
from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import Message, say, tr
from claims_desk.imports.parsing import RowProblem
from claims_desk.services.imports import ImportReport, import_table
from claims_desk.services.what_if_changed import can_be_tried, what_if_imported
from claims_desk.ui.cancelling import cancellable
from claims_desk.ui.desk import Desk
from claims_desk.ui.registers.what_if_view import QUARTER_HELP, ask_what_if, quarter_choice
from claims_desk.ui.registers.words import TITLES
from claims_desk.ui.widgets import (
    Button,
    Choice,
    ChoiceEdit,
    Field,
    FieldGrid,
    HouseDialog,
    MessageStrip,
    RowsModel,
    Table,
    TextEdit,
    Tone,
    show_progress,
)

PROBLEMS: Final[tuple[Column[RowProblem], ...]] = (
    Column("row", say("Row"), lambda row: row.row_no, Format.COUNT, width=6),
    Column("column", say("Column"), lambda row: row.column, width=16),
    Column("value", say("Value"), lambda row: row.value, width=18),
    Column("reason", say("Why it cannot come in"), lambda row: row.reason, width=44),
)


class ImportDialog(HouseDialog):
    """Dry run first; only what was checked can be taken in, and only while the choice stays the same.

    `taken` carries what to tell of it.
    """

    taken = Signal(object)

    def __init__(self, parent: QWidget, desk: Desk, register: str) -> None:
        super().__init__(parent, say("Bring a table in"), say("Take in"), "F9")
        self.desk = desk
        self.report: ImportReport | None = None
        self.kind = ChoiceEdit([Choice(name, "", title) for name, title in TITLES.items()], must_choose=True)
        self.kind.set_value(register)
        self.file = TextEdit()
        self.strip = MessageStrip()
        self.problems: Table[RowProblem] = Table(RowsModel(PROBLEMS), say("Rows that cannot come in"))
        self.check_button = Button(say("Check"), "F8", self.check)
        self.good_button = Button(say("Take in the good rows only"), "", lambda: self._take_in(True))
        self.quarter = quarter_choice(desk.today())
        self.trial = QWidget()
        self._lay_out()
        self.file.textChanged.connect(lambda _text: self._forget())
        self.kind.typed.connect(self._forget)
        self._forget()
        self.file.setFocus()

    def _lay_out(self) -> None:
        self.resize(860, 520)
        self.grid = FieldGrid()
        hint = say("A workbook (.xlsx) or a .csv file; its first row names the columns.")
        self.grid.add_row(
            Field(
                say("Register"),
                self.kind,
                name="kind",
                width=22,
                help_text=say("What the file holds: F2 lists the registers."),
            ),
            Field(
                say("File"),
                self.file,
                name="file",
                hint=hint,
                required=True,
                grows=1,
                help_text=say(
                    "A CSV or Excel file with a heading row. Nothing is taken in "
                    "before you have seen what is wrong in it."
                ),
            ),
        )
        buttons = QHBoxLayout()
        buttons.addWidget(Button(say("Choose a file"), "Ctrl+O", self._choose))
        buttons.addWidget(self.check_button)
        buttons.addStretch()
        buttons.addWidget(self.good_button)
        self.body.addWidget(self.grid)
        self.body.addLayout(buttons)
        self.body.addWidget(self.strip)
        self.body.addWidget(self.problems, 1)
        self.body.addWidget(self.trial)
        row = QHBoxLayout(self.trial)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Field(say("Quarter"), self.quarter, name="quarter", help_text=QUARTER_HELP, width=26))
        row.addWidget(Button(say("What would it have cost?"), "F7", self.try_out))
        row.addStretch()

    def check(self) -> None:
        """Tell what would happen; nothing is changed."""
        if self.grid.all_good():
            self._run(say("Checking the file"), self._show, dry_run=True)

    def try_out(self) -> None:
        """Compare a quarter's claims without and with the good rows of the file; nothing is changed."""
        register, path, quarter = self.kind.value() or "", Path(self.file.value() or ""), self.quarter.value()
        if quarter is not None:
            ask_what_if(self, partial_call(what_if_imported, self.desk.db, register, path, quarter), self.strip)

    def accept(self) -> None:
        """Take the checked file in."""
        self._take_in(False)

    def _take_in(self, good_only: bool) -> None:
        if self.report is not None:
            self._run(say("Taking the table in"), self._taken, partial=good_only)

    def _run(
        self,
        title: Message,
        done: Callable[[ImportReport | None], object],
        *,
        dry_run: bool = False,
        partial: bool = False,
    ) -> None:
        kind, path = self.kind.value() or "", Path(self.file.value() or "")
        work = partial_call(import_table, self.desk.db, self.desk.actor, kind, path, dry_run=dry_run, partial=partial)
        show_progress(self, title, cancellable(lambda told: work(progress=told)), done, self._refused)

    def _choose(self) -> None:
        title, kinds = tr("Choose a file"), tr("Tables (*.xlsx *.csv)")
        name, _ = QFileDialog.getOpenFileName(self, title, "", kinds)
        if name:
            self.file.set_value(name)
            self._guess_kind(Path(name))
            self.check()

    def _guess_kind(self, path: Path) -> None:
        named = path.stem.lower().replace("-", "_").replace(" ", "_")
        if named in TITLES:
            self.kind.set_value(named)

    def _forget(self) -> None:
        """What is chosen now was not checked yet."""
        self.report = None
        self.do_button.setEnabled(False)
        self.good_button.hide()
        self.trial.hide()
        self.problems.hide()
        self.strip.hide()

    def _show(self, report: ImportReport | None) -> None:
        self._forget()
        if report is None:
            self.strip.tell(say("Stopped; nothing was changed."), Tone.INFO)
            return
        self.report = report
        self.problems.rows_model.set_rows(report.problems)
        self.problems.setVisible(bool(report.problems))
        fits = report.added + report.changed
        self.do_button.setEnabled(not report.rejected and fits > 0)
        self.good_button.setVisible(bool(report.rejected) and fits > 0)
        self.trial.setVisible(fits > 0 and can_be_tried(report.kind))
        self.strip.tell(_outlook(report), Tone.BAD if report.rejected else Tone.GOOD)

    def _taken(self, report: ImportReport | None) -> None:
        if report is None or not report.done:
            self._show(report)
            return
        self.desk.told.emit(_result(report).text())
        self.desk.changed.emit(frozenset({"registers"}))
        self.taken.emit(_result(report))
        super().accept()

    def _refused(self, problem: UserError) -> None:
        self._forget()
        self.strip.tell_refusal(problem)


def _counts(report: ImportReport) -> Message:
    return say(
        "{added:kip} new, {changed:kip} changed, {unchanged:kip} the same, {rejected:kip} bad rows",
        added=report.added,
        changed=report.changed,
        unchanged=report.unchanged,
        rejected=report.rejected,
    )


def _outlook(report: ImportReport) -> Message:
    counts = _counts(report)
    if report.rejected:
        said = say("Nothing was taken in. The file has {counts}. Mend these rows and check again.", counts=counts)
    elif not report.added + report.changed:
        said = say("The register already holds all of this: {counts}.", counts=counts)
    else:
        said = say("The file is good: {counts}. Nothing is changed yet.", counts=counts)
    if report.unknown_columns:
        names = ", ".join(report.unknown_columns)
        return say("{said} Columns left aside: {names}.", said=said, names=names)
    return said


def _result(report: ImportReport) -> Message:
    title, counts = TITLES[report.kind], _counts(report)
    if report.rejected_path is not None:
        return say(
            "{register}: {counts}. The bad rows are in {path}.",
            register=title,
            counts=counts,
            path=report.rejected_path,
        )
    return say("{register}: {counts}.", register=title, counts=counts)
