"""A baby on its mother's number: whether a form is one's, and who of the number can be the mother."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final

from claims_desk.domain.codes import Sex
from claims_desk.domain.dates import completed_years
from claims_desk.domain.facts import Claim, Member
from claims_desk.domain.lao import fold

_DAYS_OF_A_BABY: Final = 366
_YOUNGEST_MOTHER: Final = 10  # completed years; diagnoses of birth begin at this age


def is_baby(claim: Claim, day: date | None, members: Collection[Member]) -> bool:
    """Whether the patient, under one year on `day`, goes on the mother's number and has none of its own.

    Somebody of the number born within a year of the form's birth date is the child itself; a form with the name of
    somebody of the number, and no other sex, is his or hers with a slip in the date.
    """
    born = claim.birth_date
    if born is None or day is None or not 0 <= (day - born).days < _DAYS_OF_A_BABY:
        return False
    if any(abs((member.birth_date - born).days) < _DAYS_OF_A_BABY for member in members):
        return False
    return bool(mothers(members, born)) and not any(_is_named(claim, who) for who in members)


def mothers(members: Collection[Member], born: date | None) -> set[str]:
    """The persons who can be the mother of a child born on the day."""
    women = [member for member in members if member.sex == Sex.F]
    return {she.person_no for she in women if born and completed_years(she.birth_date, born) >= _YOUNGEST_MOTHER}


def baby_no(mother: str, claim: Claim) -> str:
    """A baby's own identity: claims of one baby are those of one mother with one birth date, sex and folded name."""
    return "/".join((mother, f"{claim.birth_date}", claim.sex, fold(claim.patient_name)))


def _is_named(claim: Claim, member: Member) -> bool:
    """Whether the form has the member's own name, and no other sex."""
    written = fold(claim.patient_name)
    alike = written != "" and written in (fold(member.name.lao), fold(member.name.roman))
    return alike and claim.sex in ("", member.sex)
