"""Asks how many pages a form has, when more came than one."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from claims_desk.domain.messages import say
from claims_desk.ui.widgets import Field, FieldGrid, HouseDialog, NumberEdit, Words


class SplitDialog(HouseDialog):
    """All pages to this form, or some to this one and as many to each that follows."""

    def __init__(self, parent: QWidget, count: int) -> None:
        super().__init__(parent, say("{count} pages came", count=count), say("Attach"))
        self.pages = NumberEdit(lowest=1, highest=count)
        self.pages.set_value(count)
        self.grid = FieldGrid()
        words = say(
            "All of them, where they are one form's. Fewer, where several forms lay in the scanner: the rest waits on"
            " the tray, and each form to come gets its pages by itself."
        )
        self.grid.add_row(Field(say("Pages of each form"), self.pages, help_text=words, required=True, width=6))
        self.body.addWidget(Words(words, wraps=True))
        self.body.addWidget(self.grid)
        self.pages.returnPressed.connect(self.accept)
        self.pages.setFocus()

    def a_form(self) -> int:
        """How many pages a form has."""
        return self.pages.value() or 1

    def accept(self) -> None:
        """Go on once the number makes sense."""
        if self.grid.all_good():
            super().accept()
