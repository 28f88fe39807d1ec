"""L: how often, how long and how much - against the member's earlier claims and the ceilings."""

from __future__ import annotations

from datetime import date

from claims_desk.domain.codes import CareType, Severity
from claims_desk.domain.dates import format_month, month_start
from claims_desk.domain.facts import EarlierClaim, Item, VisitLimit
from claims_desk.domain.judgement import BilledLine, Case, Finding
from claims_desk.domain.messages import Message, say
from claims_desk.domain.terms import care_name
from claims_desk.rules.cuts import Cut, Quantity, under_ceiling
from claims_desk.rules.naming import all_earlier_named, days_later, earlier_named, facility_named, item_named, plain
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
    if last and (day - last[0]).days < item.min_interval_days:
        yield Finding(message=_too_soon(billed.case, item, item.min_interval_days, *last), field="item_code")


def _too_soon(case: Case, item: Item, limit: int, last: date, claim: EarlierClaim) -> Message:
    if claim.blind:
        named = earlier_named(case, claim)
        return say(
            "{item} was given less than {limit} days before: {claim}.", item=item_named(item), limit=limit, claim=named
        )
    values = {"item": item_named(item), "last": last, "place": facility_named(case, claim.facility_code)}
    return say(
        "{item} was given on {last} at {place}, claim {form}; next possible on {next}, after {limit} days.",
        form=plain(claim.form_no),
        next=days_later(last, limit),
        limit=limit,
        **values,
    )


def _last_time(case: Case, item_code: str, until: date) -> tuple[date, EarlierClaim] | None:
    """The last day until `until` on which an earlier claim of the member has the item, its line not denied."""
    had = [given for given in case.past_lines.get(item_code, ()) if given.day <= until]
    last = max(had, key=lambda given: given.day, default=None)
    return (last.day, last.claim) if last else None


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
            message = _year_used_up(priced.case, line, item)
            yield Finding(message=message, line_no=line.billed.line_no, field="quantity")


def _year_used_up(case: Case, line: Quantity, item: Item) -> Message:
    year = line.billed.day.year if line.billed.day else 0
    given = [given for given in case.past_lines.get(item.code, ()) if given.day.year == year]
    claims = list({id(one.claim): one.claim for one in given}.values())
    values = {"item": item_named(item), "limit": item.max_per_year, "year": year}
    values |= {"asked": line.after_day, "left": line.after_year}
    if not claims or any(claim.blind for claim in claims):
        return say("{item}: {limit} are allowed in a year; in {year} cut from {asked} to {left}.", **values)
    return say(
        "{item}: {limit} are allowed in a year; in {year} {used} were given before ({claims}). "
        "Cut from {asked} to {left}.",
        used=sum(one.quantity for one in given),
        claims=all_earlier_named(case, claims),
        **values,
    )


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
        values = {"scheme": priced.case.claim.scheme, "before": cut.before, "ceiling": cut.ceiling}
        values |= {"cut": cut.before - cut.after}
        message = say("{before:kip} kip is cut by {cut:kip} to {scheme}'s ceiling per claim, {ceiling:kip}.", **values)
        yield Finding(message=message)


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
        yield Finding(message=_ceiling_used_up(priced.case, cut))


def _ceiling_used_up(case: Case, cut: Cut) -> Message:
    year = case.day.year if case.day else 0
    claims = [claim for claim in under_ceiling(case, cut.care_type, year) if claim.allowed]
    values = {"ceiling": cut.ceiling, "used": cut.used, "before": cut.before, "after": cut.after, "year": year}
    if not claims:
        return say("{before:kip} kip is above the ceiling for {year}; {after:kip} of {ceiling:kip} is left.", **values)
    return say(
        "Of the {ceiling:kip} kip for {year} {used:kip} are used ({claims}); of {before:kip} {after:kip} is left.",
        claims=all_earlier_named(case, claims),
        **values,
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
        values = {"first": first, "last": last, "days": (last - first).days, "limit": limit}
        message = say("From {first} to {last} are {days} days; more than {limit} is asked about.", **values)
        yield Finding(message=message, field="visit_to")


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
        month = month_start(case.day)
        seen = [one for one in case.past if one.care_type == _OPD and one.visit_from]
        before = [one for one in seen if one.visit_from and month_start(one.visit_from) == month]
        if len(before) >= (limit := case.number("max_opd_per_month", 8)):
            values = {"count": len(before) + 1, "month": format_month(month), "limit": limit}
            values |= {"claims": all_earlier_named(case, before)}
            yield Finding(message=say("Outpatient visit {count} in {month}, {limit} are usual: {claims}.", **values))


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
        mine = (care, scheme)
        had = [one for one in case.past_of_year(case.day.year) if (one.care_type, one.scheme) == mine]
        if len(had) >= limit.max_per_year:
            yield Finding(message=_visits_used_up(case, limit, had, case.day.year))


def _visits_used_up(case: Case, limit: VisitLimit, had: list[EarlierClaim], year: int) -> Message:
    values = {"scheme": limit.scheme, "care": care_name(limit.care_type), "limit": limit.max_per_year, "year": year}
    if not had:
        return say("{scheme} pays no claim for {care} in {year}.", **values)
    return say(
        "{scheme} pays {limit} of {care} in a year; in {year} the member had {count}: {claims}.",
        count=len(had),
        claims=all_earlier_named(case, had),
        **values,
    )
