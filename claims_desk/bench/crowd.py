"""A province's people and claims made out of the demo's few: copied within the tables, since nobody measures it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from claims_desk.models.base import Base
from claims_desk.models.database import Database
from claims_desk.models.ids import take_ids

_DAYS_APART: Final = 28  # between the two claims of one patient
_DAYS: Final = ("visit_from", "visit_to", "referral_date", "received_date")


@dataclass(frozen=True, slots=True)
class _First:
    """The rows of a table that are copied: those whose ids are from `low` to `high`."""

    table: str
    low: int
    high: int


def copy_people(db: Database, copies: int) -> None:
    """Give every copy of the members coverages and exemptions like those of the first."""
    with Session(db.engine) as session, session.begin():
        coverages, exemptions = _first(session, "coverages"), _first(session, "exemptions")
        for copy in range(1, copies):
            person = {"person_no": f"person_no || '-{copy}'"}
            _copy_with_ids(session, coverages, person | {"member_no": f"member_no || '-{copy}'"})
            _copy_with_ids(session, exemptions, person)


def copy_claims(db: Database, copies: int) -> None:
    """Copy all claims with their lines; every second copy is of the same patients, four weeks later."""
    day_after = "date({}, '+{} days')" if db.is_sqlite else "{} + {}"
    with Session(db.engine) as session, session.begin():
        claims = _first(session, "claims")
        for copy in range(1, copies):
            patient, later = copy - copy % 2, _DAYS_APART * (copy % 2)
            changed = {"form_no": f"form_no || '-{copy}'"} | {day: day_after.format(day, later) for day in _DAYS}
            if patient:
                names = ("patient_name", "patient_folded")
                changed |= {name: f"{name} || ' {patient}'" for name in names}
                changed["member_no"] = f"CASE member_no WHEN '' THEN '' ELSE member_no || '-{patient}' END"
            further = _copy_with_ids(session, claims, changed)
            lines = {"claim_id": f"claim_id + {further}", "service_date": day_after.format("service_date", later)}
            _copy(session, _First("claim_lines", claims.low, claims.high), "claim_id", lines)


def _first(session: Session, table: str) -> _First:
    low, high = session.execute(text(f"SELECT min(id), max(id) FROM {table}")).one()  # noqa: S608
    return _First(table, low, high)


def _copy_with_ids(session: Session, first: _First, changed: Mapping[str, str]) -> int:
    """Copy the rows under ids of the office's range; returns how much larger they are than those of the first."""
    further = take_ids(session, first.high - first.low + 1)[0] - first.low
    _copy(session, first, "id", {"id": f"id + {further}", **changed})
    return further


def _copy(session: Session, first: _First, key: str, changed: Mapping[str, str]) -> None:
    names = [column.name for column in Base.metadata.tables[first.table].columns]
    values = ", ".join(changed.get(name, name) for name in names)
    session.execute(
        text(
            f"INSERT INTO {first.table} ({', '.join(names)}) SELECT {values} FROM {first.table}"  # noqa: S608
            f" WHERE {key} BETWEEN {first.low} AND {first.high}"
        )
    )
