"""Deeds that must say why."""

from __future__ import annotations

from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import say


def need_reason(reason: str) -> None:
    """Raises UserError where the reason is blank."""
    if not reason.strip():
        raise UserError(say("A reason is missing."), say("Say why, so that the next person knows."))
