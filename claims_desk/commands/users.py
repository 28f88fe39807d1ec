"""claims-desk user."""

from __future__ import annotations

import re

import typer

from claims_desk.commands.console import tell
from claims_desk.commands.who import new_password, signed_in
from claims_desk.domain.codes import Role
from claims_desk.domain.messages import say, tr
from claims_desk.queries.users import UserRow, all_users
from claims_desk.services import users

NEW_PASSWORD = "CLAIMS_DESK_NEW_PASSWORD"  # noqa: S105 (the name of a variable)

app = typer.Typer(rich_markup_mode=None)
_Name = typer.Argument(help=tr("The user's name."), metavar="NAME")
_Roles = typer.Option(help=tr("Roles with “;” between them: clerk, supervisor, accountant, administrator, auditor."))


@app.command("add", help=tr("Add a user."))
def add(name: str = _Name, roles: str = _Roles) -> None:
    """Add a user; his password comes from CLAIMS_DESK_NEW_PASSWORD or is asked twice."""
    wanted = _roles(roles)
    with signed_in() as (db, actor):
        users.add_user(db, actor, name, new_password(NEW_PASSWORD), wanted)
    tell(say("{name} is added: {roles}.", name=name, roles=", ".join(wanted)))


@app.command("list", help=tr("List the users."))
def list_users() -> None:
    """Print a line a user: name, roles, and whether he may sign in."""
    with signed_in() as (db, actor):
        actor.must(Role.ADMINISTRATOR, Role.AUDITOR)
        for user in db.read(all_users):
            tell("\t".join((user.name, ";".join(user.roles), _standing(user))))


@app.command("roles", help=tr("Give a user other roles."))
def change_roles(name: str = _Name, roles: str = _Roles) -> None:
    """Give a user these roles and no others."""
    wanted = _roles(roles)
    with signed_in() as (db, actor):
        users.change_roles(db, actor, name, wanted)
    tell(say("{name} now has the roles: {roles}.", name=name, roles=", ".join(wanted)))


@app.command("disable", help=tr("Let a user sign in no more."))
def disable(name: str = _Name) -> None:
    """Let a user sign in no more; what he did stays."""
    with signed_in() as (db, actor):
        users.disable_user(db, actor, name)
    tell(say("{name} may sign in no more.", name=name))


@app.command("enable", help=tr("Let a disabled or locked user sign in again."))
def enable(name: str = _Name) -> None:
    """Let a disabled or locked user sign in again."""
    with signed_in() as (db, actor):
        users.enable_user(db, actor, name)
    tell(say("{name} may sign in again.", name=name))


@app.command("passwd", help=tr("Change a password: one's own, or as an administrator anybody's."))
def passwd(
    name: str = typer.Argument("", help=tr("The user's name; nobody named: one's own."), metavar="[NAME]"),
) -> None:
    """Change a password; the new one comes from CLAIMS_DESK_NEW_PASSWORD or is asked twice."""
    with signed_in() as (db, actor):
        whose = name or actor.name
        users.set_password(db, actor, whose, new_password(NEW_PASSWORD))
    tell(say("The password of {name} is changed.", name=whose))


def _roles(text: str) -> list[Role]:
    names = [name.lower() for name in re.split(r"[;,\s]+", text) if name]
    unknown = [name for name in names if name not in list(Role)]
    if unknown or not names:
        raise typer.BadParameter(
            tr("“{roles}” is no list of roles; there are: {known}.", roles=text, known=", ".join(Role))
        )
    return sorted({Role(name) for name in names})


def _standing(user: UserRow) -> str:
    return tr("disabled") if user.disabled_at is not None else tr("active")
