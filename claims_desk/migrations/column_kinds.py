"""Kinds of columns that migrations share."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

ID: Final = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def one_of(name: str, *codes: str) -> sa.Enum:
    """One code of a closed list, as text that the database checks."""
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=16)
