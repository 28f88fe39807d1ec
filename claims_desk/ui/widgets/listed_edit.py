"""What fields with a list under them have in common: the popup and the keys that steer it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Generic, TypeVar, cast

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from claims_desk.domain.messages import Message, say
from claims_desk.ui.widgets.choices import Choice, ChoicePopup
from claims_desk.ui.widgets.edit import Edit

T = TypeVar("T")
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class ListedEdit(Edit[T], Generic[T]):
    """A field with a list: F2 or Down opens it, the arrows mark, Enter takes, Esc closes it."""

    KEYS: ClassVar[Mapping[str, Message]] = {
        "F2": say("Open the list"),
        "↑ ↓": say("Mark in the list"),
        "Esc": say("Close the list"),
    }

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered: list[Choice[T]] = []
        self._popup_list: ChoicePopup | None = None

    def open_list(self) -> None:
        """Open the list (F2)."""
        raise NotImplementedError

    def take(self, choice: Choice[T]) -> None:
        """Take a choice from the list."""
        raise NotImplementedError

    @property
    def list_is_open(self) -> bool:
        """Whether the list stands under the field."""
        return self._popup_list is not None and isValid(self._popup_list) and self._popup_list.isVisible()

    def offer(self, choices: list[Choice[T]], row: int = 0) -> None:
        """Show the list, with `row` marked; an empty one closes it."""
        self._offered = choices
        self._popup().offer(choices, row)

    def close_list(self) -> None:
        """Close the list; what is typed stays."""
        if self.list_is_open:
            self._popup().hide()

    def marked(self) -> Choice[T] | None:
        """The choice that is marked in the open list."""
        row = self._popup().currentRow() if self.list_is_open else -1
        return self._offered[row] if 0 <= row < len(self._offered) else None

    def _popup(self) -> ChoicePopup:
        if self._popup_list is None or not isValid(self._popup_list):
            self._popup_list = ChoicePopup(self)
            self._popup_list.picked.connect(self._on_picked)
        return self._popup_list

    def _on_picked(self, row: int) -> None:
        self.take(self._offered[row])
        self.move_on()

    def event(self, event: QEvent) -> bool:
        """Esc closes the open list before any shortcut of the window sees it."""
        overrides = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if overrides and self.list_is_open and cast(QKeyEvent, event).key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Steer the list; other keys type."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self.list_is_open:
            self.close_list()
        elif key == Qt.Key.Key_F2 or (key == Qt.Key.Key_Down and not self.list_is_open):
            self.open_list()
        elif key in _STEPS and self.list_is_open:
            self._popup().move_mark(_STEPS[key])
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving closes the list."""
        self.close_list()
        super().focusOutEvent(event)
