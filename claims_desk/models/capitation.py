"""Capitation: a quarter's share of a year for each facility, and the monthly returns facilities file for it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from claims_desk.domain.codes import AgeBand, Pays, ReturnState, Section
from claims_desk.models.base import Base, Code, Id, Kip, Ref, Versioned, one_of

FACILITY = "facilities.code"
RETURN = "monthly_returns.id"


class CapitationShare(Base):
    """A facility's share of one quarter under a scheme; the one voucher that pays it, NULL while none does.

    A voucher cancelled or reversed lets go of it, and the share may be paid anew.
    """

    __tablename__ = "capitation_shares"
    id: Mapped[Id]
    facility_code: Mapped[Code] = mapped_column(ForeignKey(FACILITY))
    scheme: Mapped[Code] = mapped_column(ForeignKey("schemes.code"))
    year: Mapped[int]
    quarter: Mapped[int]
    voucher_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("vouchers.id"), unique=True)
    __table_args__ = (
        UniqueConstraint("scheme", "year", "quarter", "facility_code"),
        CheckConstraint("quarter BETWEEN 1 AND 4", name="quarter"),
    )


class CapitationLine(Base):
    """How a voucher's share came about, in kip; negative `amount` on a reversal.

    `rate` is for a head and year, `own_rate` one of the facility itself; `year_amount` is catchment times rate.
    """

    __tablename__ = "capitation_lines"
    voucher_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("vouchers.id"), primary_key=True)
    share_id: Mapped[Ref] = mapped_column(ForeignKey("capitation_shares.id"))
    catchment: Mapped[int]
    rate: Mapped[Kip]
    own_rate: Mapped[bool]
    year_amount: Mapped[Kip]
    amount: Mapped[Kip]
    __table_args__ = (Index(None, "share_id"),)


class MonthlyReturn(Versioned, Base):
    """What a facility counted in a month; `month` is its first day, `entered_by` who saved it last."""

    __tablename__ = "monthly_returns"
    id: Mapped[Id]
    facility_code: Mapped[Code] = mapped_column(ForeignKey(FACILITY))
    month: Mapped[date]
    state: Mapped[ReturnState] = mapped_column(one_of(ReturnState), default=ReturnState.OPEN)
    entered_by: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    entered_at: Mapped[datetime]
    closed_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id"))
    closed_at: Mapped[datetime | None]
    __table_args__ = (UniqueConstraint("facility_code", "month"), Index(None, "month"))


class MonthlyReturnCount(Base):
    """One cell of a return: how many patients; NULL is "not reported". A cell left blank has no row."""

    __tablename__ = "monthly_return_counts"
    return_id: Mapped[int] = mapped_column(BigInteger, ForeignKey(RETURN), primary_key=True)
    section: Mapped[Section] = mapped_column(one_of(Section), primary_key=True)
    group_no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sex: Mapped[str] = mapped_column(String(1), primary_key=True)
    age: Mapped[AgeBand] = mapped_column(one_of(AgeBand), primary_key=True)
    pays: Mapped[Pays] = mapped_column(one_of(Pays), primary_key=True)
    patients: Mapped[int | None]
    __table_args__ = (CheckConstraint("patients >= 0", name="not_below_zero"),)


class MonthlyReturnAnswer(Base):
    """Why a questioned number is right. It holds for `value` and `other` alone: other numbers are asked about again.

    `group_no` 0 is the whole section.
    """

    __tablename__ = "monthly_return_answers"
    return_id: Mapped[int] = mapped_column(BigInteger, ForeignKey(RETURN), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    section: Mapped[Section] = mapped_column(one_of(Section), primary_key=True)
    group_no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    value: Mapped[int]
    other: Mapped[int]
    reason: Mapped[str] = mapped_column(String(500))
    answered_by: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    answered_at: Mapped[datetime]
