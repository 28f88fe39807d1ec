"""F1: what a field or list is for, in a quiet note that never takes the focus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget
from shiboken6 import isValid

from claims_desk.domain.messages import Message, say
from claims_desk.ui.widgets.hot_key import HotKey
from claims_desk.ui.widgets.labels import Words

WIDTHS = (420, 560, 760)  # pixels: the next where the words need more height than the window has
EDGE = 12


def known_keys(widget: QWidget) -> Mapping[str, Message]:
    """The keys a control understands by itself, with what they do; its class tells them in `KEYS`."""
    keys: dict[str, Message] = {}
    for kind in reversed(type(widget).__mro__):
        keys.update(vars(kind).get("KEYS", {}))
    return keys


def help_of(widget: QWidget | None) -> list[tuple[str, str]]:
    """What is known of a control and of what it lies in, each as (name, help), the nearest first."""
    return [(each.accessibleName(), each.whatsThis()) for each in _upward(widget) if each.whatsThis()]


def _upward(widget: QWidget | None) -> Iterator[QWidget]:
    while widget is not None:
        yield widget
        widget = None if widget.isWindow() else widget.parentWidget()


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


class HelpNote(QFrame):
    """Stands beside the control in focus; Esc, F1, a click or leaving the control closes it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setProperty("look", "help")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 10, 14, 12)
        self._column.setSpacing(4)
        self.hide()
        _application().focusChanged.connect(self._give_way)

    def text(self) -> str:
        """Everything it says, for tests and readers."""
        return self.accessibleDescription()

    def tell(self, about: QWidget | None) -> None:
        """Show the help on a control, then on what it lies in, then the keys it knows."""
        self._empty()
        said = help_of(about)[:2]
        for name, words in said:
            self._add(name, "heading")
            self._add(words, "")
        for keys, does in known_keys(about).items() if about is not None else ():
            self._add(f"{keys}   {does.text()}", "muted")
        self._add(say("All keys: Ctrl+F1. Close: Esc.").text(), "note")
        self.setAccessibleName(said[0][0] if said else "")
        self.setAccessibleDescription("\n".join(words for _, words in said))
        self._place(about)

    def _add(self, words: str, look: str) -> None:
        if words:
            self._column.addWidget(Words(words, look, wraps=True))

    def _empty(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            part = item.widget()
            if part is not None:
                part.setParent(None)
                part.deleteLater()

    def _place(self, about: QWidget | None) -> None:
        """Below the control where there is room, else above it, else at the window's right edge."""
        window = self._window
        widest, highest = window.width() - 2 * EDGE, window.height() - 2 * EDGE
        widths = [min(width, widest) for width in WIDTHS]
        width = next((each for each in widths if self._column.totalHeightForWidth(each) <= highest), widths[-1])
        height = min(self._column.totalHeightForWidth(width), highest)
        corner = about.mapTo(window, QPoint(0, 0)) if about is not None and about is not window else QPoint(EDGE, EDGE)
        foot = corner.y() + (about.height() if about is not None else 0) + 4
        left = max(EDGE, min(corner.x(), window.width() - width - EDGE))
        if foot + height <= window.height() - EDGE:
            top = foot
        elif corner.y() - height - 4 >= EDGE:
            top = corner.y() - height - 4
        else:
            left, top = window.width() - width - EDGE, max(EDGE, window.height() - height - EDGE)
        self.setGeometry(left, top, width, height)
        self.show()
        self.raise_()

    def _give_way(self) -> None:
        self.hide()

    def showEvent(self, event: QShowEvent) -> None:
        """While it stands, Esc and the next click are its."""
        super().showEvent(event)
        _application().installEventFilter(self)

    def hideEvent(self, event: QHideEvent) -> None:
        """Everything goes its way again."""
        _application().removeEventFilter(self)
        super().hideEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc closes the note and nothing else; a click closes it and goes on to what was clicked."""
        if not self.isVisible():
            return False
        kind = event.type()
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            if kind == QEvent.Type.KeyPress:
                self._give_way()
            return True
        if kind == QEvent.Type.MouseButtonPress or (kind == QEvent.Type.Resize and watched is self._window):
            self._give_way()
        return False


class HelpKey(HotKey):
    """F1 in a window: help on the control in focus; a second F1 closes it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "F1", say("Help on the field or list in focus"), self._turn)
        self._window = window
        self.note: HelpNote | None = None

    def _turn(self) -> None:
        if self.note is None or not isValid(self.note):
            self.note = HelpNote(self._window)
        if self.note.isVisible():
            self.note.hide()
        else:
            self.note.tell(self._window.focusWidget() or self._window)
