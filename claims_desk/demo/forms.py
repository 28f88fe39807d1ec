"""A claim form on paper: what stands in each field, and how it becomes a row of `claims`."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date

from claims_desk.demo.covers import Cover
from claims_desk.demo.facilities import Site
from claims_desk.demo.reasons import Reason
from claims_desk.demo.tables import Cell


@dataclass(slots=True)
class FormLine:
    """A line of a form; `quantity` as written, it may be nonsense."""

    item_code: str
    quantity: str
    unit_price: int
    service_date: date | None = None

    @property
    def amount(self) -> int:
        """Quantity times price in kip; 0 where the quantity is no whole number."""
        return int(self.quantity) * self.unit_price if self.quantity.lstrip("-").isdigit() else 0


@dataclass(slots=True)
class Fields:
    """The fields of a form, named as the columns of `claims`."""

    form_no: str = ""
    facility_code: str = ""
    submission: str = ""
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
    emergency: str = "no"
    documents_seen: str = ""
    signed: str = "yes"
    exemption_claimed: str = ""
    copay_collected: int | None = None
    claimed_total: int | None = None
    received_date: date | None = None
    outcome: str = ""


@dataclass(slots=True, eq=False)
class Form:
    """A form of a facility's bundle, the patient and reason behind it, and its lines."""

    site: Site
    month: date
    received: date
    cover: Cover
    reason: Reason
    first: date
    last: date
    paper: Fields
    method: str = ""
    lines: list[FormLine] = field(default_factory=list)

    def row(self) -> tuple[Cell, ...]:
        """The row of `claims`."""
        return tuple(getattr(self.paper, column.name) for column in fields(self.paper))

    def line_rows(self) -> list[tuple[Cell, ...]]:
        """The rows of `claim_lines`."""
        key = (self.paper.form_no, self.paper.facility_code)
        return [
            (*key, number, line.item_code, line.service_date, line.quantity, line.unit_price)
            for number, line in enumerate(self.lines, 1)
        ]

    def add_up(self) -> None:
        """Write the sum of the lines into the total."""
        self.paper.claimed_total = sum(line.amount for line in self.lines)
