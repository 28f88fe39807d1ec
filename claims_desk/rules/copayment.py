"""P: what the patient paid at the facility against what he owed, and the exemption claimed for him."""

from __future__ import annotations

from datetime import date

from claims_desk.domain.codes import Exempt, Severity
from claims_desk.domain.judgement import Case, Finding
from claims_desk.domain.messages import Message, say
from claims_desk.domain.terms import EXEMPTIONS
from claims_desk.rules.naming import Words, member_named, nearest, own_facility, plain, span_of
from claims_desk.rules.pricing import Priced
from claims_desk.rules.rule import Findings, rule

PUBLISHED = "Co-payments of NHI as published by WHO, 2019 and 2022"
_YOUNG = 5


@rule(
    "P01",
    title=say("Patient paid too much"),
    severity=Severity.WARN,
    priced=True,
    source=PUBLISHED,
    fix=say("Give the difference back to the patient and keep his receipt."),
)
def patient_paid_too_much(priced: Priced) -> Findings:
    """The facility took more from the patient than is due. Of an exempt patient P03 speaks instead.

    Passes: due 30,000, collected 30,000.
    Fails: due 30,000, collected 50,000: 20,000 to give back.
    """
    collected, due = priced.case.claim.copay_collected, priced.copay_due
    if _due_is_known(priced.case) and collected is not None and collected > due and not priced.case.exempt_as:
        values = {"place": own_facility(priced.case)} | {"collected": collected, "due": due, "back": collected - due}
        message = say("{place} collected {collected:kip} kip, due {due:kip}: {back:kip} kip to give back.", **values)
        yield Finding(message=message, field="copay_collected")


def _due_is_known(case: Case) -> bool:
    return bool(case.day and case.facility and case.member and case.claim.care_type)


@rule(
    "P02",
    title=say("Exemption not supported"),
    severity=Severity.PEND,
    source=PUBLISHED,
    fix=say("Send the certificate of the exemption, or correct the exemption on the form."),
)
def exemption_not_supported(case: Case) -> Findings:
    """POOR, MONK and PREGNANT need an exemption of that kind in the register, in force on the first day of the visit;
    UNDER5 an age under 5. A newborn on the mother's number is POOR where she is, but neither MONK nor PREGNANT.

    Passes: MONK, exempt as MONK on the day; UNDER5 of a child of 4.
    Fails: MONK, not in the register; UNDER5 of a child of 5.
    """
    claimed = case.claim.exemption_claimed
    if claimed and case.day and not _is_supported(case, claimed):
        yield Finding(message=_not_supported(case, claimed, case.day), field="exemption_claimed")


def _not_supported(case: Case, claimed: str, day: date) -> Message:
    values: dict[str, object] = {"category": _exemption_named(claimed), "member": member_named(case), "day": day}
    if claimed == Exempt.UNDER5:
        values |= {"born": case.born, "age": case.age}
        return say("The patient, born on {born}, was {age} on {day}, not under 5.", **values)
    row = nearest((row for row in case.own_exemptions if row.category == claimed), day)
    if row is None:
        return say("The register has no exemption ({category}) of {member}.", **values)
    return say(
        "The exemption ({category}) of {member} is not in force on {day}; it holds {span}.", span=span_of(row), **values
    )


def _exemption_named(category: str) -> Words:
    """What a reason to pay no co-payment is called."""
    return EXEMPTIONS.get(category) or plain(category)


def _is_supported(case: Case, category: str) -> bool:
    """Whether the facts bear the exemption out; also where they are missing, because then nobody can say."""
    if category == Exempt.UNDER5:
        return case.age is None or case.age < _YOUNG
    if case.member is None or case.day is None:
        return True
    day = case.day
    return any(row.category == category and row.holds(day) for row in case.own_exemptions)


@rule(
    "P03",
    title=say("Exempt patient paid"),
    severity=Severity.WARN,
    priced=True,
    source=PUBLISHED,
    fix=say("Give all of it back to the patient and keep his receipt."),
)
def exempt_patient_paid(priced: Priced) -> Findings:
    """The patient is exempt from co-payments, yet the facility took one.

    Passes: exempt as PREGNANT, collected 0.
    Fails: exempt as PREGNANT, collected 30,000.
    """
    collected, category = priced.case.claim.copay_collected, priced.case.exempt_as
    if category and collected is not None and collected > 0:
        values = {"category": _exemption_named(category), "place": own_facility(priced.case), "collected": collected}
        message = say("Exempt as: {category}. Yet {place} collected {collected:kip} kip, to give back.", **values)
        yield Finding(message=message, field="copay_collected")


@rule(
    "P04",
    title=say("Patient paid too little"),
    severity=Severity.WARN,
    priced=True,
    source=PUBLISHED,
    fix=say("Nothing to send. What is due is deducted whether it was collected or not."),
)
def patient_paid_too_little(priced: Priced) -> Findings:
    """The facility took less from the patient than is due. A field left empty is not a 0 and is not asked about.

    Passes: due 30,000, collected 30,000.
    Fails: due 30,000, collected 0.
    """
    collected, due = priced.case.claim.copay_collected, priced.copay_due
    if _due_is_known(priced.case) and collected is not None and collected < due:
        values = {"collected": collected, "due": due, "missing": due - collected}
        message = say("Collected {collected:kip} kip of {due:kip} due: {missing:kip} kip too little.", **values)
        yield Finding(message=message, field="copay_collected")
