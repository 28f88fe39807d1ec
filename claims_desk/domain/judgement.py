"""What goes into a judgement, and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from claims_desk.domain.codes import CoverageStatus, Decision, Severity
from claims_desk.domain.dates import completed_years
from claims_desk.domain.facts import (
    Claim,
    Coverage,
    EarlierClaim,
    Exemption,
    Facility,
    Item,
    Line,
    Member,
    PaymentMethod,
    Scheme,
)
from claims_desk.domain.messages import Message
from claims_desk.domain.registers import Registers


@dataclass(frozen=True)
class Case:
    """One claim and all that bears on it: the only thing a rule is given.

    `coverages` are the rows of the claim's scheme and member number, whatever their days; `person_coverages`
    all coverages of the persons behind them; `earlier` every claim keyed before this one that is of those persons,
    of the same facility and form number, or of the same facility and first day.
    """

    claim: Claim
    registers: Registers
    coverages: tuple[Coverage, ...] = ()
    members: tuple[Member, ...] = ()
    person_coverages: tuple[Coverage, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    earlier: tuple[EarlierClaim, ...] = ()

    @property
    def day(self) -> date | None:
        """The day of judgement for membership, contract, method, case rate, co-payment and exemption."""
        return self.claim.visit_from

    @cached_property
    def scheme(self) -> Scheme | None:
        """The claim's scheme as the register has it."""
        return self.registers.schemes.get(self.claim.scheme)

    @cached_property
    def facility(self) -> Facility | None:
        """The claim's facility as the register has it."""
        return self.registers.facilities.get(self.claim.facility_code)

    @cached_property
    def coverage(self) -> Coverage | None:
        """The coverage of this number in force on the day of judgement.

        Where a household shares the number, the person born on the form's birth date comes first, an active
        coverage before a suspended one.
        """
        if self.day is None:
            return None
        in_force = [row for row in self.coverages if row.holds(self.day)]
        in_force.sort(key=lambda row: (not self._born_as_written(row), row.status != CoverageStatus.ACTIVE))
        return in_force[0] if in_force else None

    def _born_as_written(self, row: Coverage) -> bool:
        born = self.claim.birth_date
        return any(m.person_no == row.person_no and m.birth_date == born for m in self.members)

    @cached_property
    def member(self) -> Member | None:
        """The person behind the number: of the coverage in force, else of any coverage when all name one person."""
        persons = {row.person_no for row in self.coverages}
        wanted = self.coverage.person_no if self.coverage else (persons.pop() if len(persons) == 1 else "")
        return next((m for m in self.members if m.person_no == wanted), None)

    @cached_property
    def age(self) -> int | None:
        """Completed years on the day of judgement, by the register, else by the form."""
        born = self.member.birth_date if self.member else self.claim.birth_date
        return completed_years(born, self.day) if born and self.day else None

    @cached_property
    def sex(self) -> str:
        """Sex by the register, else by the form."""
        return self.member.sex if self.member else self.claim.sex

    @cached_property
    def method_row(self) -> PaymentMethod | None:
        """The payment method of scheme, level and care type on the day of judgement."""
        if self.day is None or self.facility is None:
            return None
        return self.registers.payment_methods.on(
            self.day, self.claim.scheme, self.facility.level, self.claim.care_type
        )

    @property
    def method(self) -> str:
        """CAPITATION, CASE, FEE, or empty where it is not known."""
        return self.method_row.method if self.method_row else ""

    @cached_property
    def exempt_as(self) -> str:
        """The category under which no co-payment is due, or empty."""
        if self.scheme is None or self.day is None or self.member is None:
            return ""
        allowed = self.scheme.exempt_categories
        for row in self.exemptions:
            if row.person_no == self.member.person_no and row.category in allowed and row.holds(self.day):
                return row.category
        return "UNDER5" if "UNDER5" in allowed and self.age is not None and self.age < 5 else ""

    def item_of(self, line: Line) -> Item | None:
        """The line's item as the register has it."""
        return self.registers.items.get(line.item_code)

    def price_of(self, line: Line) -> int | None:
        """The tariff price of the line's item on its day, in kip; None where the tariff has none."""
        day = self.claim.day_of(line)
        if day is None or self.facility is None:
            return None
        row = self.registers.prices.on(day, line.item_code, self.claim.scheme, self.facility.level)
        return row.price if row else None

    def number(self, name: str, default: int, day: date | None = None) -> int:
        """A parameter's whole number for the claim's scheme on `day`, else on the day of judgement."""
        on = day or self.day
        return self.registers.number(name, self.claim.scheme, on, default) if on else default


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a rule says about a claim (`line_no` None) or one of its lines; `field` is where to mend it."""

    message: Message
    fix: Message
    line_no: int | None = None
    field: str = ""
    code: str = ""
    severity: Severity = Severity.PEND

    def stamped(self, code: str, severity: Severity) -> Finding:
        """The same finding under its rule's code and severity."""
        return replace(self, code=code, severity=severity)


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedLine:
    """What is paid of one line: quantity after cuts, price in kip (None: no tariff), allowed in kip."""

    line_no: int
    quantity: int
    price: int | None
    allowed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The outcome of all rules and the pricing; amounts in kip, provisional while the decision is PEND."""

    decision: Decision
    method: str
    allowed: int
    copay_due: int
    payable: int
    lines: tuple[PricedLine, ...]
    findings: tuple[Finding, ...]
    explanation: tuple[Message, ...]
