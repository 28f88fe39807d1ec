"""Somebody who types into the real window, key by key, and holds a watch."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

BETWEEN_KEYS = 0.04  # seconds: 25 keys a second, faster than any hand
PATIENCE = 20.0
ENTER, F9 = Qt.Key.Key_Return, Qt.Key.Key_F9


class _Painted(QObject):
    """Notices that a widget was painted."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__()
        self.seen = False
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice, and let everything pass."""
        if event.type() == QEvent.Type.Paint:
            self.seen = True
        return super().eventFilter(watched, event)


class Typist:
    """Presses keys where the focus is. `keys` counts them, `letters` those that are text; `paints` are seconds."""

    def __init__(self) -> None:
        self.keys = 0
        self.letters = 0
        self.paints: list[float] = []

    def type(self, text: str) -> None:
        """Type a text; each letter is timed from the key until it stands on the screen."""
        for letter in text:
            self.paints.append(self.press_letter(letter))
            rest(BETWEEN_KEYS)

    def press_letter(self, letter: str) -> float:
        """Type one letter; returns the seconds until it is painted."""
        place = focus()
        painted = _Painted(place)
        started = perf_counter()
        press_text(place, letter)
        wait_until(lambda: painted.seen)
        seconds = perf_counter() - started
        self.keys += 1
        self.letters += 1
        return seconds

    def press(self, key: Qt.Key) -> None:
        """Press a key that is no letter."""
        QTest.keyClick(_window_of(focus()), key)
        self.keys += 1


def press_text(place: QWidget, letter: str) -> None:
    """Press a letter's key in the window of `place`; QTest itself only knows those of ASCII."""
    window = _window_of(place)
    if letter.isascii():
        QTest.keyClick(window, letter)  # type: ignore[call-overload]
        return
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(window, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def _window_of(place: QWidget) -> QWindow:
    """The window a keyboard's keys come to. Raises RuntimeError where there is none."""
    window = place.window().windowHandle()
    if window is None:
        raise RuntimeError("no window is shown")
    return window


def focus() -> QWidget:
    """What the keyboard is on. Raises RuntimeError where it is on nothing."""
    widget = QApplication.focusWidget()
    if widget is None:
        raise RuntimeError("nothing has the focus")
    return widget


def wait_until(done: Callable[[], bool]) -> float:
    """Turn Qt's loop until something is done; returns the seconds. Raises RuntimeError after 20 seconds."""
    started = perf_counter()
    while not done():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 1)
        if perf_counter() - started > PATIENCE:
            raise RuntimeError("the window does not answer")
    return perf_counter() - started


def rest(seconds: float) -> None:
    """Let the window work between two keys."""
    until = perf_counter() + seconds
    wait_until(lambda: perf_counter() >= until)
