"""claims-desk init."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import typer

from claims_desk.commands.console import progress, tell
from claims_desk.commands.who import acting_name, database_url, new_password
from claims_desk.domain.actor import Actor
from claims_desk.domain.messages import say, tr
from claims_desk.models.database import Database
from claims_desk.queries.office import office_code
from claims_desk.services.imports import EVIDENCE, import_table
from claims_desk.services.office import check_new_office, set_up_office
from claims_desk.services.schema import Standing, standing, upgrade
from claims_desk.services.users import sign_in


def init(
    office: str = typer.Option("", help=tr("Province and district, four digits; 00 for the provincial office.")),
    demo: bool = typer.Option(False, "--demo", help=tr("Fill a new database's registers with invented examples.")),
) -> None:
    """Make or upgrade the database; its first administrator comes from the two variables or is asked."""
    if office:
        check_new_office(office)
    db = Database.open(database_url(), must_exist=not office)
    try:
        known = db.read(office_code) if standing(db) in (Standing.OLDER, Standing.HEAD) else None
        if known is not None:
            _upgrade(db, office or known)
        elif office:
            _make(db, office, demo)
        else:
            raise typer.BadParameter(tr("A new database needs --office."))
    finally:
        db.close()


def _upgrade(db: Database, office: str) -> None:
    older = standing(db) is Standing.OLDER
    copy = upgrade(db)
    set_up_office(db, office=office, administrator="", password="")  # checks the office; nobody is added
    if older:
        tell(say("The database “{place}” of office {office} is upgraded.", place=db.place, office=office))
    else:
        tell(say("The database “{place}” of office {office} is up to date.", place=db.place, office=office))
    if copy is not None:
        tell(say("The copy taken before: {path}", path=copy))


def _make(db: Database, office: str, demo: bool) -> None:
    name, password = acting_name(), new_password("CLAIMS_DESK_PASSWORD")
    set_up_office(db, office=office, administrator=name, password=password, demo=demo)
    if demo:
        _fill(db, sign_in(db, name, password))
    tell(
        say(
            "The database “{place}” is made for office {office}; its administrator is {name}.",
            place=db.place,
            office=office,
            name=name,
        )
    )


def _fill(db: Database, administrator: Actor) -> None:
    """The demo's registers, without its claims."""
    from claims_desk.demo.world import write_world

    with TemporaryDirectory() as scratch:
        files = write_world(Path(scratch), claims=20).files
        registers = [(kind, path) for kind, path in files if kind not in EVIDENCE]
        for kind, path in registers:
            with progress(kind) as told:
                report = import_table(db, administrator, kind, path, progress=told)
            tell(say("{kind}: {count} examples", kind=kind, count=report.added))
