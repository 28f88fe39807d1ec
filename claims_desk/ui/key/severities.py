"""How a finding's severity looks; its picture and word say the same as its colour."""

from __future__ import annotations

from collections.abc import Mapping

from claims_desk.domain.codes import Severity
from claims_desk.domain.terms import SEVERITIES
from claims_desk.ui.theme import Tone

TONES: Mapping[str, Tone] = {
    Severity.DENY: Tone.BAD,
    Severity.PEND: Tone.BAD,
    Severity.ADJUST: Tone.WARN,
    Severity.WARN: Tone.WARN,
}
WORDS = SEVERITIES
ORDER = (Severity.DENY, Severity.PEND, Severity.ADJUST, Severity.WARN)
