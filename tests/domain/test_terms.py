"""What roles are called in a sentence."""

from __future__ import annotations

from claims_desk.domain.codes import Role
from claims_desk.domain.messages import ENGLISH, LAO
from claims_desk.domain.terms import any_role, role_names


def test_roles_are_named_in_the_language_of_the_sentence() -> None:
    asked = [Role.SUPERVISOR, Role.CLERK]
    assert any_role(asked).text(ENGLISH) == "clerk or supervisor"
    assert "ຫົວໜ້າ" in any_role(asked).text(LAO)
    assert role_names(asked).text(ENGLISH) == "clerk, supervisor"
