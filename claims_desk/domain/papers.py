"""What stands on a paper: frozen rows that queries fill and documents and exports print.

Amounts are whole kip. Names of persons stand as they were keyed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from claims_desk.domain.lao_words import Billion, TenThousand
from claims_desk.domain.messages import Message, Name
from claims_desk.domain.quarters import QUARTERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Payee:
    """The facility a paper is for, and the account its money goes to."""

    code: str
    name: Name
    level: str
    bank_code: str = ""
    bank_account: str = ""
    bank_account_name: str = ""
    place: Name = Name("", "")  # district and province, for the letter's address


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidClaim:
    """One claim on a voucher; `payable` is what the fund pays after the co-payment."""

    form_no: str
    patient_name: str
    scheme: str
    care_type: str
    visit_from: date | None
    visit_to: date | None
    claimed: int
    allowed: int
    copay_due: int
    payable: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidShare:
    """How a quarter's capitation came about: `catchment` people at `rate` kip a head and year make `year_amount`.

    `amount` is the quarter's part, negative on a reversal.
    """

    quarter: str
    catchment: int
    rate: int
    year_amount: int
    amount: int
    own_rate: bool = False

    @property
    def part(self) -> int:
        """A quarter of the year's amount, rounded down to whole kip."""
        part = self.year_amount // QUARTERS
        return part if self.amount >= 0 else -part

    @property
    def left_over(self) -> int:
        """What the rounding of the year's quarters left over and this one pays."""
        return self.amount - self.part


@dataclass(frozen=True, slots=True, kw_only=True)
class VoucherPaper:
    """A payment order to one facility.

    `number` is empty while it is not posted; `amount` is negative on a reversal; `claims` is empty for a
    capitation payment, whose `share` says how it came about. `chain_head` is 64 hex digits, empty before posting.
    `ten_thousand` and `billion` are the office's choice of how these are read in the amount in words.
    """

    office: Name
    payee: Payee
    period: str
    amount: int
    number: str = ""
    purpose: Message | None = None
    posted_on: date | None = None
    prepared_by: str = ""
    prepared_on: date | None = None
    certified_by: str = ""
    certified_on: date | None = None
    posted_by: str = ""
    claims: tuple[PaidClaim, ...] = ()
    share: PaidShare | None = None
    chain_head: str = ""
    reverses: str | None = None
    cancelled: bool = False
    control: ControlTotals | None = None
    ten_thousand: TenThousand = "ສິບພັນ"
    billion: Billion = "ພັນລ້ານ"


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlTotals:
    """What was counted by hand when the bundle came in."""

    bundle: str
    forms: int
    kip: int
    form_number_sum: int


class LetterPart(StrEnum):
    """Where a claim stands on the letter; a claim paid in full is only counted.

    CURABLE comes back when mended. DENIED and CUT are final: nothing is paid, or less than was claimed. FLAT is what a
    case rate or the capitation pays whatever was charged, and no cut.
    """

    CURABLE = "CURABLE"
    DENIED = "DENIED"
    CUT = "CUT"
    FLAT = "FLAT"
    FULL = "FULL"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFinding:
    """One reason on the letter, in the words stored with the decision, in both languages.

    `line_no` is the line it is about; `line_falls` says that this line alone is not paid.
    """

    code: str
    message: Message | Name
    fix: Message | Name
    line_no: int | None = None
    line_falls: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterClaim:
    """A claim not paid in full, why, and how its price came about.

    `allowed` and `payable` are 0 while nothing is paid; `cure_by` is the last day to send it again, None where it is
    final; `bundle` is empty for a claim that came alone.
    """

    part: LetterPart
    form_no: str
    patient_name: str
    care_type: str
    visit_from: date | None
    claimed: int
    allowed: int = 0
    payable: int = 0
    visit_to: date | None = None
    bundle: str = ""
    method: str = ""
    cure_by: date | None = None
    findings: tuple[LetterFinding, ...] = ()
    explanation: tuple[Message | Name, ...] = ()

    @property
    def unpaid(self) -> int:
        """What was claimed and is not allowed, in kip, never below 0; a flat rate takes nothing away."""
        return 0 if self.part is LetterPart.FLAT else max(0, self.claimed - self.allowed)


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyBack:
    """A patient who paid the facility more than is due, in kip."""

    form_no: str
    patient_name: str
    visit_from: date | None
    collected: int
    due: int

    @property
    def kip(self) -> int:
        """What the facility gives back."""
        return self.collected - self.due


@dataclass(frozen=True, slots=True)
class LetterSum:
    """How many claims, and what was claimed, allowed, is payable and is not paid of them, in kip."""

    claims: int = 0
    claimed: int = 0
    allowed: int = 0
    payable: int = 0
    unpaid: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPaper:
    """The letter to a facility on some months: every claim not paid in full, and the totals of all.

    `reference` names the letter by office, facility and months; `undecided` counts claims that come in a later one.
    """

    office: Name
    payee: Payee
    reference: str
    period: str
    written_on: date
    signed_by: str = ""
    bundles: tuple[str, ...] = ()
    claims: tuple[LetterClaim, ...] = ()
    money_back: tuple[MoneyBack, ...] = ()
    in_full: LetterSum = LetterSum()
    undecided: int = 0

    def of_part(self, part: LetterPart) -> tuple[LetterClaim, ...]:
        """The claims of a part, in their order."""
        return tuple(claim for claim in self.claims if claim.part is part)

    def sum_of(self, part: LetterPart) -> LetterSum:
        """What the claims of a part come to."""
        if part is LetterPart.FULL:
            return self.in_full
        of = self.of_part(part)
        sums = (sum(getattr(claim, name) for claim in of) for name in ("claimed", "allowed", "payable", "unpaid"))
        return LetterSum(len(of), *sums)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptSlip:
    """What the facility's messenger takes home: the bundle and what was counted by hand."""

    office: Name
    payee: Payee
    bundle: str
    period: str
    received_on: date
    received_by: str
    forms: int
    kip: int
    form_number_sum: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """One row of a payment file: an account, what it gets in kip, and the voucher it is for."""

    account: str
    account_name: str
    amount: int
    reference: str
    purpose: str
    voucher_number: str
    bank_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentList:
    """Vouchers sent to a bank together; `number` names the file."""

    number: str
    day: date
    payments: tuple[Payment, ...]

    @property
    def count(self) -> int:
        """How many payments."""
        return len(self.payments)

    @property
    def total(self) -> int:
        """Their sum in kip."""
        return sum(payment.amount for payment in self.payments)
