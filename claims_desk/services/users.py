"""Users: who may sign in, with which roles; disabled, never deleted."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import Role
from claims_desk.domain.dates import utc_now
from claims_desk.domain.errors import UserError
from claims_desk.domain.lao import fold
from claims_desk.domain.messages import say
from claims_desk.domain.terms import role_names
from claims_desk.models import User, UserRole
from claims_desk.models.database import Database
from claims_desk.queries.users import user_id_of, user_like
from claims_desk.services.deed import Deed, deed
from claims_desk.services.passwords import check_new_password, hash_password, need_name
from claims_desk.services.sign_in import sign_in

__all__ = ["add_user", "change_roles", "disable_user", "enable_user", "set_password", "sign_in"]


def add_user(db: Database, actor: Actor, name: str, password: str, roles: Collection[Role]) -> int:
    """Add a user and return his id. Raises UserError for a name in use, a poor password or no role."""
    plain = need_name(name)
    check_new_password(plain, password)
    _need_role(roles)
    with deed(db, actor, Role.ADMINISTRATOR) as work:
        work.in_turn("users")
        _refuse_like(work, plain)
        user = User(name=plain, password_hash=hash_password(password), created_at=utc_now())
        user.roles = [UserRole(role=role) for role in sorted(set(roles))]
        work.session.add(user)
        work.session.flush()
        work.record("user.add", user, after={"name": plain, "roles": _roles(user)})
        return user.id


def change_roles(db: Database, actor: Actor, name: str, roles: Collection[Role]) -> None:
    """Give a user these roles and no others. Raises UserError for an unknown user or the last administrator."""
    _need_role(roles)
    with deed(db, actor, Role.ADMINISTRATOR) as work:
        user = _known(work, name)
        before = _roles(user)
        if Role.ADMINISTRATOR not in roles:
            _refuse_last_administrator(work, user)
        wanted = set(roles)
        user.roles = [row for row in user.roles if row.role in wanted]
        user.roles += [UserRole(role=role) for role in sorted(wanted - {row.role for row in user.roles})]
        work.record("user.roles", user, before={"roles": before}, after={"roles": _roles(user)})


def disable_user(db: Database, actor: Actor, name: str) -> None:
    """Let a user sign in no more; what he did stays. Raises UserError for an unknown user or the last administrator."""
    with deed(db, actor, Role.ADMINISTRATOR) as work:
        user = _known(work, name)
        if user.disabled_at is not None:
            raise UserError(say("{name} is disabled already.", name=user.name))
        _refuse_last_administrator(work, user)
        user.disabled_at = utc_now()
        work.record("user.disable", user, after={"name": user.name})


def enable_user(db: Database, actor: Actor, name: str) -> None:
    """Let a disabled or locked user sign in again. Raises UserError for an unknown user."""
    with deed(db, actor, Role.ADMINISTRATOR) as work:
        user = _known(work, name)
        user.disabled_at = user.locked_until = None
        user.failed_attempts = 0
        work.record("user.enable", user, after={"name": user.name})


def set_password(db: Database, actor: Actor, name: str, password: str) -> None:
    """Give a user a new password: himself, or an administrator for him; wrong tries are forgotten.

    Raises Refused for anybody else, UserError for an unknown user or a poor password.
    """
    if fold(name) != fold(actor.name):
        actor.must(Role.ADMINISTRATOR)
    check_new_password(name, password)
    with deed(db, actor) as work:
        user = _known(work, name)
        if user.id != actor.user_id:
            actor.must(Role.ADMINISTRATOR)
        user.password_hash = hash_password(password)
        user.failed_attempts = 0
        user.locked_until = None
        work.record("user.password", user, after={"name": user.name})


def _refuse_like(work: Deed, name: str) -> None:
    there = user_like(work.session, name)
    if there == name:
        raise UserError(say("There is a user {name} already.", name=name), say("Choose another name."))
    if there is not None:
        raise UserError(
            say(
                "There is a user {there} already, and {name} is the same name spelled otherwise.",
                there=there,
                name=name,
            ),
            say("Choose a name that differs by more than capital letters."),
        )


def _known(work: Deed, name: str) -> User:
    key = user_id_of(work.session, name)
    if key is None:
        raise UserError(say("There is no user {name}.", name=name), say("See the names with: claims-desk user list."))
    return work.get(User, key)


def _refuse_last_administrator(work: Deed, user: User) -> None:
    others = (
        select(func.count())
        .select_from(UserRole)
        .join(User, User.id == UserRole.user_id)
        .where(UserRole.role == Role.ADMINISTRATOR, User.disabled_at.is_(None), User.id != user.id)
    )
    holds = any(row.role == Role.ADMINISTRATOR for row in user.roles)
    if holds and not work.session.execute(others).scalar_one():
        raise UserError(
            say("{name} is the last administrator.", name=user.name),
            say("Make somebody else an administrator first, or nobody could add users any more."),
        )


def _need_role(roles: Collection[Role]) -> None:
    if not roles:
        raise UserError(say("A user needs at least one role."), say("Choose from: {roles}.", roles=role_names(Role)))


def _roles(user: User) -> list[str]:
    return sorted(row.role.value for row in user.roles)
