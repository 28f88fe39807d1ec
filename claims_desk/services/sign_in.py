"""Signing in: one answer for every wrong try, and a pause after five of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy.orm import Session

from claims_desk.domain.actor import Actor
from claims_desk.domain.dates import utc_now
from claims_desk.domain.errors import Refused
from claims_desk.domain.messages import say
from claims_desk.models import User
from claims_desk.models.database import Database
from claims_desk.queries.users import user_id_of
from claims_desk.services.deed import deed
from claims_desk.services.passwords import is_password

TRIES: Final = 5
PAUSE: Final = timedelta(minutes=5)


def sign_in(db: Database, name: str, password: str) -> Actor:
    """The user with his roles; capital and small letters of his name make no difference.

    Raises Refused, with the same words and after the same work, for a wrong password, an unknown, disabled or locked
    user. After 5 wrong tries nobody gets in under this name for 5 minutes. A sign-in that succeeds at once writes
    nothing, so that it never waits for a long import.
    """
    plain = " ".join(name.split())
    user = db.read(_user, plain)
    right = is_password(user.password_hash if user else None, password)
    if user is None or not right or user.disabled_at is not None or _locked(user):
        _count_wrong_try(db, plain)
        raise Refused(
            say("Name or password is wrong."),
            say(
                "Type both again. After {tries} wrong tries a name is locked for {minutes} minutes.",
                tries=TRIES,
                minutes=PAUSE.seconds // 60,
            ),
        )
    actor = Actor(user.id, user.name, frozenset(row.role for row in user.roles))
    if user.failed_attempts:
        _forget_wrong_tries(db, actor)
    return actor


def _user(session: Session, name: str) -> User | None:
    key = user_id_of(session, name)
    return None if key is None else session.get(User, key)


def _locked(user: User) -> bool:
    return user.locked_until is not None and user.locked_until > utc_now()


def _count_wrong_try(db: Database, name: str) -> None:
    with deed(db, Actor(0, name[:60], frozenset())) as work:
        key = user_id_of(work.session, name)
        found = None if key is None else work.get(User, key)
        if found is not None and not _locked(found):
            found.failed_attempts = 1 if found.locked_until else found.failed_attempts + 1
            found.locked_until = utc_now() + PAUSE if found.failed_attempts >= TRIES else None
        work.record("user.wrong_password", "users", record_id=found.id if found else None)


def _forget_wrong_tries(db: Database, actor: Actor) -> None:
    with deed(db, actor) as work:
        user = work.get(User, actor.user_id)
        before = user.failed_attempts
        user.failed_attempts = 0
        user.locked_until = None
        work.record("user.sign_in", user, before={"failed_attempts": before}, after={"failed_attempts": 0})
