"""Words every paper shares, and how a label stands in two languages."""

from __future__ import annotations

from collections.abc import Sequence

from claims_desk.domain.codes import CareType, Level
from claims_desk.domain.messages import Message, say

LEVELS = {
    Level.HC: say("Health centre"),
    Level.DH: say("District hospital"),
    Level.PH: say("Provincial hospital"),
    Level.RH: say("Regional hospital"),
    Level.CH: say("Central hospital"),
}
CARE_TYPES = {
    CareType.OPD: say("Outpatient"),
    CareType.IPD: say("Inpatient"),
    CareType.DELIVERY: say("Delivery"),
    CareType.ANC: say("Antenatal care"),
    CareType.PNC: say("Postnatal care"),
}


def level_name(code: str) -> Message:
    """What a level is called; an unknown code is its own name."""
    return LEVELS[Level(code)] if code in Level.__members__ else Message(code)


def care_name(code: str) -> Message:
    """What a kind of care is called; an unknown code is its own name."""
    return CARE_TYPES[CareType(code)] if code in CareType.__members__ else Message(code)


def both(message: Message, languages: Sequence[str], between: str = " · ") -> str:
    """The message in every language of the paper, once where they say the same."""
    return between.join(dict.fromkeys(message.text(language) for language in languages))
