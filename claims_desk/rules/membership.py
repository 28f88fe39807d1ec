"""M: who the patient is, whether the number covers the day, and whether another scheme pays first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from rapidfuzz import fuzz

from claims_desk.domain.codes import CoverageStatus, Relation, Severity
from claims_desk.domain.facts import Claim, Coverage, Member, Scheme
from claims_desk.domain.judgement import Case, Finding
from claims_desk.domain.lao import fold
from claims_desk.domain.messages import Message, say
from claims_desk.rules.naming import EMPTY, days_later, member_named, named, nearest, sex_named, span_of
from claims_desk.rules.rule import Findings, rule


@rule(
    "M01",
    title=say("Member number unknown"),
    severity=Severity.PEND,
    fix=say("Check scheme and member number against the member card and correct them."),
)
def member_number_unknown(case: Case) -> Findings:
    """No coverage in the register has this scheme and member number: a slip of the pen, or nobody's number.

    Passes: NHI and NHI-7000001, which the register has.
    Fails: NHI and NHI-700001, which it has not.
    """
    claim = case.claim
    if claim.scheme and claim.member_no and not case.coverages:
        if case.proposed:
            yield _waits_for_the_register(claim)
            return
        message = say("Scheme {scheme} has no member number {number}.", scheme=claim.scheme, number=claim.member_no)
        yield Finding(message=message, field="member_no")


def _waits_for_the_register(claim: Claim) -> Finding:
    values = {"scheme": claim.scheme, "number": claim.member_no}
    return Finding(
        message=say("Number {number} of {scheme} is proposed for the register; the administrator decides.", **values),
        fix=say("Nothing to correct: once the member is in the register, the claim is judged again."),
        field="member_no",
    )


@rule(
    "M02",
    title=say("Not covered on the day"),
    severity=Severity.DENY,
    fix=say("The membership did not cover this day; the claim is not paid. Check the member card before treatment."),
)
def not_covered_on_the_day(case: Case) -> Findings:
    """The number exists, but none of its coverages is in force on the first day of the visit. Both ends of a
    coverage are included.

    Passes: coverage until 10/3/2026, visit of 10/3/2026.
    Fails: coverage until 10/3/2026, visit of 11/3/2026.
    """
    if case.day and case.coverages and case.coverage is None:
        yield Finding(message=_not_covered(case, case.day), field="visit_from")


def _not_covered(case: Case, day: date) -> Message:
    row = nearest(case.coverages, day)
    values = {"number": case.claim.member_no, "day": day, "span": span_of(row) if row else EMPTY}
    return say("Member number {number} is not covered on {day}; its nearest cover is {span}.", **values)


@rule(
    "M03",
    title=say("Membership suspended"),
    severity=Severity.PEND,
    fix=say("Ask the office that keeps the membership to lift the suspension, then send the claim again."),
)
def membership_suspended(case: Case) -> Findings:
    """The coverage in force on the first day is suspended, for instance while a contribution is not paid. It may be
    lifted, so the claim waits.

    Passes: an active coverage.
    Fails: a suspended coverage.
    """
    if case.coverage and case.coverage.status == CoverageStatus.SUSPENDED:
        values = {"number": case.claim.member_no, "member": member_named(case), "span": span_of(case.coverage)}
        message = say("The membership {number} of {member} is suspended {span}.", **values)
        yield Finding(message=message, field="member_no")


@rule(
    "M04",
    title=say("Visit after the day of death"),
    severity=Severity.DENY,
    fix=say("The claim is not paid. Check who was treated under this member number."),
)
def visit_after_death(case: Case) -> Findings:
    """A visit that begins after the member's day of death was somebody else's. A newborn goes on under the number of
    a mother who died.

    Passes: died 12/3/2026, visit of 12/3/2026.
    Fails: died 12/3/2026, visit of 13/3/2026.
    """
    died = case.member.death_date if case.member else None
    if died and case.day and case.day > died and not case.baby:
        values = {"day": case.day, "member": member_named(case), "died": died}
        yield Finding(message=say("The visit of {day} is after {member} died on {died}.", **values), field="visit_from")


@rule(
    "M05",
    title=say("Sex differs from the register"),
    severity=Severity.PEND,
    fix=say("Check the member number and the patient's sex against the member card."),
)
def sex_differs(case: Case) -> Findings:
    """The sex on the form is not that of the member: the number may be another person's. An empty one is not asked,
    nor that of a newborn on the mother's number.

    Passes: F on the form, F in the register.
    Fails: F on the form, M in the register.
    """
    written, member = case.claim.sex, case.member
    if written and member and member.sex and written != member.sex and not case.baby:
        values = {"written": sex_named(written), "member": member_named(case), "known": sex_named(member.sex)}
        message = say("The form gives the sex {written}; {member} is {known} in the register.", **values)
        yield Finding(message=message, field="sex")


@rule(
    "M06",
    title=say("Birth date differs from the register"),
    severity=Severity.PEND,
    fix=say("Check the member number and the date of birth against the member card or the family book."),
)
def birth_date_differs(case: Case) -> Findings:
    """The birth date on the form is further from the register's than `birth_tolerance_days`: many people know their
    year only, so about a year is forgiven. A newborn goes on the mother's number for `newborn_days` after birth, later
    on its own. A form with the mother's own name is hers, with a slip in the date.

    Passes: 1/1/1980 on the form, 1/1/1981 in the register: 366 days apart.
    Fails: 1/1/1980 on the form, 2/1/1981 in the register: 367 days apart.
    """
    born, member, day = case.claim.birth_date, case.member, case.day
    days_apart = abs((born - member.birth_date).days) if born and member else 0
    if born and day and case.baby:
        if (day - born).days > (limit := case.number("newborn_days", 30)):
            yield _no_newborn_more(born, day, limit)
    elif born and member and days_apart and days_apart > (limit := case.number("birth_tolerance_days", 366)):
        yield _born_on_another_day(case, born, member, limit)


def _born_on_another_day(case: Case, born: date, member: Member, limit: int) -> Finding:
    values = {"written": born, "member": member_named(case), "known": member.birth_date, "limit": limit}
    days = abs((born - member.birth_date).days)
    message = say(
        "Born on {written} by the form; {member} on {known} by the register: {days} days apart, {limit} are forgiven.",
        days=days,
        **values,
    )
    return Finding(message=message, field="birth_date")


def _no_newborn_more(born: date, day: date, limit: int) -> Finding:
    """What is said of a child that is too old for the mother's number."""
    values = {"born": born, "day": day, "days": (day - born).days, "limit": limit}
    message = say(
        "The child born on {born} was {days} days old on {day}. A newborn is covered under the mother's number until "
        "{until} ({limit} days); then it needs a number of its own.",
        until=days_later(born, limit),
        **values,
    )
    fix = say("Register the child and claim under its own number. If the date of birth is wrong, correct it.")
    return Finding(message=message, fix=fix, field="member_no")


@rule(
    "M07",
    title=say("Name unlike the register's"),
    severity=Severity.PEND,
    fix=say("Check the member number and the patient's name against the member card."),
)
def name_unlike(case: Case) -> Findings:
    """The name on the form is unlike both the Lao and the Roman name of the member: their likeness, from 0 to 100,
    is under `name_similarity`. Spelling, order of words and missing spaces are forgiven. The name of a newborn on the
    mother's number is not asked.

    Passes: Vongphachan Khamsai, registered as Khamsay Vongphachan.
    Fails: Bounmy Sisavath, registered as Khamsay Vongphachan.
    """
    written, member = case.claim.patient_name, case.member
    names = (member.name.lao, member.name.roman) if member else ()
    if written and member and written not in names and any(names) and not case.baby:
        best = max(likeness(written, known) for known in names if known)
        if best < case.number("name_similarity", 80):
            yield Finding(message=_other_name(case.claim, member), field="patient_name")


def _other_name(claim: Claim, member: Member) -> Message:
    values = {"written": claim.patient_name, "number": claim.member_no, "known": member.name}
    return say("The form names {written}; number {number} is that of {known}.", **values)


def likeness(written: str, known: str) -> float:
    """How alike two names are, 0 to 100: RapidFuzz token_sort_ratio of the folded names.

    Lao needs no space between first and family name: where only one of the two has one, they are compared
    without as well.
    """
    one, other = folded(written), folded(known)
    best = fuzz.token_sort_ratio(one, other)
    if (" " in one) != (" " in other):
        best = max(best, fuzz.ratio(one.replace(" ", ""), other.replace(" ", "")))
    return best


@lru_cache(maxsize=50_000)
def folded(name: str) -> str:
    """The name in the one spelling names are compared in; remembered, because names come again and again."""
    return fold(name)


@rule(
    "M08",
    title=say("Another scheme pays first"),
    severity=Severity.DENY,
    fix=say("Send the claim to the scheme named in the message."),
)
def another_scheme_pays_first(case: Case) -> Findings:
    """The person has another active coverage in force on the first day, of a scheme that pays before this one (the
    smaller payer order). Of several the first to pay is named. A cover in its
    waiting time is in force too: it is for that scheme to say that it does not pay yet.

    Passes: a claim to SASS of a person covered by SASS and NHI.
    Fails: a claim to NHI of a person covered by SASS and NHI.
    """
    mine = case.scheme
    before = [cover for cover in _other_covers(case) if mine and cover[0].payer_order < mine.payer_order]
    if before:
        first = min(before, key=lambda cover: cover[0].payer_order)
        yield Finding(message=_pays_first(case, *first), field="scheme")


def _pays_first(case: Case, scheme: Scheme, row: Coverage) -> Message:
    values = _cover_values(case, scheme, row)
    return say("The patient is also covered by {scheme}, number {number}, {span}; it pays before {mine}.", **values)


def _cover_values(case: Case, scheme: Scheme, row: Coverage) -> dict[str, object]:
    return {
        "scheme": named(scheme.code, scheme.name),
        "number": row.member_no,
        "span": span_of(row),
        "mine": case.claim.scheme,
    }


def _other_covers(case: Case) -> Iterator[tuple[Scheme, Coverage]]:
    if len(case.person_coverages) < 2 or case.member is None or case.day is None:
        return
    number = (case.claim.scheme, case.claim.member_no)
    for row in case.person_coverages:
        scheme = case.registers.schemes.get(row.scheme)
        other = row.person_no == case.member.person_no and (row.scheme, row.member_no) != number
        if other and scheme and row.status == CoverageStatus.ACTIVE and row.holds(case.day):
            yield scheme, row


@rule(
    "M09",
    title=say("Two schemes of the same rank"),
    severity=Severity.WARN,
    fix=say("Make sure that the other scheme was not sent the same claim."),
)
def another_scheme_of_same_rank(case: Case) -> Findings:
    """The person has another active coverage in force on the first day whose scheme has the same payer order: both
    might pay.

    Passes: covered by SASS alone.
    Fails: covered by SASS and SSO, which have the same order.
    """
    mine = case.scheme
    same = [cover for cover in _other_covers(case) if mine and cover[0].payer_order == mine.payer_order]
    if same:
        values = _cover_values(case, *same[0])
        message = say("The patient is also covered by {scheme}, number {number}, {span}; {mine} ranks alike.", **values)
        yield Finding(message=message)


@rule(
    "M10",
    title=say("Within the waiting time"),
    severity=Severity.DENY,
    fix=say("The waiting time was not over and the claim is not paid. Tell the member from which day he is covered."),
)
def within_waiting_time(case: Case) -> Findings:
    """Some schemes pay only some days after a coverage begins: its first day plus the scheme's waiting days. Counted
    is the coverage in force on the first day of the visit, as the register has it: who moves over from another scheme
    waits again, also without a gap.

    Passes: covered from 1/1/2026, 90 days to wait, visit of 1/4/2026.
    Fails: covered from 1/1/2026, 90 days to wait, visit of 31/3/2026.
    """
    row, scheme, day = case.coverage, case.scheme, case.day
    if row and scheme and scheme.waiting_days and day and (day - row.valid_from).days < scheme.waiting_days:
        yield Finding(message=_still_waits(case, row, scheme), field="visit_from")


def _still_waits(case: Case, row: Coverage, scheme: Scheme) -> Message:
    values = {"day": case.day, "scheme": scheme.code, "began": row.valid_from, "wait": scheme.waiting_days}
    return say(
        "The visit of {day} is before {starts}: {scheme} began on {began} and pays after {wait} days.",
        starts=days_later(row.valid_from, scheme.waiting_days),
        **values,
    )


@rule(
    "M11",
    title=say("Too old to be covered as a child"),
    severity=Severity.DENY,
    fix=say("The claim is not paid. The patient needs a membership of his own."),
)
def too_old_for_a_child(case: Case) -> Findings:
    """A member covered as a child is covered until the day before the birthday at `child_age_limit`.

    Passes: a child of 17 years on the first day of the visit.
    Fails: a child of 18 years on the first day of the visit.
    """
    covered_as_child = case.coverage is not None and case.coverage.relation == Relation.CHILD and not case.baby
    if covered_as_child and case.age is not None and case.age >= (limit := case.number("child_age_limit", 18)):
        yield Finding(message=_no_child(case, limit), field="member_no")


def _no_child(case: Case, limit: int) -> Message:
    values = {"member": member_named(case), "born": case.born, "age": case.age, "day": case.day}
    return say(
        "{member}, born on {born}, was {age} on {day}; a child is covered under the age of {limit}.",
        limit=limit,
        **values,
    )
