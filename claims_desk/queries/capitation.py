"""The capitation of a quarter: who is to be paid how much, and what stands in the way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session

from claims_desk.domain.capitation import PaidQuarter, months_due, share_of_quarter
from claims_desk.domain.codes import Method, ReturnState
from claims_desk.domain.messages import Message, Name, say
from claims_desk.domain.money import LARGEST_KIP
from claims_desk.domain.quarters import Quarter
from claims_desk.models import (
    CapitationLine,
    CapitationRate,
    CapitationShare,
    Contract,
    Facility,
    MonthlyReturn,
    PaymentMethod,
    Scheme,
    Voucher,
)
from claims_desk.queries.in_force import Day, in_force


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A facility's share of a quarter, in kip; `problem` says why it cannot be paid, `missing` which returns lack.

    `voucher` is the number of the voucher it stands on, `–` for one not posted yet; empty where it is still to pay.
    """

    facility_code: str
    facility: Name
    level: str
    catchment: int | None
    rate: int | None
    own_rate: bool
    year_amount: int
    amount: int
    voucher: str
    problem: Message | None
    missing: tuple[date, ...]

    @property
    def is_payable(self) -> bool:
        """Whether a run puts it on a voucher."""
        return self.problem is None and not self.voucher


@dataclass(frozen=True, slots=True)
class CapitationRun:
    """A quarter's capitation of a scheme as it would be paid now, by facility code."""

    scheme: str
    quarter: Quarter
    rows: tuple[ShareRow, ...]

    @property
    def payable(self) -> tuple[ShareRow, ...]:
        """What is still to be paid and can be."""
        return tuple(row for row in self.rows if row.is_payable)

    @property
    def total(self) -> int:
        """The kip of it."""
        return sum(row.amount for row in self.payable)


@dataclass(frozen=True, slots=True)
class _Rate:
    amount: int
    is_own: bool


@dataclass(frozen=True, slots=True)
class _OnVoucher:
    """A share that stands on a voucher, with the voucher's number."""

    quarter: int
    line: CapitationLine
    number: str

    @property
    def paid(self) -> PaidQuarter:
        return PaidQuarter(self.quarter, self.line.year_amount, self.line.amount)


def capitation_run(session: Session, scheme: str, quarter: Quarter, today: date) -> CapitationRun:
    """Every facility paid by capitation under a scheme on the quarter's first day, with its share."""
    facilities = session.execute(_capitated(scheme, quarter.first)).scalars().all()
    rates = _rates(session, scheme, quarter.first)
    paid = _on_vouchers(session, scheme, quarter.year)
    months = months_due(quarter, today)
    closed = _closed_months(session, months)
    rows = []
    for facility in facilities:
        rate = rates.get((facility.level, facility.code)) or rates.get((facility.level, ""))
        missing = tuple(month for month in months if month not in closed[facility.code])
        rows.append(_row(facility, rate, quarter.number, paid[facility.code], missing))
    return CapitationRun(scheme, quarter, tuple(rows))


def capitated_schemes(session: Session) -> tuple[tuple[str, Name], ...]:
    """The schemes that pay anything by capitation at any time, code and name."""
    pays = exists().where(PaymentMethod.scheme == Scheme.code, PaymentMethod.method == Method.CAPITATION)
    query = select(Scheme.code, Scheme.name_lo, Scheme.name_en).where(pays).order_by(Scheme.payer_order, Scheme.code)
    return tuple((code, Name(lao, roman)) for code, lao, roman in session.execute(query))


def is_capitated(day: Day, scheme: str | None = None) -> ColumnElement[bool]:
    """Whether a facility is open on `day` and paid by capitation for some care, under `scheme` or any."""
    contract = and_(Contract.facility_code == Facility.code, in_force(Contract, day))
    method = and_(
        PaymentMethod.scheme == Contract.scheme,
        PaymentMethod.level == Facility.level,
        PaymentMethod.method == Method.CAPITATION,
        in_force(PaymentMethod, day),
    )
    pays = exists().where(contract, method)
    if scheme is not None:
        pays = pays.where(Contract.scheme == scheme)
    is_open = and_(
        or_(Facility.active_from.is_(None), Facility.active_from <= day),
        or_(Facility.active_to.is_(None), Facility.active_to >= day),
    )
    return and_(is_open, pays)


def _capitated(scheme: str, day: date) -> Select[Facility]:
    return select(Facility).where(is_capitated(day, scheme)).order_by(Facility.code)


def _rates(session: Session, scheme: str, day: date) -> Mapping[tuple[str, str], _Rate]:
    """By level and facility code, which is empty for the rate of a whole level."""
    query = select(CapitationRate).where(CapitationRate.scheme == scheme, in_force(CapitationRate, day))
    return {
        (row.level, row.facility_code): _Rate(row.amount_per_year, bool(row.facility_code))
        for row in session.execute(query).scalars()
    }


def _on_vouchers(session: Session, scheme: str, year: int) -> Mapping[str, list[_OnVoucher]]:
    query = (
        select(CapitationShare, CapitationLine, Voucher.number)
        .join(CapitationLine, CapitationLine.voucher_id == CapitationShare.voucher_id)
        .join(Voucher, Voucher.id == CapitationShare.voucher_id)
        .where(CapitationShare.scheme == scheme, CapitationShare.year == year)
    )
    found: dict[str, list[_OnVoucher]] = defaultdict(list)
    for share, line, number in session.execute(query):
        found[share.facility_code].append(_OnVoucher(share.quarter, line, number or "–"))
    return found


def _closed_months(session: Session, months: Iterable[date]) -> Mapping[str, set[date]]:
    query = select(MonthlyReturn.facility_code, MonthlyReturn.month).where(
        MonthlyReturn.month.in_(list(months)), MonthlyReturn.state == ReturnState.CLOSED
    )
    found: dict[str, set[date]] = defaultdict(set)
    for code, month in session.execute(query):
        found[code].add(month)
    return found


def _row(
    facility: Facility, rate: _Rate | None, number: int, on_vouchers: list[_OnVoucher], missing: tuple[date, ...]
) -> ShareRow:
    name = Name(facility.name_lo, facility.name_en)
    own = next((each for each in on_vouchers if each.quarter == number), None)
    if own is not None:
        line = own.line
        terms = (line.catchment, line.rate, line.own_rate, line.year_amount, line.amount, own.number, None)
        return ShareRow(facility.code, name, facility.level, *terms, missing)
    year_amount = (facility.catchment or 0) * (rate.amount if rate else 0)
    amount = share_of_quarter(number, year_amount, [each.paid for each in on_vouchers])
    return ShareRow(
        facility_code=facility.code,
        facility=name,
        level=facility.level,
        catchment=facility.catchment,
        rate=rate.amount if rate else None,
        own_rate=rate is not None and rate.is_own,
        year_amount=year_amount,
        amount=amount,
        voucher="",
        problem=_problem(facility, rate, year_amount, amount),
        missing=missing,
    )


def _problem(facility: Facility, rate: _Rate | None, year_amount: int, amount: int) -> Message | None:
    if not facility.catchment:
        return say("no catchment")
    if rate is None:
        return say("no rate")
    if year_amount > LARGEST_KIP:
        return say("amount too large")
    if not facility.bank_account:
        return say("no bank account")
    return None if amount > 0 else say("nothing to pay")
