"""What came of a deed done to many records, told in the strip."""

from __future__ import annotations

from claims_desk.domain.messages import Message, say
from claims_desk.services.bulk import BulkOutcome
from claims_desk.ui.theme import Tone
from claims_desk.ui.widgets import MessageStrip


def tell_outcome(strip: MessageStrip, outcome: BulkOutcome, all_done: Message) -> None:
    """Tell `all_done`, or how many were done and refused, with why the first was."""
    if not outcome.refusals:
        strip.tell(all_done, Tone.GOOD)
    elif not outcome.done:
        strip.tell_refusal(outcome.refusals[0])
    else:
        why = outcome.refusals[0].message
        values = {"done": outcome.done, "refused": len(outcome.refusals), "why": why}
        strip.tell(say("{done} done, {refused} refused: {why}", **values), Tone.BAD)
