"""Everything a rule may see: frozen rows of the claim, the registers and the member's past.

Money is whole kip, spans include both ends, an empty text is an empty field on the form.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from claims_desk.domain.codes import INPATIENT, ClaimState
from claims_desk.domain.messages import Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A row that holds from a day to a day, both included; `valid_to` None is open."""

    valid_from: date
    valid_to: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the row is in force on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


_LARGEST_POWER = 5  # six digits: times the largest price they stay within 64 bits, as the database keeps kip


def is_sensible(quantity: Decimal) -> bool:
    """Whether a quantity can be reckoned with: a number, and not beyond all that a form may mean."""
    return quantity.is_finite() and abs(quantity.adjusted()) <= _LARGEST_POWER


_NOTHING_PAID = (ClaimState.VOID, ClaimState.DENIED)


# --- the paper ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One item on a form; `quantity` may be anything a clerk can type, a rule judges it."""

    line_no: int
    item_code: str = ""
    service_date: date | None = None
    quantity: Decimal | None = None
    unit_price: int | None = None

    @property
    def claimed(self) -> Decimal:
        """Quantity times unit price, 0 while one of them is empty or no sensible number."""
        if self.quantity is None or not is_sensible(self.quantity):
            return Decimal(0)
        return self.quantity * (self.unit_price or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """The bundle a claim came in."""

    number: str
    facility_code: str
    month: date  # its first day


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One form as it was keyed."""

    id: int = 0  # 0 while it is still under the clerk's fingers
    form_no: str = ""
    facility_code: str = ""
    scheme: str = ""
    member_no: str = ""
    patient_name: str = ""
    phone: str = ""
    sex: str = ""
    birth_date: date | None = None
    care_type: str = ""
    visit_from: date | None = None
    visit_to: date | None = None
    case_group: str = ""
    diagnosis_main: str = ""
    diagnosis_2: str = ""
    diagnosis_3: str = ""
    diagnosis_4: str = ""
    referred_from: str = ""
    referral_date: date | None = None
    referral_no: str = ""
    emergency: bool = False
    documents_seen: tuple[str, ...] = ()
    signed: bool | None = None
    exemption_claimed: str = ""
    copay_collected: int | None = None
    claimed_total: int | None = None
    received_date: date | None = None
    outcome: str = ""
    submission: Submission | None = None
    copied_from: int | None = None  # the claim this one was made from, as a denied one is restored
    lines: tuple[Line, ...] = ()
    scans: tuple[str, ...] = ()  # each attached page: the SHA-256 of its file's bytes and its number, "ab…/1"

    @property
    def last_day(self) -> date | None:
        """visit_to; for a visit without a stay, visit_from where it is blank."""
        if self.visit_to is None and self.care_type not in INPATIENT:
            return self.visit_from
        return self.visit_to

    @property
    def diagnoses(self) -> tuple[str, ...]:
        """The codes given, the main one first, empty fields left out."""
        codes = (self.diagnosis_main, self.diagnosis_2, self.diagnosis_3, self.diagnosis_4)
        return tuple(code for code in codes if code)

    def day_of(self, line: Line) -> date | None:
        """The day a line is judged by: its service date, else the first day of the visit."""
        return line.service_date or self.visit_from


# --- the registers ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """A scheme: a row, not an `if`. The smaller `payer_order` pays first."""

    code: str
    name: Name
    payer_order: int
    waiting_days: int = 0
    referral_levels: tuple[str, ...] = ()
    exempt_categories: tuple[str, ...] = ()
    fund: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facility:
    """A health facility and the days it is open."""

    code: str
    name: Name
    level: str
    province_code: str = ""
    district_code: str = ""
    active_from: date | None = None
    active_to: date | None = None

    def open_on(self, day: date) -> bool:
        """Whether the facility works on `day`; a blank end is open."""
        return (self.active_from is None or self.active_from <= day) and (
            self.active_to is None or day <= self.active_to
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract(Dated):
    """A facility may treat a scheme's members."""

    facility_code: str
    scheme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A service, medicine or supply; empty limits are no limits, ages are completed years."""

    code: str
    kind: str
    name: Name
    care_types: tuple[str, ...] = ()
    sex: str = ""
    age_min: int | None = None
    age_max: int | None = None
    max_per_day: int | None = None
    max_per_year: int | None = None
    min_interval_days: int | None = None
    extra: bool = False
    excluded: bool = False
    active_from: date | None = None
    active_to: date | None = None

    def active_on(self, day: date) -> bool:
        """Whether the item may be used on `day`; a blank end is open."""
        return (self.active_from is None or self.active_from <= day) and (
            self.active_to is None or day <= self.active_to
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Price(Dated):
    """The tariff of an item."""

    item_code: str
    scheme: str
    level: str
    price: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPair(Dated):
    """Two items never paid together: the second falls away."""

    first_item: str
    second_item: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseGroup:
    """What an inpatient case or a delivery is; no prefixes means any diagnosis."""

    code: str
    name: Name
    care_type: str
    diagnosis_prefixes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRate(Dated):
    """The flat payment of a case group."""

    case_group: str
    scheme: str
    level: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentMethod(Dated):
    """How a level is paid for a kind of care under a scheme."""

    scheme: str
    level: str
    care_type: str
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Copayment(Dated):
    """What the patient pays: an amount of kip plus a percentage of what is allowed."""

    scheme: str
    level: str
    care_type: str
    amount: int
    percent: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitLimit(Dated):
    """How many claims of a kind of care a member may have in a calendar year."""

    scheme: str
    care_type: str
    max_per_year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceiling(Dated):
    """The most that is allowed per claim, or per member and calendar year; a YEAR care_type may be ANY."""

    scheme: str
    care_type: str
    period: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """An ICD-10 code; it holds between its days, blank ends are open."""

    code: str
    title: Name
    sex: str = ""
    age_min: int | None = None
    age_max: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    has_subcategories: bool = False

    def holds(self, day: date) -> bool:
        """Whether the code may be used on `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter(Dated):
    """A number or text an office may change from a day on; a blank scheme is for all."""

    name: str
    scheme: str
    value: str


# --- the member ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person in the register."""

    person_no: str
    name: Name
    sex: str
    birth_date: date
    death_date: date | None = None
    district_code: str = ""
    village: str = ""
    family_book_no: str = ""
    national_id: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage(Dated):
    """A member's membership in one scheme."""

    scheme: str
    member_no: str
    person_no: str
    status: str = "ACTIVE"
    option: str = ""
    relation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption(Dated):
    """A dated reason to pay no co-payment."""

    person_no: str
    category: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierLine:
    """A line of an earlier claim, with the quantity allowed when it was judged (else as claimed)."""

    item_code: str
    service_date: date | None
    quantity: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierClaim:
    """A claim keyed before this one: same person, same form number or same patient at the facility, or restored by it.

    `month` is that of its bundle; None for a claim that came alone. `blind`: another clerk keys it a second time and
    must not learn from words about a claim what was keyed of this one.
    """

    id: int
    form_no: str
    facility_code: str
    person_no: str
    scheme: str
    member_no: str
    care_type: str
    visit_from: date | None
    visit_to: date | None
    state: ClaimState
    patient_name: str = ""
    birth_date: date | None = None
    copied_from: int | None = None
    keyed_by: int = 0
    blind: bool = False
    month: date | None = None
    allowed: int = 0
    lines: tuple[EarlierLine, ...] = ()
    scans: tuple[str, ...] = ()

    @property
    def counts(self) -> bool:
        """Void and denied claims count for nothing in limits, ceilings and doubles; pended ones count."""
        return self.state not in _NOTHING_PAID
