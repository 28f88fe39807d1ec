"""What every pane is given: the database, who sits here, the settings, and the way to other panes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Signal

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import Role
from claims_desk.domain.dates import office_today
from claims_desk.models.database import Database
from claims_desk.ui import background
from claims_desk.ui.register_shelf import RegisterShelf
from claims_desk.ui.settings import Settings
from claims_desk.ui.speech import Spoken

A = ParamSpec("A")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the window: a pane by its key, in it a list or record by name, an id, a text to search for."""

    pane: str
    what: str = ""
    id: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One thing Ctrl+K found, and where it opens."""

    title: str
    detail: str
    place: Place


class Desk(QObject):
    """The one thing panes share. `changed` carries the nouns a deed has changed, such as {"claims"}."""

    changed = Signal(frozenset)
    went = Signal(object)
    draft_saved = Signal()
    told = Signal(str)

    def __init__(self, db: Database, actor: Actor, settings: Settings, office_name: Spoken | str = "") -> None:
        super().__init__()
        self.db, self.actor, self.settings, self.office_name = db, actor, settings, office_name
        self.registers = RegisterShelf(db)

    @property
    def blind_for(self) -> int | None:
        """The user, where he is a clerk: what he may have to key a second time is not shown to him."""
        return self.actor.user_id if self.actor.may(Role.CLERK) else None

    def read(
        self,
        owner: QObject,
        done: Callable[[T], object],
        query: Callable[Concatenate[Any, A], T],
        *args: A.args,
        **kwargs: A.kwargs,
    ) -> None:
        """Ask a query (`session` first) in the background; its rows go to `done`."""
        background.run(owner, lambda: self.db.read(query, *args, **kwargs), done)

    def do(
        self,
        owner: QObject,
        deed: Callable[[], T],
        done: Callable[[T], object],
        *nouns: str,
        failed: background.Failed | None = None,
        broke: Callable[[], object] = lambda: None,
    ) -> None:
        """Do a deed in the background, then tell every pane that `nouns` changed.

        `desk.do(self, lambda: approve_batch(desk.db, desk.actor, id), self.refresh_after, "batches", "claims")`
        """

        def told(answer: T) -> None:
            done(answer)
            if nouns:
                self.changed.emit(frozenset(nouns))

        background.run(owner, deed, told, failed, broke)

    @staticmethod
    def today() -> date:
        """The day on the office's own calendar."""
        return office_today()

    def go(self, place: Place) -> None:
        """Open another pane at a place in it."""
        self.went.emit(place)
