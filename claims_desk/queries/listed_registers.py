"""What each register shows in a list, and what a search in it looks at: one declaration each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute

from claims_desk.models import (
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

Stored = InstrumentedAttribute[Any]
Shown = Stored | tuple[Stored, Stored]
"""A column, or the two columns of a name in both scripts."""


@dataclass(frozen=True)
class RegisterList:
    """How a register is listed. Without a wanted column it stands in the order of its first one.

    A search word finds rows whose `codes` begin with it or whose `words` hold it: those are folded already, `titles`
    are as written. `span` is the first and last day of a row, NULL is open; `named` is the register its names are of.
    """

    columns: Mapping[str, Shown]
    codes: tuple[Stored, ...]
    words: tuple[Stored, ...] = ()
    titles: tuple[Stored, ...] = ()
    span: tuple[Stored, Stored] | None = None
    named: tuple[type[Any], ColumnElement[bool]] | None = None
    sorts: Mapping[str, Stored] = field(default_factory=dict)

    @property
    def table(self) -> type[Any]:
        """The model of the register itself."""
        first: Any = next(iter(self.columns.values()))
        model: type[Any] = first.class_
        return model


def _dated(model: type[Any], columns: Mapping[str, Shown], codes: tuple[Stored, ...], **more: Any) -> RegisterList:
    span = (model.valid_from, model.valid_to)
    return RegisterList({**columns, "valid_from": span[0], "valid_to": span[1]}, codes, span=span, **more)


_ITEM_NAME: Final = (Item.name_lo, Item.name_en)
_MEMBER_NAME: Final = (Member.name_lo, Member.name_en)
_MEMBER_FOLDED: Final = (Member.name_lo_folded, Member.name_en_folded)

REGISTERS: Final[Mapping[str, RegisterList]] = {
    "coverages": _dated(
        Coverage,
        {
            "member_no": Coverage.member_no,
            "scheme": Coverage.scheme,
            "person": _MEMBER_NAME,
            "person_no": Coverage.person_no,
            "relation": Coverage.relation,
            "status": Coverage.status,
        },
        (Coverage.member_no, Coverage.person_no, Coverage.scheme),
        words=_MEMBER_FOLDED,
        named=(Member, Member.person_no == Coverage.person_no),
        sorts={"person": Member.name_key},
    ),
    "exemptions": _dated(
        Exemption,
        {
            "person_no": Exemption.person_no,
            "person": _MEMBER_NAME,
            "category": Exemption.category,
            "evidence": Exemption.evidence,
        },
        (Exemption.person_no, Exemption.category),
        words=_MEMBER_FOLDED,
        named=(Member, Member.person_no == Exemption.person_no),
        sorts={"person": Member.name_key},
    ),
    "facilities": RegisterList(
        {
            "code": Facility.code,
            "name": (Facility.name_lo, Facility.name_en),
            "level": Facility.level,
            "district": Facility.district_code,
            "bank": Facility.bank_code,
            "account": Facility.bank_account,
            "catchment": Facility.catchment,
            "valid_from": Facility.active_from,
            "valid_to": Facility.active_to,
        },
        (Facility.code, Facility.level, Facility.district_code, Facility.bank_account),
        words=(Facility.name_folded,),
        span=(Facility.active_from, Facility.active_to),
    ),
    "contracts": _dated(
        Contract,
        {
            "facility_code": Contract.facility_code,
            "facility": (Facility.name_lo, Facility.name_en),
            "scheme": Contract.scheme,
        },
        (Contract.facility_code, Contract.scheme),
        words=(Facility.name_folded,),
        named=(Facility, Facility.code == Contract.facility_code),
    ),
    "schemes": RegisterList(
        {
            "code": Scheme.code,
            "name": (Scheme.name_lo, Scheme.name_en),
            "payer_order": Scheme.payer_order,
            "waiting_days": Scheme.waiting_days,
            "referral_levels": Scheme.referral_levels,
            "exempt_categories": Scheme.exempt_categories,
            "fund": Scheme.fund,
        },
        (Scheme.code,),
        titles=(Scheme.name_lo, Scheme.name_en),
    ),
    "items": RegisterList(
        {
            "code": Item.code,
            "name": _ITEM_NAME,
            "kind": Item.kind,
            "care_types": Item.care_types,
            "sex": Item.sex,
            "age_min": Item.age_min,
            "age_max": Item.age_max,
            "max_per_day": Item.max_per_day,
            "max_per_year": Item.max_per_year,
            "min_interval_days": Item.min_interval_days,
            "extra": Item.extra,
            "excluded": Item.excluded,
            "valid_from": Item.active_from,
            "valid_to": Item.active_to,
        },
        (Item.code, Item.kind),
        words=(Item.name_folded,),
        span=(Item.active_from, Item.active_to),
    ),
    "prices": _dated(
        Price,
        {
            "item_code": Price.item_code,
            "item": _ITEM_NAME,
            "scheme": Price.scheme,
            "level": Price.level,
            "price": Price.price,
        },
        (Price.item_code, Price.scheme, Price.level),
        words=(Item.name_folded,),
        named=(Item, Item.code == Price.item_code),
    ),
    "item_pairs": _dated(
        ItemPair,
        {"first_item": ItemPair.first_item, "second_item": ItemPair.second_item, "item": _ITEM_NAME},
        (ItemPair.first_item, ItemPair.second_item),
        words=(Item.name_folded,),
        named=(Item, Item.code == ItemPair.second_item),
    ),
    "case_groups": RegisterList(
        {
            "code": CaseGroup.code,
            "name": (CaseGroup.name_lo, CaseGroup.name_en),
            "care_type": CaseGroup.care_type,
            "diagnosis_prefixes": CaseGroup.diagnosis_prefixes,
        },
        (CaseGroup.code, CaseGroup.care_type),
        titles=(CaseGroup.name_lo, CaseGroup.name_en, CaseGroup.diagnosis_prefixes),
    ),
    "case_rates": _dated(
        CaseRate,
        {
            "case_group": CaseRate.case_group,
            "group": (CaseGroup.name_lo, CaseGroup.name_en),
            "scheme": CaseRate.scheme,
            "level": CaseRate.level,
            "amount": CaseRate.amount,
        },
        (CaseRate.case_group, CaseRate.scheme, CaseRate.level),
        titles=(CaseGroup.name_lo, CaseGroup.name_en),
        named=(CaseGroup, CaseGroup.code == CaseRate.case_group),
    ),
    "payment_methods": _dated(
        PaymentMethod,
        {
            "scheme": PaymentMethod.scheme,
            "level": PaymentMethod.level,
            "care_type": PaymentMethod.care_type,
            "method": PaymentMethod.method,
        },
        (PaymentMethod.scheme, PaymentMethod.level, PaymentMethod.care_type, PaymentMethod.method),
    ),
    "copayments": _dated(
        Copayment,
        {
            "scheme": Copayment.scheme,
            "level": Copayment.level,
            "care_type": Copayment.care_type,
            "amount": Copayment.amount,
            "percent": Copayment.percent,
        },
        (Copayment.scheme, Copayment.level, Copayment.care_type),
    ),
    "visit_limits": _dated(
        VisitLimit,
        {"scheme": VisitLimit.scheme, "care_type": VisitLimit.care_type, "max_per_year": VisitLimit.max_per_year},
        (VisitLimit.scheme, VisitLimit.care_type),
    ),
    "ceilings": _dated(
        Ceiling,
        {
            "scheme": Ceiling.scheme,
            "care_type": Ceiling.care_type,
            "period": Ceiling.period,
            "amount": Ceiling.amount,
        },
        (Ceiling.scheme, Ceiling.care_type, Ceiling.period),
    ),
    "capitation_rates": _dated(
        CapitationRate,
        {
            "scheme": CapitationRate.scheme,
            "level": CapitationRate.level,
            "facility_code": CapitationRate.facility_code,
            "amount_per_year": CapitationRate.amount_per_year,
        },
        (CapitationRate.scheme, CapitationRate.level, CapitationRate.facility_code),
    ),
    "diagnoses": RegisterList(
        {
            "code": Diagnosis.code,
            "title": (Diagnosis.title_lo, Diagnosis.title_en),
            "sex": Diagnosis.sex,
            "age_min": Diagnosis.age_min,
            "age_max": Diagnosis.age_max,
            "valid_from": Diagnosis.valid_from,
            "valid_to": Diagnosis.valid_to,
        },
        (Diagnosis.code,),
        titles=(Diagnosis.title_lo, Diagnosis.title_en),
        span=(Diagnosis.valid_from, Diagnosis.valid_to),
    ),
    "parameters": _dated(
        Parameter,
        {"parameter": Parameter.name, "scheme": Parameter.scheme, "value": Parameter.value},
        (Parameter.name, Parameter.scheme),
    ),
}
