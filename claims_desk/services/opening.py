"""Opening the office's database: where it is by default, and whether an office stands in it."""

from __future__ import annotations

from dataclasses import dataclass

from platformdirs import user_data_path
from sqlalchemy import select
from sqlalchemy.orm import Session

from claims_desk.domain.geography import districts, provinces
from claims_desk.domain.messages import Message, say
from claims_desk.models import Office
from claims_desk.models.database import Database
from claims_desk.models.refusals import told_plainly
from claims_desk.services import schema
from claims_desk.services.schema import Standing


@dataclass(frozen=True, slots=True)
class Opened:
    """A database, how its schema stands to this program, and its office; `office` is empty where there is none."""

    db: Database
    standing: Standing
    office: str = ""
    is_demo: bool = False


def own_database_url() -> str:
    """The user's own SQLite file, in his data folder, which is made where it is missing. Raises UserError."""
    folder = user_data_path("claims-desk", appauthor=False)
    with told_plainly():
        folder.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{(folder / 'office.db').as_posix()}"


def open_office(url: str) -> Opened:
    """Open the database at `url`, set up or not.

    Raises UserError where there is none to reach, or where it belongs to another program or a newer one.
    """
    return how_it_stands(Database.open(url))


def how_it_stands(db: Database) -> Opened:
    """The same of a database that is open already."""
    standing = schema.standing(db)
    if standing in (Standing.NEWER, Standing.FOREIGN):
        schema.check(db)
    if standing is not Standing.HEAD:
        return Opened(db, standing)
    code, is_demo = db.read(_office)
    return Opened(db, standing, code, is_demo)


def shown_name(opened: Opened) -> Message:
    """The office by name as the window shows it, marked where all of it is invented."""
    name = office_name(opened.office)
    return say("Demo · {office}", office=name) if opened.is_demo else name


def office_name(code: str) -> Message:
    """An office by name: a province's, or a district's with its province, because three district names occur twice."""
    province = provinces()[code[:2]].name
    district = districts().get(code)
    if district is None:
        return say("{province}, provincial office", province=province)
    return say("{district}, {province}", district=district.name, province=province)


def _office(session: Session) -> tuple[str, bool]:
    row = session.execute(select(Office.code, Office.is_demo)).one_or_none()
    return (row.code, row.is_demo) if row else ("", False)
