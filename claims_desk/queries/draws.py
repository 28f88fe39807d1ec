"""What the choice of claims for a second keying hangs on: the office's numbers, its secret, the clerk's record."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from claims_desk.domain.dates import day_begins
from claims_desk.domain.sampling import PARAMETERS, Record, Terms
from claims_desk.models import Office, Parameter, Verification, VerificationDraw


def sampling_terms(session: Session, day: date, scheme: str = "") -> Terms:
    """The office's numbers on `day`: the scheme's own row, else the row for all, else the default."""
    query = (
        select(Parameter.name, Parameter.value)
        .where(
            Parameter.name.in_(PARAMETERS.values()),
            Parameter.scheme.in_(("", scheme)),
            Parameter.valid_from <= day,
            or_(Parameter.valid_to.is_(None), Parameter.valid_to >= day),
        )
        .order_by(Parameter.scheme)
    )
    values = {name: int(value) for name, value in session.execute(query)}
    return Terms(**{field: values[name] for field, name in PARAMETERS.items() if name in values})


def draw_secret(session: Session) -> str:
    """The office's secret."""
    return session.execute(select(Office.draw_secret)).scalar_one()


def clerk_record(session: Session, user_id: int, terms: Terms, today: date) -> Record:
    """A clerk's record: claims drawn for up to now, and what was measured of him up to the evening before.

    So his share stays the same all day, and tells nobody whether the claim just keyed twice differed.
    """
    drawn = select(VerificationDraw.claim_id).where(VerificationDraw.keyed_by == user_id).limit(terms.newcomer_claims)
    last = (
        select(Verification.fields_compared, Verification.first_errors)
        .where(Verification.keyed_by == user_id, settled_before(today))
        .order_by(Verification.id.desc())
        .limit(max(1, terms.last_claims))
        .subquery()
    )
    fields, errors = session.execute(select(func.sum(last.c.fields_compared), func.sum(last.c.first_errors))).one()
    claims = session.execute(select(func.count()).select_from(drawn.subquery())).scalar_one()
    return Record(claims, int(fields or 0), int(errors or 0))


def settled_before(day: date) -> ColumnElement[bool]:
    """A second keying in which nothing was open any more when `day` began."""
    settled = func.coalesce(Verification.resolved_at, Verification.verified_at) < day_begins(day)
    return Verification.first_errors.is_not(None) & settled
