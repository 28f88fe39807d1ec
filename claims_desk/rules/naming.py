"""How messages name what they speak of: codes with their names, spans of days, ages, earlier claims."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, TypeVar

from claims_desk.domain.codes import INPATIENT, CareType, Level
from claims_desk.domain.facts import Dated, EarlierClaim, Item
from claims_desk.domain.judgement import BilledLine, Case
from claims_desk.domain.messages import ENGLISH, LAO, Message, Name, say
from claims_desk.domain.terms import SEXES, care_name, level_name

Words = Message | Name
EMPTY: Final = say("(empty)")
_MOST_NAMED = 3  # a message that lists more is not read
_MOST_NUMBERS = 20

Row = TypeVar("Row", bound=Dated)


def named(code: str, name: Name) -> Name:
    """A code with its name behind it, in either script."""
    return Name(f"{code} {name.text(LAO)}".rstrip(), f"{code} {name.text(ENGLISH)}".rstrip())


def plain(text: str) -> Words:
    """A text of the form as it stands there; an empty one is called so."""
    return Name(text, text) if text else EMPTY


def facility_named(case: Case, code: str) -> Words:
    """A facility's code and name; of one the register has not, the code alone."""
    row = case.registers.facilities.get(code)
    return named(code, row.name) if row else plain(code)


def own_facility(case: Case) -> Words:
    """The facility of the claim itself."""
    return facility_named(case, case.claim.facility_code)


def item_named(item: Item) -> Name:
    """An item's code and name."""
    return named(item.code, item.name)


def line_named(billed: BilledLine) -> Words:
    """The item of a line, known or not."""
    return item_named(billed.item) if billed.item else plain(billed.line.item_code)


def diagnosis_named(case: Case, code: str) -> Words:
    """A diagnosis by code and title; of one the register has not, the code alone."""
    row = case.registers.diagnoses.get(code)
    return named(code, row.title) if row else plain(code)


def sex_named(code: str) -> Message:
    """What a sex is called."""
    return SEXES.get(code) or Message(code)


def member_named(case: Case) -> Words:
    """The member's name by the register; his number where it has none."""
    name = case.member.name if case.member else Name("", "")
    return name if name.lao or name.roman else plain(case.claim.member_no)


def span(first: date | None, last: date | None) -> Message:
    """The days from `first` to `last`, both included; a blank end is open."""
    if first and last:
        return say("from {first} to {last}", first=first, last=last)
    if first:
        return say("from {first} on", first=first)
    return say("until {last}", last=last) if last else say("always")


def span_of(row: Dated) -> Message:
    """The days a dated row holds."""
    return span(row.valid_from, row.valid_to)


def nearest(rows: Iterable[Row], day: date) -> Row | None:
    """The row whose days are nearest to `day`, of two as near the later one; None where there is none."""
    return min(rows, key=lambda row: (_days_between(row, day), -row.valid_from.toordinal()), default=None)


def _days_between(row: Dated, day: date) -> int:
    if row.holds(day):
        return 0
    return min(abs((end - day).days) for end in (row.valid_from, row.valid_to) if end)


def ages(lowest: int | None, highest: int | None) -> Message:
    """A range of completed years with both ends; None is open."""
    if lowest is not None and highest is not None:
        return say("{lowest} to {highest} years", lowest=lowest, highest=highest)
    if lowest is not None:
        return say("{lowest} years and over", lowest=lowest)
    return say("up to {highest} years", highest=highest)


def days_later(day: date, days: int) -> date:
    """The day so many days after `day`; the calendar's last one where there is none so late."""
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


def listed(words: Iterable[Words]) -> Words:
    """Several in a row, with commas between; `none` where there are none."""
    found = list(words)
    if not found:
        return say("none")
    return Name(*(", ".join(one.text(language) for one in found) for language in (LAO, ENGLISH)))


def levels_named(levels: Iterable[str]) -> Words:
    """Levels by name, in the order of the ladder."""
    wanted = set(levels)
    return listed(level_name(level) for level in Level if level in wanted)


def cares_named(cares: Iterable[str]) -> Words:
    """Kinds of care by name."""
    wanted = set(cares)
    return listed(care_name(care) for care in CareType if care in wanted)


def numbers_listed(numbers: Sequence[int]) -> Words:
    """Numbers of lines; a long list is cut, and how many more there are is said."""
    shown = ", ".join(map(str, numbers[:_MOST_NUMBERS]))
    if len(numbers) <= _MOST_NUMBERS:
        return plain(shown)
    return say("{shown} and {more} more", shown=shown, more=len(numbers) - _MOST_NUMBERS)


def earlier_named(case: Case, earlier: EarlierClaim) -> Message:
    """An earlier claim by form number, facility and days; of one that is keyed a second time no more than its paper."""
    values = {"form": plain(earlier.form_no), "place": facility_named(case, earlier.facility_code)}
    if earlier.blind:
        return say("claim {form}, {place}", **values) if earlier.form_no else say("a claim a colleague keyed")
    first, last = earlier.visit_from or EMPTY, earlier.visit_to or EMPTY
    if earlier.care_type in INPATIENT:
        return say("claim {form}, {place}, {first} to {last}", first=first, last=last, **values)
    return say("claim {form}, {place}, {first}", first=first, **values)


def all_earlier_named(case: Case, claims: Sequence[EarlierClaim]) -> Words:
    """Earlier claims, the last of them by name; of more than a few it is said how many there are besides."""
    last = claims[-_MOST_NAMED:]
    shown = Name(*("; ".join(earlier_named(case, one).text(tongue) for one in last) for tongue in (LAO, ENGLISH)))
    if len(claims) <= _MOST_NAMED:
        return shown
    return say("{shown} and {more} more", shown=shown, more=len(claims) - _MOST_NAMED)
