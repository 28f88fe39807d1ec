"""Asks for the facility and month of a return that is not on the list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from claims_desk.domain.messages import say
from claims_desk.queries.facilities import find_facilities
from claims_desk.ui.desk import Desk
from claims_desk.ui.widgets import Choice, CodeEdit, Field, FieldGrid, HouseDialog, MonthEdit

Wanted = Callable[[str, date], object]


class NewReturnDialog(HouseDialog):
    """Facility and month; `done` gets them."""

    def __init__(self, parent: QWidget, desk: Desk, done: Wanted) -> None:
        super().__init__(parent, say("Return of a facility and month"), say("Open the return"), "F9")
        self._desk, self._done = desk, done
        self.facility, self.month = CodeEdit(self._facilities), MonthEdit(today=desk.today)
        where = say("Type the code or part of the name.")
        month_help = say("Write 9/2026, or only 9. t is this month, -1 the last one.")
        self.grid = FieldGrid()
        self.grid.add_row(Field(say("Facility"), self.facility, help_text=where, required=True, width=22, grows=1))
        self.grid.add_row(Field(say("Month"), self.month, help_text=month_help, required=True, width=11, grows=1))
        self.body.addWidget(self.grid)
        self.facility.setFocus()

    def accept(self) -> None:
        """Go on once both are good, and the facility is one the register knows."""
        month, code = self.month.value(), self.facility.value()
        if not self.grid.all_good() or month is None or code is None:
            return
        if self.facility.choice() is None:
            self.facility.set_problem(say("There is no facility {code}.", code=code))
            self.facility.setFocus()
            return
        super().accept()
        self._done(code, month)

    def _facilities(self, text: str) -> list[Choice[str]]:
        return [Choice(row.code, row.code, row.name) for row in self._desk.db.read(find_facilities, text)]
