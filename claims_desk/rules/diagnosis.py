"""D: the diagnoses - known and valid codes that fit sex, age and case group."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims_desk.domain.codes import Severity
from claims_desk.domain.facts import Diagnosis
from claims_desk.domain.judgement import Case, Finding
from claims_desk.domain.messages import say
from claims_desk.rules.naming import ages, diagnosis_named, named, sex_named, span
from claims_desk.rules.rule import Findings, rule

_FIELDS = ("diagnosis_main", "diagnosis_2", "diagnosis_3", "diagnosis_4")
_EXTERNAL_CAUSE = re.compile(r"V(?!00)\d\d|[WX]\d\d|Y(?!99)\d\d")


def _codes(case: Case) -> dict[str, str]:
    """Each code on the form once, with the first field it stands in."""
    codes: dict[str, str] = {}
    for field in _FIELDS:
        if code := getattr(case.claim, field):
            codes.setdefault(code, field)
    return codes


def _known(case: Case) -> Iterator[tuple[str, Diagnosis]]:
    for code, field in _codes(case).items():
        if row := case.registers.diagnoses.get(code):
            yield field, row


@rule(
    "D01",
    title=say("Diagnosis code unknown"),
    severity=Severity.PEND,
    fix=say("Check the code against the list of diagnoses and correct it."),
)
def diagnosis_unknown(case: Case) -> Findings:
    """A diagnosis code is not in the register. Each unknown code is told once.

    Passes: J18.9.
    Fails: J18.99.
    """
    for code, field in _codes(case).items():
        if code not in case.registers.diagnoses:
            yield Finding(message=say("Diagnosis code {code} is unknown.", code=code), field=field)


@rule(
    "D02",
    title=say("Diagnosis code not valid on the day"),
    severity=Severity.PEND,
    fix=say("Use the code that is valid on the day of the visit."),
)
def diagnosis_not_valid(case: Case) -> Findings:
    """A diagnosis code is in the register, but not valid on the first day of the visit. Both ends are included.

    Passes: A90, valid until 31/12/2025, visit of 31/12/2025.
    Fails: A90, valid until 31/12/2025, visit of 1/1/2026.
    """
    for field, row in _known(case):
        if case.day and not row.holds(case.day):
            values = {"code": named(row.code, row.title), "day": case.day, "span": span(row.valid_from, row.valid_to)}
            message = say("Diagnosis {code} is not valid on {day}; it is valid {span}.", **values)
            yield Finding(message=message, field=field)


@rule(
    "D03",
    title=say("Diagnosis could be more exact"),
    severity=Severity.WARN,
    fix=say("Give the code with its digit after the point where the file allows it."),
)
def diagnosis_not_exact(case: Case) -> Findings:
    """The main diagnosis is a category that has subcategories, so it says less than it could.

    Passes: J18.9.
    Fails: J18, which has J18.0 to J18.9.
    """
    row = case.registers.diagnoses.get(case.claim.diagnosis_main)
    if row and row.has_subcategories:
        message = say("Main diagnosis {code} has more exact subcategories.", code=named(row.code, row.title))
        yield Finding(message=message, field="diagnosis_main")


@rule(
    "D04",
    title=say("Diagnosis of the other sex"),
    severity=Severity.PEND,
    fix=say("Check the diagnosis and the member number against the patient's file."),
)
def diagnosis_of_other_sex(case: Case) -> Findings:
    """A diagnosis is for the other sex. The sex is the register's, or the form's where the member is not known.

    Passes: O80.0, a delivery, of a woman.
    Fails: O80.0, a delivery, of a man.
    """
    for field, row in _known(case):
        if row.sex and case.sex and row.sex != case.sex:
            values = {"code": named(row.code, row.title), "wanted": sex_named(row.sex), "sex": sex_named(case.sex)}
            message = say("Diagnosis {code} is for the sex {wanted}; the patient is {sex}.", **values)
            yield Finding(message=message, field=field)


@rule(
    "D05",
    title=say("Diagnosis of another age"),
    severity=Severity.PEND,
    fix=say("Check the diagnosis and the date of birth against the patient's file."),
)
def diagnosis_of_another_age(case: Case) -> Findings:
    """The age in completed years on the first day of the visit is outside the diagnosis's range, both ends included.
    Birth date is the register's, or the form's where the member is not known.

    Passes: P07.1, low birth weight, ages 0 to 0, of a child of 11 months.
    Fails: P07.1, low birth weight, ages 0 to 0, of a child of 12 months.
    """
    for field, row in _known(case):
        if case.age is not None and not fits_age(case.age, row.age_min, row.age_max):
            values = {"code": named(row.code, row.title), "wanted": ages(row.age_min, row.age_max)}
            values |= {"born": case.born, "age": case.age, "day": case.day}
            message = say("Diagnosis {code} is for {wanted}; born on {born}, the patient was {age} on {day}.", **values)
            yield Finding(message=message, field=field)


def fits_age(age: int, lowest: int | None, highest: int | None) -> bool:
    """Whether completed years are in a range with both ends; None is open."""
    return (lowest is None or lowest <= age) and (highest is None or age <= highest)


@rule(
    "D06",
    title=say("Main diagnosis is an external cause"),
    severity=Severity.PEND,
    fix=say("Give the injury or illness as main diagnosis and the cause as another one."),
)
def main_diagnosis_is_a_cause(case: Case) -> Findings:
    """The codes V01 to Y98 say how an injury came about, not what was treated.

    Passes: S72.0, a broken thigh, with V01.9 as second diagnosis.
    Fails: V01.9, a pedestrian injured, as main diagnosis.
    """
    code = case.claim.diagnosis_main
    if _EXTERNAL_CAUSE.match(code):
        message = say("Main diagnosis {code} is an external cause (V01 to Y98).", code=diagnosis_named(case, code))
        yield Finding(message=message, field="diagnosis_main")


@rule(
    "D07",
    title=say("Diagnosis does not fit the case group"),
    severity=Severity.PEND,
    fix=say("Check case group and main diagnosis against the patient's file and correct the wrong one."),
)
def diagnosis_outside_case_group(case: Case) -> Findings:
    """The case group lists how its main diagnoses begin, and this one begins otherwise. Asked whenever a known group
    is on the form, however it is paid.

    Passes: a normal delivery, O80 or O81, with O80.0.
    Fails: a normal delivery, O80 or O81, with O82.0.
    """
    group, code = case.case_group, case.claim.diagnosis_main
    if group and code and group.diagnosis_prefixes and not code.startswith(group.diagnosis_prefixes):
        prefixes = ", ".join(group.diagnosis_prefixes)
        values = {"group": named(group.code, group.name), "code": diagnosis_named(case, code), "prefixes": prefixes}
        message = say("Case group {group} takes codes that begin with {prefixes}, not {code}.", **values)
        yield Finding(message=message, field="case_group")


@rule(
    "D08",
    title=say("The same diagnosis twice"),
    severity=Severity.WARN,
    fix=say("Give each diagnosis once."),
)
def diagnosis_twice(case: Case) -> Findings:
    """A diagnosis code stands on the form twice: one of them may be meant otherwise.

    Passes: J18.9 and I10.
    Fails: J18.9 and J18.9.
    """
    given = case.claim.diagnoses
    for code in dict.fromkeys(code for code in given if given.count(code) > 1):
        values = {"code": diagnosis_named(case, code), "count": given.count(code)}
        yield Finding(message=say("Diagnosis {code} is given {count} times.", **values), field="diagnosis_main")
