"""Where measuring takes place: a demo office with its registers and unjudged claims, in a folder of its own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from claims_desk.bench.crowd import copy_claims, copy_people
from claims_desk.bench.five_lines import give_all_five_lines, write_members
from claims_desk.demo import staff
from claims_desk.demo.world import World, write_world
from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import Role
from claims_desk.models.database import Database
from claims_desk.services.imports import import_table
from claims_desk.services.office import set_up_office
from claims_desk.services.users import add_user, sign_in

OFFICE = "1000"
MEMBERS = "members"
KEYED = ("claims", "claim_lines")
_VILLAGE = 50_000  # members of the demo's world: more are copies of these


@dataclass(frozen=True, slots=True)
class Stage:
    """An office's database, who works in it, and the files it is filled from.

    The files hold the members and claims of one world; `copies` of them make as many as were asked for.
    """

    db: Database
    admin: Actor
    clerk: Actor
    world: World
    members_file: Path
    copies: int
    folder: Path

    @property
    def path(self) -> Path:
        """The SQLite file. Raises RuntimeError on a server."""
        if self.db.path is None:
            raise RuntimeError("measured on a server")
        return self.db.path


def set_stage(folder: Path, members: int, claims: int, server: str = "") -> Stage:
    """Make the office, in a file or on the `server` at that address, and the files for the rest."""
    copies = max(1, members // _VILLAGE)
    world = write_world(folder / "world", members=members // copies, claims=claims // copies)
    give_all_five_lines(world)
    db = Database.open(server or str(folder / "office.db"))
    set_up_office(db, office=OFFICE, administrator=staff.ADMINISTRATOR, password=staff.PASSWORD, demo=True)
    admin = sign_in(db, staff.ADMINISTRATOR, staff.PASSWORD)
    add_user(db, admin, "noy", staff.PASSWORD, [Role.CLERK])
    many = write_members(dict(world.files)[MEMBERS], folder / "members.csv", copies)
    return Stage(db, admin, sign_in(db, "noy", staff.PASSWORD), world, many, copies, folder)


def fill(stage: Stage) -> None:
    """Bring in all registers but the members, and the claims as keyed; then copy people and claims."""
    for kind, path in stage.world.files:
        if kind != MEMBERS:
            import_table(stage.db, stage.clerk if kind in KEYED else stage.admin, kind, path)
    copy_people(stage.db, stage.copies)
    copy_claims(stage.db, stage.copies)
