"""Which form of a bundle was keyed wrong, as far as its totals tell: slips of the finger leave traces in a sum."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claims_desk.domain.facts import Claim
from claims_desk.domain.messages import Message, say
from claims_desk.domain.totals import Totals, form_number

_TENS = (10, 100, 1_000)  # a zero, two or three too many or too few


@dataclass(frozen=True, slots=True)
class Suspect:
    """A form that would explain a difference alone; `why` says what slip of the finger it would be."""

    claim_id: int
    form_no: str
    why: Message


def suspects(claims: Sequence[Claim], gap: Totals) -> list[Suspect]:
    """The forms that explain `gap` (keyed less counted) alone, the likeliest first; none where nothing points to one.

    Only asked where as many forms are keyed as were counted, or one more.
    """
    if gap.forms == 1:
        return [_suspect(claim, say("without it all totals agree")) for claim in claims if _totals(claim) == gap]
    if gap.forms:
        return []
    numbers = sorted(form_number(claim.form_no) for claim in claims)
    found = []
    for claim in claims:
        reasons = [*_of_total(claim, gap.kip), *_of_number(form_number(claim.form_no), gap.form_numbers, numbers)]
        if reasons:
            found.append((len(reasons), _suspect(claim, reasons[0])))
    return [suspect for _, suspect in sorted(found, key=lambda each: -each[0])]


def _suspect(claim: Claim, why: Message) -> Suspect:
    return Suspect(claim.id, claim.form_no, why)


def _totals(claim: Claim) -> Totals:
    return Totals(1, claim.claimed_total or 0, form_number(claim.form_no))


def _of_total(claim: Claim, gap: int) -> Iterator[Message]:
    """What in the total claimed explains a gap in kip; a total that is the sum of its lines was keyed right."""
    total = claim.claimed_total or 0
    meant = total - gap
    of_lines = sum(line.claimed for line in claim.lines) if claim.lines else None
    if not gap or meant < 0 or of_lines == total:
        return
    if of_lines == meant:
        yield say("its lines come to {kip:kip} kip", kip=meant)
    if not total:
        yield say("its total is blank: {kip:kip} kip lack", kip=meant)
    elif any(total == meant * ten or meant == total * ten for ten in _TENS):
        yield say("a zero of its total looks wrong: {kip:kip} kip", kip=meant)
    elif is_swapped(total, meant):
        yield say("two figures of its total look swapped: {kip:kip} kip", kip=meant)


def _of_number(number: int, gap: int, numbers: Sequence[int]) -> Iterator[Message]:
    """What in the form number explains a gap in their sum: the number meant is free among `numbers`, in their order."""
    meant = number - gap
    if not gap or meant <= 0 or len(numbers) < 2:
        return
    lowest = numbers[1] if number == numbers[0] else numbers[0]
    highest = numbers[-2] if number == numbers[-1] else numbers[-1]
    if (is_swapped(number, meant) or lowest - 1 <= meant <= highest + 1) and meant not in numbers:
        yield say("its number may be {number}", number=meant)


def is_swapped(one: int, other: int) -> bool:
    """Whether two numbers differ by two figures beside each other that changed places."""
    width = len(str(max(one, other)))
    first, second = str(one).zfill(width), str(other).zfill(width)
    apart = [place for place, (a, b) in enumerate(zip(first, second, strict=True)) if a != b]
    if len(apart) != 2 or apart[1] - apart[0] != 1:
        return False
    left, right = apart
    return (first[left], first[right]) == (second[right], second[left])
