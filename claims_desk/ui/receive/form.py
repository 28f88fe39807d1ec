"""The form of a bundle: where it came from, and its totals, each entered twice by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from claims_desk.domain.messages import say
from claims_desk.queries.facilities import find_facilities
from claims_desk.queries.submissions import SubmissionRow
from claims_desk.services.submissions import BundleForm
from claims_desk.ui.desk import Desk
from claims_desk.ui.receive.totals_twice import TotalsTwice, edits_of
from claims_desk.ui.widgets import (
    Button,
    Card,
    Choice,
    CodeEdit,
    DateEdit,
    Edit,
    Field,
    FieldGrid,
    FormUndo,
    MessageStrip,
    MonthEdit,
    PrimaryButton,
    TextEdit,
)

NEW = say("New bundle")


class BundleFormCard(Card):
    """A bundle being written down; `wanted` carries the `BundleForm` and the reason, `left` that it was put away."""

    wanted = Signal(object, str)
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(NEW)
        self.desk = desk
        self.strip = MessageStrip()
        self.facility = CodeEdit(self._facilities)
        self.month = MonthEdit(today=desk.today)
        self.received = DateEdit(today=desk.today)
        self.reason = TextEdit()
        self.origin, self.totals, self.why = FieldGrid(), TotalsTwice(), FieldGrid()
        self.mends: SubmissionRow | None = None
        self._add_fields()
        self._lay_out()
        self.undo = FormUndo(self)

    def _add_fields(self) -> None:
        where = say("Type the code or part of the name.")
        self.origin.add_row(Field(say("Facility"), self.facility, help_text=where, required=True, width=22, grows=1))
        month_help = say("Write 9/2026, or only 9. t is this month, -1 the last one.")
        day_help = say("Write 10/3/2026 or 10/3. t is today.")
        self.origin.add_row(
            Field(say("Month"), self.month, help_text=month_help, required=True, width=11, grows=1),
            Field(say("Received on"), self.received, help_text=day_help, required=True, width=11, grows=1),
        )
        self.why.add_row(
            Field(
                say("Why is it mended?"),
                self.reason,
                required=True,
                width=22,
                grows=1,
                help_text=say("What was counted wrong. It stays in the audit trail."),
            )
        )

    def _lay_out(self) -> None:
        cancel, save = Button(say("Cancel"), "Esc", self.left.emit), PrimaryButton(say("Save"), "F9", self.save)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(cancel)
        buttons.addWidget(save)
        for part in (self.strip, self.origin, self.totals, self.why, buttons):
            self.add(part)
        self.body.addStretch()
        QWidget.setTabOrder(self.reason, save)
        QWidget.setTabOrder(save, cancel)

    def begin(self) -> None:
        """Open the form for the next bundle, with what was typed into it and put away; F3 repeats the last bundle's."""
        if self.mends is not None:
            self.clear()
        self.title.say(NEW)
        self.strip.hide()
        self.why.hide()
        self.facility.setFocus()

    def edits(self) -> tuple[Edit[Any], ...]:
        """What is typed into for a new bundle, in the order of the keyboard."""
        return self.facility, self.month, self.received, *edits_of(self.totals.fields)

    def is_blank(self) -> bool:
        """Whether nothing is typed."""
        return all(edit.is_blank() for edit in self.edits())

    def show_texts(self, texts: Sequence[str]) -> None:
        """Fill the fields as they were typed, right or wrong; the keyboard goes to the first that is empty."""
        for edit, text in zip(self.edits(), texts, strict=False):
            edit.setText(text)
            edit.settle()
        self.facility.set_value(self.facility.value())
        self.totals.compare()
        self.undo.begin()
        empty = [edit for edit in self.edits() if edit.is_blank()]
        (empty or self.edits())[0].setFocus()

    def clear(self) -> None:
        """Empty the form."""
        self.mends = None
        for edit in (self.facility, self.month, self.received, self.reason):
            edit.set_value(None)
        self.totals.clear()
        self.undo.begin()

    def mend(self, row: SubmissionRow) -> None:
        """Open the form of a bundle; its totals are counted and typed anew."""
        self.mends = row
        self.title.say(say("Mend bundle {number}", number=row.number))
        self.facility.set_choice(Choice(row.facility_code, row.facility_code, row.facility))
        self.month.set_value(row.month)
        self.received.set_value(row.received_on)
        self.reason.set_value(None)
        self.totals.clear()
        self.undo.begin()
        self.strip.hide()
        self.why.show()
        self.facility.setFocus()

    def save(self) -> None:
        """Hand the bundle over once every field is good and each total stands there twice."""
        self.strip.hide()
        if self.origin.all_good() and self.totals.is_good() and self._reason_given():
            self.wanted.emit(self._form(), self.reason.text().strip())

    def saved(self) -> None:
        """Begin anew; F3 repeats facility, month and day."""
        self.facility.repeat_value = self.facility.value()
        self.month.repeat_value = self.month.value()
        self.received.repeat_value = self.received.value()
        self.clear()

    def _reason_given(self) -> bool:
        return self.mends is None or self.why.all_good()

    def _form(self) -> BundleForm:
        month, received, totals = self.month.value(), self.received.value(), self.totals.totals()
        assert month is not None
        assert received is not None
        return BundleForm(
            facility_code=self.facility.value() or "",
            month=month,
            received_on=received,
            forms=totals.forms,
            kip=totals.kip,
            form_numbers=totals.form_numbers,
        )

    def _facilities(self, text: str) -> list[Choice[str]]:
        return [Choice(row.code, row.code, row.name) for row in self.desk.db.read(find_facilities, text)]
