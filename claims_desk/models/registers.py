"""Schemes, facilities and the dated tariff tables; they refer to one another by code."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from claims_desk.models.base import Base, Code, Id, Kip, Span, Text200, Versioned, span_check

SCHEME = "schemes.code"
FACILITY = "facilities.code"
ITEM = "items.code"
Level = String(2)
Care = String(10)


class Scheme(Versioned, Base):
    """A scheme; lists of codes are joined by `;`."""

    __tablename__ = "schemes"
    id: Mapped[Id]
    code: Mapped[Code] = mapped_column(unique=True)
    name_lo: Mapped[Text200]
    name_en: Mapped[Text200]
    payer_order: Mapped[int]
    waiting_days: Mapped[int] = mapped_column(default=0)
    referral_levels: Mapped[Text200]
    exempt_categories: Mapped[Text200]
    fund: Mapped[Code]


class Facility(Versioned, Base):
    """A health facility with the account it is paid into."""

    __tablename__ = "facilities"
    id: Mapped[Id]
    code: Mapped[Code] = mapped_column(unique=True)
    name_lo: Mapped[Text200]
    name_en: Mapped[Text200]
    level: Mapped[str] = mapped_column(Level)
    province_code: Mapped[str] = mapped_column(String(2))
    district_code: Mapped[str] = mapped_column(String(4))
    active_from: Mapped[date | None]
    active_to: Mapped[date | None]
    bank_code: Mapped[Code]
    bank_account: Mapped[Code]
    bank_account_name: Mapped[Text200]
    catchment: Mapped[int | None]
    name_folded: Mapped[str] = mapped_column(String(420), default="")


class Contract(Span, Versioned, Base):
    """A facility may treat a scheme's members."""

    __tablename__ = "contracts"
    id: Mapped[Id]
    facility_code: Mapped[Code] = mapped_column(ForeignKey(FACILITY))
    scheme: Mapped[Code] = mapped_column(ForeignKey(SCHEME))
    __table_args__ = (UniqueConstraint("facility_code", "scheme", "valid_from"), span_check())


class Item(Versioned, Base):
    """A service, medicine or supply; NULL limits are no limits."""

    __tablename__ = "items"
    id: Mapped[Id]
    code: Mapped[Code] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(String(10))
    name_lo: Mapped[Text200]
    name_en: Mapped[Text200]
    care_types: Mapped[Text200]
    sex: Mapped[str] = mapped_column(String(1))
    age_min: Mapped[int | None]
    age_max: Mapped[int | None]
    max_per_day: Mapped[int | None]
    max_per_year: Mapped[int | None]
    min_interval_days: Mapped[int | None]
    extra: Mapped[bool] = mapped_column(default=False)
    excluded: Mapped[bool] = mapped_column(default=False)
    active_from: Mapped[date | None]
    active_to: Mapped[date | None]
    name_folded: Mapped[str] = mapped_column(String(420), default="")


class Price(Span, Versioned, Base):
    """The tariff of an item by scheme and level, in kip."""

    __tablename__ = "prices"
    id: Mapped[Id]
    item_code: Mapped[Code] = mapped_column(ForeignKey(ITEM))
    scheme: Mapped[Code] = mapped_column(ForeignKey(SCHEME))
    level: Mapped[str] = mapped_column(Level)
    price: Mapped[Kip]
    __table_args__ = (UniqueConstraint("item_code", "scheme", "level", "valid_from"), span_check())


class ItemPair(Span, Versioned, Base):
    """Two items never paid together: the second falls away."""

    __tablename__ = "item_pairs"
    id: Mapped[Id]
    first_item: Mapped[Code] = mapped_column(ForeignKey(ITEM))
    second_item: Mapped[Code] = mapped_column(ForeignKey(ITEM))
    __table_args__ = (UniqueConstraint("first_item", "second_item", "valid_from"), span_check())


class CaseGroup(Versioned, Base):
    """What an inpatient case or a delivery is."""

    __tablename__ = "case_groups"
    id: Mapped[Id]
    code: Mapped[Code] = mapped_column(unique=True)
    name_lo: Mapped[Text200]
    name_en: Mapped[Text200]
    care_type: Mapped[str] = mapped_column(Care)
    diagnosis_prefixes: Mapped[str] = mapped_column(Text)


class CaseRate(Span, Versioned, Base):
    """The flat payment of a case group, in kip."""

    __tablename__ = "case_rates"
    id: Mapped[Id]
    case_group: Mapped[Code] = mapped_column(ForeignKey("case_groups.code"))
    scheme: Mapped[Code] = mapped_column(ForeignKey(SCHEME))
    level: Mapped[str] = mapped_column(Level)
    amount: Mapped[Kip]
    __table_args__ = (UniqueConstraint("case_group", "scheme", "level", "valid_from"), span_check())


class PaymentMethod(Span, Versioned, Base):
    """Capitation, case or fee by scheme, level and care type."""

    __tablename__ = "payment_methods"
    id: Mapped[Id]
    scheme: Mapped[Code] = mapped_column(ForeignKey(SCHEME))
    level: Mapped[str] = mapped_column(Level)
    care_type: Mapped[str] = mapped_column(Care)
    method: Mapped[str] = mapped_column(String(10))
    __table_args__ = (UniqueConstraint("scheme", "level", "care_type", "valid_from"), span_check())


class Copayment(Span, Versioned, Base):
    """What the patient pays: kip plus a percentage of what is allowed."""

    __tablename__ = "copayments"
    id: Mapped[Id]
    scheme: Mapped[Code] = mapped_column(ForeignKey(SCHEME))
    level: Mapped[str] = mapped_column(Level)
    care_type: Mapped[str] = mapped_column(Care)
    amount: Mapped[Kip]
    percent: Mapped[str] = mapped_column(String(8), default="0")  # a decimal as text: no float touches money
    __table_args__ = (UniqueConstraint("scheme", "level", "care_type", "valid_from"), span_check())


class VisitLimit(Span, Versioned, Base):
    """The most claims of a care type a member may have in a calendar year."""

    __tablename__ = "visit_limits"
    id: Mapped[Id]
    scheme: Mapped[Code] = mapped_column(ForeignKey(SCHEME))
    care_type: Mapped[str] = mapped_column(Care)
    max_per_year: Mapped[int]
    __table_args__ = (UniqueConstraint("scheme", "care_type", "valid_from"), span_check())


class Ceiling(Span, Versioned, Base):
    """The most that is allowed per claim or per member and year, in kip."""

    __tablename__ = "ceilings"
    id: Mapped[Id]
    scheme: Mapped[Code] = mapped_column(ForeignKey(SCHEME))
    care_type: Mapped[str] = mapped_column(Care)
    period: Mapped[str] = mapped_column(String(5))
    amount: Mapped[Kip]
    __table_args__ = (UniqueConstraint("scheme", "care_type", "period", "valid_from"), span_check())


class CapitationRate(Span, Versioned, Base):
    """Kip per head and year of a level, or of one facility (its code, else empty)."""

    __tablename__ = "capitation_rates"
    id: Mapped[Id]
    scheme: Mapped[Code] = mapped_column(ForeignKey(SCHEME))
    level: Mapped[str] = mapped_column(Level)
    facility_code: Mapped[Code]
    amount_per_year: Mapped[Kip]
    __table_args__ = (UniqueConstraint("scheme", "level", "facility_code", "valid_from"), span_check())


class Diagnosis(Versioned, Base):
    """An ICD-10 code."""

    __tablename__ = "diagnoses"
    id: Mapped[Id]
    code: Mapped[Code] = mapped_column(unique=True)
    title_en: Mapped[str] = mapped_column(String(400))
    title_lo: Mapped[str] = mapped_column(String(400))
    sex: Mapped[str] = mapped_column(String(1))
    age_min: Mapped[int | None]
    age_max: Mapped[int | None]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class Parameter(Span, Versioned, Base):
    """A number or text an office may change from a day on; an empty scheme is for all."""

    __tablename__ = "parameters"
    id: Mapped[Id]
    name: Mapped[Code]
    scheme: Mapped[Code]
    value: Mapped[Text200]
    __table_args__ = (UniqueConstraint("name", "scheme", "valid_from"), span_check())


Index(None, Facility.district_code)
