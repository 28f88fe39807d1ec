"""What the choice of claims for a second keying hangs on: the office's numbers, its secret, the clerk's record."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, Date, DateTime, Integer, bindparam, func, or_, select
from sqlalchemy.orm import Session

from claims_desk.domain.dates import day_begins
from claims_desk.domain.sampling import PARAMETERS, Record, Terms
from claims_desk.models import Office, Parameter, Verification, VerificationDraw
from claims_desk.queries.in_force import in_force

_DAY = bindparam("day", type_=Date)
_UNTIL = bindparam("until", type_=DateTime)
_settled = func.coalesce(Verification.resolved_at, Verification.verified_at)
# Made once: they are asked while a form is saved.
_TERMS = (
    select(Parameter.name, Parameter.value)
    .where(
        Parameter.name.in_(tuple(PARAMETERS.values())),
        or_(Parameter.scheme == "", Parameter.scheme == bindparam("scheme")),
        in_force(Parameter, _DAY),
    )
    .order_by(Parameter.scheme)
)
_DRAWN = (
    select(VerificationDraw.claim_id)
    .where(VerificationDraw.keyed_by == bindparam("clerk"))
    .limit(bindparam("newcomer", type_=Integer))
    .subquery()
)
_LAST = (
    select(Verification.fields_compared, Verification.first_errors)
    .where(Verification.keyed_by == bindparam("clerk"), Verification.first_errors.is_not(None), _settled < _UNTIL)
    .order_by(Verification.id.desc())
    .limit(bindparam("last", type_=Integer))
    .subquery()
)
_RECORD = select(
    select(func.count()).select_from(_DRAWN).scalar_subquery(),
    func.sum(_LAST.c.fields_compared),
    func.sum(_LAST.c.first_errors),
)


def sampling_terms(session: Session, day: date, scheme: str = "") -> Terms:
    """The office's numbers on `day`: the scheme's own row, else the row for all, else the default."""
    asked = {"day": day, "scheme": scheme}
    values = {name: int(value) for name, value in session.execute(_TERMS, asked) if value.isdecimal()}
    return Terms(**{field: values[name] for field, name in PARAMETERS.items() if name in values})


def draw_secret(session: Session) -> str:
    """The office's secret."""
    return session.execute(select(Office.draw_secret)).scalar_one()


def clerk_record(session: Session, user_id: int, terms: Terms, today: date) -> Record:
    """A clerk's record: claims drawn for up to now, and what was measured of him up to the evening before.

    So his share stays the same all day, and tells nobody whether the claim just keyed twice differed.
    """
    asked = {
        "clerk": user_id,
        "newcomer": terms.newcomer_claims,
        "last": max(1, terms.last_claims),
        "until": day_begins(today),
    }
    return Record(*(int(number or 0) for number in session.execute(_RECORD, asked).one()))


def settled_before(day: date) -> ColumnElement[bool]:
    """A second keying in which nothing was open any more when `day` began."""
    return Verification.first_errors.is_not(None) & (_settled < day_begins(day))
