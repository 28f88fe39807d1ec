"""What is done with the return on the screen: opened, kept as a draft, saved, answered, closed; in the background."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from claims_desk.domain.codes import ReturnState, Role
from claims_desk.domain.errors import Stale, UserError
from claims_desk.domain.monthly_return import Cell
from claims_desk.domain.return_questions import Question
from claims_desk.queries.monthly_returns import ReturnOpened, return_opened
from claims_desk.services.drafts import Draft
from claims_desk.services.monthly_returns import (
    ReturnForm,
    answer_question,
    close_return,
    reopen_return,
    save_return,
)
from claims_desk.ui.desk import Desk
from claims_desk.ui.draft_keeper import DraftKeeper
from claims_desk.ui.returns.keeping import draft_key, draft_of, return_draft, return_keeper
from claims_desk.ui.returns.typed import TypedReturn, from_json

T = TypeVar("T")


class ReturnWork(QObject):
    """`began`: another return is on the screen. `kept`: the one there was loaded again, as it is now in the database.

    `saved` and `closed` tell what was done, `closed` with the questions that are still open; `refused` why nothing was,
    `overtaken` that a colleague saved it first. `unsaved` is what was typed of it before and only stands on this PC.
    """

    began = Signal()
    kept = Signal()
    saved = Signal()
    closed = Signal(list)
    refused = Signal(object)
    overtaken = Signal()

    def __init__(self, desk: Desk, typed: TypedReturn, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._typed = desk, typed
        self.opened: ReturnOpened | None = None
        self.is_touched = False
        self._is_busy = False
        self.drafts: DraftKeeper = return_keeper(desk, self._draft, self)
        self.unsaved: dict[Cell, str] | None = None
        self._key = ""

    @property
    def may_type(self) -> bool:
        """Whether this user may change the return as it stands."""
        works = self._desk.actor.may(Role.CLERK, Role.SUPERVISOR)
        return works and self.opened is not None and self.opened.state == ReturnState.OPEN

    def touch(self) -> None:
        """Something was typed."""
        self.is_touched = True
        self.drafts.touch()

    def open(self, facility_code: str, month: date) -> None:
        """Open a facility's month, with what was typed of it before and not saved."""
        self.drafts.keep_now()
        self.drafts.waiting(partial(self._open, facility_code, month))

    def save(self) -> None:
        """Keep what is typed."""
        found = self._free()
        if found is not None:
            self._do(self._saving(found), lambda _id: self._done(self.saved.emit))

    def close(self) -> None:
        """Keep what is typed and close the return, where no question is open."""
        found = self._free()
        if found is not None:
            version = None if self.is_touched else found.version
            save, db, actor = self._saving(found), self._desk.db, self._desk.actor
            self._do(lambda: close_return(db, actor, save(), version), self._on_closed)

    def answer(self, question: Question, reason: str) -> None:
        """Keep what is typed and confirm a questioned number."""
        found = self._free()
        if found is not None:
            save, db, actor = self._saving(found), self._desk.db, self._desk.actor
            self._do(lambda: answer_question(db, actor, save(), None, question, reason), self._quietly)

    def reopen(self, reason: str) -> None:
        """Open a closed return again."""
        found = self.opened
        if found is not None and not self._is_busy:
            deed = partial(reopen_return, self._desk.db, self._desk.actor, found.id, found.version, reason)
            self._do(deed, self._quietly)

    def _free(self) -> ReturnOpened | None:
        """The return on the screen, where this user may change it and no deed of his is still under way."""
        return self.opened if self.may_type and not self._is_busy else None

    def _open(self, facility_code: str, month: date, drafts: Sequence[Draft]) -> None:
        self._desk.read(self, partial(self._begin, drafts), return_opened, facility_code, month)

    def _begin(self, drafts: Sequence[Draft], found: ReturnOpened) -> None:
        self.opened, self.is_touched, self._is_busy = found, False, False
        draft = draft_of(drafts, found.facility_code, found.month)
        self._key = draft.key if draft else draft_key(self._desk, found.facility_code, found.month)
        self.unsaved = from_json(draft.typed.get("places")) if draft and self.may_type else None
        self.began.emit()

    def _saving(self, found: ReturnOpened) -> Callable[[], int]:
        """The deed that keeps what is typed and gives the return's id; where nothing is typed there is none to do."""
        if found.id and not self.is_touched:
            return lambda: found.id
        form = ReturnForm(facility_code=found.facility_code, month=found.month, counts=dict(self._typed.counts))
        version, on = found.version or None, self._desk.today()
        return partial(save_return, self._desk.db, self._desk.actor, form, found.id, version, on=on)

    def _do(self, work: Callable[[], T], done: Callable[[T], object]) -> None:
        """What is typed while the deed is under way is not part of it, and counts as typed anew."""
        was_touched, self.is_touched, self._is_busy = self.is_touched, False, True
        self._desk.do(self, work, done, "monthly_returns", failed=partial(self._on_refused, was_touched))

    def _quietly(self, _none: None) -> None:
        self._done(lambda: None)

    def _on_closed(self, left: list[Question]) -> None:
        self._done(lambda: self.closed.emit(left))

    def _done(self, tell: Callable[[], object]) -> None:
        if self.opened is not None and not self.is_touched:
            self.drafts.discard(self._key)
        tell()
        self._load_again(self.kept.emit)

    def _on_refused(self, was_touched: bool, problem: UserError) -> None:
        self.is_touched = self.is_touched or was_touched
        self.refused.emit(problem)
        self.drafts.keep_now()
        self._load_again(self.overtaken.emit if isinstance(problem, Stale) else self.kept.emit)

    def _load_again(self, tell: Callable[[], object]) -> None:
        def take(found: ReturnOpened) -> None:
            self.opened, self._is_busy = found, False
            tell()

        if self.opened is not None:
            self._desk.read(self, take, return_opened, self.opened.facility_code, self.opened.month)

    def _draft(self) -> Draft | None:
        found = self.opened
        if found is None or not self.is_touched or not self.may_type:
            return None
        return return_draft(self._desk, found.facility_code, found.month, found.version, self._typed.texts, self._key)
