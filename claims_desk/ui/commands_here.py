"""What Ctrl+K can do now: what the buttons and keys of the pane in front do, and every view of every pane."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from claims_desk.domain.codes import Role
from claims_desk.domain.lao import fold
from claims_desk.domain.messages import LANGUAGES, Message, say
from claims_desk.ui.admin.pane import AUDIT, BACKUP, HEALTH, USERS
from claims_desk.ui.desk import Desk, Place
from claims_desk.ui.pane import Command, Pane
from claims_desk.ui.payments.pane import VIEWS as PAYMENTS
from claims_desk.ui.receive.pane import VIEWS as RECEIVE
from claims_desk.ui.registers import proposal_view
from claims_desk.ui.registers.words import TITLES
from claims_desk.ui.speech import words_of
from claims_desk.ui.verify.pane import views_for
from claims_desk.ui.widgets import Button, HotKey, key_words

PORTABLE = QKeySequence.SequenceFormat.PortableText
CAPITATION_RUN = (say("Capitation run"), Place("payments", "capitation"))


def commands_on_screen(pane: Pane) -> list[Command]:
    """What the pane itself names, then its other buttons that can be pressed and its keys; each once."""
    named = pane.commands()
    known = {command.title.text() for command in named}
    return named + [each for each in (*_buttons(pane), *_keys(pane)) if each.title.text() not in known]


def _buttons(pane: Pane) -> Iterator[Command]:
    for button in pane.findChildren(Button):
        words = words_of(button.say)
        if words is not None and button.isVisible() and button.isEnabled() and not button.shortcut().isEmpty():
            yield Command(words, button.click, key_words(button.shortcut().toString(PORTABLE)))


def _keys(pane: Pane) -> Iterator[Command]:
    for key in pane.findChildren(HotKey):
        words, owner = words_of(key.setWhatsThis), key.parent()
        is_shown = owner is pane or (isinstance(owner, QWidget) and owner.isVisibleTo(pane))
        if words is not None and key.isEnabled() and is_shown:
            yield Command(words, key.activated.emit, key_words(key.key().toString(PORTABLE)))


def views_elsewhere(desk: Desk, kinds: Sequence[type[Pane]]) -> list[Command]:
    """The views behind the switches of every pane the user may use; beside each stands its pane."""
    panes = {kind.key: kind.title.text() for kind in kinds}
    return [
        Command(title, lambda place=place: desk.go(place), panes[place.pane])  # type: ignore[misc]
        for title, place in _views(desk)
        if place.pane in panes
    ]


def _views(desk: Desk) -> Iterator[tuple[Message, Place]]:
    admin = (USERS, BACKUP, HEALTH, AUDIT) if desk.actor.may(Role.ADMINISTRATOR) else (AUDIT, HEALTH, USERS)
    registers = (*TITLES.items(), (proposal_view.NAME, proposal_view.TITLE))
    yield from ((title, Place("receive", "open" if key == "bundles" else key)) for key, title in RECEIVE)
    yield from ((title, Place("verify", key)) for key, title in views_for(desk))
    yield from ((title, Place("payments", key)) for key, title in PAYMENTS)
    yield CAPITATION_RUN
    yield from ((title, Place("registers", key)) for key, title in registers)
    yield from ((title, Place("admin", key)) for key, title in admin)


def rank(command: Command, typed: str) -> int | None:
    """How well a command fits what is typed: 0 begins so or has that key, 1 a word of it begins so, 2 all words occur.

    Both languages are looked at: the keyboard is not always the window's. None where it does not fit.
    """
    wanted = fold(typed)
    names = [fold(command.title.text(language)) for language in LANGUAGES]
    key = fold(command.shortcut)
    if key == wanted or any(name.startswith(wanted) for name in names):
        return 0
    if any(f" {wanted}" in name for name in names):
        return 1
    everything = " ".join((*names, key))
    return 2 if all(word in everything for word in wanted.split()) else None
