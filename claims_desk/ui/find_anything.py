"""Ctrl+K: go to anything by number or by part of a name."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from claims_desk.domain.messages import say
from claims_desk.ui.background import Latest
from claims_desk.ui.commands_here import rank
from claims_desk.ui.desk import Desk, Found
from claims_desk.ui.finders import FINDERS
from claims_desk.ui.pane import Command
from claims_desk.ui.speech import bind_text
from claims_desk.ui.theme import row_height
from claims_desk.ui.widgets import SearchBox, Words
from claims_desk.ui.widgets.listing import NOTHING_FITS

LEAST_LETTERS = 2
BEFORE_THINGS = 1  # the rank of a command that still stands above members and papers


@dataclass(frozen=True, slots=True)
class Offer:
    """One line of the list and what it does."""

    title: str
    detail: str
    do: Callable[[], object]


class FindDialog(QDialog):
    """A line to type in and what fits; the arrows mark, Enter goes there, Esc closes.

    Only what opens in one of `panes` is offered.
    """

    def __init__(self, parent: QWidget, desk: Desk, commands: list[Command], panes: Collection[str]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        bind_text(self.setWindowTitle, say("Find anything"))
        self.resize(640, 420)
        self._desk = desk
        self._commands = commands
        self._panes = frozenset(panes)
        self._offers: list[Offer] = []
        self._found: list[Offer] = []
        self.search = SearchBox(say("Member, claim, voucher, facility, pane or command"))
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        bind_text(self.list.setAccessibleName, say("What was found"))
        self._nothing = Words(NOTHING_FITS, "muted")
        column = QVBoxLayout(self)
        for part in (self.search, self.list, self._nothing):
            column.addWidget(part)
        self.list.itemClicked.connect(lambda _item: self.go())
        self._latest: Latest[str, list[Found]] = Latest(self, self._look_through, self._show_found)
        self.search.returnPressed.connect(self.go)
        self.search.textChanged.connect(self._on_typed)
        self.search.searched.connect(self._ask)
        self._show()

    def go(self) -> None:
        """Go to the marked line."""
        row = self.list.currentRow()
        if 0 <= row < len(self._offers):
            self.accept()
            self._offers[row].do()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows, which the line passes on, mark; Esc closes."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step and self.list.count():
            self.list.setCurrentRow((self.list.currentRow() + step) % self.list.count())
        else:
            super().keyPressEvent(event)

    def _look_through(self, text: str) -> list[Found]:
        found = (thing for finder in FINDERS for thing in finder(self._desk, text))
        return [thing for thing in found if thing.place.pane in self._panes]

    def _ask(self, text: str) -> None:
        if len(text) >= LEAST_LETTERS:
            self._latest.ask(text)
        else:
            self._latest.drop()

    def _on_typed(self) -> None:
        self._found = []
        self._show()

    def _show_found(self, found: list[Found]) -> None:
        self._found = [self._offer(thing) for thing in found]
        self._show()

    def _show(self) -> None:
        """Commands that begin so, what was found, then the commands in which the words only occur."""
        ranked = [(rank(each, self.search.text()), each) for each in self._commands]
        fitting = sorted(((place, each) for place, each in ranked if place is not None), key=lambda pair: pair[0])
        offers = [(place, Offer(each.title.text(), each.shortcut, each.do)) for place, each in fitting]
        before = [offer for place, offer in offers if place <= BEFORE_THINGS]
        after = [offer for place, offer in offers if place > BEFORE_THINGS]
        self._offers = [*before, *self._found, *after]
        self._fill()

    def _offer(self, thing: Found) -> Offer:
        return Offer(thing.title, thing.detail, lambda: self._desk.go(thing.place))

    def _fill(self) -> None:
        self.list.clear()
        for offer in self._offers:
            item = QListWidgetItem(f"{offer.title}    {offer.detail}".rstrip())
            item.setSizeHint(QSize(0, row_height()))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._nothing.setVisible(not self._offers)
