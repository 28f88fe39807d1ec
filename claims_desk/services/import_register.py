"""Rows of a register against what stands in it: new, changed, the same, or in the way of another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from claims_desk.domain.messages import say
from claims_desk.imports.good_rows import ParsedRow
from claims_desk.imports.kinds import Kind
from claims_desk.imports.parsing import RowProblem
from claims_desk.models.bulk import insert_values
from claims_desk.models.ids import take_ids
from claims_desk.services.import_plan import Plan, Values, Write, among
from claims_desk.services.import_targets import Target, storing

Key = tuple[Any, ...]
Rows = Sequence[ParsedRow]


class RegisterPlanner:
    """Plans the rows of one kind; `given` are the columns the file has, the others of a known row stay as they are."""

    def __init__(self, session: Session, kind: Kind, target: Target, given: Collection[str]) -> None:
        self._session = session
        self._kind = kind
        self._target = target
        self._store = storing(target.table, kind.names)
        self._given = [name for name in kind.names if name in given]

    def plan(self, rows: Rows) -> Plan:
        """What bringing the rows in would do: all the rows of some keys, as many as one statement can name."""
        plan = Plan()
        groups: dict[Key, list[tuple[int, Values]]] = defaultdict(list)
        for row in self._with_references(rows, plan):
            values = self._store(row.values)
            groups[self._key(values)].append((row.row_no, values))
        known = self._known([*groups]) if groups else {}
        for key, some in groups.items():
            self._place(some, known.get(key, {}), plan)
        return plan

    def _key(self, values: Mapping[str, Any]) -> Key:
        return tuple(values[name] for name in self._kind.key)

    def _with_references(self, rows: Rows, plan: Plan) -> Iterator[ParsedRow]:
        missing = {name: self._missing(name, rows) for name in self._target.references}
        for row in rows:
            wrong = [name for name, codes in missing.items() if row.values[name] in codes]
            if not wrong:
                yield row
            for name in wrong:
                reason = say("This code stands in no register: import that register first.")
                plan.problems.append(RowProblem(row.row_no, name, str(row.values[name]), reason))

    def _missing(self, name: str, rows: Rows) -> set[Any]:
        asked = {row.values[name] for row in rows} - {None}
        column = self._target.references[name]
        return asked - set(self._session.execute(select(column).where(column.in_(asked))).scalars())

    def _known(self, keys: Sequence[Key]) -> dict[Key, dict[date | None, Values]]:
        table = self._target.table
        names = ("id", "version", *self._kind.names)
        query = select(*(table.c[name] for name in names)).where(among([table.c[n] for n in self._kind.key], keys))
        found: dict[Key, dict[date | None, Values]] = defaultdict(dict)
        for row in self._session.execute(query):
            values = dict(zip(names, row, strict=True))
            found[self._key(values)][self._start(values)] = values
        return found

    def _start(self, values: Values) -> date | None:
        return values["valid_from"] if self._kind.dated else None

    def _place(self, rows: list[tuple[int, Values]], known: dict[date | None, Values], plan: Plan) -> None:
        if self._kind.dated and known:
            rows = _without_overlaps(rows, known, plan)
        for _, values in rows:
            old = known.get(self._start(values))
            if old is None:
                plan.added.append(values)
            elif all(old[name] == values[name] for name in self._given):
                plan.unchanged += 1
            else:
                plan.changed.append({**old, **{name: values[name] for name in self._given}})


def _without_overlaps(
    rows: list[tuple[int, Values]], known: dict[date | None, Values], plan: Plan
) -> list[tuple[int, Values]]:
    """The rows that fit among the known; refusing one brings back what it would have changed, so look again."""
    good = list(rows)
    while True:
        changed = {values["valid_from"] for _, values in good}
        standing = [old for start, old in known.items() if start not in changed]
        clashes = [(row, old) for row in good for old in standing if _overlap(row[1], old)]
        if not clashes:
            return good
        (row_no, values), old = clashes[0]
        plan.problems.append(_overlapping(row_no, values, old))
        good.remove((row_no, values))


def _overlap(one: Values, other: Values) -> bool:
    first, second = (one, other) if one["valid_from"] <= other["valid_from"] else (other, one)
    return first["valid_to"] is None or first["valid_to"] >= second["valid_from"]


def _overlapping(row_no: int, values: Values, other: Values) -> RowProblem:
    if other["valid_to"] is None:
        reason = say("The days overlap those of the same key from {start} on.", start=other["valid_from"])
    else:
        reason = say(
            "The days overlap those of the same key from {start} to {end}.",
            start=other["valid_from"],
            end=other["valid_to"],
        )
    return RowProblem(row_no, "valid_from", values["valid_from"].isoformat(), reason)


@contextmanager
def register_writing(session: Session, target: Target) -> Iterator[Write]:
    """Carries plans out, one after the other: ids from the office's range, versions up by one, in few statements."""
    table = target.table
    change = table.update().where(table.c.id == bindparam("known_id"))
    with target.along(session) as keep_along:

        def write(plan: Plan) -> None:
            for values, fresh in zip(plan.added, take_ids(session, len(plan.added)), strict=True):
                values.update(target.derive(values), id=fresh, version=1)
            for values in plan.changed:
                values.update(target.derive(values), version=values["version"] + 1)
            keep_along(plan)
            insert_values(session, table, plan.added)
            for values in plan.changed:
                values["known_id"] = values.pop("id")
            if plan.changed:
                session.connection().execute(change, plan.changed)

        yield write


def write_register(session: Session, target: Target, plan: Plan) -> None:
    """Carry one plan out."""
    with register_writing(session, target) as write:
        write(plan)
