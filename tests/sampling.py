"""An office that keys a share of its claims twice, and the evening after."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import delete, update

from claims_desk.domain.sampling import PARAMETERS
from claims_desk.models import Parameter, Verification
from claims_desk.models.database import Database

LONG_AGO = date(2025, 1, 1)


def sampling(db: Database, **numbers: int) -> None:
    """Set the office's numbers, by their field in `Terms`; those not named get the shipped ones."""
    with db.session() as session:
        session.execute(delete(Parameter).where(Parameter.name.in_(PARAMETERS.values())))
        for field, number in numbers.items():
            session.add(Parameter(name=PARAMETERS[field], scheme="", value=str(number), valid_from=LONG_AGO))
        session.commit()


def draw_all(db: Database) -> None:
    """Have every claim keyed from now on drawn for a second keying."""
    sampling(db, newcomer_claims=1_000_000)


def sleep_a_night(db: Database) -> None:
    """What was verified or settled so far was so the day before yesterday."""
    then = datetime.now(UTC).replace(tzinfo=None) - timedelta(days=2)
    with db.session() as session:
        session.execute(update(Verification).values(verified_at=then))
        session.execute(update(Verification).where(Verification.resolved_by.is_not(None)).values(resolved_at=then))
        session.commit()
