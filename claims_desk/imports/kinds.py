"""Every kind of table that comes in, declared: its columns, its key, and whether its rows hold for a time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from claims_desk.domain import return_questions, sampling
from claims_desk.domain.codes import (
    CareType,
    CoverageOption,
    CoverageStatus,
    Document,
    Exempt,
    ItemKind,
    Level,
    Method,
    Period,
    Relation,
    Sex,
)
from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import say
from claims_desk.imports.columns import Column, code, day, kip, list_of, one_of, percent, quantity, text, whole, yes_no

REGISTERED_EXEMPTIONS: Final = (Exempt.POOR, Exempt.MONK, Exempt.PREGNANT)  # UNDER5 follows from age
ANY_CARE: Final = "ANY"
COUNTED_PARAMETERS: Final = frozenset(
    {
        *("submission_days", "birth_tolerance_days", "name_similarity", "child_age_limit"),
        *("newborn_days", "referral_valid_days", "max_stay_days", "max_opd_per_month"),
    }
)
"""The rules count with these."""

WHOLE_NUMBERS: Final = COUNTED_PARAMETERS.union(
    {"cure_days"}, sampling.PARAMETERS.values(), return_questions.PARAMETERS.values()
)
"""So do letters, the draw and the questions of a return; any other parameter may be any text."""


@dataclass(frozen=True)
class Kind:
    """A kind of table.

    `key` names a row; where it is empty the row is evidence, known only by all its columns together. A `dated` kind
    has valid_from and valid_to, and rows of one key must not overlap. `ordered` pairs must not run backwards.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    dated: bool = False
    ordered: tuple[tuple[str, str], ...] = ()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of all columns, in order."""
        return tuple(column.name for column in self.columns)

    @cached_property
    def required(self) -> tuple[str, ...]:
        """The names of the columns a file must have."""
        return tuple(column.name for column in self.columns if column.required)


def _undated(name: str, key: str, *columns: Column, ordered: tuple[tuple[str, str], ...] = ()) -> Kind:
    return Kind(name, columns, tuple(key.split()), ordered=ordered)


def _dated(name: str, key: str, *columns: Column) -> Kind:
    keyed = tuple(key.split())
    first = tuple(column for column in columns if column.name in keyed)
    rest = columns[len(first) :]
    span = (day("valid_from*"), day("valid_to"))
    return Kind(name, first + span + rest, keyed, dated=True, ordered=(("valid_from", "valid_to"),))


_AGES = ("age_min", "age_max")
_ACTIVE = ("active_from", "active_to")
_VALID = ("valid_from", "valid_to")

KINDS: Final[tuple[Kind, ...]] = (
    _undated(
        "schemes", "code",
        code("code*"), text("name_lo"), text("name_en*"), whole("payer_order*"), whole("waiting_days"),
        list_of("referral_levels", Level), list_of("exempt_categories", Exempt), code("fund"),
    ),
    _undated(
        "facilities", "code",
        code("code*"), text("name_lo"), text("name_en*"), one_of("level*", Level), code("province_code*", longest=2),
        code("district_code*", longest=4), day("active_from"), day("active_to"), code("bank_code"),
        code("bank_account"), text("bank_account_name"), whole("catchment"),
        ordered=(_ACTIVE,),
    ),
    _dated("contracts", "facility_code scheme", code("facility_code*"), code("scheme*")),
    _undated(
        "members", "person_no",
        code("person_no*"), text("name_lo"), text("name_en"), one_of("sex*", Sex), day("birth_date*"),
        day("death_date"), code("family_book_no"), code("national_id"), code("district_code", longest=4),
        text("village"), code("phone"),
        ordered=(("birth_date", "death_date"),),
    ),
    _dated(
        "coverages", "scheme member_no person_no",
        code("scheme*"), code("member_no*"), code("person_no*"), one_of("status", CoverageStatus),
        one_of("option", CoverageOption), one_of("relation", Relation),
    ),
    _dated(
        "exemptions", "person_no category",
        code("person_no*"), one_of("category*", REGISTERED_EXEMPTIONS), text("evidence"),
    ),
    _undated(
        "items", "code",
        code("code*"), one_of("kind*", ItemKind), text("name_lo"), text("name_en*"), list_of("care_types", CareType),
        one_of("sex", Sex), whole("age_min"), whole("age_max"), whole("max_per_day"), whole("max_per_year"),
        whole("min_interval_days"), yes_no("extra"), yes_no("excluded"), day("active_from"), day("active_to"),
        ordered=(_AGES, _ACTIVE),
    ),
    _dated(
        "prices", "item_code scheme level",
        code("item_code*"), code("scheme*"), one_of("level*", Level), kip("price*"),
    ),
    _dated("item_pairs", "first_item second_item", code("first_item*"), code("second_item*")),
    _undated(
        "case_groups", "code",
        code("code*"), text("name_lo"), text("name_en*"), one_of("care_type*", CareType),
        list_of("diagnosis_prefixes"),
    ),
    _dated(
        "case_rates", "case_group scheme level",
        code("case_group*"), code("scheme*"), one_of("level*", Level), kip("amount*"),
    ),
    _dated(
        "payment_methods", "scheme level care_type",
        code("scheme*"), one_of("level*", Level), one_of("care_type*", CareType), one_of("method*", Method),
    ),
    _dated(
        "copayments", "scheme level care_type",
        code("scheme*"), one_of("level*", Level), one_of("care_type*", CareType), kip("amount*"), percent("percent"),
    ),
    _dated(
        "visit_limits", "scheme care_type",
        code("scheme*"), one_of("care_type*", CareType), whole("max_per_year*"),
    ),
    _dated(
        "ceilings", "scheme care_type period",
        code("scheme*"), one_of("care_type*", (*CareType, ANY_CARE)), one_of("period*", Period), kip("amount*"),
    ),
    _dated(
        "capitation_rates", "scheme level facility_code",
        code("scheme*"), one_of("level*", Level), code("facility_code"), kip("amount_per_year*"),
    ),
    _undated(
        "diagnoses", "code",
        code("code*"), text("title_en*", longest=400), text("title_lo", longest=400), one_of("sex", Sex),
        whole("age_min"), whole("age_max"), day("valid_from"), day("valid_to"),
        ordered=(_AGES, _VALID),
    ),
    _dated("parameters", "name scheme", code("name*"), code("scheme"), text("value*")),
    _undated(
        "claims", "",
        code("form_no*"), code("facility_code*"), code("submission"), code("scheme"), code("member_no"),
        text("patient_name"), code("phone"), one_of("sex", Sex), day("birth_date"), one_of("care_type", CareType),
        day("visit_from"), day("visit_to"), code("case_group"), code("diagnosis_main"), code("diagnosis_2"),
        code("diagnosis_3"), code("diagnosis_4"), code("referred_from"), day("referral_date"), code("referral_no"),
        yes_no("emergency"), list_of("documents_seen", Document), yes_no("signed"), one_of("exemption_claimed", Exempt),
        kip("copay_collected"), kip("claimed_total"), day("received_date"), text("outcome"),
    ),
    _undated(
        "claim_lines", "facility_code form_no line_no",
        code("form_no*"), code("facility_code*"), whole("line_no*", least=1), code("item_code"), day("service_date"),
        quantity("quantity"), kip("unit_price", least=None),
    ),
)  # fmt: skip
_BY_NAME: Final = {kind.name: kind for kind in KINDS}


def kind_named(name: str) -> Kind:
    """The kind of that name, in any case. Raises UserError where there is none."""
    kind = _BY_NAME.get(name.strip().lower())
    if kind is None:
        known = ", ".join(_BY_NAME)
        raise UserError(say("There is no kind of table named {name}.", name=name), say("Known: {known}.", known=known))
    return kind
