"""The database's own refusals, said in a sentence a clerk understands."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from claims_desk.domain.errors import Stale, UserError
from claims_desk.domain.messages import Message, say

_DISK_FULL = (
    say("The disk is full; nothing was saved."),
    say("Free some space on the disk and try again."),
)
_SQLITE: tuple[tuple[str, Message, Message], ...] = (
    (
        "database is locked",
        say("The database is busy: another program holds it."),
        say("Wait a moment and try again; close other windows that work on the same file."),
    ),
    ("disk is full", *_DISK_FULL),
    (
        "readonly database",
        say("The database may be read but not written."),
        say("Ask the administrator for the right to write in its folder, then try again."),
    ),
    (
        "unable to open",
        say("The database file cannot be opened."),
        say("Check that its folder exists and that you may read and write there."),
    ),
    (
        "disk I/O error",
        say("The disk could not read or write the database."),
        say("Check the disk and its cable, then restore the last backup if the message comes again."),
    ),
)
_DAMAGED = (
    say("The file is not a database of Claims Desk, or it is damaged."),
    say("Choose another file, or restore the last backup."),
)
_CROSSED = (
    say("Two people changed the same records at the same moment; yours was put back and nothing of it was saved."),
    say("Try again."),
)
_CROSSED_STATES = ("40001", "40P01", "55P03")  # PostgreSQL: not serializable, deadlock, lock not to be had
_AT_ONCE = (
    say("Somebody saved the same thing at the same moment; nothing of yours was saved."),
    say("Refresh the list and try again."),
)
_CUT_OFF = (
    say("The database server ended the work: it is going down, or its administrator stopped it."),
    say("Wait a moment and try again; nothing half-done was kept."),
)
_NO_RIGHT = (
    say("The database server does not let this program write here."),
    say("Let the server's administrator make the program's user the owner of the tables."),
)
_NO_SERVER = (
    say("The office's database server does not answer."),
    say("Check the network and that the server runs, then try again. What you typed is kept."),
)
_SIGN_IN = (
    say("The database server refused the sign-in."),
    say("Check the user, password and database in the server's address."),
)
_NO_LETTER = (
    say("There is a sign in the text that is no letter and cannot be kept."),
    say("Type the text anew instead of pasting it."),
)
_STATES = (
    ("28", _SIGN_IN),
    ("3D", _SIGN_IN),
    ("57", _CUT_OFF),  # cancelled, shut down
    ("53100", _DISK_FULL),
    ("42501", _NO_RIGHT),
    ("25006", _NO_RIGHT),  # a standby, or set to read only
)
"""The first letters of PostgreSQL's SQLSTATE, and what it means to a user."""
_NO_SIGN_IN = ("authentication failed", "does not exist", "no password supplied", "not permitted to log in")


class Damaged(UserError):
    """The file is no database, or is one no more."""


def refuse_unkept(text: str) -> None:
    """Raises UserError for a text with a sign that one of the engines cannot keep, whichever this is."""
    if "\0" in text:
        raise UserError(*_NO_LETTER)


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn the database's and the disk's own refusals into UserError; what is a bug in the program passes through."""
    try:
        yield
    except StaleDataError as error:
        raise Stale(
            say("A colleague changed this record while you had it open."),
            say("Load it again and repeat your change."),
        ) from error
    except UnicodeDecodeError as error:  # SQLite read a page that holds something else
        raise Damaged(*_DAMAGED) from error
    except UnicodeEncodeError as error:  # half a letter, as a text cut off in its middle leaves it
        raise UserError(*_NO_LETTER) from error
    except (DBAPIError, sqlite3.Error, OSError) as error:
        said = plain_words(error)
        if said is None:
            raise
        raise (Damaged if said is _DAMAGED else UserError)(*said) from error


def plain_words(error: DBAPIError | sqlite3.Error | OSError) -> tuple[Message, Message] | None:
    """What happened and what to do, or None where the error is a bug of the program."""
    if isinstance(error, OSError):
        return _DISK_FULL if error.errno == errno.ENOSPC else _file_words(error)
    text = str(error.orig) if isinstance(error, DBAPIError) else str(error)
    for part, message, advice in _SQLITE:
        if part in text:
            return message, advice
    if any(part in text for part in ("malformed", "not a database", "decode to UTF-8", "unsupported file format")):
        return _DAMAGED
    if "cannot contain NUL" in text:
        return _NO_LETTER
    if "No space left" in text:
        return _DISK_FULL
    if "refused by the ledger:" in text:
        return (
            say("What is posted is never changed or deleted."),
            say("Reverse it and enter it again."),
        )
    if isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in _CROSSED_STATES:
        return _CROSSED
    if "UNIQUE constraint failed" in text or "duplicate key" in text:
        return _AT_ONCE
    return _server_words(error, text)


def _server_words(error: DBAPIError | sqlite3.Error, text: str) -> tuple[Message, Message] | None:
    state = str(getattr(error.orig, "sqlstate", None) or "") if isinstance(error, DBAPIError) else ""
    for beginning, words in _STATES:
        if state.startswith(beginning):
            return words
    if isinstance(error, OperationalError) and not isinstance(error.orig, sqlite3.Error):
        return _SIGN_IN if any(part in text for part in _NO_SIGN_IN) else _NO_SERVER
    return None


def _file_words(error: OSError) -> tuple[Message, Message]:
    name = str(error.filename or "")
    if isinstance(error, FileNotFoundError):
        return say("There is no file “{name}”.", name=name), say("Check the name and try again.")
    if isinstance(error, PermissionError):
        return (
            say("You may not read or write “{name}”.", name=name),
            say("Choose another place, or ask the administrator for the right."),
        )
    return (
        say("The file “{name}” could not be read or written.", name=name),
        say("Check the disk, or choose another place."),
    )
