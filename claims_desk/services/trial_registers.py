"""The registers with some rows other than they stand: what a change would make of them, nothing written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims_desk.domain import facts, registers
from claims_desk.domain.registers import DatedTable, Registers
from claims_desk.imports.kinds import kind_named
from claims_desk.services.import_targets import TARGETS

Key = tuple[Any, ...]
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Kept:
    """How a register's rows are kept in memory."""

    fact: type[Any]
    table: Callable[[Iterable[Any]], DatedTable[Any]]


KEPT: Final[Mapping[str, _Kept]] = {
    "contracts": _Kept(facts.Contract, registers.contracts),
    "prices": _Kept(facts.Price, registers.prices),
    "item_pairs": _Kept(facts.ItemPair, registers.item_pairs),
    "case_rates": _Kept(facts.CaseRate, registers.case_rates),
    "payment_methods": _Kept(facts.PaymentMethod, registers.payment_methods),
    "copayments": _Kept(facts.Copayment, registers.copayments),
    "visit_limits": _Kept(facts.VisitLimit, registers.visit_limits),
    "ceilings": _Kept(facts.Ceiling, registers.ceilings),
    "parameters": _Kept(facts.Parameter, registers.parameters),
}
"""The registers by which a claim is judged and whose rows hold for a time."""


def trial_registers(
    session: Session, standing: Registers, register: str, rows_of: Mapping[Key, Iterable[Values]]
) -> Registers:
    """`standing` with the rows of the keys in `rows_of` replaced by those given, values as the table keeps them."""
    kind, kept = kind_named(register), KEPT[register]
    names = [field.name for field in fields(kept.fact)]
    columns = TARGETS[register].table.c
    query = select(*(columns[name] for name in names)).order_by(columns.id)
    held = [dict(zip(names, row, strict=True)) for row in session.execute(query)]
    stay: list[Values] = [row for row in held if tuple(row[name] for name in kind.key) not in rows_of]
    trial: list[Values] = [row for rows in rows_of.values() for row in rows]
    table = kept.table([_fact(kept.fact, names, row) for row in stay + trial])
    changed: dict[str, Any] = {register: table}
    return replace(standing, **changed)


def _fact(kind: type[Any], names: Iterable[str], row: Values) -> Any:
    values = {name: row[name] for name in names}
    if "percent" in values:
        values["percent"] = Decimal(values["percent"])
    return kind(**values)
