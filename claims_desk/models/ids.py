"""64-bit ids from the office's own range, so that the centre can lay the work of all offices together.

An id is `office * 2**48 + n`, so no other office ever hands out the same.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Integer, Sequence, event, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from claims_desk.models.base import Base

RANGE = 2**48


class IdCounter(Base):
    """The next free id of a SQLite database: one row. PostgreSQL has the sequence `office_ids` instead."""

    __tablename__ = "id_counter"
    office: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    next_id: Mapped[int] = mapped_column(BigInteger)


OFFICE_IDS = Sequence("office_ids", metadata=Base.metadata)  # a sequence never makes one writer wait for another


def first_id(office: str) -> int:
    """The first id of an office's range; `office` is its four digits."""
    return int(office) * RANGE + 1


def take_ids(session: Session, count: int) -> list[int]:
    """`count` fresh ids, ascending in the order they were asked for."""
    if session.get_bind().dialect.name == "postgresql":
        drawn = text("SELECT nextval('office_ids') FROM generate_series(1, :count)")
        return list(session.execute(drawn, {"count": count}).scalars())
    counted = text("UPDATE id_counter SET next_id = next_id + :count RETURNING next_id")
    after: int = session.execute(counted, {"count": count}).scalar_one()
    return list(range(after - count, after))


@event.listens_for(Session, "before_flush")
def _give_ids(session: Session, _context: Any, _instances: Any) -> None:
    waiting = [row for row in session.new if hasattr(type(row), "id") and row.id is None]
    if waiting:
        for row, fresh in zip(waiting, take_ids(session, len(waiting)), strict=True):
            row.id = fresh
