"""Notices keys and clicks in whichever window of the program has the focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QGuiApplication, QWindow

_CLICKS = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.MouseMove})


class InputWatch(QObject):
    """`keyed` with every key, `moved` with every click and move of the mouse.

    It watches the window in focus, not the program: there a key is one event, in the program it stirs up a hundred
    and thirty, and each would wait for its turn with Python, behind the workers.
    """

    keyed = Signal()
    moved = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._watch)
            self._watch(app.focusWindow())

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice, and let everything pass."""
        kind = event.type()
        if kind == QEvent.Type.KeyPress:
            self.keyed.emit()
        elif kind in _CLICKS:
            self.moved.emit()
        return False
