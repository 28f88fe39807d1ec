"""What moving a whole scheme's coverage to another scheme from a day on would do: which row goes which way, counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    Select,
    and_,
    case,
    distinct,
    exists,
    func,
    literal,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.orm import Session, aliased

from claims_desk.domain.messages import Name
from claims_desk.models import (
    CaseRate,
    Ceiling,
    Contract,
    Copayment,
    Coverage,
    Facility,
    PaymentMethod,
    Price,
    Scheme,
    VisitLimit,
)
from claims_desk.models.base import Base
from claims_desk.queries.in_force import in_force

SHOWN = 20
_KEYS: Final[Mapping[type[Base], tuple[str, ...]]] = {
    PaymentMethod: ("level", "care_type"),
    Price: ("item_code", "level"),
    CaseRate: ("case_group", "level"),
    Copayment: ("level", "care_type"),
    Ceiling: ("care_type", "period"),
    VisitLimit: ("care_type",),
}


class Way(StrEnum):
    """What becomes of a coverage: ended and continued, moved whole, only ended, or taken away as it never began."""

    SPLIT = "SPLIT"
    MOVE = "MOVE"
    END = "END"
    DROP = "DROP"


@dataclass(frozen=True, slots=True)
class MoveCounts:
    """Coverages by what becomes of them.

    `ended` and `dropped` are of persons who are in the target scheme already on that day; `cut` of the continued or
    moved ones end earlier, because the person's own coverage in the target scheme begins later; `clashes` keep a
    member number that another person has in the target scheme too.
    """

    split: int = 0
    moved: int = 0
    ended: int = 0
    dropped: int = 0
    cut: int = 0
    persons: int = 0
    clashes: int = 0

    @property
    def coverages(self) -> int:
        """How many coverages are touched."""
        return self.split + self.moved + self.ended + self.dropped


@dataclass(frozen=True, slots=True)
class MovePreview:
    """What a move would do, and what the target scheme lacks of what the source has on the day.

    `clashing` are some of the member numbers that two persons would share, `without_contract` facilities of the
    source without a contract of the target, `missing` counts rows by register, an example of each in `examples`.
    """

    counts: MoveCounts
    waiting_days: int
    clashing: tuple[str, ...]
    without_contract: tuple[tuple[str, Name], ...]
    missing: Mapping[str, int]
    examples: Mapping[str, str]


def move_preview(session: Session, source: str, target: str, day: date) -> MovePreview:
    """What moving all coverage of `source` to `target` from `day` on would do; writes nothing."""
    missing = {model.__tablename__: _missing(session, model, source, target, day) for model in _KEYS}
    waiting = session.execute(select(Scheme.waiting_days).where(Scheme.code == target)).scalar_one_or_none()
    counts = move_counts(session, moves(session, source, target, day).subquery(), target)
    return MovePreview(
        counts=counts,
        waiting_days=waiting or 0,
        clashing=_clashing(session, source, target, day) if counts.clashes else (),
        without_contract=_without_contract(session, source, target, day),
        missing={name: len(rows) for name, rows in missing.items() if rows},
        examples={name: " ".join(rows[0]) for name, rows in missing.items() if rows},
    )


def moves(session: Session, source: str, target: str, day: date) -> Select[Any]:
    """Each coverage of `source` in force on or after `day`: id, way, first and last day of what it becomes.

    Who is in `target` already when it would begin there keeps that coverage alone; where his own begins later, what
    is moved lasts until the day before.
    """
    mine, theirs = aliased(Coverage), aliased(Coverage)
    begins = type_coerce(case((mine.valid_from < day, day), else_=mine.valid_from), Date)
    # A person has a few coverages, a scheme has a million: SQLite would choose the index that begins with the scheme.
    of_person = and_(theirs.person_no == mine.person_no, func.coalesce(theirs.scheme, "") == target)
    still = or_(theirs.valid_to.is_(None), theirs.valid_to >= begins)
    owned = exists().where(of_person, theirs.valid_from <= begins, still)
    own_later = select(func.min(theirs.valid_from)).where(of_person, theirs.valid_from > begins).scalar_subquery()
    way = case(
        (and_(owned, mine.valid_from < day), Way.END.value),
        (owned, Way.DROP.value),
        (mine.valid_from < day, Way.SPLIT.value),
        else_=Way.MOVE.value,
    )
    cut = and_(own_later.is_not(None), or_(mine.valid_to.is_(None), mine.valid_to >= own_later))
    ends = case((cut, _day_before(session, own_later)), else_=mine.valid_to)
    return select(
        mine.id.label("coverage_id"),
        way.label("way"),
        begins.label("begins"),
        type_coerce(ends, Date).label("ends"),
        case((cut, 1), else_=0).label("cut"),
        mine.member_no,
        mine.person_no,
    ).where(mine.scheme == source, or_(mine.valid_to.is_(None), mine.valid_to >= day))


def _day_before(session: Session, day: ColumnElement[date]) -> ColumnElement[Any]:
    if session.get_bind().dialect.name == "sqlite":
        return func.date(day, "-1 day")
    return day - literal(1)


def move_counts(session: Session, planned: FromClause, target: str) -> MoveCounts:
    """The rows of `moves` counted."""
    goes_over = planned.c.way.in_([Way.SPLIT, Way.MOVE])

    def count_of(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    query = select(
        count_of(planned.c.way == Way.SPLIT),
        count_of(planned.c.way == Way.MOVE),
        count_of(planned.c.way == Way.END),
        count_of(planned.c.way == Way.DROP),
        count_of(and_(goes_over, planned.c.cut == 1)),
        func.count(distinct(planned.c.person_no)),
        count_of(and_(goes_over, _number_taken(planned.c, target))),
    )
    return MoveCounts(*(int(each) for each in session.execute(query).one()))


def _number_taken(planned: Any, target: str) -> ColumnElement[bool]:
    """Whether another person holds the number in the target scheme while it would be in force there."""
    other = aliased(Coverage)
    before_end = or_(planned.ends.is_(None), other.valid_from <= planned.ends)
    after_start = or_(other.valid_to.is_(None), other.valid_to >= planned.begins)
    same = and_(other.member_no == planned.member_no, other.scheme == target, other.person_no != planned.person_no)
    return exists().where(same, before_end, after_start)


def _clashing(session: Session, source: str, target: str, day: date) -> tuple[str, ...]:
    planned = moves(session, source, target, day).subquery()
    taken = and_(planned.c.way.in_([Way.SPLIT, Way.MOVE]), _number_taken(planned.c, target))
    query = select(planned.c.member_no).where(taken).distinct().order_by(planned.c.member_no).limit(SHOWN)
    return tuple(session.execute(query).scalars())


def _lacking(model: type[Any], names: tuple[str, ...], source: str, target: str, day: date) -> ColumnElement[bool]:
    """The rows of the source in force on the day for which the target has none."""
    other = aliased(model)
    same = [getattr(other, name) == getattr(model, name) for name in names]
    has = exists().where(other.scheme == target, *same, in_force(other, day))
    return and_(model.scheme == source, in_force(model, day), ~has)


def _missing(session: Session, model: type[Any], source: str, target: str, day: date) -> list[tuple[str, ...]]:
    names = _KEYS[model]
    columns = [getattr(model, name) for name in names]
    query = select(*columns).where(_lacking(model, names, source, target, day)).order_by(*columns)
    return [tuple(map(str, row)) for row in session.execute(query)]


def _without_contract(session: Session, source: str, target: str, day: date) -> tuple[tuple[str, Name], ...]:
    lacking = _lacking(Contract, ("facility_code",), source, target, day)
    query = select(Facility.code, Facility.name_lo, Facility.name_en).join(
        Contract, Contract.facility_code == Facility.code
    )
    rows = session.execute(query.where(lacking).order_by(Facility.code))
    return tuple((code, Name(lao, roman)) for code, lao, roman in rows)
