"""What all tables share: key names, the id column, versions and spans of days."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from sqlalchemy import BigInteger, CheckConstraint, Enum, Integer, MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

Id = Annotated[int, mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False)]
Ref = Annotated[int, mapped_column(BigInteger)]
Kip = Annotated[int, mapped_column(BigInteger)]
Code = Annotated[str, mapped_column(String(40))]
Text200 = Annotated[str, mapped_column(String(200))]


class Base(DeclarativeBase):
    """The registry of all tables."""

    metadata = MetaData(naming_convention=NAMING)


def one_of(codes: type[StrEnum]) -> Enum:
    """A column type that holds one code of a closed list, checked by the database too."""
    return Enum(
        codes,
        native_enum=False,
        length=16,
        create_constraint=True,
        name=codes.__name__.lower(),
        values_callable=lambda kind: [code.value for code in kind],
    )


class Versioned:
    """A row two people can edit: the slower one is told, and keeps what he typed."""

    version: Mapped[int] = mapped_column(Integer, default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.__table__.c.version}  # type: ignore[attr-defined]


class Span:
    """A row that holds from a day to a day, both included; NULL is open."""

    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


def span_check() -> CheckConstraint:
    """The constraint that a span does not end before it begins."""
    return CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="span")
