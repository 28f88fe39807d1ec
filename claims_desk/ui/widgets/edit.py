"""What every field that is typed into has in common: reading, telling a problem, and moving on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from claims_desk.domain.messages import Message, say
from claims_desk.ui.sounds import sounds
from claims_desk.ui.theme import Tone, turn_tone

T = TypeVar("T")
ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


_UNSEEN = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))  # what Lao layouts put between words


def without_unseen(text: str) -> str:
    """The text without zero-width characters, which are never kept, and without spaces around it."""
    return text.translate(_UNSEEN).strip()


class Unreadable(Exception):
    """The typed text is no value of this field; `message` says so in words."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class Kept(Generic[T]):
    """What stands in a field: its value, or the text where that cannot be read."""

    value: T | None
    text: str = ""


class Edit(QLineEdit, Generic[T]):
    """A field holding a T or nothing. Enter and Tab move on, Shift back; F3 repeats the last form's value.

    A problem is told and does not trap: the focus goes where the user sends it, the typed text stays.
    """

    KEYS: ClassVar[Mapping[str, Message]] = {
        "Enter, Tab": say("Next field"),
        "Shift+Enter": say("Field before"),
        "F3": say("The last form's value"),
        "Ctrl+Z": say("Take the last change back"),
        "Ctrl+Y": say("Do it again"),
    }

    typed = Signal()
    committed = Signal()
    problem_changed = Signal()
    hint_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.repeat_value: T | None = None
        self._problem: Message | None = None
        self._settled_text = ""
        self._entered_by_mouse = False
        self._enter_is_spare = False
        self.textEdited.connect(self._on_typed)

    def read(self, text: str) -> T:
        """The value of a text that is not blank. Raises Unreadable."""
        raise NotImplementedError

    def plain(self) -> str:
        """What is typed, without what cannot be seen."""
        return without_unseen(self.text())

    def show_value(self, value: T) -> str:
        """The text a value is shown by."""
        return str(value)

    def value(self) -> T | None:
        """The value typed; None where the field is blank or cannot be read."""
        text = self.plain()
        if not text:
            return None
        try:
            return self.read(text)
        except Unreadable:
            return None

    def set_value(self, value: T | None) -> None:
        """Show a value, or nothing; not counted as typing."""
        self.setText("" if value is None else self.show_value(value))
        self._settled_text = self.text()
        self.set_problem(None)

    def kept(self) -> Kept[T]:
        """What stands here, to be put back later."""
        value = self.value()
        return Kept(value, "" if value is not None else self.plain())

    def put_back(self, kept: Kept[T]) -> None:
        """Show what stood here before, and tell of it as of a field that was left."""
        self.set_value(kept.value)
        if kept.text:
            self.setText(kept.text)
            self.settle()
        else:
            self.committed.emit()

    def is_blank(self) -> bool:
        """Whether nothing is typed."""
        return not self.plain()

    @property
    def problem(self) -> Message | None:
        """Why the typed text cannot be read, in words."""
        return self._problem

    def set_problem(self, problem: Message | None) -> None:
        """Tell a problem of the typed text; None when there is none."""
        if problem != self._problem:
            self._problem = problem
            self.set_tone(Tone.BAD if problem else None)
            self.problem_changed.emit()

    def set_tone(self, tone: Tone | None) -> None:
        """Colour the border; the words beside it say why."""
        turn_tone(self, tone)

    def settle(self) -> None:
        """Read what was typed, show it in the house style, and tell of a new value or a problem."""
        text = self.plain()
        try:
            problem = None
            shown = self.show_value(self.read(text)) if text else ""
        except Unreadable as unreadable:
            problem, shown = unreadable.message, self.text()
        if shown != self.text():
            self.setText(shown)
        if problem is not None and self._problem is None:
            sounds.refused()
        self.set_problem(problem)
        if shown != self._settled_text:
            self._settled_text = shown
            self.committed.emit()

    def move_on(self, back: bool = False) -> None:
        """Settle and go to the next field, or `back` to the one before."""
        self.settle()
        self.focusNextPrevChild(not back)

    def move_on_by_itself(self) -> None:
        """Go on because the value is whole. An Enter that follows out of habit belongs here and moves nothing.

        Whether a field moves by itself or not, its value and Enter lead to the same place; Tab goes on at once.
        """
        self.move_on()
        landed = self.window().focusWidget()
        if isinstance(landed, Edit) and landed is not self:
            landed._enter_is_spare = True

    def repeat(self) -> None:
        """Take the last form's value and move on; nothing where there is none."""
        if self.repeat_value is not None:
            self.setText(self.show_value(self.repeat_value))
            self.typed.emit()
            self.move_on()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter moves on, Shift+Enter back, F3 repeats; a picture or file to paste is left to the pane."""
        spare, self._enter_is_spare = self._enter_is_spare, False
        if event.matches(QKeySequence.StandardKey.Paste) and is_no_text(QApplication.clipboard().mimeData()):
            event.ignore()
        elif event.key() in ENTER_KEYS and spare and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            event.accept()
        elif event.key() in ENTER_KEYS:
            self.move_on(back=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
            self.returnPressed.emit()
        elif event.key() == Qt.Key.Key_F3 and self.repeat_value is not None:
            self.repeat()
        elif asks_undo(event) or asks_redo(event):
            event.setAccepted(self._undo_typing() if asks_undo(event) else self._redo_typing())
        else:
            super().keyPressEvent(event)
            if event.key() == Qt.Key.Key_Escape:
                event.ignore()

    def _undo_typing(self) -> bool:
        """Take back what was typed since the field was entered; False where there is nothing: the form's turn."""
        is_typing = self.text() != self._settled_text and self.isUndoAvailable()
        if is_typing:
            self.undo()
        return is_typing

    def _redo_typing(self) -> bool:
        can = self.isRedoAvailable()
        if can:
            self.redo()
        return can

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files dragged over a field are the pane's too."""
        if is_no_text(event.mimeData()):
            event.ignore()
        else:
            super().dragEnterEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Entry selects all, so that typing replaces."""
        super().focusInEvent(event)
        kept = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        self._entered_by_mouse = event.reason() == Qt.FocusReason.MouseFocusReason
        if event.reason() not in kept:
            self.selectAll()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The click that enters selects all too."""
        super().mouseReleaseEvent(event)
        if self._entered_by_mouse and not self.hasSelectedText():
            self.selectAll()
        self._entered_by_mouse = False

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving settles what was typed."""
        super().focusOutEvent(event)
        self._enter_is_spare = False
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.settle()
            if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
                self.setText(self.text())  # from here on it is the form that takes back: Qt forgets its own steps

    def _on_typed(self) -> None:
        self.set_problem(None)
        self.typed.emit()


def asks_undo(event: QKeyEvent) -> bool:
    """Whether a key takes the last change back."""
    return event.matches(QKeySequence.StandardKey.Undo)


def asks_redo(event: QKeyEvent) -> bool:
    """Whether a key does again what was taken back: Ctrl+Y and Ctrl+Shift+Z on every system."""
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    pressed = event.key(), event.modifiers()
    return pressed in ((Qt.Key.Key_Y, control), (Qt.Key.Key_Z, control | shift))


def is_no_text(mime: QMimeData) -> bool:
    """Whether what is pasted or dropped is files or a picture, which no field can hold."""
    return mime.hasUrls() or (mime.hasImage() and not mime.hasText())
