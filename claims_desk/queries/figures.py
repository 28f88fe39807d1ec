"""How each clerk keys: forms, pace, fields compared with a second keying, errors, and the share in force for him."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from claims_desk.domain.codes import Role
from claims_desk.domain.sampling import is_newcomer, share_of
from claims_desk.models import User, UserRole, Verification, WorkDay
from claims_desk.queries.draws import clerk_record, sampling_terms, settled_before
from claims_desk.queries.lao_order import lao_order

PACE_DAYS = 30


@dataclass(frozen=True, slots=True)
class Measured:
    """Second keyings somebody took part in, as first or as second: claims, fields compared, fields he had wrong."""

    claims: int = 0
    fields: int = 0
    errors: int = 0

    @property
    def per_thousand(self) -> int | None:
        """Errors per 1,000 fields, whole; None where nothing was compared."""
        return round(1000 * self.errors / self.fields) if self.fields else None


@dataclass(frozen=True, slots=True)
class Pace:
    """Forms and keystrokes of some days."""

    forms: int = 0
    keystrokes: int = 0
    active_seconds: int = 0

    @property
    def keys_an_hour(self) -> int | None:
        """Keystrokes an hour of keying; None where nobody counted."""
        return round(self.keystrokes * 3600 / self.active_seconds) if self.active_seconds else None


@dataclass(frozen=True, slots=True)
class ClerkFigures:
    """A clerk's figures: `pace` of the last 30 days, `measured` of all time, `share` of 1,000 in force today."""

    user_id: int
    clerk: str
    pace: Pace
    measured: Measured
    share: int
    newcomer_left: int


def clerk_figures(session: Session, today: date, *, live: bool, only: int | None = None) -> tuple[ClerkFigures, ...]:
    """Every clerk's figures, or `only` one's, by name; `live` up to now, else as measured up to the evening before.

    Nobody who keys is shown them live: a second keying that agrees and counts at once would tell him of the next one
    that does not.
    """
    names = _clerks(session, only)
    terms, paces = sampling_terms(session, today), _paces(session, today - timedelta(days=PACE_DAYS))
    figures = []
    for user_id, name in names:
        record = clerk_record(session, user_id, terms, today)
        until = settled_before(today + timedelta(days=1) if live else today)
        left = terms.newcomer_claims - record.claims if is_newcomer(record, terms) else 0
        measured = _measured(session, user_id, until)
        figures.append(ClerkFigures(user_id, name, paces[user_id], measured, share_of(record, terms), left))
    return tuple(figures)


def own_day(session: Session, user_id: int, today: date) -> tuple[Pace, Measured]:
    """A user's pace of today, and what was measured of him up to the evening before."""
    return _paces(session, today)[user_id], _measured(session, user_id, settled_before(today))


def _clerks(session: Session, only: int | None) -> list[tuple[int, str]]:
    """Whoever is a clerk, or was compared when he was one."""
    clerk = User.id.in_(select(UserRole.user_id).where(UserRole.role == Role.CLERK))
    compared = User.id.in_(select(Verification.keyed_by).union(select(Verification.verified_by)))
    query = select(User.id, User.name).where(clerk | compared).order_by(lao_order(User.name), User.name)
    if only is not None:
        query = query.where(User.id == only)
    return [(key, name) for key, name in session.execute(query)]


def _paces(session: Session, since: date) -> defaultdict[int, Pace]:
    sums = (func.sum(WorkDay.forms), func.sum(WorkDay.keystrokes), func.sum(WorkDay.active_seconds))
    rows = session.execute(select(WorkDay.user_id, *sums).where(WorkDay.day >= since).group_by(WorkDay.user_id))
    return defaultdict(Pace, {user_id: Pace(*(int(amount) for amount in amounts)) for user_id, *amounts in rows})


def _measured(session: Session, user_id: int, until: ColumnElement[bool]) -> Measured:
    first = _as(session, Verification.keyed_by, Verification.first_errors, user_id, until)
    second = _as(session, Verification.verified_by, Verification.second_errors, user_id, until)
    return Measured(first.claims + second.claims, first.fields + second.fields, first.errors + second.errors)


def _as(
    session: Session,
    who: InstrumentedAttribute[int],
    errors: InstrumentedAttribute[int | None],
    user_id: int,
    until: ColumnElement[bool],
) -> Measured:
    counted = (func.count(), func.sum(Verification.fields_compared), func.sum(errors))
    row = session.execute(select(*counted).where(who == user_id, until)).one()
    return Measured(*(int(amount or 0) for amount in row))
