"""The field for a code out of a register: a facility, an item, a diagnosis, a member."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from claims_desk.domain.errors import UserError
from claims_desk.domain.lao import LAO_DIGITS
from claims_desk.ui.background import Latest
from claims_desk.ui.speech import speech
from claims_desk.ui.widgets.choices import SHOWN_AT_MOST, Choice
from claims_desk.ui.widgets.edit import ENTER_KEYS
from claims_desk.ui.widgets.listed_edit import ListedEdit

LookUp = Callable[[str], list[Choice[str]]]


class CodeEdit(ListedEdit[str]):
    """Type a code or part of a name; at most ten are offered. Enter takes the marked one, Tab keeps what is typed.

    `look_up` runs in the background. A code of `fixed_length` moves on by itself. A code no register knows stays
    as typed: the rules, not the field, say what is wrong with it. `hint_changed` tells the name found.
    """

    chosen = Signal(object)

    def __init__(self, look_up: LookUp, parent: QWidget | None = None, fixed_length: int = 0) -> None:
        super().__init__(parent)
        self.fixed_length = fixed_length
        self._choice: Choice[str] | None = None
        self._take_first = False
        self._latest: Latest[str, list[Choice[str]]] = Latest(self, look_up, self._on_found, self._on_failed)
        self.typed.connect(self._on_code_typed)
        speech.changed.connect(self._tell_name)

    def read(self, text: str) -> str:
        """The code in capitals."""
        return text.upper()

    def plain(self) -> str:
        """What is typed, with Lao digits as 0 to 9."""
        return super().plain().translate(LAO_DIGITS)

    def choice(self) -> Choice[str] | None:
        """The register's row of the code typed, once it is found."""
        return self._choice

    def set_value(self, value: str | None) -> None:
        """Show a code; its name is looked up in the background."""
        super().set_value(value)
        self._settle_choice(None)
        self._latest.drop()
        if value:
            self._latest.ask(value)

    def set_choice(self, choice: Choice[str]) -> None:
        """Show a row that is already at hand."""
        super().set_value(choice.value)
        self._latest.drop()
        self._settle_choice(choice)

    def take(self, choice: Choice[str]) -> None:
        """Take a row of the list."""
        self._latest.drop()
        self.setText(choice.value)
        self.close_list()
        self._settle_choice(choice)

    def marked(self) -> Choice[str] | None:
        """The row marked; none while the open list answers an older text than the one typed."""
        return None if self._latest.waiting else super().marked()

    def open_list(self) -> None:
        """Look up what is typed, or the first ten (F2)."""
        self._latest.ask(self.plain())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the marked row, or the first one when the answer is still on its way."""
        if event.key() in ENTER_KEYS:
            marked = self.marked()
            nothing = marked is None and self._choice is None and bool(self.plain())
            self._take_first = nothing and self._latest.waiting
            if marked is not None:
                self.take(marked)
        super().keyPressEvent(event)

    def _on_code_typed(self) -> None:
        text = self.plain()
        self._take_first = False
        self._settle_choice(None)
        if text:
            self._latest.ask(text)
        else:
            self._latest.drop()
            self.close_list()
        if self.fixed_length and len(text) == self.fixed_length and self.cursorPosition() == len(self.text()):
            self.move_on_by_itself()

    def _on_found(self, found: list[Choice[str]]) -> None:
        typed = self.read(self.plain())
        exact = next((choice for choice in found if choice.code.upper() == typed), None)
        if self._take_first and found:
            self._take_first = False
            self.take(exact or found[0])
            self.settle()
        elif self.hasFocus() and self._choice is None:
            self._settle_choice(exact)
            self.offer(found[:SHOWN_AT_MOST])
        else:
            self._settle_choice(exact or self._choice)

    def _on_failed(self, problem: UserError) -> None:
        """Nothing modal while keying: why there is no list stands under the field."""
        self._take_first = False
        self.close_list()
        self.hint_changed.emit(problem.text())

    def _settle_choice(self, choice: Choice[str] | None) -> None:
        if choice != self._choice:
            self._choice = choice
            self.chosen.emit(choice)
        self._tell_name()

    def _tell_name(self) -> None:
        self.hint_changed.emit(self._choice.words if self._choice else "")
