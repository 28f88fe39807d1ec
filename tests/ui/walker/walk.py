"""Goes through the window as somebody would who tries everything once."""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QMainWindow, QWidget

from claims_desk.ui import background
from claims_desk.ui.desk import Place
from claims_desk.ui.frame import Frame
from claims_desk.ui.widgets import Button, Segments, Table

PATIENCE = 20.0


class Windows(QObject):
    """Notes what is shown as a window of its own, though it is only a part of one."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at what is shown."""
        shown = event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow()
        if shown and not isinstance(watched, QMainWindow | QDialog):
            self.parts.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return False


def settle() -> None:
    """Let every answer arrive and everything be laid out."""
    until = monotonic() + PATIENCE
    quiet = 0
    while quiet < 3 and monotonic() < until:
        QApplication.processEvents()
        quiet = 0 if background.busy() else quiet + 1


def views(frame: Frame, with_dialogs: bool = False) -> Iterator[tuple[str, QWidget]]:
    """Each pane, each of its switches, its first row opened, the dialogs its buttons open; with where one is."""
    for kind in frame.kinds:
        go(frame, kind.key)
        yield kind.key, frame
        yield from _switched(frame, kind.key, ())
        if with_dialogs:
            go(frame, kind.key)
            yield from _dialogs(frame, kind.key)


def go(frame: Frame, key: str) -> None:
    """Open a pane."""
    frame.stack.open(Place(key))
    settle()


def _switched(frame: Frame, path: str, before: tuple[Segments, ...]) -> Iterator[tuple[str, QWidget]]:
    pane = frame.stack.current()
    for switch in [each for each in pane.findChildren(Segments) if each.isVisible() and each not in before]:
        for button in switch.findChildren(QAbstractButton):
            if switch.isVisible():
                button.click()
                settle()
                here = f"{path} / {button.accessibleName()}"
                yield here, frame
                if len(before) < 2:
                    yield from _switched(frame, here, (*before, switch))
                yield from _opened_row(frame, here)


def _opened_row(frame: Frame, path: str) -> Iterator[tuple[str, QWidget]]:
    pane = frame.stack.current()
    for table in [each for each in pane.findChildren(Table) if each.isVisible() and each.rows_model.rowCount()][:1]:
        table.setFocus()
        table.setCurrentIndex(table.rows_model.index(0, 0))
        settle()
        QTest.keyClick(table, Qt.Key.Key_Return)
        settle()
        yield f"{path} / first row", frame
        if frame.stack.current() is not pane:
            go(frame, pane.key)


def _dialogs(frame: Frame, path: str) -> Iterator[tuple[str, QWidget]]:
    """What every enabled button of the pane opens; a button that goes elsewhere is followed back."""
    pane = frame.stack.current()
    for button in list(pane.findChildren(Button)):
        if not (button.isVisible() and button.isEnabled()):
            continue
        name = button.accessibleName()
        button.click()
        settle()
        for dialog in dialogs(frame):
            yield f"{path} / {name}", dialog
            dialog.reject()
        settle()
        go(frame, pane.key)


def dialogs(frame: Frame) -> list[QDialog]:
    """The dialogs open over the window."""
    return [each for each in frame.findChildren(QDialog) if each.isVisible()]
