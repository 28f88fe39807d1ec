"""Zones: where the fields of a form type stand on its paper, set once by those who may."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import CareType, Role
from claims_desk.domain.dates import utc_now
from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import say
from claims_desk.domain.scans import ANY_FORM, MOST_PAGES, WHOLE, Zone
from claims_desk.models import ScanZone
from claims_desk.models.database import Database
from claims_desk.services.audit import snapshot
from claims_desk.services.deed import Deed, deed

_LEAST = 50  # ten-thousandths: a zone one can see
_SHOWN = ("form_type", "field", "page_no", "left", "top", "width", "height")


def set_zones(db: Database, actor: Actor, form_type: str, zones: Sequence[Zone]) -> None:
    """Let `zones` be those of the form type (a kind of care; empty: of any form); fields without one lose theirs.

    Raises Refused without a supervisor's or administrator's role, UserError for a zone outside the page.
    """
    with deed(db, actor, Role.SUPERVISOR, Role.ADMINISTRATOR) as work:
        work.in_turn("scan_zones")
        for zone in zones:
            _check(zone, form_type)
        query = select(ScanZone).where(ScanZone.form_type == form_type).with_for_update()
        kept = {row.field: row for row in work.session.execute(query).scalars()}
        wanted = {zone.field: zone for zone in zones}
        changed = [_write(work, kept.get(field), zone) for field, zone in wanted.items()]
        gone = [row for field, row in kept.items() if field not in wanted]
        for row in gone:
            work.record("scan_zone.remove", row, before=snapshot(row, *_SHOWN))
            work.session.delete(row)
        if not gone and not any(changed):
            work.abandon()


def _write(work: Deed, row: ScanZone | None, zone: Zone) -> bool:
    """Write one zone; False where it stands so already."""
    after = {name: getattr(zone, name) for name in _SHOWN}
    before = snapshot(row, *_SHOWN) if row is not None else None
    if before == after:
        return False
    row = row or ScanZone()
    for name, value in after.items():
        setattr(row, name, value)
    row.changed_by, row.changed_at = work.actor.user_id, utc_now()
    work.session.add(row)
    work.session.flush()
    work.record("scan_zone.set", row, before=before, after=after)
    return True


def _check(zone: Zone, form_type: str) -> None:
    inside = (
        min(zone.left, zone.top) >= 0
        and min(zone.width, zone.height) >= _LEAST
        and zone.left + zone.width <= WHOLE
        and zone.top + zone.height <= WHOLE
        and 1 <= zone.page_no <= MOST_PAGES
    )
    if not inside or zone.form_type != form_type or form_type not in (ANY_FORM, *CareType):
        raise UserError(
            say("The zone of {field} does not lie on the page.", field=zone.field), say("Draw it again on the paper.")
        )
