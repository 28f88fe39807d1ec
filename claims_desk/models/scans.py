"""Scans: the files, the pages attached to claims, and the zones of the paper form."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from claims_desk.domain.scans import ScanKind
from claims_desk.models.base import Base, Code, Id, Ref, Text200, Versioned, one_of


class Scan(Base):
    """A file, known by the SHA-256 of its bytes; width and height are its first page's, in pixels or points."""

    __tablename__ = "scans"
    id: Mapped[Id]
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[ScanKind] = mapped_column(one_of(ScanKind))
    size: Mapped[int] = mapped_column(BigInteger)
    pages: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    name: Mapped[Text200] = mapped_column(default="")
    added_by: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    added_at: Mapped[datetime]


class ScanBytes(Base):
    """The bytes of a file where they lie in the database: on a server, and in every backup."""

    __tablename__ = "scan_bytes"
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class ClaimScan(Base):
    """A page attached to a claim, in the order of the pages, as it was turned."""

    __tablename__ = "claim_scans"
    claim_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("claims.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sha256: Mapped[str] = mapped_column(String(64), ForeignKey("scans.sha256"))
    page_no: Mapped[int]
    rotation: Mapped[int]
    __table_args__ = (
        CheckConstraint("rotation IN (0, 90, 180, 270)", name="turn"),
        UniqueConstraint("claim_id", "sha256", "page_no"),
        Index(None, "sha256", "page_no"),
    )


class ScanZone(Versioned, Base):
    """Where a field stands on the paper of a form type (a kind of care, or empty for all), in ten-thousandths."""

    __tablename__ = "scan_zones"
    id: Mapped[Id]
    form_type: Mapped[Code]
    field: Mapped[Code]
    page_no: Mapped[int]
    left: Mapped[int]
    top: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    changed_by: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    changed_at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("form_type", "field"),)
