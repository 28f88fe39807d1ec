"""F: the facility - known, open, under contract, with a payment method, and that of its bundle."""

from __future__ import annotations

from datetime import date

from claims_desk.domain.codes import CareType, Severity
from claims_desk.domain.dates import format_month, month_start
from claims_desk.domain.facts import Submission
from claims_desk.domain.judgement import Case, Finding
from claims_desk.domain.messages import Message, say
from claims_desk.domain.terms import care_name, level_name
from claims_desk.rules.naming import cares_named, facility_named, nearest, own_facility, span, span_of
from claims_desk.rules.rule import Findings, rule


@rule(
    "F01",
    title=say("Health facility unknown"),
    severity=Severity.PEND,
    fix=say("Check the facility code against the list of facilities and correct it."),
)
def facility_unknown(case: Case) -> Findings:
    """No facility in the register has this code.

    Passes: DH1, which the register has.
    Fails: DH0, which it has not.
    """
    if case.claim.facility_code and case.facility is None:
        yield Finding(
            message=say("No health facility has the code {code}.", code=case.claim.facility_code), field="facility_code"
        )


@rule(
    "F02",
    title=say("Health facility not open"),
    severity=Severity.DENY,
    fix=say(
        "The claim is not paid. If the facility was open, ask the health insurance office to correct the register."
    ),
)
def facility_not_open(case: Case) -> Findings:
    """The register says that the facility did not work on the first day of the visit. Both ends are included.

    Passes: open until 31/1/2026, visit of 31/1/2026.
    Fails: open until 31/1/2026, visit of 1/2/2026.
    """
    if case.facility and case.day and not case.facility.open_on(case.day):
        opened = span(case.facility.active_from, case.facility.active_to)
        values = {"place": own_facility(case), "day": case.day, "span": opened}
        yield Finding(message=say("{place} was not open on {day}; it is open {span}.", **values), field="facility_code")


@rule(
    "F03",
    title=say("No contract for the scheme"),
    severity=Severity.DENY,
    fix=say("The claim is not paid. Refer members of this scheme to a health facility under contract."),
)
def no_contract(case: Case) -> Findings:
    """A facility may treat a scheme's members while it has a contract for the scheme on the first day of the visit.

    Passes: contract from 10/3/2026, visit of 10/3/2026.
    Fails: contract from 10/3/2026, visit of 9/3/2026.
    """
    facility, scheme, day = case.facility, case.claim.scheme, case.day
    if facility and scheme and day and case.registers.contracts.on(day, facility.code, scheme) is None:
        yield Finding(message=_without_contract(case, facility.code, day), field="scheme")


def _without_contract(case: Case, code: str, day: date) -> Message:
    values = {"place": own_facility(case), "scheme": case.claim.scheme, "day": day}
    row = nearest(case.registers.contracts.all(code, case.claim.scheme), day)
    if row is None:
        return say("{place} has no contract for {scheme}, neither on {day} nor on another day.", **values)
    return say("{place} has no contract for {scheme} on {day}; the nearest is {span}.", span=span_of(row), **values)


@rule(
    "F04",
    title=say("No payment method"),
    severity=Severity.PEND,
    fix=say("Check the care type. If it is right, ask the administrator for the payment method."),
)
def no_payment_method(case: Case) -> Findings:
    """The office has not said how this level is paid for this care under this scheme on the first day of the visit, so
    the claim has no price.

    Passes: OPD at a district hospital under NHI, paid by capitation.
    Fails: PNC at a district hospital under NHI, of which nothing is said.
    """
    claim = case.claim
    if case.facility and claim.scheme and claim.care_type and case.day and case.method_row is None:
        yield Finding(message=_nothing_said(case, case.facility.level, case.day), field="care_type")


def _nothing_said(case: Case, level: str, day: date) -> Message:
    claim, methods = case.claim, case.registers.payment_methods
    paid = cares_named(care for care in CareType if methods.on(day, claim.scheme, level, care))
    values = {"scheme": claim.scheme, "care": care_name(claim.care_type), "level": level_name(level), "day": day}
    return say(
        "{scheme} has no payment method for {care} at {place} ({level}) on {day}; it has one there for: {paid}.",
        place=own_facility(case),
        paid=paid,
        **values,
    )


@rule(
    "F05",
    title=say("Not the bundle's health facility"),
    severity=Severity.PEND,
    fix=say("Correct the facility code, or put the form into the bundle of its facility."),
)
def not_the_bundles_facility(case: Case) -> Findings:
    """A bundle holds the forms of one facility. A claim that came alone is not asked.

    Passes: a form of DH1 in a bundle of DH1.
    Fails: a form of DH2 in a bundle of DH1.
    """
    bundle, code = case.claim.submission, case.claim.facility_code
    if bundle and code and code != bundle.facility_code:
        other = facility_named(case, bundle.facility_code)
        values = {"place": own_facility(case), "number": bundle.number, "other": other}
        message = say("The form is of {place}, the bundle {number} of {other}.", **values)
        yield Finding(message=message, field="facility_code")


@rule(
    "F06",
    title=say("Not the bundle's month"),
    severity=Severity.PEND,
    fix=say("Correct the last day of the visit, or put the form into the bundle of its month."),
)
def not_the_bundles_month(case: Case) -> Findings:
    """A bundle holds the visits that ended in one month. A claim that came alone is not asked. A restored claim comes
    in a later bundle; its month is that of the bundle its denied claim came in.

    Passes: visit until 1/3/2026 in the bundle of 3/2026; a denied claim of it restored in the bundle of 5/2026.
    Fails: visit until 28/2/2026 in the bundle of 3/2026.
    """
    bundle, last = case.claim.submission, case.claim.last_day
    if bundle and last and month_start(last) not in (months := _months_of(case, bundle)) and None not in months:
        values = {"last": last, "number": bundle.number, "month": format_month(bundle.month)}
        message = say("The visit ended on {last}, the bundle {number} is of {month}.", **values)
        yield Finding(message=message, field="visit_to")


def _months_of(case: Case, bundle: Submission) -> set[date | None]:
    """The months of the bundles the paper came in; None where it once came alone."""
    return {month_start(bundle.month), *(row.month for row in case.restored)}
