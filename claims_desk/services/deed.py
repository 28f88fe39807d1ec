"""One use case, one transaction: the role checked, the audit entries written, one commit at the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import Role
from claims_desk.domain.errors import Refused, Stale, UserError
from claims_desk.domain.messages import say
from claims_desk.models import User, UserRole
from claims_desk.models.base import Base
from claims_desk.models.database import Database
from claims_desk.models.refusals import told_plainly
from claims_desk.services.audit import Note, append

Row = TypeVar("Row", bound=Base)
_LOCK = {"key_share": True}  # ids never change, so rows that only refer to this one need not wait for the deed


class Deed:
    """The transaction of one use case; its notes become audit entries when it ends well."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self.session = session
        self.actor = actor
        self._notes: list[Note] = []
        self._chained = False
        self._abandoned = False

    def get(self, kind: type[Row], key: Any, version: int | None = None) -> Row:
        """The row, locked until the deed ends.

        Raises UserError where it is gone, Stale where its version is not the one the user saw.
        """
        row = self.session.get(kind, key, with_for_update=_LOCK, populate_existing=True)
        if row is None:
            raise UserError(say("The record is no longer there."), say("Refresh the list and choose again."))
        if version is not None and getattr(row, "version", version) != version:
            raise Stale(
                say("A colleague changed this record while you had it open."),
                say("Load it again and repeat your change."),
            )
        return row

    def record(
        self,
        action: str,
        row: Base | str,
        *,
        record_id: int | None = None,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
        why: str = "",
    ) -> None:
        """Note for the audit trail; `row` is a row, or the table's name with `record_id` for a deed on many."""
        self._notes.append(Note(action, row, record_id, before, after, why))

    def chain_now(self) -> str:
        """Chain the notes so far and return the chain's head, for a deed that prints it."""
        head = append(self.session, self.actor, self._notes)
        self._notes.clear()
        self._chained = True
        return head

    def in_turn(self, what: str) -> None:
        """Wait until no other deed numbers `what`, and let the others wait until this one ends.

        SQLite has one writer at a time anyway. Ask for it after the rows to lock, so that two deeds never wait for
        each other.
        """
        if self.session.get_bind().dialect.name == "postgresql":
            self.session.execute(text("SELECT pg_advisory_xact_lock(hashtext(:what))"), {"what": what})

    def abandon(self) -> None:
        """Let nothing of this deed stay, without an error: it turned out that there is nothing to do."""
        self._abandoned = True

    def finish(self) -> None:
        """Flush, chain the audit entries, commit. Raises RuntimeError for a deed that left no note."""
        if self._abandoned:
            return
        self.session.flush()
        if self._notes:
            self.chain_now()
        if not self._chained:
            raise RuntimeError("a deed must leave an audit entry")
        self.session.commit()


@contextmanager
def deed(db: Database, actor: Actor, *roles: Role) -> Iterator[Deed]:
    """Run one use case: `actor` must hold one of `roles`; on any error nothing of it stays.

    Raises Refused without the role, or where an administrator took it or disabled the user since he signed in;
    UserError for what the database itself refuses.
    """
    if roles:
        actor.must(*roles)
    with (
        told_plainly(),
        db.engine.connect().execution_options(writing=True) as connection,
        Session(connection, expire_on_commit=False) as session,
    ):
        _refuse_gone(session, actor, roles)
        work = Deed(session, actor)
        yield work
        work.finish()


def _refuse_gone(session: Session, actor: Actor, roles: tuple[Role, ...]) -> None:
    """A window stays open after its user is disabled or loses a role; what he does there is refused all the same."""
    held = select(User.disabled_at, UserRole.role).join(UserRole, isouter=True).where(User.id == actor.user_id)
    found = session.execute(held).all()
    if any(row.disabled_at is not None for row in found):
        raise Refused(
            say("An administrator disabled the user {name}.", name=actor.name),
            say("Sign out; an administrator can enable the user again."),
        )
    if found and roles:
        Actor(actor.user_id, actor.name, frozenset(row.role for row in found if row.role)).must(*roles)
