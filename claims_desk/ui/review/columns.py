"""The columns of the review queue and of an opened claim's lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from claims_desk.domain.columns import Align, Column, Format
from claims_desk.domain.messages import Name, say
from claims_desk.domain.money import format_kip
from claims_desk.domain.terms import CLAIM_STATES
from claims_desk.queries.claims import ClaimListed


def local_time(at: datetime) -> datetime:
    """A time kept in UTC on the clock of the office's wall."""
    return at.replace(tzinfo=UTC).astimezone()


def age_of(today: Callable[[], date]) -> Callable[[ClaimListed], int | None]:
    """How many days ago a claim was decided; None while it is not."""

    def age(row: ClaimListed) -> int | None:
        return (today() - local_time(row.decided_at).date()).days if row.decided_at else None

    return age


def queue_columns(today: Callable[[], date]) -> tuple[Column[ClaimListed], ...]:
    """The columns of the queue; an age counts up to `today`."""
    return (
        Column("form_no", say("Form"), lambda row: row.form_no, width=7),
        Column("state", say("Status"), lambda row: CLAIM_STATES[row.state], width=16),
        Column("reasons", say("Reason"), lambda row: ", ".join(row.reasons), width=6),
        Column("decided_at", say("Days"), age_of(today), Format.COUNT, width=3),
        Column("patient", say("Patient"), lambda row: row.patient_name, width=11),
        Column("claimed", say("Claimed"), lambda row: row.claimed, Format.KIP, width=8),
    )


@dataclass(frozen=True, slots=True)
class LineShown:
    """A line as it was keyed, with what was decided of it; amounts in kip, None where nothing is known."""

    line_no: int
    item_code: str
    item: Name
    service_date: date | None
    quantity: Decimal | None
    unit_price: int | None
    price: int | None
    allowed: int | None
    codes: str


ITEM = 1  # the column that takes the spare room
LINES: tuple[Column[LineShown], ...] = (
    Column("item_code", say("Code"), lambda row: row.item_code, width=8),
    Column("item", say("Item"), lambda row: row.item, width=12),
    Column("service_date", say("Date"), lambda row: row.service_date, Format.DAY, align=Align.RIGHT, width=9),
    Column("quantity", say("Quantity"), lambda row: quantity_words(row.quantity), align=Align.RIGHT, width=4),
    Column("unit_price", say("Claimed"), lambda row: row.unit_price, Format.KIP, width=7),
    Column("price", say("Price"), lambda row: row.price, Format.KIP, width=7),
    Column("allowed", say("Allowed"), lambda row: row.allowed, Format.KIP, width=7),
    Column("codes", say("Rule"), lambda row: row.codes, width=3),
)


def quantity_words(quantity: Decimal | None) -> str:
    """A quantity as it was written; whole ones grouped."""
    if quantity is None:
        return ""
    return format_kip(int(quantity)) if quantity.is_finite() and quantity == int(quantity) else str(quantity)
