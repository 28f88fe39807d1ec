"""The fields of a form in the paper's rows, which is also the order of the keyboard."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from claims_desk.ui.widgets.field import Field
from claims_desk.ui.widgets.flow import FlowLayout


class FieldGrid(QWidget):
    """Rows of fields; a row that does not fit breaks. Focus goes in the order the fields were added."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: list[Field] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)

    def add_row(self, *fields: Field) -> None:
        """Add a row of fields."""
        row = QWidget()
        flow = FlowLayout(row)
        for field in fields:
            flow.add(field, field.grows)
        self._column.addWidget(row)
        for field in fields:
            if self.fields:
                QWidget.setTabOrder(self.fields[-1].edit, field.edit)
            self.fields.append(field)

    def field(self, name: str) -> Field | None:
        """The field called `name`, where a finding points."""
        return next((field for field in self.fields if field.name == name), None)

    def go_to(self, name: str) -> None:
        """Put the focus on the field called `name`."""
        field = self.field(name)
        if field is not None:
            field.edit.setFocus()

    def all_good(self) -> bool:
        """Settle every field; False, with the focus on the first wrong one, when any has a problem."""
        wrong = [field for field in self.fields if field.isEnabled() and not field.is_good()]
        if wrong:
            wrong[0].edit.setFocus()
        return not wrong
