"""The panes of a signed-in user: made when first opened, one in front."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from claims_desk.ui.desk import Desk, Place
from claims_desk.ui.pane import Pane
from claims_desk.ui.widgets.whole_scroll import WholeScroll


class PaneStack(QStackedWidget):
    """Keeps every opened pane as it was left; `turned` tells which one is in front."""

    turned = Signal(str)

    def __init__(self, desk: Desk, kinds: Sequence[type[Pane]]) -> None:
        super().__init__()
        self._desk = desk
        self._kinds = {kind.key: kind for kind in kinds}
        self._panes: dict[str, Pane] = {}
        self._frames: dict[str, WholeScroll] = {}

    def open(self, place: Place) -> None:
        """Bring a pane to the front at a place; nothing for a pane this user may not use."""
        if place.pane not in self._kinds:
            return
        pane = self._panes.get(place.pane) or self._make(place.pane)
        if self.isAncestorOf(QApplication.focusWidget() or self):
            self.setFocus()  # else Qt puts the keyboard on the pane's first button before the pane can say where
        self.setCurrentWidget(self._frames[place.pane])
        self.turned.emit(place.pane)
        pane.open(place if place != Place(place.pane) else None)
        self.give_focus()

    def give_focus(self) -> None:
        """Put the focus back where the user was in the pane in front, else on its first control."""
        pane = self.current()
        if pane is not None and pane.isVisible():
            _give_focus(pane)

    def current(self) -> Pane | None:
        """The pane in front."""
        frame = self.currentWidget()
        return next((self._panes[key] for key, each in self._frames.items() if each is frame), None)

    def panes(self) -> list[Pane]:
        """Every pane opened so far."""
        return list(self._panes.values())

    def _make(self, key: str) -> Pane:
        pane = self._kinds[key](self._desk)
        frame = WholeScroll(pane)
        self._panes[key], self._frames[key] = pane, frame
        self.addWidget(frame)
        return pane


def _give_focus(pane: Pane) -> None:
    if pane.isAncestorOf(QApplication.focusWidget() or pane.window()):
        return
    left = pane.focusWidget()
    target = left or _first_by_tab(pane)
    if target is not None:
        target.setFocus()


def _first_by_tab(pane: Pane) -> QWidget | None:
    each = pane.nextInFocusChain()
    while each is not None and each is not pane:
        reached = each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisible() and each.isEnabled()
        if reached and pane.isAncestorOf(each):
            return each
        each = each.nextInFocusChain()
    return None
