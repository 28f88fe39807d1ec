"""Who is covered by what, and who is exempt: the rows of coverages and exemptions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Final

from claims_desk.demo.calendar import NHI_START, QUARTER_START, between, days
from claims_desk.demo.people import Household, Person

SOCIAL: Final = ("SASS", "SSO", "MIL")  # schemes of an employer: head, spouse and minor children
_HOUSEHOLD_SCHEMES: Final = {"NHI": 66, "SASS": 12, "SSO": 8, "CBHI": 7, "HEF": 4, "MIL": 3}
_STARTS: Final = {
    "NHI": (NHI_START, NHI_START),
    "SASS": (date(2010, 1, 1), date(2025, 6, 30)),
    "SSO": (date(2014, 1, 1), date(2025, 6, 30)),
    "MIL": (date(2012, 1, 1), date(2025, 6, 30)),
    "CBHI": (date(2021, 1, 1), date(2025, 12, 31)),
    "HEF": (date(2022, 1, 1), date(2025, 6, 30)),
    "MNCH": (date(2026, 1, 1), date(2026, 3, 1)),
}


@dataclass(slots=True, eq=False)
class Cover:
    """One coverage row; `trait` says why it is not an ordinary one, empty where it is."""

    scheme: str
    member_no: str
    person: Person
    valid_from: date
    valid_to: date | None = None
    status: str = "ACTIVE"
    option: str = ""
    relation: str = ""
    trait: str = ""


class Registrar:
    """Gives the people of a household their covers and exemptions."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self._count = 10_000

    def enrol(self, home: Household) -> Iterator[Cover]:
        """The covers of a household; sets `exempt` on its people."""
        scheme = self.rng.choices(list(_HOUSEHOLD_SCHEMES), list(_HOUSEHOLD_SCHEMES.values()))[0]
        start = between(self.rng, *_STARTS[scheme])
        waiting = scheme == "CBHI" and self.rng.random() < 0.06
        if waiting:
            start = between(self.rng, QUARTER_START - days(20), QUARTER_START + days(10))
        option = ("RED" if self.rng.random() < 0.6 else "BLUE") if scheme == "CBHI" else ""
        poor = scheme == "NHI" and self.rng.random() < 0.09
        for person in home.people:
            self._exempt(person, poor, scheme)
            for cover in self._person_covers(person, scheme, start):
                cover.option = option if cover.scheme == "CBHI" else ""
                cover.trait = cover.trait or self._trait(cover, waiting)
                yield cover

    def plain(self, person: Person, trait: str) -> Cover:
        """A lifelong cover by NHI, marked with `trait`."""
        return self._cover("NHI", person, NHI_START, trait)

    def _cover(self, scheme: str, person: Person, start: date, trait: str = "") -> Cover:
        self._count += 1
        number = f"{scheme}-10{self._count:06}"
        grown = person.relation == "CHILD" and person.age() >= 18 and trait != "grown child"
        relation = "OTHER" if grown else person.relation
        return Cover(scheme, number, person, max(start, person.born), relation=relation, trait=trait)

    def _person_covers(self, person: Person, scheme: str, start: date) -> list[Cover]:
        rng = self.rng
        if scheme in SOCIAL and (person.relation == "OTHER" or (person.relation == "CHILD" and person.age() >= 18)):
            if person.relation == "CHILD" and rng.random() < 0.4:
                return [self._cover(scheme, person, start, "grown child")]
            return [self._cover("NHI", person, NHI_START)]
        if scheme == "NHI" and (person.exempt == "PREGNANT" or person.age() < 2) and rng.random() < 0.25:
            person.exempt = ""
            return [self._cover("MNCH", person, between(rng, *_STARTS["MNCH"]))]
        covers = [self._cover(scheme, person, start)]
        if scheme in SOCIAL and rng.random() < 0.05:
            covers[0].trait = "first payer"
            covers.append(self._cover("NHI", person, NHI_START, "second payer"))
        elif scheme == "SASS" and person.relation == "SPOUSE" and rng.random() < 0.06:
            covers.append(self._cover("SSO", person, start, "equal payer"))
            covers[0].trait = "equal payer"
        return covers

    def _trait(self, cover: Cover, waiting: bool) -> str:
        rng = self.rng
        if waiting and cover.scheme == "CBHI":
            return "waiting"
        chance = rng.random()
        if chance < 0.02 and cover.valid_from < date(2025, 7, 1):
            cover.valid_to = between(rng, date(2025, 7, 1), date(2026, 5, 31))
            return "expired"
        if chance > 0.99:
            cover.status = "SUSPENDED"
            return "suspended"
        return "dead" if cover.person.died else ""

    def _exempt(self, person: Person, poor: bool, scheme: str) -> None:
        rng, age = self.rng, person.age()
        if person.sex == "F" and 17 <= age <= 43 and rng.random() < 0.09:
            person.exempt = "PREGNANT" if scheme == "NHI" else ""
        elif poor:
            person.exempt = "POOR"
        elif scheme == "NHI" and person.sex == "M" and age >= 12 and rng.random() < 0.008:
            person.exempt = "MONK"


_EVIDENCE: Final = {
    "POOR": "ໃບຢັ້ງຢືນຄອບຄົວທຸກຍາກຈາກບ້ານ (ຕົວຢ່າງ) / village certificate (example)",
    "MONK": "ໃບສຸດທິ (ຕົວຢ່າງ) / monk's certificate (example)",
    "PREGNANT": "ປຶ້ມຕິດຕາມສຸຂະພາບແມ່ ແລະ ເດັກ (ຕົວຢ່າງ) / mother and child book (example)",
}
_EXEMPT_DAYS: Final = {
    "POOR": (date(2026, 1, 1), date(2026, 12, 31)),
    "MONK": (date(2025, 7, 1), None),
    "PREGNANT": (date(2026, 3, 1), date(2027, 2, 28)),
}


def exemption_rows(people: list[Person]) -> Iterator[tuple[str, str, date, date | None, str]]:
    """The rows of `exemptions`."""
    for person in people:
        if person.exempt:
            first, last = _EXEMPT_DAYS[person.exempt]
            yield person.person_no, person.exempt, first, last, _EVIDENCE[person.exempt]
