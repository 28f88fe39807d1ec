"""The totals a bundle is tied by: forms, kip and the sum of the form numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_LAST_DIGITS = re.compile(r"[0-9]+(?=[^0-9]*$)")


@dataclass(frozen=True, slots=True)
class Totals:
    """Forms, kip claimed and sum of the form numbers, counted by hand or added up from what is keyed."""

    forms: int = 0
    kip: int = 0
    form_numbers: int = 0

    def __sub__(self, other: Totals) -> Totals:
        return Totals(self.forms - other.forms, self.kip - other.kip, self.form_numbers - other.form_numbers)


def form_number(form_no: str) -> int:
    """The number a form counts with in the sum: its last run of digits, 0 where it has none."""
    digits = _LAST_DIGITS.search(form_no)
    return int(digits[0]) if digits else 0


def totals_of(forms: Iterable[tuple[str, int | None]]) -> Totals:
    """The totals of forms given as number and kip claimed."""
    listed = list(forms)
    return Totals(len(listed), sum(kip or 0 for _, kip in listed), sum(form_number(form_no) for form_no, _ in listed))
