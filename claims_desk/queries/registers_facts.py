"""The registers as the rules see them: every dated table of the office, one statement a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims_desk.domain import facts, registers
from claims_desk.domain.messages import Name
from claims_desk.models import (
    CaseGroup,
    CaseRate,
    Ceiling,
    Contract,
    Copayment,
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
from claims_desk.models.base import Base
from claims_desk.queries.office import registers_version

CATEGORY_LENGTH = 3  # an ICD-10 category is a letter and two digits; what is longer stands below it


def load_registers(session: Session) -> registers.Registers:
    """Everything the office knows apart from its members; build it once and keep it while `version` stays."""
    spans = ("valid_from", "valid_to")
    return registers.Registers(
        schemes={row.code: row for row in map(_scheme, session.execute(select(*Scheme.__table__.c)))},
        facilities={row.code: row for row in map(_facility, session.execute(select(*Facility.__table__.c)))},
        items={row.code: row for row in map(_item, session.execute(select(*Item.__table__.c)))},
        case_groups={row.code: row for row in map(_case_group, session.execute(select(*CaseGroup.__table__.c)))},
        diagnoses={row.code: row for row in _diagnoses(session)},
        contracts=registers.contracts(_rows(session, Contract, facts.Contract, "facility_code", "scheme", *spans)),
        prices=registers.prices(_rows(session, Price, facts.Price, "item_code", "scheme", "level", "price", *spans)),
        item_pairs=registers.item_pairs(_rows(session, ItemPair, facts.ItemPair, "first_item", "second_item", *spans)),
        case_rates=registers.case_rates(
            _rows(session, CaseRate, facts.CaseRate, "case_group", "scheme", "level", "amount", *spans)
        ),
        payment_methods=registers.payment_methods(
            _rows(session, PaymentMethod, facts.PaymentMethod, "scheme", "level", "care_type", "method", *spans)
        ),
        copayments=registers.copayments(
            map(_copayment, session.execute(select(*Copayment.__table__.c).order_by(Copayment.id)))
        ),
        visit_limits=registers.visit_limits(
            _rows(session, VisitLimit, facts.VisitLimit, "scheme", "care_type", "max_per_year", *spans)
        ),
        ceilings=registers.ceilings(
            _rows(session, Ceiling, facts.Ceiling, "scheme", "care_type", "period", "amount", *spans)
        ),
        parameters=registers.parameters(_rows(session, Parameter, facts.Parameter, "name", "scheme", "value", *spans)),
        version=registers_version(session),
    )


def codes(joined: str) -> tuple[str, ...]:
    """The codes of a list kept in one column, joined by `;`."""
    return tuple(code for code in joined.split(";") if code)


def _rows(session: Session, table: type[Base], kind: type[Any], *names: str) -> Iterator[Any]:
    columns = [table.__table__.c[name] for name in names]
    for row in session.execute(select(*columns).order_by(table.__table__.c.id)):
        yield kind(**dict(zip(names, row, strict=True)))


def _scheme(row: Any) -> facts.Scheme:
    return facts.Scheme(
        code=row.code,
        name=Name(row.name_lo, row.name_en),
        payer_order=row.payer_order,
        waiting_days=row.waiting_days,
        referral_levels=codes(row.referral_levels),
        exempt_categories=codes(row.exempt_categories),
        fund=row.fund,
    )


def _facility(row: Any) -> facts.Facility:
    return facts.Facility(
        code=row.code,
        name=Name(row.name_lo, row.name_en),
        level=row.level,
        province_code=row.province_code,
        district_code=row.district_code,
        active_from=row.active_from,
        active_to=row.active_to,
    )


def _item(row: Any) -> facts.Item:
    return facts.Item(
        code=row.code,
        kind=row.kind,
        name=Name(row.name_lo, row.name_en),
        care_types=codes(row.care_types),
        sex=row.sex,
        age_min=row.age_min,
        age_max=row.age_max,
        max_per_day=row.max_per_day,
        max_per_year=row.max_per_year,
        min_interval_days=row.min_interval_days,
        extra=row.extra,
        excluded=row.excluded,
        active_from=row.active_from,
        active_to=row.active_to,
    )


def _case_group(row: Any) -> facts.CaseGroup:
    return facts.CaseGroup(
        code=row.code,
        name=Name(row.name_lo, row.name_en),
        care_type=row.care_type,
        diagnosis_prefixes=codes(row.diagnosis_prefixes),
    )


def _copayment(row: Any) -> facts.Copayment:
    return facts.Copayment(
        scheme=row.scheme,
        level=row.level,
        care_type=row.care_type,
        amount=row.amount,
        percent=Decimal(row.percent),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def _diagnoses(session: Session) -> Iterator[facts.Diagnosis]:
    rows = session.execute(select(*Diagnosis.__table__.c)).all()
    parents = _categories_above(row.code for row in rows)
    for row in rows:
        yield facts.Diagnosis(
            code=row.code,
            title=Name(row.title_lo, row.title_en),
            sex=row.sex,
            age_min=row.age_min,
            age_max=row.age_max,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            has_subcategories=row.code in parents,
        )


def _categories_above(all_codes: Iterable[str]) -> set[str]:
    return {code[:end].rstrip(".") for code in all_codes for end in range(CATEGORY_LENGTH, len(code))}
