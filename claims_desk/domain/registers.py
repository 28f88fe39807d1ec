"""The registers as of a day: every dated table of the office, looked up by key and day, in memory.

One `Registers` serves one claim under the fingers and a hundred thousand in a run alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from claims_desk.domain import carrying
from claims_desk.domain.facts import (
    CaseGroup,
    CaseRate,
    Ceiling,
    Contract,
    Copayment,
    Dated,
    Diagnosis,
    Facility,
    Item,
    ItemPair,
    Parameter,
    PaymentMethod,
    Price,
    Scheme,
    VisitLimit,
)

Row = TypeVar("Row", bound=Dated)
Key = tuple[str, ...]


class DatedTable(Generic[Row]):
    """Rows under a key, of which at most one holds on a day.

    Imports refuse days that overlap. Should two rows hold all the same, the one that began later counts.
    """

    def __init__(self, rows: Iterable[Row], key: Callable[[Row], Key]) -> None:
        self._rows: dict[Key, list[Row]] = defaultdict(list)
        for row in rows:
            self._rows[key(row)].append(row)
        for alike in self._rows.values():
            if len(alike) > 1:
                alike.sort(key=lambda row: row.valid_from, reverse=True)

    def on(self, day: date, *key: str) -> Row | None:
        """The row of `key` in force on `day`, or None."""
        for row in self._rows.get(key, ()):
            if row.valid_from <= day and (row.valid_to is None or day <= row.valid_to):  # `row.holds(day)`, in place
                return row
        return None

    def all(self, *key: str) -> list[Row]:
        """Every row of `key`, whatever its days."""
        return self._rows.get(key, [])


Builder = Callable[[Iterable[Row]], DatedTable[Row]]


def _table(key: Callable[[Row], Key]) -> Builder[Row]:
    return lambda rows: DatedTable(rows, key)


@dataclass(frozen=True, slots=True)
class Registers:
    """What the office knows apart from its members; built once by `queries.facts.load_registers`."""

    schemes: Mapping[str, Scheme] = field(default_factory=dict)
    facilities: Mapping[str, Facility] = field(default_factory=dict)
    items: Mapping[str, Item] = field(default_factory=dict)
    case_groups: Mapping[str, CaseGroup] = field(default_factory=dict)
    diagnoses: Mapping[str, Diagnosis] = field(default_factory=dict)
    contracts: DatedTable[Contract] = field(default_factory=lambda: contracts(()))
    prices: DatedTable[Price] = field(default_factory=lambda: prices(()))
    item_pairs: DatedTable[ItemPair] = field(default_factory=lambda: item_pairs(()))
    case_rates: DatedTable[CaseRate] = field(default_factory=lambda: case_rates(()))
    payment_methods: DatedTable[PaymentMethod] = field(default_factory=lambda: payment_methods(()))
    copayments: DatedTable[Copayment] = field(default_factory=lambda: copayments(()))
    visit_limits: DatedTable[VisitLimit] = field(default_factory=lambda: visit_limits(()))
    ceilings: DatedTable[Ceiling] = field(default_factory=lambda: ceilings(()))
    parameters: DatedTable[Parameter] = field(default_factory=lambda: parameters(()))
    version: int = 0

    def number(self, name: str, scheme: str, day: date, default: int) -> int:
        """The whole number a parameter has on `day`: the scheme's own row, else the row for all, else `default`."""
        row = self.parameters.on(day, name, scheme) or self.parameters.on(day, name, "")
        return int(row.value) if row is not None else default

    def groups_of(self, diagnosis: str) -> frozenset[str]:
        """The case groups that name how this main diagnosis begins; none for a blank one."""
        if not diagnosis:
            return frozenset()
        groups = self.case_groups.values()
        return frozenset(group.code for group in groups if diagnosis.startswith(group.diagnosis_prefixes))

    def carried_fields(self, day: date) -> tuple[str, ...]:
        """The fields the office lets the next form begin with, as of `day`."""
        row = self.parameters.on(day, carrying.PARAMETER, "")
        return carrying.USUAL if row is None else carrying.carried_fields(row.value)


contracts: Builder[Contract] = _table(lambda row: (row.facility_code, row.scheme))
prices: Builder[Price] = _table(lambda row: (row.item_code, row.scheme, row.level))
item_pairs: Builder[ItemPair] = _table(lambda row: (row.second_item,))
case_rates: Builder[CaseRate] = _table(lambda row: (row.case_group, row.scheme, row.level))
payment_methods: Builder[PaymentMethod] = _table(lambda row: (row.scheme, row.level, row.care_type))
copayments: Builder[Copayment] = _table(lambda row: (row.scheme, row.level, row.care_type))
visit_limits: Builder[VisitLimit] = _table(lambda row: (row.scheme, row.care_type))
ceilings: Builder[Ceiling] = _table(lambda row: (row.scheme, row.care_type, row.period))
parameters: Builder[Parameter] = _table(lambda row: (row.name, row.scheme))
