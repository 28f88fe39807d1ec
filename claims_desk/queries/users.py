"""Users as an administrator sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims_desk.domain.codes import Role
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
