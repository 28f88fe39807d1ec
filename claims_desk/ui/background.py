"""The only place for threads: work runs off the window, answers come back to it in order.

Five lanes: `run` (database work, one at a time, in the order asked), `keep` (drafts, one at a time, never behind
the database), `draw` (pages of scans), `Latest` (live look-ups, only the newest answer counts) and `progress` (long
work with count, time left and cancel). This module owns every task: an owner that is closed early kills nothing, its
answer is dropped.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Qt, QThreadPool, Signal
from shiboken6 import isValid

from claims_desk.domain.errors import UserError
from claims_desk.ui import errors

HOLD_SECONDS = 0.0005
"""How long a worker may keep Python from the window, which asks for it many times a key; Python's own 5 ms show."""
SOON, FIRST = 1, 2
"""Ranks of what is drawn: what will be looked at next, what is looked at now."""
T = TypeVar("T")
Question = TypeVar("Question")
Done = Callable[[T], object]
Failed = Callable[[UserError], object]
Report = Callable[[int, int], None]
IsCancelled = Callable[[], bool]


class _Task:
    """One piece of work and who waits for it; no QRunnable, which PySide would never let go, answer and all."""

    def __init__(
        self,
        owner: QObject,
        work: Callable[[], Any],
        done: Done[Any],
        failed: Failed | None,
        wanted: Callable[[], bool] = lambda: True,
        ended: Callable[[], object] = lambda: None,
        broke: Callable[[], object] = lambda: None,
    ) -> None:
        self.owner, self.work, self.done, self.failed = owner, work, done, failed
        self.wanted, self.ended, self.broke = wanted, ended, broke
        self.outcome: errors.Outcome | None = None
        self.office: _PostOffice | None = None

    def run(self) -> None:
        """Do the work on the worker's thread, unless nobody wants it any more."""
        if self.wanted():
            self.outcome = errors.outcome_of(self.work)
        if self.office is not None and isValid(self.office):
            self.office.finished.emit(self)


class _PostOffice(QObject):
    """Lives on the window's thread and hands answers to their owners."""

    finished = Signal(object)

    def __init__(self) -> None:
        super().__init__(QCoreApplication.instance())
        sys.setswitchinterval(HOLD_SECONDS)
        self.tasks: set[_Task] = set()
        self.database = self._pool(1)
        self.drafts = self._pool(1)
        self.live = self._pool(2)
        self.long = self._pool(1)
        self.drawing = self._pool(1)
        self.finished.connect(self.deliver, Qt.ConnectionType.QueuedConnection)

    def _pool(self, threads: int) -> QThreadPool:
        pool = QThreadPool(self)
        pool.setMaxThreadCount(threads)
        pool.setExpiryTimeout(-1)
        return pool

    def pools(self) -> tuple[QThreadPool, ...]:
        """Every lane."""
        return self.drafts, self.database, self.live, self.long, self.drawing

    def start(self, pool: QThreadPool, task: _Task, priority: int = 0) -> None:
        """Queue a task and keep it until its answer was handed over."""
        task.office = self
        self.tasks.add(task)
        pool.start(task.run, priority)

    def deliver(self, task: _Task) -> None:
        """Give the answer to an owner that still lives."""
        self.tasks.discard(task)
        task.ended()
        if task.outcome is None or not isValid(task.owner) or not task.wanted():
            return
        problem = task.outcome.problem
        if problem is None:
            task.done(task.outcome.value)
        elif isinstance(problem, UserError) and task.failed is not None:
            task.failed(problem)
        else:
            errors.show(task.owner, problem)
            task.broke()


_office: _PostOffice | None = None


def _post_office() -> _PostOffice:
    global _office
    if _office is None or not isValid(_office):
        _office = _PostOffice()
    return _office


def run(
    owner: QObject,
    work: Callable[[], T],
    done: Done[T],
    failed: Failed | None = None,
    broke: Callable[[], object] = lambda: None,
) -> None:
    """Do `work` on the database thread and give its answer to `done` on the window's.

    A `UserError` goes to `failed` where given, else to the errors box; anything else is reported as a bug. After the
    box `broke` is called: who waits for an answer that never comes goes on.
    Nothing is called once `owner` is gone.
    """
    office = _post_office()
    office.start(office.database, _Task(owner, work, done, failed, broke=broke))


def keep(owner: QObject, work: Callable[[], T], done: Done[T], failed: Failed | None = None) -> None:
    """Put what is being typed on disk; as `run`, in a lane of its own, so that a slow database holds up no draft."""
    office = _post_office()
    office.start(office.drafts, _Task(owner, work, done, failed))


def draw(
    owner: QObject,
    work: Callable[[], T],
    done: Done[T],
    failed: Failed | None = None,
    *,
    wanted: Callable[[], bool] = lambda: True,
    rank: int = 0,
    ended: Callable[[], object] = lambda: None,
) -> None:
    """Draw or keep a page; as `run`, in a lane of its own: a large scan holds up neither database nor look-ups.

    What is of higher `rank` comes first; what is not `wanted` any more when its turn comes is passed over. `ended`
    comes before the answer, whatever it is.
    """
    office = _post_office()
    office.start(office.drawing, _Task(owner, work, done, failed, wanted, ended), rank)


def busy() -> bool:
    """Whether any work is under way or its answer not yet handed over."""
    return bool(_office and isValid(_office) and _office.tasks)


def finish(seconds: float = 10) -> bool:
    """Wait at closing time for the work under way; False when it took longer than `seconds`."""
    office = _post_office()
    done = [pool.waitForDone(int(seconds * 1000)) for pool in office.pools()]
    return all(done)


def close(seconds: float = 10) -> None:
    """End the threads when the program ends: what waits in line is dropped, what is under way has `seconds` to end."""
    global _office
    if _office is not None and isValid(_office):
        for pool in _office.pools():
            pool.clear()
        finish(seconds)
        _office.tasks.clear()
        _office.deleteLater()
    _office = None


def finish_drafts() -> None:
    """Wait until every draft given to `keep` is on disk."""
    _post_office().drafts.waitForDone()


class Latest(QObject, Generic[Question, T]):
    """Live look-ups where only the newest question counts; older answers are dropped, older questions skipped."""

    def __init__(
        self, owner: QObject, look_up: Callable[[Question], T], done: Done[T], failed: Failed | None = None
    ) -> None:
        super().__init__(owner)
        self._look_up, self._done, self._failed = look_up, done, failed
        self._newest = 0
        self._answered = 0

    def ask(self, question: Question) -> None:
        """Look up `question`; its answer comes unless another is asked first."""
        self._newest += 1
        serial = self._newest
        look_up = self._look_up
        task = _Task(self, lambda: look_up(question), self._answer, self._refuse, lambda: serial == self._newest)
        office = _post_office()
        office.start(office.live, task)

    def drop(self) -> None:
        """Forget the question under way."""
        self._newest += 1
        self._answered = self._newest

    @property
    def waiting(self) -> bool:
        """Whether the newest question has no answer yet."""
        return self._answered != self._newest

    def _answer(self, answer: T) -> None:
        self._answered = self._newest
        self._done(answer)

    def _refuse(self, problem: UserError) -> None:
        self._answered = self._newest
        if self._failed is not None:
            self._failed(problem)
        else:
            errors.show(self, problem)


@dataclass(slots=True)
class Pace:
    """How far long work has come, and how many seconds it still needs."""

    count: int = 0
    total: int = 0
    started: float = 0.0
    cancelled: bool = False

    def seconds_left(self) -> int | None:
        """Seconds left at the pace so far; None while that cannot be told."""
        if not self.count or not self.total:
            return None
        spent = monotonic() - self.started
        return round(spent * (self.total - self.count) / self.count)


class LongWork(QObject):
    """Long work under way: `moved` as it counts on, `ended` once however it ends."""

    moved = Signal()
    ended = Signal()

    def __init__(self) -> None:
        super().__init__(QCoreApplication.instance())
        self.pace = Pace(started=monotonic())

    def report(self, count: int, total: int) -> None:
        """Called by the work, on its own thread."""
        self.pace.count, self.pace.total = count, total
        self.moved.emit()

    def cancel(self) -> None:
        """Ask the work to stop at its next safe place."""
        self.pace.cancelled = True

    def is_cancelled(self) -> bool:
        """Asked by the work between two of its steps."""
        return self.pace.cancelled

    def finish(self) -> None:
        """Tell that the work is over, whichever way."""
        self.ended.emit()
        self.deleteLater()


def start_long(
    owner: QObject, work: Callable[[Report, IsCancelled], T], done: Done[T], failed: Failed | None = None
) -> LongWork:
    """Start long work on a lane of its own; `widgets.show_progress` puts a bar and a cancel button to it."""
    long = LongWork()
    office = _post_office()
    task = _Task(owner, lambda: work(long.report, long.is_cancelled), done, failed, ended=long.finish)
    office.start(office.long, task)
    return long
