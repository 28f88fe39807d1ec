"""The earlier claims that a decided claim's findings speak of."""

from __future__ import annotations

import re

from sqlalchemy.orm import Session

from claims_desk.domain.facts import EarlierClaim
from claims_desk.domain.registers import Registers
from claims_desk.queries.claim_opened import ClaimOpened
from claims_desk.queries.facts import load_cases


def earlier_named(
    session: Session, opened: ClaimOpened, registers: Registers, blind_for: int | None = None
) -> tuple[EarlierClaim, ...]:
    """Earlier claims whose form number a finding of `opened` names, in the order they were keyed.

    Those that the clerk `blind_for` may have to key a second time are left out.
    """
    findings = opened.decision.findings if opened.decision else ()
    said = " ".join(finding.message.roman for finding in findings)
    if not said:
        return ()
    case = load_cases(session, [opened.claim], registers)[0]
    shown = [row for row in case.earlier if blind_for in (None, row.keyed_by) or not row.blind]
    return tuple(other for other in shown if other.form_no and _names(said, other.form_no))


def _names(said: str, form_no: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(form_no)}(?![\w-])", said) is not None
