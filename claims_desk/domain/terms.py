"""What the codes are called, in window, paper and messages alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from claims_desk.domain.codes import (
    BatchState,
    CareType,
    ClaimState,
    Decision,
    Document,
    Exempt,
    Level,
    Method,
    ProposalState,
    Role,
    Severity,
    Sex,
    SubmissionState,
    VoucherKind,
    VoucherState,
)
from claims_desk.domain.messages import Message, say

PROPOSAL_STATES = {
    ProposalState.PROPOSED: say("Proposed"),
    ProposalState.ACCEPTED: say("In the register"),
    ProposalState.DECLINED: say("Declined"),
}
CLAIM_STATES = {
    ClaimState.KEYED: say("Keyed"),
    ClaimState.CORRECTED: say("Corrected"),
    ClaimState.ACCEPTED: say("Accepted"),
    ClaimState.PENDED: say("Pended"),
    ClaimState.DENIED: say("Denied"),
    ClaimState.BATCHED: say("In a batch"),
    ClaimState.APPROVED: say("Approved"),
    ClaimState.VOUCHERED: say("On a voucher"),
    ClaimState.PAID: say("Paid"),
    ClaimState.VOID: say("Void"),
}
DECISIONS = {
    Decision.ACCEPT: say("Accept"),
    Decision.PEND: say("Pend"),
    Decision.DENY: say("Deny"),
}
SEVERITIES = {
    Severity.DENY: say("denies"),
    Severity.PEND: say("stops"),
    Severity.ADJUST: say("cuts"),
    Severity.WARN: say("warns"),
}
SUBMISSION_STATES = {
    SubmissionState.OPEN: say("Open"),
    SubmissionState.CLOSED: say("Closed"),
}
BATCH_STATES = {
    BatchState.PROPOSED: say("To approve"),
    BatchState.APPROVED: say("Approved"),
    BatchState.RETURNED: say("Given back"),
}
VOUCHER_STATES = {
    VoucherState.PREPARED: say("Prepared"),
    VoucherState.CERTIFIED: say("Certified"),
    VoucherState.POSTED: say("Posted"),
    VoucherState.CANCELLED: say("Cancelled"),
}
VOUCHER_KINDS = {
    VoucherKind.CLAIMS: say("Claims"),
    VoucherKind.CAPITATION: say("Per head"),
}
METHODS = {
    Method.CAPITATION: say("Capitation"),
    Method.CASE: say("Case payment"),
    Method.FEE: say("Fee for service"),
}
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

SEXES: Mapping[str, Message] = {Sex.F: say("female"), Sex.M: say("male")}
EXEMPTIONS: Mapping[str, Message] = {
    Exempt.POOR: say("Poor"),
    Exempt.MONK: say("Monk or novice"),
    Exempt.PREGNANT: say("Pregnant"),
    Exempt.UNDER5: say("Under five"),
}
PAPERS: Mapping[str, Message] = {
    Document.ID: say("ID card"),
    Document.FAMILY_BOOK: say("Family book"),
    Document.CARD: say("Member card"),
    Document.NONE: say("None seen"),
}


def level_name(code: str) -> Message:
    """What a level is called; an unknown code is its own name."""
    return LEVELS[Level(code)] if code in Level.__members__ else Message(code)


def care_name(code: str) -> Message:
    """What a kind of care is called; an unknown code is its own name."""
    return CARE_TYPES[CareType(code)] if code in CareType.__members__ else Message(code)


def method_name(code: str) -> Message:
    """What a way of paying is called; an unknown code is its own name."""
    return METHODS[Method(code)] if code in Method.__members__ else Message(code)


ROLES = {
    Role.CLERK: say("clerk"),
    Role.SUPERVISOR: say("supervisor"),
    Role.ACCOUNTANT: say("accountant"),
    Role.ADMINISTRATOR: say("administrator"),
    Role.AUDITOR: say("auditor"),
}


def role_names(roles: Iterable[Role]) -> Message:
    """The roles by name, with commas between."""
    names = _names(roles)
    said = names[0] if names else say("no role")
    for words in names[1:]:
        said = say("{first}, {second}", first=said, second=words)
    return said


def any_role(roles: Iterable[Role]) -> Message:
    """The roles by name, of which one suffices."""
    names = _names(roles)
    said = names[0] if names else say("no role")
    for words in names[1:]:
        said = say("{first} or {second}", first=said, second=words)
    return said


def _names(roles: Iterable[Role]) -> list[Message]:
    held = set(roles)
    return [words for role, words in ROLES.items() if role in held]
