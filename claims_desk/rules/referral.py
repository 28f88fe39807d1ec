"""R: the way a patient came - by referral from below, as an emergency, or from another province."""

from __future__ import annotations

from claims_desk.domain.codes import CoverageOption, Level, Severity
from claims_desk.domain.facts import Facility
from claims_desk.domain.judgement import Case, Finding
from claims_desk.domain.messages import say
from claims_desk.rules.rule import Findings, rule


@rule(
    "R01",
    title=say("No referral"),
    severity=Severity.PEND,
    fix=say("Send the referral slip with code and day, or the proof that it was an emergency."),
)
def no_referral(case: Case) -> Findings:
    """At the levels the scheme names, a patient comes with a referral or as an emergency. The CBHI option BLUE has free
    access.

    Passes: a provincial hospital, referred from a district hospital.
    Fails: a provincial hospital, no emergency, nothing said of a referral.
    """
    scheme, facility = case.scheme, case.facility
    if not scheme or not facility or facility.level not in scheme.referral_levels:
        return
    if _came_by_himself(case) and not _has_option(case, CoverageOption.BLUE):
        values = {"scheme": scheme.code, "code": facility.code, "level": facility.level}
        message = say("{scheme} asks for a referral to {code} (level {level}); none is given.", **values)
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
    """A referral leads upwards, HC < DH < PH = RH < CH, from a facility in the register. Under the CBHI option RED it
    leads through a district hospital to all that is above one.

    Passes: from a health centre to a district hospital.
    Fails: from one provincial hospital to another, or from a code nobody has.
    """
    code, here = case.claim.referred_from, case.facility
    origin = case.registers.facilities.get(code)
    if code and origin is None:
        yield Finding(message=say("The referring facility {code} is unknown.", code=code), field="referred_from")
    elif origin and here and not _leads_here(case, origin, here):
        values = {"code": code, "low": origin.level, "here": here.code, "high": here.level}
        message = say("{code} (level {low}) does not refer to {here} (level {high}).", **values)
        yield Finding(message=message, field="referred_from")


def _leads_here(case: Case, origin: Facility, here: Facility) -> bool:
    rank = Level(here.level).rank
    if _has_option(case, CoverageOption.RED) and rank > Level.DH.rank and origin.level != Level.DH:
        return False
    return Level(origin.level).rank < rank


@rule(
    "R03",
    title=say("Day of referral missing or wrong"),
    severity=Severity.PEND,
    fix=say("Write the day of the referral slip. A slip that is too old must be renewed before the visit."),
)
def referral_day_wrong(case: Case) -> Findings:
    """A referral is dated, not after the first day of the visit and not more than `referral_valid_days` before it.
    Without a referring facility the day is not asked.

    Passes: referred 8/2/2026, visit of 10/3/2026, 30 days later.
    Fails: referred 7/2/2026, visit of 10/3/2026, or no day at all.
    """
    dated, day = case.claim.referral_date, case.day
    if case.claim.referred_from and dated is None:
        yield Finding(message=say("The day of the referral is empty."), field="referral_date")
    elif case.claim.referred_from and dated and day and not _still_holds(case, (day - dated).days):
        values = {"dated": dated, "day": day, "limit": case.number("referral_valid_days", 30)}
        message = say("Referred on {dated}, visit on {day}: a referral holds for {limit} days.", **values)
        yield Finding(message=message, field="referral_date")


def _still_holds(case: Case, days: int) -> bool:
    return 0 <= days <= case.number("referral_valid_days", 30)


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
        values = {"district": district, "province": province}
        yield Finding(
            message=say("The member is of district {district}, the facility of province {province}.", **values)
        )
