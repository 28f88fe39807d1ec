"""Users as an administrator sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims_desk.domain.codes import Role
from claims_desk.domain.lao import fold
from claims_desk.models import User
from claims_desk.queries.lao_order import lao_order


@dataclass(frozen=True, slots=True, kw_only=True)
class UserRow:
    """One user; moments are in UTC. A name is locked for some minutes after wrong tries."""

    id: int
    name: str
    roles: tuple[Role, ...]
    created_at: datetime
    disabled_at: datetime | None
    locked_until: datetime | None
    version: int


def all_users(session: Session) -> list[UserRow]:
    """Every user by name, the disabled ones too."""
    return [
        UserRow(
            id=user.id,
            name=user.name,
            roles=tuple(sorted(row.role for row in user.roles)),
            created_at=user.created_at,
            disabled_at=user.disabled_at,
            locked_until=user.locked_until,
            version=user.version,
        )
        for user in session.execute(select(User).order_by(lao_order(User.name), User.name)).scalars()
    ]


def user_id_of(session: Session, name: str) -> int | None:
    """The user who goes by this name, however it is spelled: capitals, order of Lao marks; None where there is none.

    Of two who differed only so before this was refused, each answers to his own spelling, and to no other.
    """
    wanted = fold(name)
    alike = [row for row in session.execute(select(User.id, User.name)) if fold(row.name) == wanted]
    exact = [row for row in alike if row.name == name]
    return (exact or alike)[0].id if exact or len(alike) == 1 else None


def user_like(session: Session, name: str) -> str | None:
    """The name of a user that is the same but for its spelling; None where nobody has one."""
    wanted, names = fold(name), session.execute(select(User.name).order_by(User.id)).scalars()
    return next((each for each in names if fold(each) == wanted), None)
