"""The closed lists of the product: every code that stands in a file, a table or on a letter."""

from __future__ import annotations

from enum import StrEnum


class CareType(StrEnum):
    """What kind of care a claim is for."""

    OPD = "OPD"
    IPD = "IPD"
    DELIVERY = "DELIVERY"
    ANC = "ANC"
    PNC = "PNC"


INPATIENT = frozenset({CareType.IPD, CareType.DELIVERY})


class Level(StrEnum):
    """Level of a facility, from health centre to central hospital."""

    HC = "HC"
    DH = "DH"
    PH = "PH"
    RH = "RH"
    CH = "CH"

    @property
    def rank(self) -> int:
        """Place in the referral ladder: HC < DH < PH = RH < CH."""
        return {"HC": 1, "DH": 2, "PH": 3, "RH": 3, "CH": 4}[self.value]


class Sex(StrEnum):
    """Sex as the registers and forms write it."""

    F = "F"
    M = "M"


class ItemKind(StrEnum):
    """What an item is."""

    SERVICE = "SERVICE"
    MEDICINE = "MEDICINE"
    SUPPLY = "SUPPLY"


class Method(StrEnum):
    """How a facility is paid for a kind of care."""

    CAPITATION = "CAPITATION"
    CASE = "CASE"
    FEE = "FEE"


class CoverageStatus(StrEnum):
    """Whether a coverage may be used."""

    ACTIVE = "ACTIVE"
    SUSPENDED = "SUSPENDED"


class CoverageOption(StrEnum):
    """The two options of access a coverage may have; the demo's CBHI uses them."""

    BLUE = "BLUE"
    RED = "RED"


class Relation(StrEnum):
    """Place in the household of the coverage."""

    HEAD = "HEAD"
    SPOUSE = "SPOUSE"
    CHILD = "CHILD"
    OTHER = "OTHER"


class Exempt(StrEnum):
    """Reasons to pay no co-payment; UNDER5 follows from age."""

    POOR = "POOR"
    MONK = "MONK"
    PREGNANT = "PREGNANT"
    UNDER5 = "UNDER5"


class Document(StrEnum):
    """What the facility saw of the patient's papers."""

    ID = "ID"
    FAMILY_BOOK = "FAMILY_BOOK"
    CARD = "CARD"
    NONE = "NONE"


class Period(StrEnum):
    """What a ceiling is counted over."""

    CLAIM = "CLAIM"
    YEAR = "YEAR"


class Severity(StrEnum):
    """What a finding does to the claim."""

    DENY = "deny"
    PEND = "pend"
    ADJUST = "adjust"
    WARN = "warn"


class Decision(StrEnum):
    """What the rules say of a claim as a whole."""

    ACCEPT = "ACCEPT"
    PEND = "PEND"
    DENY = "DENY"


class ClaimState(StrEnum):
    """Where a claim stands in its life."""

    KEYED = "KEYED"
    CORRECTED = "CORRECTED"
    ACCEPTED = "ACCEPTED"
    PENDED = "PENDED"
    DENIED = "DENIED"
    BATCHED = "BATCHED"
    APPROVED = "APPROVED"
    VOUCHERED = "VOUCHERED"
    PAID = "PAID"
    VOID = "VOID"


class DrawReason(StrEnum):
    """Why a claim was up to be keyed a second time: its amount, a newcomer's hand, or the clerk's share."""

    AMOUNT = "AMOUNT"
    NEWCOMER = "NEWCOMER"
    SHARE = "SHARE"


class ProposalState(StrEnum):
    """Where a proposed member stands."""

    PROPOSED = "PROPOSED"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"


class SubmissionState(StrEnum):
    """Where a paper bundle stands."""

    OPEN = "OPEN"
    CLOSED = "CLOSED"


class BatchState(StrEnum):
    """Where a batch stands."""

    PROPOSED = "PROPOSED"
    APPROVED = "APPROVED"
    RETURNED = "RETURNED"


class VoucherState(StrEnum):
    """Where a voucher stands; a posted one never changes again."""

    PREPARED = "PREPARED"
    CERTIFIED = "CERTIFIED"
    POSTED = "POSTED"
    CANCELLED = "CANCELLED"


class VoucherKind(StrEnum):
    """What a voucher pays: claims of approved batches, or a quarter's share of a year's capitation."""

    CLAIMS = "CLAIMS"
    CAPITATION = "CAPITATION"


class ReturnState(StrEnum):
    """Where a facility's monthly return stands."""

    OPEN = "OPEN"
    CLOSED = "CLOSED"


class Section(StrEnum):
    """The two lists of a monthly return."""

    OPD = "OPD"
    IPD = "IPD"


class AgeBand(StrEnum):
    """The age bands of a monthly return."""

    UNDER5 = "U5"
    FROM5 = "5UP"


class Pays(StrEnum):
    """Whether the patients counted paid."""

    FREE = "FREE"
    PAYING = "PAYING"


class Role(StrEnum):
    """What a user may do."""

    CLERK = "clerk"
    SUPERVISOR = "supervisor"
    ACCOUNTANT = "accountant"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


UNJUDGED = (ClaimState.KEYED, ClaimState.CORRECTED)
"""What waits for adjudication, or for a second keying before it."""
