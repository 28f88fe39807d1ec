"""What goes into a judgement, and what comes out of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any, Generic, NamedTuple, TypeVar, overload

from claims_desk.domain.codes import CoverageStatus, Decision, Exempt, Relation, Severity
from claims_desk.domain.dates import completed_years
from claims_desk.domain.facts import (
    CaseGroup,
    CaseRate,
    Claim,
    Coverage,
    EarlierClaim,
    Exemption,
    Facility,
    Item,
    Line,
    Member,
    PaymentMethod,
    Price,
    Scheme,
    is_sensible,
)
from claims_desk.domain.messages import Message
from claims_desk.domain.money import LARGEST_KIP
from claims_desk.domain.newborn import baby_no, is_baby, mothers
from claims_desk.domain.registers import Registers

_NO_FIX = Message("")


def whole(quantity: Decimal | None) -> int | None:
    """The quantity as a whole number above 0, or None where it is none or beyond all sense."""
    if quantity is None or not is_sensible(quantity):
        return None
    number = int(quantity)
    return number if number > 0 and number == quantity else None


Value = TypeVar("Value")


class once(Generic[Value]):  # noqa: N801 - read as a word before a method, as `property` is
    """A property worked out when first asked for, then kept with its object.

    As `functools.cached_property`, without its lock: no two threads share a case, and a hundred thousand pass.
    """

    def __init__(self, compute: Callable[[Any], Value]) -> None:
        self._compute = compute
        self.__doc__ = compute.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> once[Value]: ...

    @overload
    def __get__(self, instance: object, owner: type) -> Value: ...

    def __get__(self, instance: object | None, owner: type) -> once[Value] | Value:
        if instance is None:
            return self
        value = instance.__dict__[self._name] = self._compute(instance)
        return value


class BilledLine(NamedTuple):
    """A line with what the registers say of it on its day; None where it is not known.

    `quantity` is None unless a whole number above 0 that makes an amount of kip with the unit price; `price` is the
    tariff of scheme and level in kip.
    """

    case: Case
    line: Line
    line_no: int
    item: Item | None
    day: date | None
    price: int | None
    quantity: int | None


class GivenBefore(NamedTuple):
    """An item on an earlier claim: the day and the quantity that was not denied."""

    day: date
    quantity: int
    claim: EarlierClaim


@dataclass(frozen=True)
class Case:
    """One claim and all that bears on it: the only thing a rule is given.

    `coverages` are the rows of the claim's scheme and member number, whatever their days; `person_coverages`
    all coverages of the persons behind them; `earlier` every claim keyed before this one that is of those persons,
    of the same facility and form number, of the same facility and first day, was restored as this one, or has a scan
    in common. `proposed` says that a number nobody has is proposed for the register.
    """

    claim: Claim
    registers: Registers
    coverages: tuple[Coverage, ...] = ()
    members: tuple[Member, ...] = ()
    person_coverages: tuple[Coverage, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    earlier: tuple[EarlierClaim, ...] = ()
    proposed: bool = False

    @once
    def day(self) -> date | None:
        """The day of judgement for membership, contract, method, case rate, co-payment and exemption."""
        return self.claim.visit_from

    @once
    def scheme(self) -> Scheme | None:
        """The claim's scheme as the register has it."""
        return self.registers.schemes.get(self.claim.scheme)

    @once
    def facility(self) -> Facility | None:
        """The claim's facility as the register has it."""
        return self.registers.facilities.get(self.claim.facility_code)

    @once
    def coverage(self) -> Coverage | None:
        """The coverage of this number in force on the day of judgement.

        Where a household shares the number, the person most like the one on the form comes first, by birth date,
        then sex, then name; an active coverage before a suspended one. A baby on the mother's number has hers.
        """
        if self.day is None:
            return None
        in_force = [row for row in self.coverages if row.holds(self.day)]
        if len(in_force) > 1 and self.baby:
            persons = mothers(self.members, self.claim.birth_date)
            hers = [row for row in in_force if row.person_no in persons]
            in_force = [row for row in hers if row.relation != Relation.CHILD] or hers or in_force
        if len(in_force) < 2:
            return next(iter(in_force), None)
        return min(in_force, key=lambda row: _unlikeness(self.claim, self.members, row))

    @once
    def baby(self) -> bool:
        """Whether the patient is a child under one year on the mother's number (`domain/newborn.py`).

        Then coverage, waiting time and home are the mother's; birth date, sex and past are the child's.
        """
        return is_baby(self.claim, self.day, self.members)

    @once
    def member(self) -> Member | None:
        """The person behind the number: of the coverage in force, else of any coverage when all name one person."""
        persons = {row.person_no for row in self.coverages}
        wanted = self.coverage.person_no if self.coverage else (persons.pop() if len(persons) == 1 else "")
        return next((m for m in self.members if m.person_no == wanted), None)

    @once
    def person_no(self) -> str:
        """Whose the claim is: the member's person number, a baby's own one made of the mother's; empty if unknown."""
        if self.member is None:
            return ""
        return baby_no(self.member.person_no, self.claim) if self.baby else self.member.person_no

    @once
    def born(self) -> date | None:
        """Birth date by the register; a baby's, and of nobody the register knows, by the form."""
        return self.member.birth_date if self.member and not self.baby else self.claim.birth_date

    @once
    def age(self) -> int | None:
        """Completed years on the day of judgement."""
        return completed_years(self.born, self.day) if self.born and self.day else None

    @once
    def sex(self) -> str:
        """Sex by the register; a baby's, and of nobody the register knows, by the form."""
        return self.member.sex if self.member and not self.baby else self.claim.sex

    @once
    def method_row(self) -> PaymentMethod | None:
        """The payment method of scheme, level and care type on the day of judgement."""
        if self.day is None or self.facility is None:
            return None
        return self.registers.payment_methods.on(self.day, self.claim.scheme, self.facility.level, self.claim.care_type)

    @once
    def method(self) -> str:
        """CAPITATION, CASE, FEE, or empty where it is not known."""
        return self.method_row.method if self.method_row else ""

    @once
    def case_group(self) -> CaseGroup | None:
        """The claim's case group as the register has it."""
        return self.registers.case_groups.get(self.claim.case_group)

    @once
    def case_rate(self) -> CaseRate | None:
        """The flat payment of case group, scheme and level on the day of judgement."""
        if self.day is None or self.facility is None:
            return None
        return self.registers.case_rates.on(self.day, self.claim.case_group, self.claim.scheme, self.facility.level)

    @once
    def exempt_as(self) -> str:
        """The category under which no co-payment is due, or empty."""
        if self.scheme is None or self.day is None or self.member is None:
            return ""
        allowed = self.scheme.exempt_categories
        for row in self.own_exemptions:
            if row.category in allowed and row.holds(self.day):
                return row.category
        return "UNDER5" if "UNDER5" in allowed and self.age is not None and self.age < 5 else ""

    @once
    def own_exemptions(self) -> tuple[Exemption, ...]:
        """The exemptions that may count for the patient, whatever their days; a baby is poor where the mother is."""
        if self.member is None or not self.exemptions:
            return ()
        person = self.member.person_no
        return tuple(
            row for row in self.exemptions if row.person_no == person and (row.category == Exempt.POOR or not self.baby)
        )

    @once
    def billed(self) -> tuple[BilledLine, ...]:
        """The lines in the order of their numbers, each looked up once."""
        lines = self.claim.lines
        if any(a.line_no > b.line_no for a, b in pairwise(lines)):
            lines = tuple(sorted(lines, key=lambda line: line.line_no))
        return tuple(map(self._billed, lines))

    def _billed(self, line: Line) -> BilledLine:
        item, row, quantity = self.registers.items.get(line.item_code), self.price_row(line), whole(line.quantity)
        if quantity is not None and quantity * (line.unit_price or 0) > LARGEST_KIP:
            quantity = None
        price = row.price if row else None
        return BilledLine(self, line, line.line_no, item, self.claim.day_of(line), price, quantity)

    @once
    def first_lines(self) -> Mapping[tuple[str, date | None], BilledLine]:
        """The first line of each item and day."""
        return {(billed.line.item_code, billed.day): billed for billed in reversed(self.billed)}

    @once
    def past(self) -> tuple[EarlierClaim, ...]:
        """The earlier claims of this person that count: neither void nor denied. A baby's are not the mother's."""
        if self.member is None or not self.earlier:
            return ()
        person = self.person_no
        return tuple(claim for claim in self.earlier if claim.person_no == person and claim.counts)

    @once
    def restored(self) -> tuple[EarlierClaim, ...]:
        """The denied claim this one restores, before it the one that restored, and so on: all the same paper."""
        found: list[EarlierClaim] = []
        by_id = {row.id: row for row in self.earlier} if self.claim.copied_from else {}
        row = by_id.get(self.claim.copied_from or 0)
        while row is not None and not row.counts:
            found.append(row)
            row = by_id.get(row.copied_from or 0)
        return tuple(found)

    @once
    def past_lines(self) -> Mapping[str, list[GivenBefore]]:
        """What this person was given on earlier claims that count, by item; lines without day or quantity left out."""
        given: dict[str, list[GivenBefore]] = defaultdict(list)
        for claim in self.past:
            for line in claim.lines:
                day, quantity = line.service_date or claim.visit_from, whole(line.quantity)
                if day and quantity:
                    given[line.item_code].append(GivenBefore(day, quantity, claim))
        return given

    def past_of_year(self, year: int) -> Iterator[EarlierClaim]:
        """The member's earlier claims that count and began in the calendar year."""
        return (claim for claim in self.past if claim.visit_from and claim.visit_from.year == year)

    def price_row(self, line: Line) -> Price | None:
        """The tariff of the line's item on its day for scheme and level; None where there is none."""
        day = self.claim.day_of(line)
        if day is None or self.facility is None:
            return None
        return self.registers.prices.on(day, line.item_code, self.claim.scheme, self.facility.level)

    def number(self, name: str, default: int, day: date | None = None) -> int:
        """A parameter's whole number for the claim's scheme on `day`, else on the day of judgement."""
        on = day or self.day
        return self.registers.number(name, self.claim.scheme, on, default) if on else default


def _unlikeness(claim: Claim, members: Iterable[Member], row: Coverage) -> tuple[int, bool, bool, bool]:
    """How unlike the one on the form the person of a coverage is: by birth date, then sex, then name."""
    person = next((m for m in members if m.person_no == row.person_no), None)
    suspended = row.status != CoverageStatus.ACTIVE
    if person is None:
        return (date.max.toordinal(), True, True, suspended)
    days_apart = abs((person.birth_date - claim.birth_date).days) if claim.birth_date else 0
    named = claim.patient_name in (person.name.lao, person.name.roman)
    return (days_apart, person.sex != claim.sex, not named, suspended)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a rule says about a claim (`line_no` None) or one of its lines; `field` is where to mend it.

    A rule leaves `code` and `severity` to its decorator, and `fix` too, unless what it found needs another.
    """

    message: Message
    fix: Message = _NO_FIX
    line_no: int | None = None
    field: str = ""
    code: str = ""
    severity: Severity = Severity.PEND

    def stamped(self, code: str, severity: Severity, fix: Message, line_no: int | None = None) -> Finding:
        """The same finding under its rule's code and severity, on its line, with its rule's fix where it has none."""
        own = self.fix if self.fix is not _NO_FIX else fix
        return replace(self, code=code, severity=severity, fix=own, line_no=line_no)


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedLine:
    """What is paid of one line: quantity after cuts, price in kip (None: no tariff), allowed in kip.

    The quantity is 0 where the line is denied or what was written is no whole number above 0. It stays, with
    nothing allowed, where a case rate or the capitation pays for the line.
    """

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
