"""What does not agree between a bundle's hand count and what is keyed of it, in words."""

from __future__ import annotations

from claims_desk.domain.messages import Message, say
from claims_desk.domain.totals import Totals


def difference_words(gap: Totals) -> Message:
    """Which totals differ and by how much, one sentence each; `gap` is keyed less counted, and no form lacks."""
    sentences = [
        words
        for apart, words in (
            (gap.forms, _forms(gap.forms)),
            (gap.kip, _kip(gap.kip)),
            (gap.form_numbers, _numbers(gap.form_numbers)),
        )
        if apart
    ]
    together = sentences[0]
    for sentence in sentences[1:]:
        together = say("{one} {other}", one=together, other=sentence)
    return together


def _forms(gap: int) -> Message:
    if gap == 1:
        return say("One form more is keyed than counted.")
    return say("{count:kip} forms more are keyed than counted.", count=gap)


def _kip(gap: int) -> Message:
    if gap < 0:
        return say("{kip:kip} kip less are keyed than counted.", kip=-gap)
    return say("{kip:kip} kip more are keyed than counted.", kip=gap)


def _numbers(gap: int) -> Message:
    if gap < 0:
        return say("The sum of the form numbers keyed is too small by {count:kip}.", count=-gap)
    return say("The sum of the form numbers keyed is too large by {count:kip}.", count=gap)
