"""How findings and claims look, wherever they are shown; a picture and a word say the same as the colour."""

from __future__ import annotations

from collections.abc import Mapping

from claims_desk.domain.codes import ClaimState, Severity
from claims_desk.ui.theme import Tone

WEIGHTIEST_FIRST = (Severity.DENY, Severity.PEND, Severity.ADJUST, Severity.WARN)
FINDING_TONES: Mapping[str, Tone] = {
    Severity.DENY: Tone.BAD,
    Severity.PEND: Tone.BAD,
    Severity.ADJUST: Tone.WARN,
    Severity.WARN: Tone.WARN,
}
_CLAIM_TONES = {
    ClaimState.PENDED: Tone.WARN,
    ClaimState.DENIED: Tone.BAD,
    ClaimState.VOID: Tone.NEUTRAL,
    ClaimState.KEYED: Tone.INFO,
    ClaimState.CORRECTED: Tone.INFO,
}


def claim_tone(state: ClaimState) -> Tone:
    """How a claim's state looks; what is accepted and what follows is good."""
    return _CLAIM_TONES.get(state, Tone.GOOD)
