"""What the registers and their codes are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from claims_desk.domain import carrying
from claims_desk.domain.codes import (
    CoverageOption,
    CoverageStatus,
    ItemKind,
    Period,
    Relation,
)
from claims_desk.domain.columns import Cell
from claims_desk.domain.messages import Message, say
from claims_desk.domain.terms import CARE_TYPES, EXEMPTIONS, LEVELS, METHODS, SEXES

GROUPS: Final[tuple[tuple[Message, tuple[tuple[str, Message], ...]], ...]] = (
    (
        say("People"),
        (("members", say("Members")), ("coverages", say("Coverages")), ("exemptions", say("Exemptions"))),
    ),
    (
        say("Health facilities"),
        (("facilities", say("Facilities")), ("contracts", say("Contracts"))),
    ),
    (
        say("Tariff"),
        (
            ("items", say("Items")),
            ("prices", say("Prices")),
            ("item_pairs", say("Not paid together")),
            ("case_groups", say("Case groups")),
            ("case_rates", say("Case rates")),
            ("capitation_rates", say("Capitation rates")),
        ),
    ),
    (
        say("Schemes and limits"),
        (
            ("schemes", say("Schemes")),
            ("payment_methods", say("Payment methods")),
            ("copayments", say("Co-payments")),
            ("visit_limits", say("Visit limits")),
            ("ceilings", say("Ceilings")),
            ("diagnoses", say("Diagnoses")),
            ("parameters", say("Parameters")),
        ),
    ),
)
TITLES: Final[Mapping[str, Message]] = {name: title for _, registers in GROUPS for name, title in registers}

KINDS: Final[Mapping[str, Message]] = {
    ItemKind.SERVICE: say("Service"),
    ItemKind.MEDICINE: say("Medicine"),
    ItemKind.SUPPLY: say("Supply"),
}
STATUSES: Final[Mapping[str, Message]] = {
    CoverageStatus.ACTIVE: say("Active"),
    CoverageStatus.SUSPENDED: say("Suspended"),
}
OPTIONS: Final[Mapping[str, Message]] = {CoverageOption.BLUE: say("Blue"), CoverageOption.RED: say("Red")}
RELATIONS: Final[Mapping[str, Message]] = {
    Relation.HEAD: say("Head of household"),
    Relation.SPOUSE: say("Spouse"),
    Relation.CHILD: say("Child"),
    Relation.OTHER: say("Other relative"),
}
PERIODS: Final[Mapping[str, Message]] = {Period.CLAIM: say("per claim"), Period.YEAR: say("per member and year")}
PARAMETERS: Final[Mapping[str, Message]] = {
    "submission_days": say("Days to hand in a claim after discharge"),
    "birth_tolerance_days": say("Days a birth date may be off"),
    "name_similarity": say("How alike names must be, in percent"),
    "child_age_limit": say("Age at which a child's cover ends"),
    "newborn_days": say("Days a newborn goes on the mother's number"),
    "referral_valid_days": say("Days a referral letter is good for"),
    "max_stay_days": say("Longest stay in days that is not looked at"),
    "max_opd_per_month": say("Outpatient visits a month that are not looked at"),
    carrying.PARAMETER: say("Fields the next form begins with, ; between them"),
    "cure_days": say("Days to answer a letter with a corrected claim"),
    "verify_share_start": say("Keyed again: share of a usual clerk's forms, in percent"),
    "verify_share_floor": say("Keyed again: least share, in percent"),
    "verify_newcomer_claims": say("Keyed again: how many first forms of a newcomer, all of them"),
    "verify_above_kip": say("Keyed again: every form of more kip than this, 0 for none"),
    "verify_last_claims": say("Keyed again: how many last forms a clerk is measured by"),
    "verify_usual_errors": say("Keyed again: usual errors per 1,000 fields"),
    "return_history_months": say("Monthly returns: months before that a number is held against"),
    "return_least_months": say("Monthly returns: least months before anything counts as unusual"),
    "return_outlier_iqrs": say("Monthly returns: how many quartile ranges are still usual"),
    "return_least_gap": say("Monthly returns: least patients apart before anything is asked"),
    "verify_imports": say("Keyed again: 1 draws among imported claims too"),
}
WORDS: Final[Mapping[str, Mapping[str, Message]]] = {
    "sex": SEXES,
    "kind": KINDS,
    "status": STATUSES,
    "option": OPTIONS,
    "relation": RELATIONS,
    "category": EXEMPTIONS,
    "period": PERIODS,
    "level": {level.value: words for level, words in LEVELS.items()},
    "care_type": {care.value: words for care, words in CARE_TYPES.items()} | {"ANY": say("All kinds of care")},
    "care_types": {care.value: words for care, words in CARE_TYPES.items()},
    "method": {method.value: words for method, words in METHODS.items()},
    "referral_levels": {level.value: words for level, words in LEVELS.items()},
    "exempt_categories": EXEMPTIONS,
    "meaning": PARAMETERS,
}
"""The codes of a column in words."""


def code_words(column: str, value: Cell) -> Cell:
    """A code of `column`, or several with `;` between, in words; what has none stands as it is."""
    if not isinstance(value, str) or not value:
        return value
    known = WORDS[column]
    return listed(known.get(code, Message(code)) for code in value.split(";"))


def listed(words: Iterable[Message]) -> Message:
    """Several words with commas between."""
    parts = list(words)
    said = parts[0]
    for word in parts[1:]:
        said = say("{first}, {second}", first=said, second=word)
    return said
