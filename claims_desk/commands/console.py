"""The console: what is printed, asked and shown while work goes on."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import ENGLISH, LANGUAGES, LAO, Message, use_language

Progress = Callable[[int, int], None]


def let_any_text_out() -> None:
    """A console that cannot show Lao shows question marks, and the work goes on."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def choose_language() -> None:
    """Speak the language of CLAIMS_DESK_LANGUAGE, else Lao on a Lao system, else English."""
    system = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG", "")
    wanted = os.environ.get("CLAIMS_DESK_LANGUAGE", "").lower()
    use_language(wanted if wanted in LANGUAGES else LAO if system.startswith("lo") else ENGLISH)


def tell(text: Message | str = "") -> None:
    """Print a line of the answer."""
    print(text, flush=True)


def warn(text: Message | str) -> None:
    """Print a line beside the answer, on standard error."""
    print(text, file=sys.stderr, flush=True)


def complain(refusal: UserError) -> None:
    """Print why the command was refused and what to do, on one line of standard error."""
    warn(refusal.text())


def somebody_is_there() -> bool:
    """Whether a person can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


@contextmanager
def progress(title: Message | str) -> Iterator[Progress | None]:
    """A bar on a terminal while the block works; None where nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task(str(title), total=None)
        yield lambda done, total: bars.update(task, completed=done, total=total or None)
