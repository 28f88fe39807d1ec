"""claims-desk backup and claims-desk restore."""

from __future__ import annotations

from pathlib import Path

import typer

from claims_desk.commands.console import progress, tell
from claims_desk.commands.who import acting_name, acting_password, database_url, signed_in
from claims_desk.domain.actor import Actor
from claims_desk.domain.errors import Refused, UserError
from claims_desk.domain.messages import say, tr
from claims_desk.models.database import Database
from claims_desk.queries.office import office_code
from claims_desk.services import backup as copies
from claims_desk.services.schema import check
from claims_desk.services.users import sign_in


def backup(file: Path = typer.Argument(help=tr("Where the copy goes."), metavar="FILE")) -> None:
    """Make a consistent copy while people work."""
    with signed_in() as (db, actor), progress(tr("Backing up")) as told:
        copies.backup(db, actor, file, told)
    tell(say("The backup is made and checked: {path}", path=file))


def restore(file: Path = typer.Argument(help=tr("The backup."), metavar="FILE")) -> None:
    """Check the backup, keep what it replaces, and put it in its place."""
    url = database_url()
    name, password = acting_name(), acting_password()
    with progress(tr("Restoring")) as told:
        done = copies.restore(url, _administrator(url, file, name, password), file, told)
    tell(say("The database of office {office} is restored from {path}.", office=done.office, path=file))
    if done.kept is not None:
        tell(say("What it replaced is kept: {path}", path=done.kept))
    if done.without:
        tell(say("{count} scans did not come with it; attach their papers again:", count=len(done.without)))
    for scan in done.without:
        tell(say("  {scan}", scan=scan))


def _administrator(url: str, file: Path, name: str, password: str) -> Actor:
    """Who restores, by the database as it is; where that is gone or damaged, by the backup."""
    try:
        db = Database.open(url, must_exist=True)
        try:
            check(db)
            if db.read(office_code) is not None:
                return sign_in(db, name, password)
        finally:
            db.close()
    except Refused:
        raise
    except UserError:
        pass
    with copies.checked_backup(file) as backed_up:
        return sign_in(backed_up, name, password)
