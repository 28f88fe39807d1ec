"""Who acts."""

from __future__ import annotations

from dataclasses import dataclass

from claims_desk.domain.codes import Role
from claims_desk.domain.errors import Refused
from claims_desk.domain.messages import say
from claims_desk.domain.terms import any_role


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in user and the roles he holds."""

    user_id: int
    name: str
    roles: frozenset[Role]

    def may(self, *roles: Role) -> bool:
        """Whether he holds one of `roles`."""
        return not self.roles.isdisjoint(roles)

    def must(self, *roles: Role) -> None:
        """Raises Refused unless he holds one of `roles`."""
        if not self.may(*roles):
            raise Refused(
                say("{name} may not do this: it needs the role {roles}.", name=self.name, roles=any_role(roles)),
                say("Ask an administrator for the role, or a colleague who holds it."),
            )
