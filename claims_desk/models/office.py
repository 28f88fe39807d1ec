"""The office itself, its users and its audit trail."""

from __future__ import annotations

from datetime import date, datetime
from secrets import token_hex

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from claims_desk.domain.codes import Role
from claims_desk.models.base import Base, Id, Versioned, one_of


class Office(Base):
    """The office this database belongs to: one row.

    `registers_version` grows with every change of a register, so that a window knows its copy is old. `draw_secret` is
    what the draws for a second keying hang on: no paper, list or message ever shows it.
    """

    __tablename__ = "office"
    id: Mapped[Id]
    code: Mapped[str] = mapped_column(String(4), unique=True)
    created_at: Mapped[datetime]
    registers_version: Mapped[int] = mapped_column(BigInteger, default=1)
    is_demo: Mapped[bool] = mapped_column(default=False)
    draw_secret: Mapped[str] = mapped_column(String(64), default=lambda: token_hex(32))


class User(Versioned, Base):
    """Somebody who may sign in; disabled, never deleted."""

    __tablename__ = "users"
    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(60), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    disabled_at: Mapped[datetime | None]
    failed_attempts: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    roles: Mapped[list[UserRole]] = relationship(cascade="all, delete-orphan", lazy="selectin")


class UserRole(Base):
    """A role a user holds."""

    __tablename__ = "user_roles"
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id"), primary_key=True)
    role: Mapped[Role] = mapped_column(one_of(Role), primary_key=True)


class WorkDay(Base):
    """What a user keyed on one day of the office: forms saved, keys pressed in fields, and the seconds it took him."""

    __tablename__ = "work_days"
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    forms: Mapped[int] = mapped_column(default=0)
    keystrokes: Mapped[int] = mapped_column(default=0)
    active_seconds: Mapped[int] = mapped_column(default=0)


class AuditEntry(Base):
    """One write: who, when, what, before, after, why. Entries form a SHA-256 chain; none ever changes.

    `seq` runs without a gap; `digest` covers the entry and the digest before it. `before` and `after` are JSON.
    """

    __tablename__ = "audit_entries"
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(32))  # UTC, ISO 8601: exactly the text that was hashed
    user_id: Mapped[int] = mapped_column(BigInteger)
    user_name: Mapped[str] = mapped_column(String(60))
    action: Mapped[str] = mapped_column(String(60))
    record: Mapped[str] = mapped_column(String(60))
    record_id: Mapped[int | None] = mapped_column(BigInteger)
    before: Mapped[str | None] = mapped_column(Text)
    after: Mapped[str | None] = mapped_column(Text)
    why: Mapped[str] = mapped_column(String(500), default="")
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64), unique=True)

    __table_args__ = (
        Index(None, "record", "record_id"),
        Index(None, "record", "seq"),
        Index(None, "user_id", "seq"),
        Index(None, "at"),
    )


class AuditHead(Base):
    """The end of the chain: one row, locked while an entry is added."""

    __tablename__ = "audit_head"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(BigInteger)
    digest: Mapped[str] = mapped_column(String(64))
