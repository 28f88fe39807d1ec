"""A: the form itself - what must stand on it, its days, its sum, and the papers seen with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Final

from claims_desk.domain.codes import INPATIENT, ClaimState, Severity
from claims_desk.domain.facts import Claim, EarlierClaim
from claims_desk.domain.judgement import BilledLine, Case, Finding
from claims_desk.domain.messages import Message, say
from claims_desk.rules.naming import EMPTY, line_named, own_facility, plain
from claims_desk.rules.rule import Findings, rule

REQUIRED: Final[Mapping[str, Message]] = {
    "form_no": say("form number"),
    "facility_code": say("health facility"),
    "scheme": say("scheme"),
    "member_no": say("member number"),
    "care_type": say("care type"),
    "visit_from": say("first day of the visit"),
    "visit_to": say("last day of the visit"),
    "diagnosis_main": say("main diagnosis"),
    "claimed_total": say("claimed total"),
    "received_date": say("day of receipt"),
}
_NUMBERS: Final[Mapping[str, Message]] = {"member_no": say("Member number"), "phone": say("Telephone")}
_SHORTEST_PLACEHOLDER = 6


@rule(
    "A01",
    title=say("A required field is empty"),
    severity=Severity.PEND,
    fix=say("Fill in the field from the paper, or ask the health facility for it."),
)
def required_field_empty(case: Case) -> Findings:
    """A claim cannot be judged while a required field is empty; each empty field is told. The last day of the visit
    is required for an inpatient stay and a delivery only: elsewhere a blank one is the first day.

    Passes: an outpatient visit of 10/3/2026 without a last day.
    Fails: an inpatient stay from 10/3/2026 without a last day.
    """
    for name, label in REQUIRED.items():
        if name == "visit_to" and case.claim.care_type not in INPATIENT:
            continue
        if getattr(case.claim, name) in (None, ""):
            yield Finding(message=say("The field is empty: {name}.", name=label), field=name)


@rule(
    "A02",
    title=say("Last day before first day"),
    severity=Severity.PEND,
    fix=say("Correct the days of the visit from the paper or the patient's file."),
)
def ends_before_it_begins(case: Case) -> Findings:
    """A visit cannot end before it begins, so one of the two days is wrong.

    Passes: from 10/3/2026 to 10/3/2026.
    Fails: from 10/3/2026 to 9/3/2026.
    """
    first, last = case.claim.visit_from, case.claim.last_day
    if first and last and last < first:
        yield Finding(
            message=say("The visit ends on {last}, before it begins on {first}.", last=last, first=first),
            field="visit_to",
        )


@rule(
    "A03",
    title=say("Visit after receipt"),
    severity=Severity.PEND,
    fix=say("Correct the days of the visit or the day of receipt from the paper."),
)
def ends_after_receipt(case: Case) -> Findings:
    """A form cannot be received before the visit on it is over, so one of the two days is wrong.

    Passes: visit until 12/3/2026, received 12/3/2026.
    Fails: visit until 12/3/2026, received 11/3/2026.
    """
    last, received = case.claim.last_day, case.claim.received_date
    if last and received and last > received:
        yield Finding(
            message=say("The visit ends on {last}, after the receipt on {received}.", last=last, received=received),
            field="visit_to",
        )


@rule(
    "A04",
    title=say("Sent in too late"),
    severity=Severity.DENY,
    fix=say("The deadline has passed and the claim is not paid. Send each month's claims in the month after."),
)
def sent_in_too_late(case: Case) -> Findings:
    """A claim must come in within `submission_days` after the last day of the visit; the number is that of the day
    of receipt. The last day of the deadline is in time.

    Passes: visit until 1/1/2026, received 1/4/2026, 90 days later.
    Fails: visit until 1/1/2026, received 2/4/2026, 91 days later.
    """
    last, received = case.claim.last_day, case.claim.received_date
    if last and received and (received - last).days > (limit := case.number("submission_days", 90, received)):
        yield Finding(message=_came_too_late(last, received, limit), field="received_date")


def _came_too_late(last: date, received: date, limit: int) -> Message:
    values = {"received": received, "last": last, "days": (received - last).days, "limit": limit}
    return say(
        "Received on {received}, {days} days after the visit ended on {last}; in time until {until} ({limit} days).",
        until=last + timedelta(days=limit),
        **values,
    )


@rule(
    "A05",
    title=say("Form number used already"),
    severity=Severity.PEND,
    fix=say("Compare the two forms: void the one keyed twice, or correct the form number."),
)
def form_number_used_already(case: Case) -> Findings:
    """A facility uses a form number once in a calendar year, so the same paper may have been keyed twice. A void
    claim frees its number; a denied one does so only for the claim that restores it.

    Passes: form 00017 of the facility in 2025 and in 2026.
    Fails: form 00017 of the facility twice in 2026.
    """
    mine = case.claim
    for other in case.earlier if mine.form_no and mine.visit_from else ():
        if other.state != ClaimState.VOID and _same_number(mine, other) and other not in case.restored:
            yield Finding(message=_number_taken(case, other), field="form_no")
            return


def _number_taken(case: Case, other: EarlierClaim) -> Message:
    if other.blind:
        return say("Number {form} of {place} stands on an earlier claim.", form=other.form_no, place=own_facility(case))
    return say(
        "Number {form} of {place} stands on an earlier claim: visit of {day}, member number {number}, {patient}.",
        form=other.form_no,
        place=own_facility(case),
        day=other.visit_from,
        number=plain(other.member_no),
        patient=plain(other.patient_name),
    )


def _same_number(mine: Claim, other: EarlierClaim) -> bool:
    if (other.form_no, other.facility_code) != (mine.form_no, mine.facility_code):
        return False
    return bool(mine.visit_from and other.visit_from and mine.visit_from.year == other.visit_from.year)


@rule(
    "A06",
    title=say("Claimed total is not the sum of the lines"),
    severity=Severity.PEND,
    fix=say("Check quantities, prices and total against the paper. If the paper is wrong, ask the health facility."),
)
def total_is_not_the_sum(case: Case) -> Findings:
    """Where a claim has lines, what is claimed is the sum of quantity times unit price. A difference is a slip of the
    facility or of the keyboard, and nobody knows which number is meant. An empty price counts as 0.

    Passes: 2 x 15,000 and 1 x 20,000, claimed 50,000.
    Fails: 2 x 15,000 and 1 x 20,000, claimed 35,000.
    """
    claim = case.claim
    if claim.lines and claim.claimed_total is not None:
        total = sum((line.claimed for line in claim.lines), Decimal(0))
        if total != claim.claimed_total:
            yield Finding(message=_total_differs(len(claim.lines), claim.claimed_total, total), field="claimed_total")


def _total_differs(count: int, claimed: int, total: Decimal) -> Message:
    values = {"claimed": claimed, "count": count}
    if total != total.to_integral_value():
        written = f"{total:.3f}".rstrip("0")
        return say("Claimed are {claimed:kip} kip; the lines ({count}) sum to {total}.", total=written, **values)
    values |= {"total": int(total), "apart": abs(claimed - int(total))}
    if claimed > total:
        return say(
            "Claimed are {claimed:kip} kip; the lines ({count}) sum to {total:kip}: {apart:kip} too much.", **values
        )
    return say(
        "Claimed are {claimed:kip} kip; the lines ({count}) sum to {total:kip}: {apart:kip} too little.", **values
    )


@rule(
    "A07",
    title=say("No papers of the patient seen"),
    severity=Severity.PEND,
    fix=say("Send a copy of the identity card, the family book or the member card."),
)
def no_papers_seen(case: Case) -> Findings:
    """The facility must have seen the patient's identity card, family book or member card; otherwise nobody knows
    whether the member was the patient.

    Passes: identity card seen.
    Fails: none, or the field empty.
    """
    if all(paper == "NONE" for paper in case.claim.documents_seen):
        message = say("No papers of the patient were seen: no identity card, no family book and no member card.")
        yield Finding(message=message, field="documents_seen")


@rule(
    "A08",
    title=say("Not signed"),
    severity=Severity.PEND,
    fix=say("Have the form signed by the patient or a relative and send it again."),
)
def not_signed(case: Case) -> Findings:
    """The patient or a relative signs that the care was given. A field left blank is not a no.

    Passes: signed.
    Fails: not signed.
    """
    if case.claim.signed is False:
        yield Finding(message=say("The form is not signed by the patient or a relative."), field="signed")


@rule(
    "A09",
    title=say("A number that looks made up"),
    severity=Severity.WARN,
    fix=say("Ask for the true number and correct it."),
)
def number_looks_made_up(case: Case) -> Findings:
    """A member number or telephone of 6 or more digits, all the same or running up or down by one (0 follows 9), was
    probably typed to fill the field. Only digits are looked at.

    Passes: 020 5512 3487.
    Fails: 1111111, 4567890, 987654.
    """
    for name, label in _NUMBERS.items():
        number = getattr(case.claim, name)
        if number and looks_made_up(number):
            values = {"label": label, "number": number}
            message = say("{label} {number}: its digits are all the same or run one by one.", **values)
            yield Finding(message=message, field=name)


def looks_made_up(number: str) -> bool:
    """Whether its digits are 6 or more, all the same or running up or down by one, wrapping between 9 and 0."""
    digits = [int(letter) for letter in number if letter.isdecimal()]
    if len(digits) < _SHORTEST_PLACEHOLDER:
        return False
    step = (digits[1] - digits[0]) % 10
    return step in (0, 1, 9) and all((b - a) % 10 == step for a, b in pairwise(digits))


@rule(
    "A10",
    title=say("Service outside the visit"),
    severity=Severity.PEND,
    on="line",
    fix=say("Correct the day of the service, or the days of the visit, from the paper."),
)
def service_outside_visit(billed: BilledLine) -> Findings:
    """A service is given on a day of the visit, first and last day included. A blank day is the first day.

    Passes: visit 10/3/2026 to 12/3/2026, service 12/3/2026.
    Fails: visit 10/3/2026 to 12/3/2026, service 13/3/2026.
    """
    claim = billed.case.claim
    day, first, last = billed.line.service_date, claim.visit_from, claim.last_day
    if day and ((first and day < first) or (last and day > last)):
        values = {"item": line_named(billed), "day": day, "first": first or EMPTY, "last": last or EMPTY}
        message = say("{item}: the service of {day} is outside the visit from {first} to {last}.", **values)
        yield Finding(message=message, field="service_date")
