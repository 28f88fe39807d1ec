"""L: how often, how long and how much - against the member's earlier claims and the ceilings."""

from __future__ import annotations

from datetime import date

from claims_desk.domain.codes import CareType, Severity
from claims_desk.domain.judgement import BilledLine, Case, Finding, whole
from claims_desk.domain.messages import say
from claims_desk.rules.pricing import Priced
from claims_desk.rules.rule import Findings, rule

_OPD = CareType.OPD


@rule(
    "L01",
    title=say("Too soon after the last time"),
    severity=Severity.DENY,
    on="line",
    fix=say("The line is not paid: the item may be repeated only after the interval."),
)
def too_soon_after_the_last(billed: BilledLine) -> Findings:
    """The member had the same item less than its `min_interval_days` before, on an earlier claim that was neither void
    nor denied and with a line that was not denied.

    Passes: a CT scan, interval 30 days, on 1/3/2026 and 31/3/2026.
    Fails: a CT scan, interval 30 days, on 1/3/2026 and 30/3/2026.
    """
    item, day = billed.item, billed.day
    if item is None or day is None or item.min_interval_days is None:
        return
    last = _last_time(billed.case, item.code, day)
    if last and (day - last).days < item.min_interval_days:
        values = {"code": item.code, "last": last, "limit": item.min_interval_days}
        message = say("The member had {code} on {last}; {limit} days must lie between.", **values)
        yield Finding(message=message, field="item_code")


def _last_time(case: Case, item_code: str, until: date) -> date | None:
    """The last day until `until` on which an earlier claim of the member has the item, its line not denied."""
    had = (
        line.service_date or claim.visit_from
        for claim in case.past
        for line in claim.lines
        if line.item_code == item_code and whole(line.quantity)
    )
    return max((day for day in had if day and day <= until), default=None)


@rule(
    "L02",
    title=say("Too many in the year"),
    severity=Severity.ADJUST,
    on="line",
    priced=True,
    fix=say("Paid is what is left of the year's quantity."),
)
def too_many_in_the_year(priced: Priced) -> Findings:
    """The member's quantity of the item in the calendar year passes its `max_per_year`, earlier claims included; it is
    cut to what is left, later lines of the claim first.

    Passes: 1 pair of glasses earlier in the year, 1 now, 2 a year.
    Fails: 1 pair of glasses earlier in the year, 2 now, 2 a year.
    """
    for line in priced.quantities:
        item = line.billed.item
        if item and line.after_year < line.after_day:
            values = {"code": item.code, "limit": item.max_per_year, "asked": line.after_day, "left": line.after_year}
            message = say("{code}: {limit} are allowed in a year; cut from {asked} to {left}.", **values)
            yield Finding(message=message, line_no=line.billed.line_no, field="quantity")


@rule(
    "L03",
    title=say("Above the ceiling per claim"),
    severity=Severity.ADJUST,
    priced=True,
    fix=say("Paid is the ceiling."),
)
def above_ceiling_per_claim(priced: Priced) -> Findings:
    """What is allowed passes the ceiling per claim of scheme and care type; it is cut to the ceiling.

    Passes: allowed 3,000,000, ceiling 3,000,000.
    Fails: allowed 4,000,000, ceiling 3,000,000.
    """
    if cut := priced.claim_cut:
        values = {"before": cut.before, "ceiling": cut.ceiling}
        yield Finding(message=say("{before:kip} kip is above the ceiling per claim of {ceiling:kip}.", **values))


@rule(
    "L04",
    title=say("Above the ceiling per year"),
    severity=Severity.ADJUST,
    priced=True,
    fix=say("Paid is what is left of the member's ceiling for the year."),
)
def above_ceiling_per_year(priced: Priced) -> Findings:
    """With the member's earlier claims of the calendar year under the same scheme, what is allowed passes the ceiling
    per member and year; it is cut to what is left. A ceiling for one kind of care counts claims of that kind.

    Passes: used 2,000,000, allowed 3,000,000, ceiling 5,000,000.
    Fails: used 3,000,000, allowed 3,000,000, ceiling 5,000,000.
    """
    if cut := priced.year_cut:
        values = {"ceiling": cut.ceiling, "used": cut.used, "before": cut.before, "after": cut.after}
        yield Finding(
            message=say(
                "Of the year's {ceiling:kip} kip {used:kip} are used; {after:kip} of {before:kip} is left.", **values
            )
        )


@rule(
    "L05",
    title=say("Very long stay"),
    severity=Severity.PEND,
    fix=say("Check the days of the visit. If they are right, send the patient's file with the form."),
)
def very_long_stay(case: Case) -> Findings:
    """From first to last day are more than `max_stay_days`: a slip in a date, or a case to look at.

    Passes: from 1/1/2026 to 2/3/2026, 60 days.
    Fails: from 1/1/2026 to 3/3/2026, 61 days.
    """
    first, last = case.claim.visit_from, case.claim.last_day
    if first and last and last > first and (last - first).days > (limit := case.number("max_stay_days", 60)):
        values = {"days": (last - first).days, "limit": limit}
        yield Finding(
            message=say("The visit lasted {days} days; more than {limit} is asked about.", **values), field="visit_to"
        )


@rule(
    "L06",
    title=say("Many outpatient visits in the month"),
    severity=Severity.WARN,
    fix=say("Nothing to send. The office may look at the member's visits."),
)
def many_visits_in_the_month(case: Case) -> Findings:
    """With this one the member has more than `max_opd_per_month` outpatient claims in the calendar month, under any
    scheme.

    Passes: the 8th visit of the month.
    Fails: the 9th visit of the month.
    """
    if case.claim.care_type == _OPD and case.day and case.past:
        month = case.day.month
        visits = (claim for claim in case.past_of_year(case.day.year) if claim.care_type == _OPD)
        count = 1 + sum(claim.visit_from is not None and claim.visit_from.month == month for claim in visits)
        if count > (limit := case.number("max_opd_per_month", 8)):
            message = say("Outpatient visit {count} of the month; {limit} are usual.", count=count, limit=limit)
            yield Finding(message=message)


@rule(
    "L07",
    title=say("No visit left in the year"),
    severity=Severity.DENY,
    fix=say("The claim is not paid: the year's visits of this kind are used up."),
)
def no_visit_left(case: Case) -> Findings:
    """The member has had the scheme's `max_per_year` claims of this care type in the calendar year already. Claims
    under other schemes do not count.

    Passes: the 1st delivery of the year, of 1 allowed.
    Fails: the 2nd delivery of the year, of 1 allowed.
    """
    care, scheme = case.claim.care_type, case.claim.scheme
    limit = case.registers.visit_limits.on(case.day, scheme, care) if case.day and case.member else None
    if limit and case.day:
        had = sum((claim.care_type, claim.scheme) == (care, scheme) for claim in case.past_of_year(case.day.year))
        if had >= limit.max_per_year:
            values = {"had": had, "care": care, "limit": limit.max_per_year}
            yield Finding(message=say("The member had {had} claims for {care} this year; {limit} are paid.", **values))
