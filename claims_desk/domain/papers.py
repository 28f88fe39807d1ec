"""What stands on a paper: frozen rows that queries fill and documents and exports print.

Amounts are whole kip. Names of persons stand as they were keyed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from claims_desk.domain.lao_words import Billion, TenThousand
from claims_desk.domain.messages import Message, Name


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
        part = self.year_amount // 4
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


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFinding:
    """One reason on the letter; `cure_by` is the last day it may be cured, None where it is final.

    The texts are those stored with the decision, in both languages.
    """

    code: str
    message: Message | Name
    fix: Message | Name
    cure_by: date | None = None
    line_no: int | None = None

    @property
    def curable(self) -> bool:
        """Whether the facility can still mend it."""
        return self.cure_by is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterClaim:
    """A claim not paid in full, why, and how its price came about.

    `curable`: it comes back when mended; otherwise the decision is final.
    """

    form_no: str
    patient_name: str
    care_type: str
    visit_from: date | None
    claimed: int
    payable: int
    curable: bool
    findings: tuple[LetterFinding, ...] = ()
    explanation: tuple[Message | Name, ...] = ()

    @property
    def unpaid(self) -> int:
        """What was claimed and is not paid, in kip; never below 0."""
        return max(0, self.claimed - self.payable)

    @property
    def cure_by(self) -> date | None:
        """The day by which all of it must be cured: the earliest of its findings."""
        return min((f.cure_by for f in self.findings if f.cure_by), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPaper:
    """The letter that goes back with a bundle: every claim not paid in full, and the totals of all."""

    office: Name
    payee: Payee
    bundle: str
    period: str
    written_on: date
    signed_by: str = ""
    claims: tuple[LetterClaim, ...] = ()
    forms: int = 0
    claimed: int = 0
    payable: int = 0
    number: str = ""


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
