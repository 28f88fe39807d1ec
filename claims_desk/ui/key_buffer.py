"""Keeps the keys typed while a form is being saved, for the next one: fast fingers lose nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget


class KeyBuffer(QObject):
    """Holds back what is typed into `place`, or where F9 or Enter on a button found the keyboard, until it is released.

    Then it is typed into whatever has the focus in `place`; another pane, where the clerk went meanwhile, gets none.
    """

    def __init__(self, place: QWidget) -> None:
        super().__init__(place)
        self._place = place
        self._started_at: QWidget | None = None
        self._keys: list[QKeyEvent] = []
        self._holds = False

    def hold(self) -> None:
        """Begin to hold back."""
        app = QApplication.instance()
        if app is not None and not self._holds:
            self._holds = True
            self._started_at = QApplication.focusWidget()
            app.installEventFilter(self)

    def release(self) -> None:
        """Type what was held back."""
        app = QApplication.instance()
        if app is None or not self._holds:
            return
        self._holds = False
        app.removeEventFilter(self)
        held, self._keys, self._started_at = self._keys, [], None
        for key in held:
            focus = QApplication.focusWidget() if self._place.isVisible() else self._place.focusWidget()
            if focus is not None:
                QApplication.sendEvent(focus, key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep keys of this place; everything else passes."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(watched, QWidget) or not isinstance(event, QKeyEvent):
            return False
        if watched is not self._started_at and not self._place.isAncestorOf(watched):
            return False
        self._keys.append(event.clone())
        return True
