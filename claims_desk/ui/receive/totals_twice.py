"""The three totals of a bundle, counted by hand and typed twice."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from claims_desk.domain.messages import Message, say
from claims_desk.domain.totals import Totals
from claims_desk.ui.theme import Tone
from claims_desk.ui.widgets import Edit, Field, MoneyEdit, NumberEdit, Words

LARGEST_SUM = 10**12
FIRST: tuple[Message, ...] = (say("Forms"), say("Kip"), say("Sum of form numbers"))
AGAIN: tuple[Message, ...] = (say("Forms, again"), say("Kip, again"), say("Sum, again"))
HELP: tuple[Message, ...] = (
    say("How many claim forms lie in the bundle."),
    say("The totals claimed on the forms, added up."),
    say("The numbers printed on the forms, added up: a form lost or typed wrong shows here."),
)


class TotalsTwice(QWidget):
    """Forms, kip and sum of form numbers, down one column and then down another that must agree with it."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.again = _fields(FIRST), _fields(AGAIN)
        self.fields = (*self.first, *self.again)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(4)
        grid.setHorizontalSpacing(10)
        for column, (title, fields) in enumerate(
            ((say("First count"), self.first), (say("Counted once more"), self.again))
        ):
            grid.addWidget(Words(title, "note"), 0, column)
            grid.setColumnStretch(column, 1)
            for row, field in enumerate(fields, start=1):
                grid.addWidget(field, row, column)
        for before, after in zip(self.fields, self.fields[1:], strict=False):
            QWidget.setTabOrder(before.edit, after.edit)
        for edit in edits_of(self.fields):
            edit.committed.connect(self.compare)

    def clear(self) -> None:
        """Empty all six."""
        for edit in edits_of(self.fields):
            edit.set_value(None)
        self.compare()

    def totals(self) -> Totals:
        """What was counted, an empty field as 0."""
        return Totals(*(edit.value() or 0 for edit in edits_of(self.first)))

    def is_good(self) -> bool:
        """Whether all six are filled in and agree; else the focus is on the first that does not."""
        wrong = [field for field in self.fields if not field.is_good()] or self.compare()
        if wrong:
            wrong[0].edit.setFocus()
        return not wrong

    def compare(self) -> list[Field]:
        """Tell under each second entry where it is not the first; the fields that differ."""
        wrong = []
        for first, second, field in zip(edits_of(self.first), edits_of(self.again), self.again, strict=True):
            differs = not second.is_blank() and not first.is_blank() and first.value() != second.value()
            field.set_finding(
                say("First it was {first}. Count again.", first=first.text()) if differs else None, Tone.BAD
            )
            if differs:
                wrong.append(field)
        return wrong


def edits_of(fields: Sequence[Field]) -> list[Edit[int]]:
    """The edits of the fields, in their order."""
    return [field.edit for field in fields if isinstance(field.edit, Edit)]


def _fields(labels: Sequence[Message]) -> tuple[Field, ...]:
    edits = (NumberEdit(lowest=1, highest=9_999), MoneyEdit(), NumberEdit(highest=LARGEST_SUM))
    return tuple(
        Field(label, edit, help_text=help_text, required=True)
        for label, edit, help_text in zip(labels, edits, HELP, strict=True)
    )
