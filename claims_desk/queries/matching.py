"""Search in text columns so that each database can use its index."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal_column
from sqlalchemy.orm import InstrumentedAttribute, Session

Text = InstrumentedAttribute[str] | ColumnElement[str]
LAST_LETTER = "\U0010ffff"


def begins(session: Session, column: Text, text: str) -> ColumnElement[bool]:
    """Whether the column begins with `text`, capitals told apart."""
    if _on_server(session):
        return column.startswith(text, autoescape=True)
    return and_(column >= text, column < text + LAST_LETTER)


def in_letter_order(session: Session, column: InstrumentedAttribute[str]) -> ColumnElement[Any]:
    """The order in which an index made for `begins` has the column: by the codes of its letters."""
    if _on_server(session):
        return literal_column(f"{column.class_.__tablename__}.{column.key} USING ~<~")
    return column.expression


def holds(session: Session, column: Text, text: str) -> ColumnElement[bool]:
    """Whether the column has `text` anywhere, capitals told apart."""
    place: Any = func.strpos if _on_server(session) else func.instr
    found: ColumnElement[bool] = place(column, text) > 0
    return found


def _on_server(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"
