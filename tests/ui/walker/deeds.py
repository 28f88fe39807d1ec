"""Presses every button, key, switch, command and first row of a pane once, from wherever it was found first."""

from __future__ import annotations

import importlib
import pkgutil
from collections import deque
from collections.abc import Callable, Iterator
from threading import Event

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget
from sqlalchemy import select

import claims_desk.ui
from claims_desk.domain.codes import ClaimState
from claims_desk.domain.messages import say
from claims_desk.models import Claim
from claims_desk.ui.desk import Desk, Place
from claims_desk.ui.frame import Frame
from claims_desk.ui.pane import Pane
from claims_desk.ui.widgets import Button, DateEdit, HotKey, Segments, Table
from claims_desk.ui.widgets.progress import show_progress
from tests.ui.walker.walk import dialogs, go, settle

DEEPEST = 3  # presses one after the other
_DENIED = select(Claim.id).where(Claim.state == ClaimState.DENIED).limit(1)
Press = Callable[[], object]


def deeds(frame: Frame) -> Iterator[tuple[str, QWidget]]:
    """Each view and each dialog that a press leads to, with the presses that led there; dialogs are left again."""
    for kind in frame.kinds:
        go(frame, kind.key)
        yield kind.key, frame
        known: set[str] = set()
        ways: deque[tuple[str, ...]] = deque([()])
        while ways:
            way = ways.popleft()
            for name in _new(frame, kind.key, way, known):
                known.add(name)
                yield from _after(frame, (*way, name), ways)


def _new(frame: Frame, key: str, way: tuple[str, ...], known: set[str]) -> Iterator[str]:
    """What can be pressed at the end of a way and was not pressed yet; the way is gone again for each."""
    while True:
        pane = _walk(frame, key, way)
        name = next((each for each in presses(pane) if each not in known), None) if pane else None
        if name is None:
            return
        yield name


def _walk(frame: Frame, key: str, way: tuple[str, ...]) -> Pane | None:
    go(frame, key)
    for name in way:
        deed = presses(frame.stack.current()).get(name)
        if deed is None:
            return None
        deed()
        settle()
    pane = frame.stack.current()
    return pane if pane.key == key else None


def _after(frame: Frame, way: tuple[str, ...], ways: deque[tuple[str, ...]]) -> Iterator[tuple[str, QWidget]]:
    pane = frame.stack.current()
    presses(pane)[way[-1]]()
    settle()
    where = " / ".join((pane.key, *way))
    opened = dialogs(frame)
    yield from _left_again(frame, where)
    if not opened and frame.stack.current() is pane:
        yield where, frame
        if len(way) < DEEPEST:
            ways.append(way)


def _left_again(frame: Frame, where: str) -> Iterator[tuple[str, QWidget]]:
    """The dialogs that are open and those that their own buttons open; all are closed."""
    before = dialogs(frame)
    for dialog in before:
        yield where, dialog
        _fill(dialog)
        for button in [each for each in dialog.findChildren(Button) if _can_be_tried(each)]:
            name = button.accessibleName()
            button.click()
            settle()
            for further in [each for each in dialogs(frame) if each not in before]:
                yield f"{where} / {name}", further
                close(further)
        close(dialog)


def _fill(dialog: QDialog) -> None:
    """Type a day where one is asked for, so that what is tried out can be."""
    for edit in dialog.findChildren(DateEdit):
        if edit.isVisible() and edit.is_blank():
            edit.set_value(Desk.today())


def _can_be_tried(button: Button) -> bool:
    """Whether a dialog's button neither does what the dialog is for nor closes it."""
    ends = button.property("look") == "primary" or button.shortcut().toString() == "Esc"
    return button.isVisible() and button.isEnabled() and not ends


def of_the_window(frame: Frame) -> Iterator[tuple[str, QWidget]]:
    """What opens from every pane: Ctrl+K, the sheet of keys, the settings."""
    for opens in (frame.find_anything, frame.show_keys, frame.change_settings):
        opens()
        settle()
        yield from _left_again(frame, opens.__name__)


def of_a_denied_claim(frame: Frame) -> Iterator[tuple[str, QWidget]]:
    """A denied claim in Key, and what asks where it is restored; where somebody works there."""
    denied = frame.desk.db.read(lambda session: session.execute(_DENIED).scalar_one())
    if "key" in [kind.key for kind in frame.kinds]:
        frame.stack.open(Place("key", "claim", denied))
        settle()
        yield "a denied claim", frame
        again = next(
            each for each in frame.stack.current().findChildren(Button) if each.shortcut() == QKeySequence("Ctrl+D")
        )
        again.click()
        settle()
        yield from _left_again(frame, "a denied claim / Ctrl+D")


def long_work(frame: Frame) -> Iterator[tuple[str, QWidget]]:
    """The dialog that stands while something takes its time."""
    may_end = Event()

    def work(report: Callable[[int, int], None], _cancelled: object) -> None:
        report(40_000, 1_000_000)
        may_end.wait()

    dialog = show_progress(frame, say("Judging the quarter's claims twice"), work, lambda _none: None)
    QApplication.processEvents()
    yield "long work", dialog
    may_end.set()
    settle()


def close(dialog: QDialog) -> None:
    """Leave a dialog as Esc does, also where it asks a second time."""
    dialog.reject()
    if dialog.isVisible():
        dialog.reject()
    settle()


def presses(pane: Pane) -> dict[str, Press]:
    """All that can be pressed in a pane as it stands, by name: the first row of each list is chosen for it."""
    found: dict[str, Press] = {}
    for table in pane.findChildren(Table):
        if table.isVisible() and table.rows_model.rowCount():
            if not table.selectionModel().hasSelection():
                table.setCurrentIndex(table.rows_model.index(0, 0))
            found[f"row of {table.accessibleName()}"] = lambda table=table: QTest.keyClick(table, Qt.Key.Key_Return)
    for button in pane.findChildren(QAbstractButton):
        is_ours = isinstance(button, Button) or isinstance(button.parentWidget(), Segments)
        if is_ours and button.isVisible() and button.isEnabled():
            found[button.accessibleName()] = button.click
    for key in pane.findChildren(HotKey):
        if key.isEnabled() and (key.parent() is pane or key.parent().isVisibleTo(pane)):
            found[f"{key.key().toString()} {key.whatsThis()}"] = key.activated.emit
    for command in pane.commands():
        found[f"Ctrl+K {command.title.text()}"] = command.do
    return found


def every_kind_of_dialog() -> set[type[QDialog]]:
    """Every class of dialog in the program that others are not made from."""
    for module in pkgutil.walk_packages(claims_desk.ui.__path__, "claims_desk.ui."):
        importlib.import_module(module.name)
    return {
        kind for kind in _below(QDialog) if kind.__module__.startswith("claims_desk.") and not kind.__subclasses__()
    }


def _below(kind: type[QDialog]) -> Iterator[type[QDialog]]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)
