"""The claims of a quarter as an office gets them: forms in bundles, one bundle a facility and month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Final

from claims_desk.demo.calendar import MONTHS, between, day_of_month, days, month_after
from claims_desk.demo.facilities import Site
from claims_desk.demo.forms import Fields, Form
from claims_desk.demo.patients import Patients
from claims_desk.demo.reasons import Reason
from claims_desk.demo.writing import Scribe
from claims_desk.domain.codes import INPATIENT

_CARE: Final[Mapping[str, Mapping[str, int]]] = {
    "HC": {"OPD": 70, "ANC": 9, "PNC": 4, "DELIVERY": 11, "IPD": 6},
    "DH": {"OPD": 48, "ANC": 6, "PNC": 3, "DELIVERY": 10, "IPD": 33},
    "PH": {"OPD": 38, "ANC": 4, "PNC": 2, "DELIVERY": 8, "IPD": 48},
    "CH": {"OPD": 40, "ANC": 0, "PNC": 0, "DELIVERY": 5, "IPD": 55},
}
_SCHEMES: Final = {"NHI": 60, "SASS": 15, "SSO": 9, "CBHI": 6, "HEF": 4, "MNCH": 3, "MIL": 3}
_PATIENCE: Final = 300  # tries in a row to find a patient, before a bundle stays thinner than planned


@dataclass(slots=True, eq=False)
class Folder:
    """A facility's paper of one month, in the order of its forms."""

    site: Site
    month: date
    received: date
    forms: list[Form] = field(default_factory=list)

    @property
    def number(self) -> str:
        """What stands in the files in place of the number the office will give it."""
        return f"{self.site.code}-{self.month:%Y%m}"


class Quarter:
    """Writes clean claims of a quarter: facilities by their weight, schemes and care by what is usual."""

    def __init__(self, rng: Random, sites: Sequence[Site], scribe: Scribe, patients: Patients) -> None:
        self.rng = rng
        self.sites = sites
        self.scribe = scribe
        self.patients = patients
        self.reasons: dict[str, list[Reason]] = {}
        self._next_form = {site.code: rng.randint(300, 4000) for site in sites}

    def folders(self, claims: int, reasons: Sequence[Reason]) -> list[Folder]:
        """Bundles of together `claims` forms, fewer where the members do not suffice, in the order of keying."""
        for reason in reasons:
            self.reasons.setdefault(reason.care_type, []).append(reason)
        working = [site for site in self.sites if site.closed_on is None]
        shares = _shares(claims, [site.weight for _ in MONTHS for site in working])
        places = [(month, site) for month in MONTHS for site in working]
        return [self._folder(site, month, share) for (month, site), share in zip(places, shares, strict=True) if share]

    def _folder(self, site: Site, month: date, count: int) -> Folder:
        folder = self.open_folder(site, month)
        misses = 0
        while len(folder.forms) < count and misses < _PATIENCE:
            form = self._clean_form(folder)
            misses = 0 if form else misses + 1
            folder.forms += [form] if form else []
        folder.forms.sort(key=lambda form: form.last)
        for form in folder.forms:
            self.number(form)
        return folder

    def open_folder(self, site: Site, month: date) -> Folder:
        """An empty bundle, received in the first weeks of the following month."""
        return Folder(site, month, between(self.rng, month_after(month) + days(2), month_after(month) + days(17)))

    def number(self, form: Form) -> None:
        """Give the form the facility's next number of the year."""
        self._next_form[form.site.code] += 1
        form.paper.form_no = f"{self._next_form[form.site.code]:06}"

    def _clean_form(self, folder: Folder) -> Form | None:
        rng, site = self.rng, folder.site
        care = rng.choices(list(_CARE[site.level]), list(_CARE[site.level].values()))[0]
        scheme = rng.choices(list(_SCHEMES), list(_SCHEMES.values()))[0]
        reason = self.reason(care)
        last = day_of_month(rng, folder.month)
        first = self.first_day(reason, last)
        cover = self.patients.find(site, scheme, reason, first) if self._possible(site, scheme, reason) else None
        if cover is None or not self.scribe.accepts(site, cover, reason, first):
            return None
        form = Form(site, folder.month, folder.received, cover, reason, first, last, Fields(submission=folder.number))
        self.scribe.fill(form, cover, reason, first, last)
        return form

    def _possible(self, site: Site, scheme: str, reason: Reason) -> bool:
        tariff = self.scribe.tariff
        takes = not reason.group or tariff.rate(reason.group, scheme, site.level, MONTHS[0]) is not None
        return scheme in site.schemes and takes and (scheme, site.level, reason.care_type) in tariff.methods

    def reason(self, care: str) -> Reason:
        """A reason for this kind of care, the frequent ones more often."""
        pool = self.reasons[care]
        return self.rng.choices(pool, [reason.weight for reason in pool])[0]

    def first_day(self, reason: Reason, last: date) -> date:
        """The day a stay that ended on `last` began; the same day for a visit."""
        if reason.care_type not in INPATIENT:
            return last
        return last - days(self.rng.randint(reason.stay_min, reason.stay_max))


def all_forms(folders: Sequence[Folder]) -> Iterator[Form]:
    """Every form in the order of keying."""
    for folder in folders:
        yield from folder.forms


def _shares(total: int, weights: Sequence[int]) -> list[int]:
    """`total` split by weight into whole numbers, the largest remainders rounded up."""
    whole = sum(weights)
    shares = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda place: -(total * weights[place] % whole))
    for place in by_remainder[: total - sum(shares)]:
        shares[place] += 1
    return shares
