"""Where measuring takes place: a demo office with its registers and unjudged claims, in a folder of its own."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

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


@dataclass(frozen=True, slots=True)
class Stage:
    """An office's database, who works in it, and the files it is filled from."""

    db: Database
    path: Path
    admin: Actor
    clerk: Actor
    world: World
    members_file: Path
    """As many members as were asked for: those of the demo under ever new numbers."""


def set_stage(folder: Path, members: int, claims: int) -> Stage:
    """Make the office, with every register but the members, and the files for the rest."""
    world = write_world(folder / "world", claims=claims)
    path = folder / "office.db"
    db = Database.open(str(path))
    set_up_office(db, office=OFFICE, administrator=staff.ADMINISTRATOR, password=staff.PASSWORD, demo=True)
    admin = sign_in(db, staff.ADMINISTRATOR, staff.PASSWORD)
    add_user(db, admin, "noy", staff.PASSWORD, [Role.CLERK])
    many = _multiply(dict(world.files)[MEMBERS], folder / "members.csv", members)
    return Stage(db, path, admin, sign_in(db, "noy", staff.PASSWORD), world, many)


def fill(stage: Stage) -> None:
    """Bring in all registers but the members, and the claims as keyed, alone: without their bundles."""
    for kind, path in stage.world.files:
        if kind == "claims":
            _without_bundles(path)
        if kind != MEMBERS:
            import_table(stage.db, stage.clerk if kind in KEYED else stage.admin, kind, path)


def _multiply(source: Path, target: Path, wanted: int) -> Path:
    with source.open(encoding="utf-8-sig", newline="") as lines, target.open("w", encoding="utf-8", newline="") as out:
        rows = list(csv.reader(lines))
        heading, people = rows[0], rows[1:]
        number = heading.index("person_no")
        writer = csv.writer(out)
        writer.writerow(heading)
        for count in range(wanted):
            row = list(people[count % len(people)])
            row[number] += f"-{count // len(people)}" if count >= len(people) else ""
            writer.writerow(row)
    return target


def _without_bundles(path: Path) -> None:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, rows[0].keys())
        writer.writeheader()
        writer.writerows(row | {"submission": ""} for row in rows)
