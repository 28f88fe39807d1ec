"""Fields for closed lists: the first letter chooses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from claims_desk.domain.messages import say
from claims_desk.ui import icons, theme
from claims_desk.ui.speech import speech
from claims_desk.ui.widgets.choices import Choice
from claims_desk.ui.widgets.edit import ENTER_KEYS
from claims_desk.ui.widgets.listed_edit import ListedEdit

T = TypeVar("T")


class ChoiceEdit(ListedEdit[T]):
    """A closed list: a letter goes to the next choice whose code or name begins so; Up and Down step, F2 opens.

    Backspace empties it unless `must_choose`.
    """

    def __init__(self, choices: Sequence[Choice[T]], parent: QWidget | None = None, must_choose: bool = False) -> None:
        super().__init__(parent)
        self.choices = list(choices)
        self._must_choose = must_choose
        self._chosen: Choice[T] | None = None
        self.setReadOnly(True)
        self.setTextMargins(0, 0, 18, 0)
        speech.changed.connect(self._show_chosen)
        if must_choose and self.choices:
            self.set_value(self.choices[0].value)

    def value(self) -> T | None:
        """The value chosen."""
        return self._chosen.value if self._chosen else None

    def set_value(self, value: T | None) -> None:
        """Choose a value, or nothing."""
        self._chosen = next((choice for choice in self.choices if choice.value == value), None)
        self._show_chosen()
        self._settled_text = self.text()
        self.set_problem(None)

    def set_choices(self, choices: Sequence[Choice[T]]) -> None:
        """Offer another list; what was chosen stays where it still stands in it."""
        self.choices = list(choices)
        self.set_value(self.value())

    def show_value(self, value: T) -> str:
        """The line of the choice that stands for a value."""
        return next((choice.line for choice in self.choices if choice.value == value), "")

    def read(self, text: str) -> T:
        """The chosen value: a closed list is never unreadable."""
        return self._chosen.value if self._chosen else self.choices[0].value

    def take(self, choice: Choice[T]) -> None:
        """Choose a line as if it had been typed."""
        self._chosen = choice
        self._show_chosen()
        self.close_list()
        self.typed.emit()

    def repeat(self) -> None:
        """Take the last form's value and move on."""
        choice = next((choice for choice in self.choices if choice.value == self.repeat_value), None)
        if choice is not None:
            self.take(choice)
            self.move_on()

    def open_list(self) -> None:
        """Show every choice (F2)."""
        self.offer(self.choices, max(0, self._row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters choose, arrows step, Backspace empties."""
        marked = self.marked()
        if event.key() in ENTER_KEYS and marked is not None:
            self.take(marked)
        if event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) and not self._must_choose:
            self._empty()
        elif _letter(event).strip() and self._choose_by(_letter(event)):
            self.close_list()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and not event.modifiers() and not self.list_is_open:
            self._step(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click opens the list."""
        super().mousePressEvent(event)
        if self.list_is_open:
            self.close_list()
        else:
            self.open_list()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the arrow that says there is a list."""
        super().paintEvent(event)
        painter = QPainter(self)
        icons.draw(painter, "down", QRectF(self.width() - 22, self.height() / 2 - 6, 12, 12), theme.MUTED)

    def _row(self) -> int:
        return self.choices.index(self._chosen) if self._chosen in self.choices else -1

    def _choose_by(self, letter: str) -> bool:
        after = self._row() + 1
        for choice in self.choices[after:] + self.choices[:after]:
            if choice.code.lower().startswith(letter.lower()) or choice.words.lower().startswith(letter.lower()):
                self.take(choice)
                return True
        return False

    def _step(self, by: int) -> None:
        row = self._row()
        target = 0 if row < 0 else min(max(row + by, 0), len(self.choices) - 1)
        if self.choices and target != row:
            self.take(self.choices[target])

    def _empty(self) -> None:
        self._chosen = None
        self._show_chosen()
        self.typed.emit()

    def _show_chosen(self) -> None:
        self.setText(self._chosen.line if self._chosen else "")
        self.setCursorPosition(0)


class YesNoEdit(ChoiceEdit[bool]):
    """Yes or no: Y or N, 1 or 0, or the first letter of the Lao word."""

    def __init__(self, parent: QWidget | None = None, must_choose: bool = False) -> None:
        answers = [Choice(True, "", say("Yes")), Choice(False, "", say("No"))]
        super().__init__(answers, parent, must_choose)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The digits 1 and 0 answer too, and Y and N in either language."""
        typed = {"1": True, "y": True, "0": False, "n": False}.get(_letter(event).lower())
        answer = next((choice for choice in self.choices if choice.value == typed), None)
        if typed is None or answer is None:
            super().keyPressEvent(event)
        else:
            self.take(answer)


def _letter(event: QKeyEvent) -> str:
    """What a key types; nothing where it is a command."""
    command = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    return "" if command or not event.text().isprintable() else event.text()
