"""What everybody keyed, day by day: forms as they are saved, keystrokes and the time they took now and then."""

from __future__ import annotations

from claims_desk.domain.actor import Actor
from claims_desk.domain.dates import office_today
from claims_desk.models import WorkDay
from claims_desk.models.database import Database
from claims_desk.services.deed import Deed, deed


def count_form(work: Deed) -> None:
    """Count a form the actor has keyed, first or second, within the deed that keeps it."""
    _today(work).forms += 1


def note_keystrokes(db: Database, actor: Actor, keystrokes: int, active_seconds: int) -> None:
    """Add keys pressed in fields, and the seconds they took, to the actor's day."""
    with deed(db, actor) as work:
        row = _today(work)
        row.keystrokes += keystrokes
        row.active_seconds += active_seconds
        after = {"day": row.day, "keystrokes": row.keystrokes, "active_seconds": row.active_seconds}
        work.record("user.keystrokes", WorkDay.__tablename__, record_id=actor.user_id, after=after)


def _today(work: Deed) -> WorkDay:
    key = (work.actor.user_id, office_today())
    row = work.session.get(WorkDay, key, with_for_update=True)
    if row is None:
        work.in_turn("work_days")  # the same user may have two windows open
        row = work.session.get(WorkDay, key, with_for_update=True)
    if row is None:
        row = WorkDay(user_id=key[0], day=key[1], forms=0, keystrokes=0, active_seconds=0)
        work.session.add(row)
        work.session.flush()
    return row
