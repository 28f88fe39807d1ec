"""P: what the patient paid at the facility against what he owed, and the exemption claimed for him."""

from __future__ import annotations

from claims_desk.domain.codes import Exempt, Severity
from claims_desk.domain.judgement import Case, Finding
from claims_desk.domain.messages import say
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
        values = {"collected": collected, "due": due, "back": collected - due}
        message = say("Collected {collected:kip}, due {due:kip}: {back:kip} kip to give back.", **values)
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
    UNDER5 an age under 5.

    Passes: MONK, exempt as MONK on the day; UNDER5 of a child of 4.
    Fails: MONK, not in the register; UNDER5 of a child of 5.
    """
    claimed = case.claim.exemption_claimed
    if claimed and case.day and not _is_supported(case, claimed):
        message = say("The exemption {category} is not supported on {day}.", category=claimed, day=case.day)
        yield Finding(message=message, field="exemption_claimed")


def _is_supported(case: Case, category: str) -> bool:
    """Whether the facts bear the exemption out; also where they are missing, because then nobody can say."""
    if category == Exempt.UNDER5:
        return case.age is None or case.age < _YOUNG
    if case.member is None or case.day is None:
        return True
    person, day = case.member.person_no, case.day
    return any((row.person_no, row.category) == (person, category) and row.holds(day) for row in case.exemptions)


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
        message = say(
            "Exempt as {category}, yet {collected:kip} kip collected.", category=category, collected=collected
        )
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
        message = say("Collected {collected:kip} kip, due {due:kip}.", collected=collected, due=due)
        yield Finding(message=message, field="copay_collected")
