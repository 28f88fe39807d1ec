"""R: the way a patient came - by referral from below, as an emergency, or from another province."""

from __future__ import annotations

from datetime import date

from claims_desk.domain.codes import CoverageOption, Level, Severity
from claims_desk.domain.facts import Facility
from claims_desk.domain.geography import districts, provinces
from claims_desk.domain.judgement import Case, Finding
from claims_desk.domain.messages import Message, say
from claims_desk.domain.terms import level_name
from claims_desk.rules.naming import Words, days_later, facility_named, levels_named, named, own_facility, plain
from claims_desk.rules.rule import Findings, rule

UNNAMED = say("a facility that is not named")


@rule(
    "R01",
    title=say("No referral"),
    severity=Severity.PEND,
    fix=say("Send the referral slip with code and day, or the proof that it was an emergency."),
)
def no_referral(case: Case) -> Findings:
    """At the levels the scheme names, a patient comes with a referral or as an emergency. A coverage of option BLUE, of
    whichever scheme, has free access.

    Passes: a provincial hospital, referred from a district hospital.
    Fails: a provincial hospital, no emergency, nothing said of a referral.
    """
    scheme, facility = case.scheme, case.facility
    if not scheme or not facility or facility.level not in scheme.referral_levels:
        return
    if _came_by_himself(case) and not _has_option(case, CoverageOption.BLUE):
        values = {"scheme": scheme.code, "place": own_facility(case), "levels": levels_named(scheme.referral_levels)}
        message = say("{scheme} asks for a referral at: {levels}. None is given for {place}.", **values)
        yield Finding(message=message, field="referred_from")


def _came_by_himself(case: Case) -> bool:
    return not case.claim.emergency and not case.claim.referred_from


def _has_option(case: Case, option: CoverageOption) -> bool:
    return case.coverage is not None and case.coverage.option == option


@rule(
    "R02",
    title=say("Referral from the wrong place"),
    severity=Severity.PEND,
    fix=say("Check the code of the referring facility against the referral slip and correct it."),
)
def referred_from_wrong_place(case: Case) -> Findings:
    """A referral leads upwards, HC < DH < PH = RH < CH, from a facility in the register. Under a coverage of option
    RED, of whichever scheme, it leads through a district hospital to all that is above one.

    Passes: from a health centre to a district hospital.
    Fails: from one provincial hospital to another, or from a code nobody has.
    """
    code, here = case.claim.referred_from, case.facility
    origin = case.registers.facilities.get(code)
    if code and origin is None:
        yield Finding(message=say("The referring facility {code} is unknown.", code=code), field="referred_from")
    elif origin and here and origin.level not in (wanted := _levels_below(case, here)):
        yield Finding(message=_does_not_refer(case, origin, here, wanted), field="referred_from")


def _levels_below(case: Case, here: Facility) -> list[Level]:
    """The levels from which a referral may lead to the facility."""
    rank = Level(here.level).rank
    if _has_option(case, CoverageOption.RED) and rank > Level.DH.rank:
        return [Level.DH]
    return [level for level in Level if level.rank < rank]


def _does_not_refer(case: Case, origin: Facility, here: Facility, wanted: list[Level]) -> Message:
    values = {"low": level_name(origin.level), "here": own_facility(case), "high": level_name(here.level)}
    return say(
        "{origin} ({low}) does not refer to {here} ({high}); possible there from: {wanted}.",
        origin=facility_named(case, origin.code),
        wanted=levels_named(wanted),
        **values,
    )


@rule(
    "R03",
    title=say("Day of referral missing or wrong"),
    severity=Severity.PEND,
    fix=say("Write the day of the referral slip. A slip that is too old must be renewed before the visit."),
)
def referral_day_wrong(case: Case) -> Findings:
    """A referral is dated, not after the first day of the visit and not more than `referral_valid_days` before it.
    Without a referring facility no day is asked for, but one that stands there is held against the visit.

    Passes: referred 8/2/2026, visit of 10/3/2026, 30 days later.
    Fails: referred 7/2/2026, visit of 10/3/2026, or no day at all.
    """
    dated, day, origin = case.claim.referral_date, case.day, case.claim.referred_from
    if origin and dated is None:
        message = say("The day of the referral from {origin} is empty.", origin=facility_named(case, origin))
        yield Finding(message=message, field="referral_date")
    elif dated and day and not 0 <= (day - dated).days <= case.number("referral_valid_days", 30):
        yield Finding(message=_referral_does_not_hold(case, dated, day), field="referral_date")


def _referral_does_not_hold(case: Case, dated: date, day: date) -> Message:
    origin = case.claim.referred_from
    values = {"origin": facility_named(case, origin) if origin else UNNAMED, "dated": dated, "day": day}
    if dated > day:
        return say("The referral from {origin} of {dated} is later than the visit of {day}.", **values)
    limit = case.number("referral_valid_days", 30)
    return say(
        "The referral from {origin} of {dated} held until {until}, {limit} days; the visit was on {day}.",
        until=days_later(dated, limit),
        limit=limit,
        **values,
    )


@rule(
    "R04",
    title=say("Care in another province"),
    severity=Severity.WARN,
    fix=say("Nothing to send. The office settles care across provinces."),
)
def care_in_another_province(case: Case) -> Findings:
    """The member lives in another province than the facility's and came neither by referral nor as an emergency. The
    province is the first two digits of the member's district.

    Passes: member of district 1003, facility in province 10.
    Fails: member of district 0101, facility in province 10.
    """
    province = case.facility.province_code if case.facility else ""
    district = case.member.district_code if case.member else ""
    if province and district and district[:2] != province and _came_by_himself(case):
        values = {"district": _district_named(district), "home": _province_named(district[:2])}
        values |= {"place": own_facility(case), "province": _province_named(province)}
        message = say("The member lives in {district}, province {home}; {place} is in province {province}.", **values)
        yield Finding(message=message)


def _district_named(code: str) -> Words:
    row = districts().get(code)
    return named(code, row.name) if row else plain(code)


def _province_named(code: str) -> Words:
    row = provinces().get(code)
    return named(code, row.name) if row else plain(code)
