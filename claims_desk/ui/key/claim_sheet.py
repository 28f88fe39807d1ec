"""The whole form: fields above, lines below, read and filled as one claim."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from claims_desk.domain.facts import Claim, Submission
from claims_desk.domain.judgement import Finding, Judgement
from claims_desk.domain.messages import Message, say
from claims_desk.queries.submissions import SubmissionRow
from claims_desk.ui.key.form import ClaimForm
from claims_desk.ui.key.lines_grid import LinesGrid
from claims_desk.ui.key.member_scheme import MemberScheme
from claims_desk.ui.key.sheet_undo import SheetUndo
from claims_desk.ui.look_ups import LookUps
from claims_desk.ui.widgets import Card, CodeEdit, Edit, Tone, Words

OF_LINES = "T"  # the family of rules about items and tariff


class ClaimSheet(QWidget):
    """One form on the screen. `changed` when a field or cell was left, `typed` with every key, `ended` after the lines.

    `base` holds what the paper does not show: the claim's id, its facility where no bundle says it, its outcome.
    """

    changed = Signal()
    typed = Signal()
    ended = Signal()

    def __init__(self, look_ups: LookUps, form: ClaimForm | None = None) -> None:
        super().__init__()
        self.look_ups = look_ups
        self.base = Claim()
        self.bundle: SubmissionRow | None = None
        self.form = form or ClaimForm(look_ups)
        self.grid = LinesGrid(look_ups, self.form.edit("visit_from").value)
        self.cell_note = Words("", "note")
        self._card = Card()
        self._card.add(self.form)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card)
        column.addWidget(self.grid, 1)
        column.addWidget(self.cell_note)
        self.cell_note.hide()
        self.undo = SheetUndo(self, self.form, self.grid)
        self._scheme = MemberScheme(self.form, look_ups)
        self.stand_close(False)
        self._connect()

    def _connect(self) -> None:
        self.form.typed.connect(self.typed)
        self.form.left.connect(self._on_left)
        self.grid.typed.connect(self.typed)
        self.grid.lines.edited.connect(self._on_lines)
        self.grid.left.connect(self._on_grid_left)
        self.undo.moved.connect(self._on_undone)
        self._scheme.filled.connect(self.undo.amend_late)
        for name in self.form.fields:
            edit = self.form.edit(name)
            if isinstance(edit, CodeEdit):
                edit.chosen.connect(lambda _choice, name=name: self.undo.amend_late(name))

    def stand_close(self, close: bool) -> None:
        """Take less height while there is paper to look at; nothing is left out."""
        self._card.body.setContentsMargins(*((12, 4, 12, 2) if close else (14, 10, 14, 4)))
        self.form.stand_close(close)
        self.grid.stand_close(close)
        layout = self.layout()
        assert layout is not None
        layout.setSpacing(5 if close else 8)

    def needed_height(self) -> int:
        """Pixels at the width it has, so that every field and the first lines are in sight."""
        layout = self.layout()
        assert layout is not None
        return layout.minimumHeightForWidth(self.width())

    def claim(self) -> Claim:
        """The claim as typed so far; its facility is the bundle's."""
        claim = replace(self.form.write_into(self.base), lines=self.grid.lines.typed.lines())
        if self.bundle is None:
            return claim
        row = self.bundle
        paper = Submission(number=row.number, facility_code=row.facility_code, month=row.month)
        facility = claim.facility_code if claim.id else row.facility_code
        return replace(claim, facility_code=facility, submission=paper)

    def is_blank(self) -> bool:
        """Whether neither a line stands there nor a field but those the bundle and the last form fill."""
        given = {"form_no", "received_date", *self.look_ups.carried_fields()}
        empty = all(self.form.edit(name).is_blank() for name in self.form.fields if name not in given)
        return empty and not self.grid.lines.typed.texts()

    def show_claim(self, claim: Claim) -> None:
        """Show a kept claim, every field of it counted as visited."""
        self._fill(claim)
        self.undo.begin()

    def _fill(self, claim: Claim) -> None:
        self.base = claim
        self._scheme.forget()
        self.form.clear()
        self.form.show_claim(claim)
        self.visit_all()
        self.grid.lines.set_lines(claim.lines, keep_numbers=bool(claim.id))
        self._settle()

    def show_copy(self, claim: Claim, form_no: str, *, same_paper: bool) -> None:
        """Show a new form with the values of a claim; of the same paper it keeps the day of receipt, late or not."""
        received = claim.received_date if same_paper or self.bundle is None else self.bundle.received_on
        was_kept = bool(self.base.id)
        self.undo.record()
        self._fill(replace(claim, id=0, submission=None, form_no=form_no, received_date=received))
        if was_kept:  # of the kept claim nothing is taken back into a new one
            self.undo.begin()
        else:
            self.undo.record()

    def set_locked(self, locked: bool) -> None:
        """Let the form be read only, or typed into again."""
        self.form.set_locked(locked)
        self.grid.is_locked = locked

    def begin(self, form_no: str, before: Claim | None) -> None:
        """An empty form; what is the same on the next paper is carried over from `before`."""
        self.base = Claim()
        self.form.clear()
        self.grid.lines.set_lines(())
        self.grid.was_visited = False
        if self.bundle is not None:
            self.form.edit("received_date").set_value(self.bundle.received_on)
        if before is not None:
            self.form.show_claim(before, self.look_ups.carried_fields())
            self.form.remember(before)
        self.form.edit("form_no").set_value(form_no or None)
        self._settle()
        self.undo.begin()

    def as_typed(self) -> dict[str, Any]:
        """Everything typed, right or wrong, as JSON can hold it."""
        return {
            "fields": self.form.as_typed(),
            "lines": self.grid.as_typed(),
            "visited": sorted(self.form.visited),
        }

    def show_typed(self, typed: Mapping[str, Any]) -> None:
        """Show what `as_typed` gave, whatever a file that was kept long ago or is damaged holds instead."""
        fields, visited, lines = (typed.get(part) for part in ("fields", "visited", "lines"))
        self.form.clear()
        self.form.show_typed(fields if isinstance(fields, dict) else {})
        self.form.visited.update(self.form.fields.keys() & {str(name) for name in _listed(visited)})
        self.grid.lines.show_typed([line for line in _listed(lines) if isinstance(line, dict)])
        self._settle()
        self.undo.begin()

    def visible(self, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """The findings worth telling yet: those of fields the clerk has been in, and of lines and the whole."""
        form = self.form
        hidden = set(form.fields) - form.visited
        if self.bundle is None and not self.base.id:
            hidden.add("facility_code")
        if not self.grid.was_visited and not self.grid.lines.typed.lines():
            findings = tuple(found for found in findings if found.field or not found.code.startswith(OF_LINES))
        return tuple(found for found in findings if found.line_no is not None or found.field not in hidden)

    def show_judgement(self, judgement: Judgement | None) -> None:
        """Say at each field and line what was found of it, and the lines' prices."""
        self.form.show_findings(self.visible(judgement.findings) if judgement else ())
        self.grid.lines.show_judgement(judgement)

    def visit_all(self) -> None:
        """Count fields and lines as visited, so that everything missing is told."""
        self.form.visit_all()
        self.grid.was_visited = True

    def go_to(self, finding: Finding) -> None:
        """Put the keyboard where a finding is mended."""
        row = self.grid.lines.typed.row_of(finding.line_no) if finding.line_no is not None else None
        if row is not None:
            self.grid.go_to(row, finding.field)
        elif not self.form.go_to(finding.field) and finding.code.startswith(OF_LINES):
            self.grid.enter()

    def go_to_problem(self) -> bool:
        """Put the keyboard on the first text that cannot be read; False where there is none."""
        self.grid.commit()
        wrong = self.form.unreadable()
        cells = self.grid.lines.typed.problems()
        if wrong:
            self.form.go_to(wrong[0])
        elif cells:
            self.grid.go_to(*cells[0][:2])
        return bool(wrong or cells)

    def repeat(self) -> None:
        """Take the last form's value into the field in focus, in a line the cell above (F3)."""
        focus = QApplication.focusWidget()
        if focus is not None and self.grid.isAncestorOf(focus):
            self.grid.repeat_above()
        elif isinstance(focus, Edit):
            focus.repeat()

    def _on_undone(self) -> None:
        self._scheme.forget()
        self._settle()
        self.typed.emit()
        self.changed.emit()

    def _on_left(self, _name: str) -> None:
        self._tell_diagnosis()
        self.form.show_nights()
        self.changed.emit()

    def _on_lines(self) -> None:
        self._settle()
        self.changed.emit()

    def _on_grid_left(self, way: int) -> None:
        if way > 0:
            self.ended.emit()
        else:
            self.form.go_to(list(self.form.fields)[-1])

    def _tell_diagnosis(self) -> None:
        self.look_ups.diagnosis = self.form.edit("diagnosis_main").value() or ""

    def _settle(self) -> None:
        self._tell_diagnosis()
        self.form.show_nights()
        self.form.show_sum_of_lines(self.grid.lines.typed.sum_claimed())
        problems = self.grid.lines.typed.problems()
        self.cell_note.setVisible(bool(problems))
        said: Message | str = ""
        if problems:
            row, _, words = problems[0]
            said = say("Line {number}: {problem}", number=row + 1, problem=words)
        self.cell_note.say(said, Tone.BAD)


def _listed(content: Any) -> list[Any]:
    return content if isinstance(content, list) else []
