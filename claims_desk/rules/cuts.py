"""What is cut before a co-payment is taken: quantities by day and year, amounts by claim and by member and year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Set
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from claims_desk.domain.codes import Period
from claims_desk.domain.facts import EarlierClaim
from claims_desk.domain.judgement import BilledLine, Case

ANY_CARE = "ANY"


class Quantity(NamedTuple):
    """What is left of a line's quantity after the limits per day (T07) and per year (L02)."""

    billed: BilledLine
    asked: int
    after_day: int
    after_year: int


@dataclass(frozen=True, slots=True)
class Cut:
    """A ceiling that was passed, in kip: `used` by earlier claims of the year, `after` is what stays of `before`.

    `care_type` is the kind of care a ceiling per year is for, or ANY.
    """

    ceiling: int
    used: int
    before: int
    after: int
    care_type: str = ANY_CARE


def cut_quantities(case: Case, denied: Set[int]) -> list[Quantity]:
    """The quantities of all lines, later lines cut first; denied lines use nothing up."""
    by_day: defaultdict[tuple[str, date], int] = defaultdict(int)
    by_year: defaultdict[tuple[str, int], int] = defaultdict(int)
    return [_cut(case, billed, billed.line_no not in denied, by_day, by_year) for billed in case.billed]


def _cut(
    case: Case,
    billed: BilledLine,
    counts: bool,
    by_day: defaultdict[tuple[str, date], int],
    by_year: defaultdict[tuple[str, int], int],
) -> Quantity:
    item, day, asked = billed.item, billed.day, billed.quantity or 0
    if item is None or day is None or (item.max_per_day is None and item.max_per_year is None):
        return Quantity(billed, asked, asked, asked)
    today, this_year = (item.code, day), (item.code, day.year)
    after_day = after_year = _within(item.max_per_day, by_day[today], asked)
    if item.max_per_year is not None:
        used = by_year[this_year] + used_before(case, item.code, day.year)
        after_year = _within(item.max_per_year, used, after_day)
    if counts:
        by_day[today] += after_day
        by_year[this_year] += after_year
    return Quantity(billed, asked, after_day, after_year)


def _within(limit: int | None, used: int, asked: int) -> int:
    return asked if limit is None else max(0, min(asked, limit - used))


def used_before(case: Case, item_code: str, year: int) -> int:
    """The quantity of an item that earlier claims of the member had in a calendar year."""
    return sum(given.quantity for given in case.past_lines.get(item_code, ()) if given.day.year == year)


def claim_cut(case: Case, allowed: int) -> Cut | None:
    """The ceiling per claim, of its kind of care or of ANY, where what is allowed passes it."""
    found = [_ceiling(case, care_type, Period.CLAIM) for care_type in (case.claim.care_type, ANY_CARE)]
    ceiling = min((kip for kip in found if kip is not None), default=None)
    return Cut(ceiling, 0, allowed, ceiling) if ceiling is not None and allowed > ceiling else None


def year_cut(case: Case, allowed: int) -> Cut | None:
    """The ceiling per member and calendar year that leaves least, where what is allowed passes it.

    One for a kind of care counts the earlier claims of that kind, one for ANY all of them; both only claims
    under the same scheme.
    """
    cuts = []
    for care_type in (case.claim.care_type, ANY_CARE):
        ceiling = _ceiling(case, care_type, Period.YEAR)
        if ceiling is not None:
            used = _allowed_before(case, care_type)
            cuts.append(Cut(ceiling, used, allowed, max(0, ceiling - used), care_type))
    tightest = min(cuts, key=lambda cut: cut.after, default=None)
    return tightest if tightest and tightest.after < allowed else None


def _ceiling(case: Case, care_type: str, period: Period) -> int | None:
    if case.day is None:
        return None
    row = case.registers.ceilings.on(case.day, case.claim.scheme, care_type, period)
    return row.amount if row else None


def _allowed_before(case: Case, care_type: str) -> int:
    return sum(earlier.allowed for earlier in under_ceiling(case, care_type, case.day.year)) if case.day else 0


def under_ceiling(case: Case, care_type: str, year: int) -> Iterator[EarlierClaim]:
    """The earlier claims a ceiling per member and year counts: of the same scheme, of its kind of care or of ANY."""
    for earlier in case.past_of_year(year):
        if earlier.scheme == case.claim.scheme and care_type in (ANY_CARE, earlier.care_type):
            yield earlier
