"""What is asked about a monthly return before it closes: pure functions that give questions as values.

*Blank places*: "zero or not reported?", once for every group with blanks. Typing the answer into them answers it.

*Inpatients above outpatients*: of a group that stands in both lists, and of the two lists as a whole. Only totals are
held against each other, over sex, age and payment: a single place is too small to say anything. It is silent while
something of either side is blank or not reported. Groups of one list alone have nothing to be held against.

*Unusual numbers*: a group's total, or a list's, more than `iqrs` times the interquartile range below the first or
above the third quartile of the same total in the facility's closed returns of the `months` before. Quartiles lie
between the ordered values by straight line, the first at (n - 1) / 4 and the third at 3 (n - 1) / 4 from the
smallest (what spreadsheets call QUARTILE.INC). Exactly at the fence is not beyond it. It is silent with fewer than
`least` such months, and where the number is within `least_gap` patients of the nearer quartile: a facility that had
no case of measles all year need not explain one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from claims_desk.domain.codes import Section
from claims_desk.domain.diagnosis_groups import diagnosis_groups, group_of, groups_of
from claims_desk.domain.messages import Message, Name, say
from claims_desk.domain.monthly_return import Counts, blanks, block_of, row_of, whole_total

Block = tuple[Section, int]
"""A section and a group's number in it; 0 is the whole section."""

Totals = Mapping[Block, int]
"""The totals of a month's return; blocks not wholly reported are left out."""


class Asked(StrEnum):
    """The kinds of questions."""

    BLANK = "BLANK"
    IPD_ABOVE_OPD = "IPD_ABOVE_OPD"
    UNUSUAL = "UNUSUAL"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnLimits:
    """The parameters of the questions, as of the return's month."""

    months: int = 12
    least: int = 4
    iqrs: int = 3
    least_gap: int = 5


PARAMETERS: Final = {
    "months": "return_history_months",
    "least": "return_least_months",
    "iqrs": "return_outlier_iqrs",
    "least_gap": "return_least_gap",
}
"""A field of `ReturnLimits`, and the parameter that sets it from a day on."""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to be answered: `value` is the number asked about, `other` what it is held against.

    `other` of an unusual number is the fence it lies beyond, rounded to the nearest whole patient towards it.
    """

    kind: Asked
    section: Section
    group: int
    value: int
    other: int = 0

    @property
    def message(self) -> Message:
        """The question in words."""
        if self.kind == Asked.BLANK:
            return say("{group}: {count} places are blank. Zero, or not reported?", group=self._group, count=self.value)
        if self.kind == Asked.IPD_ABOVE_OPD:
            return say(
                "{group}: {ipd} inpatients, but only {opd} outpatients.",
                group=self._group,
                ipd=self.value,
                opd=self.other,
            )
        if self.value > self.other:
            return say(
                "{group}: {value} is far above this facility's last months (up to {fence}).",
                group=self._group,
                value=self.value,
                fence=self.other,
            )
        return say(
            "{group}: {value} is far below this facility's last months (from {fence}).",
            group=self._group,
            value=self.value,
            fence=self.other,
        )

    @property
    def _group(self) -> Message | Name:
        if self.group == 0:
            return SECTIONS_WHOLE[self.section]
        return say(
            "{section} {number}, {name}",
            section=self.section.value,
            number=self.group,
            name=group_of(self.section, self.group).name,
        )


SECTIONS_WHOLE = {Section.OPD: say("All outpatients"), Section.IPD: say("All inpatients")}


def questions(counts: Counts, past: Sequence[Totals], limits: ReturnLimits) -> list[Question]:
    """Every question about a return, in the order of the form; `past`: this facility's closed months before it."""
    now = totals_of(counts)
    found = [*_blank(counts), *_above(now), *_unusual(now, past, limits)]
    order = {section: place for place, section in enumerate(Section)}
    return sorted(found, key=lambda each: (list(Asked).index(each.kind), order[each.section], each.group))


def totals_of(counts: Counts) -> Totals:
    """The total of every group and section that is wholly reported."""
    blocks = [(group.section, group.number) for group in diagnosis_groups()] + [(section, 0) for section in Section]
    found = {block: whole_total(counts, block_of(*block)) for block in blocks}
    return {block: total for block, total in found.items() if total is not None}


def _blank(counts: Counts) -> Iterator[Question]:
    for group in diagnosis_groups():
        empty = len(blanks(counts, row_of(group.section, group.number)))
        if empty:
            yield Question(Asked.BLANK, group.section, group.number, empty)


def _above(now: Totals) -> Iterator[Question]:
    for ipd, opd in _pairs():
        if ipd in now and opd in now and now[ipd] > now[opd]:
            yield Question(Asked.IPD_ABOVE_OPD, *ipd, now[ipd], now[opd])


def _pairs() -> Iterator[tuple[Block, Block]]:
    yield (Section.IPD, 0), (Section.OPD, 0)
    for group in groups_of(Section.IPD):
        if group.twin is not None:
            yield (Section.IPD, group.number), (Section.OPD, group.twin)


def _unusual(now: Totals, past: Sequence[Totals], limits: ReturnLimits) -> Iterator[Question]:
    for (section, group), value in now.items():
        months = [month[section, group] for month in past if (section, group) in month]
        fence = beyond(value, months, limits)
        if fence is not None:
            yield Question(Asked.UNUSUAL, section, group, value, fence)


def beyond(value: int, months: Sequence[int], limits: ReturnLimits) -> int | None:
    """The fence, in whole patients within it, that `value` lies beyond; None where it lies within, or is not judged.

    Everything is reckoned in quarters of a patient, so that no rounding decides.
    """
    if len(months) < max(1, limits.least):
        return None
    first, third = _quartile_times_4(months, 1), _quartile_times_4(months, 3)
    reach = limits.iqrs * (third - first)
    if 4 * value > third + max(reach, 4 * limits.least_gap):
        return (third + reach) // 4
    if 4 * value < first - max(reach, 4 * limits.least_gap):
        return max(0, -((reach - first) // 4))
    return None


def _quartile_times_4(months: Sequence[int], quartile: int) -> int:
    ordered = sorted(months)
    at, part = divmod((len(ordered) - 1) * quartile, 4)
    after = ordered[min(at + 1, len(ordered) - 1)]
    return ordered[at] * (4 - part) + after * part
