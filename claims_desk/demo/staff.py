"""The demo office's people, all with one password that is printed and published: for trying out only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import Role
from claims_desk.models.database import Database
from claims_desk.services.users import add_user, sign_in

ADMINISTRATOR: Final = "admin"
PASSWORD: Final = "Vang Vieng 2026"  # noqa: S105 - the demo's own, shown to everybody
ROLES: Final[Mapping[str, Role]] = MappingProxyType(
    {
        "noy": Role.CLERK,
        "kham": Role.CLERK,
        "dao": Role.SUPERVISOR,
        "seng": Role.SUPERVISOR,
        "mai": Role.ACCOUNTANT,
        "tou": Role.ACCOUNTANT,
        "vilay": Role.AUDITOR,
    }
)


@dataclass(frozen=True, slots=True)
class Staff:
    """Who does what: noy keys, kham keys again, dao reviews, seng approves, mai prepares, tou certifies and posts."""

    admin: Actor
    noy: Actor
    kham: Actor
    dao: Actor
    seng: Actor
    mai: Actor
    tou: Actor


def hire(db: Database) -> Staff:
    """Add the demo's users and sign those in who work in it."""
    admin = sign_in(db, ADMINISTRATOR, PASSWORD)
    for name, role in ROLES.items():
        add_user(db, admin, name, PASSWORD, [role])
    names = ("noy", "kham", "dao", "seng", "mai", "tou")
    return Staff(admin, *(sign_in(db, name, PASSWORD) for name in names))
