"""Where the program begins: language and console first, then the command, then what went wrong in one sentence."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

from claims_desk.commands.console import choose_language, complain, let_any_text_out
from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import say

_OF_THE_DISK = (errno.ENOSPC, errno.EACCES, errno.EPERM, errno.EROFS, errno.EIO, errno.EDQUOT)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command, or open the window; returns the exit code: 0 done, 1 refused, 2 wrong usage."""
    let_any_text_out()
    choose_language()
    from claims_desk.cli import app, database_first  # only now: its help is said in the chosen language

    words = sys.argv[1:] if arguments is None else list(arguments)
    try:
        app(database_first(words), prog_name="claims-desk")
    except UserError as refusal:
        complain(refusal)
        return 1
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        complain(_unwritable(error))
        return 1
    except Exception:
        complain(_bug())
        return 1
    return 0


def _unwritable(error: OSError) -> UserError:
    """What a disk or a console refuses that no command foresaw; anything else of the system is a bug."""
    from claims_desk.models.refusals import plain_words

    words = plain_words(error)
    return _bug() if words is None or error.errno not in _OF_THE_DISK else UserError(*words)


def _bug() -> UserError:
    from platformdirs import user_log_path

    report = traceback.format_exc()
    try:
        folder = user_log_path("claims-desk", appauthor=False, ensure_exists=True)
        path = folder / f"error-{datetime.now().astimezone():%Y%m%d-%H%M%S}.txt"
        path.write_text(report, encoding="utf-8")
    except OSError:  # no place of his own: where everybody may write
        with NamedTemporaryFile("w", prefix="claims-desk-", suffix=".txt", delete=False, encoding="utf-8") as stream:
            stream.write(report)
            path = Path(stream.name)
    return UserError(
        say("The program made a mistake of its own; nothing half-done was kept."),
        say("Please send this report to whoever looks after the program: {path}", path=path),
    )


if __name__ == "__main__":
    sys.exit(main())
