"""What every pane of the window is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from claims_desk.domain.codes import Role
from claims_desk.domain.messages import Message
from claims_desk.ui.desk import Desk, Place
from claims_desk.ui.speech import Spoken, bind_text

EVERYONE = frozenset(Role)


@dataclass(frozen=True, slots=True)
class Command:
    """Something Ctrl+K can do in a pane; `shortcut` is only shown, the pane's button owns it."""

    title: Spoken
    do: Callable[[], object]
    shortcut: str = ""


class Pane(QWidget):
    """One pane. A subclass names itself, builds its parts in `__init__`, and loads in `refresh`.

    `key` is its name in a `Place`, `number` its Alt+digit, `about` what F1 says of it, `roles` who may use it,
    `concerns` the nouns whose change makes it load again.
    """

    key: ClassVar[str]
    title: ClassVar[Message]
    number: ClassVar[int]
    about: ClassVar[Message | None] = None
    roles: ClassVar[frozenset[Role]] = EVERYONE
    concerns: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setProperty("ground", True)
        bind_text(self.setAccessibleName, self.title)
        if self.about is not None:
            bind_text(self.setWhatsThis, self.about)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(14, 12, 14, 12)
        self.body.setSpacing(10)
        self._stale = True
        desk.changed.connect(self._hear)

    def open(self, place: Place | None = None) -> None:
        """Called whenever the pane comes to the front; `place` says what is wanted in it."""
        if self._stale:
            self.refresh_now()
        if place is not None:
            self.show_place(place)

    def show_place(self, place: Place) -> None:
        """Show the list or record `place` names. A pane that can be sent somewhere overrides this."""

    def refresh(self) -> None:
        """Load what the pane shows (F5, and whenever something it is concerned with has changed)."""

    def refresh_now(self) -> None:
        """Load again and count as fresh."""
        self._stale = False
        self.refresh()

    def commands(self) -> list[Command]:
        """What Ctrl+K can do here."""
        return []

    def may_close(self) -> bool:
        """Whether the window may close now; a pane that still has to put something on disk does it here."""
        return True

    def _hear(self, nouns: frozenset[str]) -> None:
        if self.concerns.isdisjoint(nouns):
            return
        self._stale = True
        if self.isVisible():
            self.refresh_now()
