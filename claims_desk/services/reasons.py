"""Deeds that must say why."""

from __future__ import annotations

from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import say
from claims_desk.models.refusals import refuse_unkept

LONGEST_REASON = 500


def need_reason(reason: str) -> None:
    """Raises UserError where the reason is blank, longer than its columns hold, or no text they can hold."""
    refuse_unkept(reason)
    if not reason.strip():
        raise UserError(say("A reason is missing."), say("Say why, so that the next person knows."))
    if len(reason) > LONGEST_REASON:
        raise UserError(
            say("The reason is longer than {longest} characters.", longest=LONGEST_REASON),
            say("Say it shorter; the details stay on the paper."),
        )
