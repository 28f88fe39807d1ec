"""Which database a command works on, and who acts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from getpass import getpass

from claims_desk.commands.console import somebody_is_there
from claims_desk.domain.actor import Actor
from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import say, tr
from claims_desk.models.database import Database
from claims_desk.queries.office import office_code
from claims_desk.services.opening import own_database_url
from claims_desk.services.schema import Standing, check, refusal
from claims_desk.services.users import sign_in

_chosen: list[str] = []


def choose_database(url: str | None) -> None:
    """Work on the database of `--db` from now on."""
    _chosen[:] = [url] if url else []


def chosen_url() -> str | None:
    """The address given by `--db`, else by CLAIMS_DESK_DB, else None."""
    return _chosen[0] if _chosen else os.environ.get("CLAIMS_DESK_DB") or None


def database_url() -> str:
    """The address that was chosen, else the user's own file."""
    return chosen_url() or own_database_url()


@contextmanager
def office_database() -> Iterator[Database]:
    """The database, which must hold an office of this program's schema. Raises UserError otherwise."""
    db = Database.open(database_url(), must_exist=True)
    try:
        check(db)
        if db.read(office_code) is None:
            raise refusal(db, Standing.EMPTY)
        yield db
    finally:
        db.close()


@contextmanager
def signed_in() -> Iterator[tuple[Database, Actor]]:
    """The office's database and who acts: CLAIMS_DESK_USER and CLAIMS_DESK_PASSWORD, or asked."""
    with office_database() as db:
        yield db, sign_in(db, acting_name(), acting_password())


def acting_name() -> str:
    """CLAIMS_DESK_USER, or asked. Raises UserError where nobody can be asked."""
    return os.environ.get("CLAIMS_DESK_USER") or _ask_name()


def acting_password() -> str:
    """CLAIMS_DESK_PASSWORD, or asked. Raises UserError where nobody can be asked."""
    return os.environ.get("CLAIMS_DESK_PASSWORD") or _ask(tr("Password: "), "CLAIMS_DESK_PASSWORD")


def new_password(variable: str) -> str:
    """The password in the variable, or asked twice. Raises UserError where both differ or nobody can be asked."""
    given = os.environ.get(variable)
    if given:
        return given
    first = _ask(tr("New password: "), variable)
    if first != _ask(tr("The same again: "), variable):
        raise UserError(say("The two passwords differ."), say("Try again."))
    return first


def _ask_name() -> str:
    _need_somebody("CLAIMS_DESK_USER")
    return input(tr("User: "))


def _ask(question: str, variable: str) -> str:
    _need_somebody(variable)
    return getpass(question)


def _need_somebody(variable: str) -> None:
    if not somebody_is_there():
        raise UserError(
            say("Nobody is here to be asked who acts."),
            say("Set the variable {variable}, or run the command in a terminal.", variable=variable),
        )
