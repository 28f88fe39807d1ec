"""Makes some claims wrong, one way each, and remembers which."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from claims_desk.demo.claims import Folder, Quarter, all_forms
from claims_desk.demo.forms import Form
from claims_desk.demo.patients import Patients
from claims_desk.demo.writing import Scribe

_TRIES: Final = 600


@dataclass(frozen=True, slots=True)
class Expected:
    """A claim made wrong: the rule code meant to find it, empty where no rule can, and what was done."""

    form_no: str
    facility_code: str
    code: str
    what: str


@dataclass(slots=True)
class Workshop:
    """What a fault may use to spoil a form."""

    rng: Random
    quarter: Quarter
    scribe: Scribe
    patients: Patients
    folders: Sequence[Folder]
    forms: list[Form]
    untouched: set[int]

    def earlier(self, form: Form, wanted: Callable[[Form], bool]) -> Form | None:
        """A clean form keyed before this one; it stays clean from now on."""
        place = self.forms.index(form)
        for other in self.rng.sample(self.forms[:place], place):
            if id(other) in self.untouched and wanted(other):
                return other
        return None

    def keep(self, *forms: Form) -> None:
        """Nobody spoils these forms any more."""
        self.untouched.difference_update(map(id, forms))


Fault = Callable[[Workshop, Form], bool]


@dataclass(frozen=True, slots=True)
class KnownFault:
    """A way of going wrong; `spoil` answers False, the form unchanged, where it does not fit."""

    code: str
    what: str
    spoil: Fault


FAULTS: Final[list[KnownFault]] = []


def fault(code: str) -> Callable[[Fault], Fault]:
    """Enter a function in the list of faults under the rule that should find it, "" where none can.

    Its docstring says what is wrong with the form.
    """

    def enter(spoil: Fault) -> Fault:
        FAULTS.append(KnownFault(code, (spoil.__doc__ or "").rstrip("."), spoil))
        return spoil

    return enter


def spoil_claims(shop: Workshop, count: int) -> list[Expected]:
    """Make `count` claims wrong, every fault in turn; a fault that fits no claim is left out."""
    expected: list[Expected] = []
    ways = list(FAULTS)
    while len(expected) < count and ways:
        for way in list(ways):
            if len(expected) >= count:
                break
            form = _spoilt(shop, way)
            if form is None:
                ways.remove(way)
            else:
                expected.append(Expected(form.paper.form_no, form.paper.facility_code, way.code, way.what))
    return expected


def _spoilt(shop: Workshop, way: KnownFault) -> Form | None:
    for form in shop.rng.sample(shop.forms, min(_TRIES, len(shop.forms))):
        if id(form) in shop.untouched and way.spoil(shop, form):
            shop.keep(form)
            return form
    return None


def workshop(quarter: Quarter, folders: Sequence[Folder]) -> Workshop:
    """A workshop over all forms of the quarter."""
    forms = list(all_forms(folders))
    return Workshop(
        quarter.rng, quarter, quarter.scribe, quarter.patients, folders, forms, {id(form) for form in forms}
    )
