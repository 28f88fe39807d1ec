"""The office a database belongs to."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims_desk.models import Office


def office_code(session: Session) -> str | None:
    """The office's four digits; None while none is set up."""
    return session.execute(select(Office.code)).scalar_one_or_none()


def registers_version(session: Session) -> int:
    """Grows with every change of a register: a copy in memory with another number is old."""
    return session.execute(select(Office.registers_version)).scalar_one()
