"""What is keyed a second time, blind, and how two keyings are compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any, Final

from claims_desk.domain.facts import Claim, Line

IDENTITY_AND_MONEY: Final = (
    *("form_no", "facility_code", "scheme", "member_no", "care_type", "visit_from", "visit_to", "case_group"),
    *("diagnosis_main", "diagnosis_2", "diagnosis_3", "diagnosis_4", "copay_collected", "claimed_total"),
    "received_date",
)
LINE_FIELDS: Final = ("item_code", "service_date", "quantity", "unit_price")
_DAYS: Final = frozenset({"visit_from", "visit_to", "received_date", "service_date"})
_KIP: Final = frozenset({"copay_collected", "claimed_total", "unit_price"})


@dataclass(frozen=True, slots=True)
class Difference:
    """A field two clerks keyed differently, as texts: days in ISO form, kip ungrouped; empty is an empty field.

    A field of a line is named `lines.2.quantity`. `chosen` and `erred` ("first", "second" or "both") are set when a
    third person has decided; None until then.
    """

    field: str
    first: str
    second: str
    chosen: str | None = None
    erred: str | None = None

    def decided(self, chosen: str) -> Difference:
        """The difference with what the paper says, and who erred."""
        erred = {self.first: "second", self.second: "first"}.get(chosen, "both")
        return replace(self, chosen=chosen, erred=erred)


def differences(first: Claim, second: Claim) -> list[Difference]:
    """The fields of identity and money in which two keyings of one form differ, in the order of the form.

    Lines are laid beside one another by their items: one left out is one line that differs, not all those below it.
    """
    return [Difference(name, one, other) for name, one, other in _pairs(first, second) if one != other]


def fields_compared(first: Claim, second: Claim) -> int:
    """How many fields a comparison looks at."""
    return len(_pairs(first, second))


def _pairs(first: Claim, second: Claim) -> list[tuple[str, str, str]]:
    ours, theirs = dict(texts_of(first)), dict(texts_of(replace(second, lines=tuple(_beside(first, second)))))
    return [(name, ours.get(name, ""), theirs.get(name, "")) for name in dict.fromkeys([*ours, *theirs])]


def _beside(first: Claim, second: Claim) -> Iterator[Line]:
    """The second keying's lines under the numbers of the first's; what the first has not follows after its last."""
    ours, theirs = [line.item_code for line in first.lines], [line.item_code for line in second.lines]
    number = max((line.line_no for line in first.lines), default=0)
    for _, begin, end, other, other_end in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        for place, line in enumerate(second.lines[other:other_end]):
            if begin + place < end:
                yield replace(line, line_no=first.lines[begin + place].line_no)
            else:
                number += 1
                yield replace(line, line_no=number)


def with_values(claim: Claim, texts: Mapping[str, str]) -> Claim:
    """The claim with the fields named as in a Difference set to these texts; a line left empty falls away.

    Raises ValueError for a text its field cannot hold, KeyError for a field that is not compared.
    """
    own = {name: as_value(name, text) for name, text in texts.items() if not name.startswith("lines.")}
    if unknown := own.keys() - set(IDENTITY_AND_MONEY):
        raise KeyError(unknown)
    lines = {line.line_no: line for line in claim.lines}
    for name, text in texts.items():
        if name.startswith("lines."):
            _, number, field = name.split(".")
            line = lines.get(int(number), Line(line_no=int(number)))
            lines[line.line_no] = replace(line, **{field: as_value(field, text)})
    kept = tuple(line for _, line in sorted(lines.items()) if line != Line(line_no=line.line_no))
    return replace(claim, lines=kept, **own)


def errors_of(found: Iterable[Difference], whose: str) -> int:
    """In how many decided fields `whose` keying ("first" or "second") was wrong."""
    return sum(one.erred in (whose, "both") for one in found)


def texts_of(claim: Claim) -> Iterator[tuple[str, str]]:
    """Every field that is compared, with what stands in it as a Difference writes it."""
    for name in IDENTITY_AND_MONEY:
        value = claim.last_day if name == "visit_to" else getattr(claim, name)
        yield name, as_text(value)
    for line in claim.lines:
        for field in LINE_FIELDS:
            value = claim.day_of(line) if field == "service_date" else getattr(line, field)
            yield f"lines.{line.line_no}.{field}", as_text(value)


def as_text(value: Any) -> str:
    """A field's value as a Difference writes it."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if value.is_finite() else str(value)
    return str(value).strip()


def as_value(field: str, text: str) -> Any:
    """The value of a field (`quantity` for `lines.2.quantity`). Raises ValueError for a text it cannot hold."""
    if field in _DAYS:
        return date.fromisoformat(text) if text else None
    if field in _KIP:
        return int(text) if text else None
    if field == "quantity":
        return Decimal(text) if text else None
    return text
