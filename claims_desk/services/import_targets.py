"""Where each kind of table goes: its model, the registers its codes must stand in, the columns derived from others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Column, Table
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from claims_desk.domain.lao import fold
from claims_desk.models import (
    Base,
    CapitationRate,
    CaseGroup,
    CaseRate,
    Ceiling,
    Contract,
    Copayment,
    Coverage,
    Diagnosis,
    Exemption,
    Facility,
    Item,
    ItemPair,
    Member,
    Parameter,
    PaymentMethod,
    Price,
    Scheme,
    VisitLimit,
)
from claims_desk.services.import_plan import Values, Write
from claims_desk.services.member_index import names_indexed, names_of_member

Derive = Callable[[Values], Values]
Along = Callable[[Session], AbstractContextManager[Write]]
Reference = InstrumentedAttribute[str]


@dataclass(frozen=True, slots=True)
class Target:
    """The table of a kind; `references` are columns whose code, unless blank, must stand in another register.

    `along` gives what is called with every plan, ids given, before its rows are written; it keeps what else changes.
    """

    model: type[Base]
    references: Mapping[str, Reference] = field(default_factory=dict)
    derive: Derive = lambda _: {}
    along: Along = lambda _session: nullcontext(lambda _plan: None)

    @property
    def table(self) -> Table:
        """The table itself."""
        table = self.model.__table__
        assert isinstance(table, Table)
        return table


def _both_names(values: Values) -> Values:
    return {"name_folded": f"{fold(values['name_lo'])} {fold(values['name_en'])}".strip()[:420]}


_SCHEME: Final[Mapping[str, Reference]] = {"scheme": Scheme.code}
_PERSON: Final[Mapping[str, Reference]] = {"person_no": Member.person_no}
_FACILITY: Final[Mapping[str, Reference]] = {"facility_code": Facility.code}

TARGETS: Final[Mapping[str, Target]] = {
    "schemes": Target(Scheme),
    "facilities": Target(Facility, derive=_both_names),
    "contracts": Target(Contract, {**_FACILITY, **_SCHEME}),
    "members": Target(Member, derive=names_of_member, along=names_indexed),
    "coverages": Target(Coverage, {**_SCHEME, **_PERSON}),
    "exemptions": Target(Exemption, _PERSON),
    "items": Target(Item, derive=_both_names),
    "prices": Target(Price, {"item_code": Item.code, **_SCHEME}),
    "item_pairs": Target(ItemPair, {"first_item": Item.code, "second_item": Item.code}),
    "case_groups": Target(CaseGroup),
    "case_rates": Target(CaseRate, {"case_group": CaseGroup.code, **_SCHEME}),
    "payment_methods": Target(PaymentMethod, _SCHEME),
    "copayments": Target(Copayment, _SCHEME),
    "visit_limits": Target(VisitLimit, _SCHEME),
    "ceilings": Target(Ceiling, _SCHEME),
    "capitation_rates": Target(CapitationRate, {**_SCHEME, **_FACILITY}),
    "diagnoses": Target(Diagnosis),
    "parameters": Target(Parameter, _SCHEME),
}


def storing(table: Table, names: Iterable[str]) -> Callable[[Mapping[str, Any]], Values]:
    """What turns the values of a file into those the table keeps, column by column.

    Lists are joined by `;`, decimals stand as text, a blank is NULL where the column has it, else the column's default.
    """
    blanks = {name: _blank(table.c[name]) for name in names}

    def store(values: Mapping[str, Any]) -> Values:
        return {name: blank if values[name] is None else _kept(values[name]) for name, blank in blanks.items()}

    return store


def _kept(value: Any) -> Any:
    if isinstance(value, tuple):
        return ";".join(value)
    return f"{value:f}" if isinstance(value, Decimal) else value


def _blank(column: Column[Any]) -> Any:
    if column.nullable:
        return None
    return column.default.arg if isinstance(column.default, ScalarElementColumnDefault) else ""
