"""X: the same care claimed twice. Earlier claims that are void or denied count for nothing."""

from __future__ import annotations

from collections.abc import Iterator

from claims_desk.domain.codes import INPATIENT, CareType, Severity
from claims_desk.domain.facts import Claim, EarlierClaim
from claims_desk.domain.judgement import Case, Finding
from claims_desk.domain.messages import Message, say
from claims_desk.domain.terms import care_name
from claims_desk.rules.membership import folded
from claims_desk.rules.naming import earlier_named
from claims_desk.rules.rule import Findings, rule


@rule(
    "X01",
    title=say("Same visit claimed already"),
    severity=Severity.DENY,
    fix=say("The claim is not paid: the visit stands on the earlier claim."),
)
def same_visit_claimed_already(case: Case) -> Findings:
    """An earlier claim has the same member, facility, care type and first day.

    Passes: OPD at DH1 on 10/3/2026 and on 11/3/2026.
    Fails: OPD at DH1 on 10/3/2026, twice.
    """
    mine = case.claim
    for other in case.past:
        place = (other.facility_code, other.care_type, other.visit_from)
        if case.day and mine.care_type and place == (mine.facility_code, mine.care_type, case.day):
            values = {"care": care_name(mine.care_type), "claim": earlier_named(case, other)}
            yield Finding(message=say("The same visit ({care}) stands on {claim}.", **values), field="visit_from")
            return


@rule(
    "X02",
    title=say("Two stays share a night"),
    severity=Severity.PEND,
    fix=say("Check the days of both stays, then correct or void one of the claims."),
)
def stays_share_a_night(case: Case) -> Findings:
    """Nobody sleeps in two beds: an inpatient stay or delivery shares a night with an earlier one of the member, at any
    facility.

    Passes: until 12/3/2026 in one hospital, from 12/3/2026 in another.
    Fails: until 12/3/2026 in one hospital, from 11/3/2026 in another.
    """
    for other in _stays(case) if case.claim.care_type in INPATIENT else ():
        if _share_a_night(case.claim, other):
            values = {"first": case.day, "last": case.claim.visit_to, "claim": earlier_named(case, other)}
            message = say("The stay from {first} to {last} shares a night with {claim}.", **values)
            yield Finding(message=message, field="visit_from")
            return


def _share_a_night(mine: Claim, other: EarlierClaim) -> bool:
    if not (mine.visit_from and mine.visit_to and other.visit_from and other.visit_to):
        return False
    return mine.visit_from < other.visit_to and other.visit_from < mine.visit_to


def _stays(case: Case) -> Iterator[EarlierClaim]:
    return (other for other in case.past if other.care_type in INPATIENT)


@rule(
    "X03",
    title=say("Two facilities on one day"),
    severity=Severity.WARN,
    fix=say("Nothing to send. The office may look at the two visits."),
)
def two_facilities_on_one_day(case: Case) -> Findings:
    """The member was an outpatient at another facility on the same day.

    Passes: OPD at DH1 on 10/3/2026, at DH2 on 11/3/2026.
    Fails: OPD at DH1 and at DH2, both on 10/3/2026.
    """
    mine = case.claim
    for other in case.past if mine.care_type == CareType.OPD and case.day and mine.facility_code else ():
        elsewhere = other.facility_code != mine.facility_code
        if elsewhere and other.care_type == CareType.OPD and other.visit_from == case.day:
            message = say("On the same day also an outpatient: {claim}.", claim=earlier_named(case, other))
            yield Finding(message=message)
            return


@rule(
    "X04",
    title=say("Outpatient during a stay"),
    severity=Severity.PEND,
    fix=say("Check the days of the stay and of the visit, then correct or void one of the claims."),
)
def outpatient_during_a_stay(case: Case) -> Findings:
    """The member was an inpatient on the day: it lies strictly inside an earlier stay.

    Passes: a stay from 10/3/2026 to 12/3/2026, OPD on 12/3/2026.
    Fails: a stay from 10/3/2026 to 12/3/2026, OPD on 11/3/2026.
    """
    day = case.day
    for other in _stays(case) if case.claim.care_type == CareType.OPD else ():
        if day and other.visit_from and other.visit_to and other.visit_from < day < other.visit_to:
            message = say("{day} lies inside the stay of {claim}.", day=day, claim=earlier_named(case, other))
            yield Finding(message=message, field="visit_from")
            return


@rule(
    "X05",
    title=say("Scan already attached elsewhere"),
    severity=Severity.WARN,
    fix=say("Compare the two claims: attach the right paper, or void the one keyed twice."),
)
def scan_attached_elsewhere(case: Case) -> Findings:
    """A page of an attached scan is already attached to an earlier claim, of whomever: one paper may be claimed twice.
    It is the same page where the bytes of the file and its number in it are.

    Passes: two claims with different pages of one file.
    Fails: two claims with the same page of a file.
    """
    scans = set(case.claim.scans)
    for other in case.earlier if scans else ():
        if other.counts and not scans.isdisjoint(other.scans):
            message = say("The same scan is attached to {claim}.", claim=earlier_named(case, other))
            yield Finding(message=message)
            return


@rule(
    "X06",
    title=say("Same patient under two numbers"),
    severity=Severity.PEND,
    fix=say("Find out which member number is the patient's, then correct or void one of the claims."),
)
def same_patient_under_two_numbers(case: Case) -> Findings:
    """An earlier claim of the facility has the same first day, the same name and birth date on the form, but another
    member number: one patient may have been claimed twice. Spelling marks and letter case do not make another name.

    Passes: two patients of one name, born on different days.
    Fails: NHI-7000001 and NHI-7000002, same name, birth date and day.
    """
    mine = case.claim
    asked = mine.patient_name and mine.member_no and mine.birth_date and mine.visit_from and mine.facility_code
    for other in case.earlier if asked else ():
        if other.birth_date == mine.birth_date and _looks_the_same(mine, other):
            yield Finding(message=_stands_elsewhere(case, other), field="member_no")
            return


def _stands_elsewhere(case: Case, other: EarlierClaim) -> Message:
    if other.blind:
        values = {"patient": case.claim.patient_name, "born": case.claim.birth_date}
        return say("{patient}, born on {born}, stands under another number too.", **values)
    return say(
        "{patient}, born on {born}, stands under the number {number} on {claim}.",
        patient=case.claim.patient_name,
        born=case.claim.birth_date,
        number=other.member_no,
        claim=earlier_named(case, other),
    )


def _looks_the_same(mine: Claim, other: EarlierClaim) -> bool:
    if not other.counts or (other.facility_code, other.visit_from) != (mine.facility_code, mine.visit_from):
        return False
    differ = bool(other.member_no) and mine.member_no != other.member_no
    return differ and folded(mine.patient_name) == folded(other.patient_name)
