"""Members, their coverages and exemptions."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from claims_desk.models.base import Base, Code, Id, Span, Text200, Versioned, span_check
from claims_desk.models.registers import SCHEME

PERSON = "members.person_no"
ON_SERVER = "postgresql"
BEGINS = "varchar_pattern_ops"
"""The order of an index that finds beginnings whatever the server's language; SQLite's indexes all do."""


class Member(Versioned, Base):
    """A person in the register; the folded names are for comparison only, `name_key` for sorting.

    Names and villages are found by their words: `models/name_index.py`.
    """

    __tablename__ = "members"
    id: Mapped[Id]
    person_no: Mapped[Code] = mapped_column(unique=True)
    name_lo: Mapped[Text200]
    name_en: Mapped[Text200]
    sex: Mapped[str] = mapped_column(String(1))
    birth_date: Mapped[date]
    death_date: Mapped[date | None]
    family_book_no: Mapped[Code]
    national_id: Mapped[Code]
    district_code: Mapped[str] = mapped_column(String(4))
    village: Mapped[Text200]
    phone: Mapped[Code]
    name_lo_folded: Mapped[Text200] = mapped_column(default="")
    name_en_folded: Mapped[Text200] = mapped_column(default="")
    name_key: Mapped[str] = mapped_column(String(400), default="")
    __table_args__ = (
        Index(None, "name_key"),
        *(Index(None, name, postgresql_ops={name: BEGINS}) for name in ("family_book_no", "national_id", "phone")),
        Index("ix_members_person_no_begins", "person_no", postgresql_ops={"person_no": BEGINS}).ddl_if(ON_SERVER),
        Index(None, "birth_date"),
    )


class Coverage(Span, Versioned, Base):
    """A member's membership in one scheme."""

    __tablename__ = "coverages"
    id: Mapped[Id]
    scheme: Mapped[Code] = mapped_column(ForeignKey(SCHEME))
    member_no: Mapped[Code]
    person_no: Mapped[Code] = mapped_column(ForeignKey(PERSON))
    status: Mapped[str] = mapped_column(String(10), default="ACTIVE")
    option: Mapped[str] = mapped_column(String(4), default="")
    relation: Mapped[str] = mapped_column(String(6), default="")
    __table_args__ = (
        UniqueConstraint("scheme", "member_no", "person_no", "valid_from"),
        Index(None, "person_no"),
        Index(None, "member_no"),
        Index("ix_coverages_member_no_begins", "member_no", postgresql_ops={"member_no": BEGINS}).ddl_if(ON_SERVER),
        span_check(),
    )


class Exemption(Span, Versioned, Base):
    """A dated reason to pay no co-payment, with what proves it."""

    __tablename__ = "exemptions"
    id: Mapped[Id]
    person_no: Mapped[Code] = mapped_column(ForeignKey(PERSON))
    category: Mapped[str] = mapped_column(String(10))
    evidence: Mapped[Text200]
    __table_args__ = (UniqueConstraint("person_no", "category", "valid_from"), span_check())
