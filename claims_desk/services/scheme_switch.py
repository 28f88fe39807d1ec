"""A whole scheme moved to another from a day on: every coverage, and the contracts where asked, in one deed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    Integer,
    MetaData,
    String,
    Table,
    delete,
    func,
    insert,
    literal,
    select,
    text,
    update,
)
from sqlalchemy.orm import Session

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import Role
from claims_desk.domain.errors import Stale, UserError
from claims_desk.domain.messages import say
from claims_desk.domain.timelines import Stretch, changed_from, on
from claims_desk.models import Contract, Coverage, Office, Scheme
from claims_desk.models.database import Database
from claims_desk.models.ids import OFFICE_IDS, take_ids
from claims_desk.queries.scheme_moves import MoveCounts, MovePreview, Way, move_counts, move_preview, moves
from claims_desk.services.deed import Deed, deed
from claims_desk.services.import_plan import Meter, Progress
from claims_desk.services.reasons import need_reason

_STEPS = 6
_COVER: Final = Coverage.__table__
_KEPT: Final = ("member_no", "person_no", "status", "option", "relation")
_PLANNED: Final = Table(
    "moving_coverages",
    MetaData(),
    Column("coverage_id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("way", String(5)),
    Column("begins", Date),
    Column("ends", Date),
    Column("cut", Integer),
    Column("member_no", String(40)),
    Column("person_no", String(40)),
    prefixes=["TEMPORARY"],
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeSwitch:
    """All coverage of `source` goes to `target` from `day` on; with `copy_contracts` the facilities' contracts too."""

    source: str
    target: str
    day: date
    copy_contracts: bool = False


@dataclass(frozen=True, slots=True)
class Switched:
    """What was done: coverages by what became of them, contracts copied, the digest over every coverage touched."""

    counts: MoveCounts
    contracts: int
    sha256: str


def preview_switch(db: Database, switch: SchemeSwitch) -> MovePreview:
    """What the move would do and what the target lacks; writes nothing. Raises UserError for schemes nobody knows."""
    return db.read(_preview, switch)


def _preview(session: Session, switch: SchemeSwitch) -> MovePreview:
    _refuse_odd(session, switch)
    return move_preview(session, switch.source, switch.target, switch.day)


def switch_scheme(
    db: Database,
    actor: Actor,
    switch: SchemeSwitch,
    why: str,
    *,
    expected: MoveCounts | None = None,
    progress: Progress | None = None,
) -> Switched:
    """Move every coverage of the source in force on or after the day; all of it or nothing.

    One in force ends the day before and goes on in the target under its number, with status, option, relation and last
    day as they were; one that begins later moves whole. Who is in the target already keeps that coverage alone.
    Raises Refused unless `actor` is an administrator, UserError where nothing is to be moved, Stale where the counts
    are no longer those `expected` from the preview.
    """
    need_reason(why)
    with deed(db, actor, Role.ADMINISTRATOR) as work:
        session, meter = work.session, Meter(progress, _STEPS)
        _keep_others_out(session)
        _refuse_odd(session, switch)
        _plan(session, switch, meter)
        counts = move_counts(session, _PLANNED, switch.target)
        _refuse_other_than(counts, expected)
        digest = _digest(session, meter)
        _write(session, switch, counts, meter)
        _PLANNED.drop(session.connection())
        contracts = _copy_contracts(session, switch) if switch.copy_contracts else 0
        session.execute(update(Office).values(registers_version=Office.registers_version + 1))
        done = Switched(counts, contracts, digest)
        _note(work, switch, done, why.strip())
    return done


def _keep_others_out(session: Session) -> None:
    """Nobody imports, and nobody changes a coverage or a contract, until the deed ends; everybody reads on."""
    session.execute(update(Office).values(registers_version=Office.registers_version))
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE coverages, contracts IN SHARE ROW EXCLUSIVE MODE"))


def _refuse_odd(session: Session, switch: SchemeSwitch) -> None:
    if switch.source == switch.target:
        raise UserError(say("A scheme cannot be moved to itself."), say("Choose another scheme to move to."))
    known = set(session.execute(select(Scheme.code)).scalars())
    for code in (switch.source, switch.target):
        if code not in known:
            raise UserError(say("There is no scheme {code}.", code=code), say("Bring it in under Registers first."))


def _refuse_other_than(counts: MoveCounts, expected: MoveCounts | None) -> None:
    if not counts.coverages:
        raise UserError(say("No coverage is in force on that day or after it."), say("Choose another day or scheme."))
    if expected is not None and counts != expected:
        raise Stale(
            say("The coverages were changed since they were looked at."), say("Look at what would be done again.")
        )


def _plan(session: Session, switch: SchemeSwitch, meter: Meter) -> None:
    _PLANNED.create(session.connection())
    planned = moves(session, switch.source, switch.target, switch.day)
    session.execute(insert(_PLANNED).from_select([column.name for column in _PLANNED.c], planned))
    meter.step(1)


def _digest(session: Session, meter: Meter) -> str:
    """SHA-256 over every coverage touched and what becomes of it, in the order of their ids."""
    digest = hashlib.sha256()
    query = select(_PLANNED).order_by(_PLANNED.c.coverage_id)
    for row in session.execute(query, execution_options={"yield_per": 10_000}):
        digest.update(("\t".join(map(str, row)) + "\n").encode())
    meter.step(1)
    return digest.hexdigest()


def _write(session: Session, switch: SchemeSwitch, counts: MoveCounts, meter: Meter) -> None:
    for statement in (
        _continue(session, switch, counts),
        _end(switch),
        _drop(),
        _move(switch),
    ):
        session.execute(statement, execution_options={"synchronize_session": False})
        meter.step(1)


def _continue(session: Session, switch: SchemeSwitch, counts: MoveCounts) -> Any:
    """What is in force goes on in the target from the day, under a new id."""
    rows = select(
        _fresh_ids(session, counts.split).label("id"),
        literal(1).label("version"),
        literal(switch.target).label("scheme"),
        _PLANNED.c.begins,
        _PLANNED.c.ends,
        *(_COVER.c[name] for name in _KEPT),
    )
    rows = rows.join_from(_PLANNED, _COVER, _COVER.c.id == _PLANNED.c.coverage_id).where(_PLANNED.c.way == Way.SPLIT)
    names = ["id", "version", "scheme", "valid_from", "valid_to", *_KEPT]
    return insert(_COVER).from_select(names, rows)  # type: ignore[arg-type]


def _fresh_ids(session: Session, count: int) -> Any:
    if session.get_bind().dialect.name == "postgresql":
        return OFFICE_IDS.next_value()
    first = take_ids(session, count)[0] if count else 0
    return literal(first - 1) + func.row_number().over(order_by=_PLANNED.c.coverage_id)


def _of_ways(*ways: Way) -> Any:
    return _COVER.c.id.in_(select(_PLANNED.c.coverage_id).where(_PLANNED.c.way.in_(ways)))


def _end(switch: SchemeSwitch) -> Any:
    last = switch.day - timedelta(days=1)
    ended = update(_COVER).where(_of_ways(Way.SPLIT, Way.END))  # type: ignore[arg-type]
    return ended.values(valid_to=last, version=_COVER.c.version + 1)


def _drop() -> Any:
    return delete(_COVER).where(_of_ways(Way.DROP))  # type: ignore[arg-type]


def _move(switch: SchemeSwitch) -> Any:
    ends = select(_PLANNED.c.ends).where(_PLANNED.c.coverage_id == _COVER.c.id).scalar_subquery()
    moved = update(_COVER).where(_of_ways(Way.MOVE))  # type: ignore[arg-type]
    return moved.values(scheme=switch.target, valid_to=ends, version=_COVER.c.version + 1)


def _copy_contracts(session: Session, switch: SchemeSwitch) -> int:
    copies = [
        Contract(facility_code=facility, scheme=switch.target, valid_from=one.valid_from, valid_to=one.valid_to)
        for facility, lines in contracts_after(session, switch).items()
        for one in lines
    ]
    session.add_all(copies)
    session.flush()
    return len(copies)


def contracts_after(session: Session, switch: SchemeSwitch) -> Mapping[str, list[Stretch[None]]]:
    """For each facility the contracts with the target it lacks from the day on: as long as those of the source."""
    held: dict[str, dict[str, list[Stretch[None]]]] = {switch.source: {}, switch.target: {}}
    query = select(Contract).where(Contract.scheme.in_(held)).order_by(Contract.valid_from)
    for row in session.execute(query).scalars():
        held[row.scheme].setdefault(row.facility_code, []).append(Stretch(row.valid_from, row.valid_to, None))
    return {
        facility: list(_lacking(lines, held[switch.target].get(facility, []), switch.day))
        for facility, lines in sorted(held[switch.source].items())
    }


def _lacking(source: list[Stretch[None]], target: list[Stretch[None]], day: date) -> Iterator[Stretch[None]]:
    """Per contract of the source in force on or after the day, the days until it ends or the target's own begins."""
    for one in source:
        begins = max(one.valid_from, day)
        if (one.valid_to is None or one.valid_to >= begins) and on(target, begins) is None:
            filled = on(changed_from(target, begins, None), begins)
            assert filled is not None
            ends = min(filter(None, (filled.valid_to, one.valid_to)), default=None)
            yield Stretch(begins, ends, None)


def _note(work: Deed, switch: SchemeSwitch, done: Switched, why: str) -> None:
    before = {"scheme": switch.source}
    after = {"scheme": switch.target, "valid_from": switch.day, "contracts": done.contracts, "sha256": done.sha256}
    work.record("scheme.switch", "coverages", before=before, after=after | asdict(done.counts), why=why)
