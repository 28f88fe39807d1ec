"""How codes are said on the screen."""

from __future__ import annotations

from collections.abc import Iterable

from claims_desk.domain.codes import Role
from claims_desk.domain.messages import Message, say

ROLES = {
    Role.CLERK: say("clerk"),
    Role.SUPERVISOR: say("supervisor"),
    Role.ACCOUNTANT: say("accountant"),
    Role.ADMINISTRATOR: say("administrator"),
    Role.AUDITOR: say("auditor"),
}


def role_names(roles: Iterable[Role]) -> Message:
    """The roles by name, with commas between."""
    held = set(roles)
    names = [words for role, words in ROLES.items() if role in held]
    said: Message = names[0] if names else say("no role")
    for words in names[1:]:
        said = say("{first}, {second}", first=said, second=words)
    return said
