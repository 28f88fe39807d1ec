"""The first run: where the office's data is, which office it is, and its first administrator."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any
from urllib.parse import quote

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from claims_desk.domain.geography import districts, provinces
from claims_desk.domain.lao import fold
from claims_desk.domain.messages import Message, say
from claims_desk.services.opening import office_name, own_database_url
from claims_desk.ui.widgets import (
    Button,
    Card,
    Choice,
    ChoiceEdit,
    CodeEdit,
    Edit,
    Field,
    FieldGrid,
    MessageStrip,
    PasswordEdit,
    PrimaryButton,
    TextEdit,
    Words,
)

ON_THIS_PC, ON_SERVER = "pc", "server"
TYPED_TWICE = say("The same password again, so that a slip of the finger locks nobody out.")
DIFFERENT = say("The two passwords differ.")
NO_OFFICE = say("Choose an office from the list: type part of its name, then Enter.")


class StartPage(QWidget):
    """A page of the start: a card with fields, a strip for refusals, and what to do."""

    def __init__(self, title: Message, explanation: Message) -> None:
        super().__init__()
        self.strip = MessageStrip()
        self.grid = FieldGrid()
        self.primary: PrimaryButton
        self.buttons = QHBoxLayout()
        self.buttons.addStretch()
        self.card = Card(title)
        for part in (Words(explanation, "muted", wraps=True), self.grid, self.strip, self.buttons):
            self.card.add(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.card)
        column.addStretch()

    def go_on_with(self, primary: PrimaryButton, *others: Button) -> None:
        """Put the buttons below: Enter in the last field presses `primary`, which comes first by keyboard."""
        self.primary = primary
        for button in others[1:]:
            self.buttons.addWidget(button)
        self.buttons.addWidget(primary)
        for button in others[:1]:
            self.buttons.insertWidget(0, button)
        last = [field.edit for field in self.grid.fields[-1:]]
        for edit in last:
            if isinstance(edit, Edit):
                on_enter(edit, primary.click)
        in_order = [*last, primary, *others]
        for before, after in pairwise(in_order):
            QWidget.setTabOrder(before, after)

    def go_to_first_empty(self) -> None:
        """Put the keyboard on the first field that is empty, else on the button that goes on."""
        asked = [field.edit for field in self.grid.fields if not field.isHidden() and isinstance(field.edit, Edit)]
        empty = [edit for edit in asked if edit.is_blank()]
        (empty[0] if empty else self.primary).setFocus()


def on_enter(edit: Edit[Any], deed: Callable[[], object]) -> None:
    """Enter in this field goes on with `deed`; Shift+Enter only goes back."""

    def pressed() -> None:
        if not QApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier:
            deed()

    edit.returnPressed.connect(pressed)


class WherePage(StartPage):
    """Asks whether the data is on this PC or on the office's server; `chosen` carries the database's address.

    `back_asked` (Esc) leads back to the database opened before, where there is one.
    """

    chosen = Signal(str)
    demo_asked = Signal()
    back_asked = Signal()

    def __init__(self) -> None:
        super().__init__(
            say("Welcome"),
            say("One PC works without any network. Several PCs share the database of the office's server."),
        )
        self.where = ChoiceEdit(
            [Choice(ON_THIS_PC, "", say("On this PC")), Choice(ON_SERVER, "", say("On the office's server"))],
            must_choose=True,
        )
        self.server, self.database, self.user = TextEdit(), TextEdit(), TextEdit()
        self.password = PasswordEdit()
        self.database.set_value("claims")
        self._server_fields = self._asked_of_a_server()
        self.grid.add_row(
            Field(
                say("The office's data is"),
                self.where,
                grows=1,
                help_text=say("A PC alone keeps its own file; several PCs share a server."),
            )
        )
        self.grid.add_row(*self._server_fields[:2])
        self.grid.add_row(*self._server_fields[2:])
        self.back_button = Button(say("Back"), "Esc", self.back_asked.emit)
        self.back_button.hide()
        practise = Button(say("Practise with invented data"), "", self.demo_asked.emit)
        self.go_on_with(PrimaryButton(say("Next"), "", self.next), practise, self.back_button)
        on_enter(self.where, self._next_on_this_pc)
        self.where.typed.connect(self._show_fields)
        self._show_fields()

    def _asked_of_a_server(self) -> list[Field]:
        return [
            Field(
                say("Server"),
                self.server,
                required=True,
                grows=1,
                hint=say("name or address, such as 192.168.1.10"),
                help_text=say("The PC on which the office's database runs. Whoever set it up knows these four."),
            ),
            Field(
                say("Database"),
                self.database,
                required=True,
                grows=1,
                help_text=say("What the database is called on the server."),
            ),
            Field(
                say("User of the server"),
                self.user,
                required=True,
                grows=1,
                help_text=say("The server's own user for this program, not a person."),
            ),
            Field(
                say("Password of the server"),
                self.password,
                grows=1,
                help_text=say("The password of the server's user. It is kept on this PC."),
            ),
        ]

    def go_to_first_empty(self) -> None:
        """Put the keyboard on where the data is, or on what is still asked of a server."""
        if self.where.value() == ON_SERVER:
            super().go_to_first_empty()
        else:
            self.where.setFocus()

    def _next_on_this_pc(self) -> None:
        if self.where.value() == ON_THIS_PC:
            self.next()

    def next(self) -> None:
        """Go on with the address that was given."""
        if self.where.value() == ON_THIS_PC:
            self.chosen.emit(own_database_url())
        elif self.grid.all_good():
            self.chosen.emit(self._address())

    def _address(self) -> str:
        who = quote(self.user.text().strip(), safe="")
        if self.password.text():
            who += ":" + quote(self.password.text(), safe="")
        return f"postgresql://{who}@{self.server.text().strip()}/{quote(self.database.text().strip(), safe='')}"

    def _show_fields(self) -> None:
        for field in self._server_fields:
            field.setVisible(self.where.value() == ON_SERVER)


class SetUpPage(StartPage):
    """Asks for the office and its first administrator; `filled` carries office, name and password."""

    filled = Signal(str, str, str)
    other_asked = Signal()

    def __init__(self) -> None:
        super().__init__(
            say("A new office"),
            say("The first administrator adds users and registers. He keys and approves nothing."),
        )
        self.office = CodeEdit(find_offices)
        self.name, self.password, self.again = TextEdit(), PasswordEdit(), PasswordEdit()
        office = Field(
            say("Office"),
            self.office,
            required=True,
            grows=1,
            help_text=say("Type part of the name of the province or district in Lao or Roman letters, or its number."),
        )
        self.grid.add_row(office)
        self.grid.add_row(
            Field(
                say("Administrator's name"),
                self.name,
                required=True,
                grows=1,
                help_text=say("A short name to sign in with, in either script."),
            )
        )
        self.grid.add_row(
            Field(
                say("Password"),
                self.password,
                required=True,
                grows=1,
                help_text=say("At least 10 characters, easy to remember and hard to guess."),
            ),
            Field(say("The password again"), self.again, required=True, grows=1, help_text=TYPED_TWICE),
        )
        other = Button(say("Another database"), "Esc", self.other_asked.emit, "link")
        self.go_on_with(PrimaryButton(say("Set up the office"), "", self.finish), other)

    def finish(self) -> None:
        """Hand over what was filled in, once it is whole."""
        whole = self.grid.all_good()
        if whole and self.password.text() != self.again.text():
            self.again.set_problem(DIFFERENT)
            self.again.setFocus()
        elif whole and self.office.text() not in {choice.value for choice in find_offices(self.office.text())}:
            self.office.set_problem(NO_OFFICE)
            self.office.setFocus()
        elif whole:
            self.filled.emit(self.office.text(), self.name.text().strip(), self.password.text())


def find_offices(text: str) -> list[Choice[str]]:
    """Offices whose number begins with `text` or whose name, in either script, holds it; ten at most."""
    wanted = fold(text)
    found = [
        choice
        for code, choice in _offices().items()
        if code.startswith(wanted) or any(wanted in fold(office_name(code).text(language)) for language in ("lo", "en"))
    ]
    return found[:10]


def _offices() -> dict[str, Choice[str]]:
    codes = sorted([*(f"{code}00" for code in provinces()), *districts()])
    return {code: Choice(code, code, office_name(code)) for code in codes}
