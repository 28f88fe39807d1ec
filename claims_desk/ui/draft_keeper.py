"""Puts what is being typed on disk: within a second, in order, and never on the window's thread."""

from __future__ import annotations

from collections.abc import Callable

from platformdirs import user_data_path
from PySide6.QtCore import QObject, QTimer, Signal

from claims_desk.domain.errors import UserError
from claims_desk.services.drafts import Draft, DraftBox
from claims_desk.ui import background
from claims_desk.ui.desk import Desk

PAUSE_MS = 300


class DraftKeeper(QObject):
    """Asks `gather` for the draft whenever something was typed; None where there is nothing to keep.

    Another kind of form keeps its drafts in a `folder` of its own, so that nobody takes up what is not his.

    `failed` carries why a draft could not be kept.
    """

    failed = Signal(object)

    def __init__(self, desk: Desk, gather: Callable[[], Draft | None], parent: QObject, folder: str = "drafts") -> None:
        super().__init__(parent)
        self._desk, self._gather = desk, gather
        self._box = DraftBox(user_data_path("claims-desk", appauthor=False) / folder)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.keep_now)

    def touch(self) -> None:
        """Something was typed: keep it soon."""
        if not self._pause.isActive():
            self._pause.start()

    def keep_now(self) -> None:
        """A field was left: keep it at once."""
        self._pause.stop()
        draft = self._gather()
        if draft is not None:
            background.keep(self, lambda: self._box.save(draft), self._kept, self._refuse)

    def flush(self) -> bool:
        """Keep what is typed before this returns, at closing time; False where the disk refuses."""
        self._pause.stop()
        background.finish_drafts()
        draft = self._gather()
        try:
            if draft is not None:
                self._box.save(draft)
        except UserError as problem:
            self._refuse(problem)
            return False
        return True

    def discard(self, key: str) -> None:
        """Forget a draft: its form is saved or thrown away."""
        self._pause.stop()
        background.keep(self, lambda: self._box.discard(key), lambda _none: None, self._refuse)

    def waiting(self, done: Callable[[list[Draft]], object]) -> None:
        """Give the user's unfinished forms of this database to `done`, the newest first."""
        name, db = self._desk.actor.name, self._desk.db
        background.keep(self, lambda: self._box.drafts(name, db.identity, db.place), done)

    def _kept(self, _draft: Draft) -> None:
        self._desk.draft_saved.emit()

    def _refuse(self, problem: UserError) -> None:
        self.failed.emit(problem)
