"""Setting up an office: its range of ids, its first user, the beginning of its audit chain."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import Role
from claims_desk.domain.dates import utc_now
from claims_desk.domain.errors import UserError
from claims_desk.domain.geography import districts, provinces
from claims_desk.domain.messages import say
from claims_desk.models import AuditHead, IdCounter, Office, User, UserRole
from claims_desk.models.database import Database
from claims_desk.models.ids import first_id
from claims_desk.queries.office import office_code
from claims_desk.services import schema
from claims_desk.services.audit import GENESIS
from claims_desk.services.deed import Deed, deed
from claims_desk.services.passwords import check_new_password, hash_password, need_name
from claims_desk.services.schema import Standing

DEMO_SECRET = "demo"  # noqa: S105 - it keeps nothing: the demo is shown to everybody
"""The invented office draws the same claims for a second keying each time it is made."""


def set_up_office(db: Database, *, office: str, administrator: str, password: str, demo: bool = False) -> bool:
    """Make or upgrade the database of an office; returns whether it was made now.

    `office` is province and district, 00 for the provincial office. For an office that is there already this only
    upgrades. Raises UserError for an office that is none, a poor password, or a database of another office.
    """
    check_new_office(office)
    standing = db.read(office_code) if schema.standing(db) in (Standing.OLDER, Standing.HEAD) else None
    if standing is None:
        need_name(administrator)
        check_new_password(administrator, password)
    elif standing != office:
        raise UserError(
            say(
                "The database “{place}” belongs to office {standing}, not {office}.",
                place=db.place,
                standing=standing,
                office=office,
            ),
            say("Choose another file or database for office {office}.", office=office),
        )
    schema.upgrade(db)
    if standing is None:
        _make(db, office, administrator, password, demo)
    return standing is None


def check_new_office(office: str) -> None:
    """Raises UserError unless `office` is a province and a district, or 00 for the provincial office."""
    known = office[2:] == "00" or office in districts()
    if not (len(office) == 4 and office.isascii() and office.isdigit() and office[:2] in provinces() and known):
        raise UserError(
            say("“{office}” is no office: no province or district has this number.", office=office),
            say("Write four digits: the province, then the district, or 00 for the provincial office, such as 1003."),
        )


def _make(db: Database, office: str, administrator: str, password: str, demo: bool) -> None:
    name = need_name(administrator)
    with deed(db, Actor(0, name, frozenset())) as work:
        work.in_turn("office")
        if office_code(work.session) is not None:
            raise UserError(
                say("Somebody else set up an office in “{place}” at the same moment.", place=db.place),
                say("Sign in as one of its users."),
            )
        _begin_ids(work.session, office)
        work.session.add(AuditHead(id=1, seq=0, digest=GENESIS))
        now = utc_now()
        row = Office(code=office, created_at=now, is_demo=demo)
        if demo:
            row.draw_secret = DEMO_SECRET
        user = User(name=name, password_hash=hash_password(password), created_at=now)
        user.roles.append(UserRole(role=Role.ADMINISTRATOR))
        work.session.add_all([row, user])
        _note(work, row, user)


def _begin_ids(session: Session, office: str) -> None:
    start = first_id(office)
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"ALTER SEQUENCE office_ids RESTART WITH {start}"))
    session.add(IdCounter(office=int(office), next_id=start))
    session.flush()


def _note(work: Deed, office: Office, user: User) -> None:
    work.session.flush()
    work.actor = Actor(user.id, user.name, frozenset({Role.ADMINISTRATOR}))
    work.record("office.set_up", office, after={"office": office.code, "demo": office.is_demo})
    work.record("user.add", user, after={"name": user.name, "roles": [Role.ADMINISTRATOR]})
