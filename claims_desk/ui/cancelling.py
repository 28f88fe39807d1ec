"""Long services that can be cancelled: what they began is undone as by any other error."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from claims_desk.ui.background import IsCancelled, Report

T = TypeVar("T")


class _Cancelled(Exception):
    """The user asked to stop; it leaves the service through its own undoing."""


def cancellable(work: Callable[[Report], T]) -> Callable[[Report, IsCancelled], T | None]:
    """Work that takes only a `progress` made fit for `show_progress`: cancelled between two steps it answers None."""

    def run(report: Report, cancelled: IsCancelled) -> T | None:
        def step(done: int, total: int) -> None:
            if cancelled():
                raise _Cancelled
            report(done, total)

        try:
            return work(step)
        except _Cancelled:
            return None

    return run
