"""Invented people in households of real villages."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Final

from claims_desk.demo.calendar import QUARTER_END, REGISTER_DAY, between, days
from claims_desk.demo.names import NameBook, NamePart
from claims_desk.domain.dates import completed_years
from claims_desk.domain.geography import District, districts_of, villages_of

PROVINCE: Final = "10"
NEIGHBOUR: Final = "01"
_HEAD_AGES: Final = ((20, 34, 36), (35, 49, 40), (50, 64, 19), (65, 79, 5))


@dataclass(slots=True, eq=False)
class Person:
    """A person of the register; `exempt` is the category of a row in `exemptions`."""

    person_no: str
    given: NamePart
    family: NamePart
    roman: str
    sex: str
    born: date
    relation: str
    died: date | None = None
    book: str = ""
    national_id: str = ""
    district: str = ""
    village: str = ""
    phone: str = ""
    exempt: str = ""

    @property
    def lao(self) -> str:
        """Given and family name in Lao script."""
        return f"{self.given.lao} {self.family.lao}"

    def age(self, day: date = REGISTER_DAY) -> int:
        """Completed years on `day`."""
        return completed_years(self.born, day)


@dataclass(slots=True, eq=False)
class Household:
    """People under one family book, the head first."""

    book: str
    district: str
    village: str
    people: list[Person] = field(default_factory=list)


class Settlers:
    """Makes households until a number of people is reached."""

    def __init__(self, rng: Random, names: NameBook) -> None:
        self.rng = rng
        self.names = names
        self.count = 0
        self._books: dict[str, int] = {}
        self._homes = [_Homes(PROVINCE), _Homes(NEIGHBOUR)]

    def households(self, people: int) -> Iterator[Household]:
        """Households of together `people` persons; one in two hundred lives in the neighbouring province."""
        while self.count < people:
            yield self._household(people - self.count)

    def double_of(self, person: Person) -> Person:
        """The same person registered a second time under another number."""
        number = self._next_number()
        return Person(
            number, person.given, person.family, person.given.roman(self.rng) + " " + person.family.roman(self.rng),
            person.sex, person.born, "OTHER", district=person.district, village=person.village,
        )  # fmt: skip

    def _next_number(self) -> str:
        self.count += 1
        return f"P{1_000_000 + self.count}"

    def _household(self, room: int) -> Household:
        rng = self.rng
        district, village = self._homes[rng.random() < 0.005].choose(rng)
        self._books[district] = self._books.get(district, 0) + 1
        home = Household(f"{district}-{self._books[district]:05}", district, village)
        family = self.names.family_name(rng)
        self._couple(home, family)
        self._children(home, family)
        if rng.random() < 0.14:
            self._elder(home, family)
        del home.people[room:]
        return home

    def _couple(self, home: Household, family: NamePart) -> None:
        rng = self.rng
        low, high, _ = rng.choices(_HEAD_AGES, [weight for _, _, weight in _HEAD_AGES])[0]
        age = rng.randint(low, high)
        sex = "M" if rng.random() < 0.83 else "F"
        self._add(home, family, sex, age, "HEAD")
        if rng.random() < 0.86:
            own = family if rng.random() < 0.75 else self.names.family_name(rng)
            other = "F" if sex == "M" else "M"
            self._add(home, own, other, max(18, age + rng.randint(-6, 3)), "SPOUSE")

    def _children(self, home: Household, family: NamePart) -> None:
        rng = self.rng
        mother_age = min(person.age() for person in home.people)
        for age in range(max(0, mother_age - 40), max(0, mother_age - 18)):
            grown = age >= 20
            if rng.random() < (0.05 if grown else 0.155):
                self._add(home, family, rng.choice("FM"), age, "CHILD")

    def _elder(self, home: Household, family: NamePart) -> None:
        age = home.people[0].age() + self.rng.randint(20, 30)
        if age <= 95:
            self._add(home, family, "F" if self.rng.random() < 0.6 else "M", age, "OTHER")

    def _add(self, home: Household, family: NamePart, sex: str, age: int, relation: str) -> None:
        rng = self.rng
        given = self.names.given_name(rng, sex)
        while any(person.given is given for person in home.people):
            given = self.names.given_name(rng, sex)
        born = REGISTER_DAY.replace(year=REGISTER_DAY.year - age) - days(rng.randint(0, 364))
        adult = age >= 18
        person = Person(
            self._next_number(), given, family, f"{given.roman(rng)} {family.roman(rng)}", sex, born, relation,
            book=home.book, district=home.district, village=home.village,
            national_id=f"{home.district}{rng.randint(10**6, 10**7 - 1)}" if adult else "",
            phone=f"0201{rng.randint(10**6, 10**7 - 1)}" if adult and rng.random() < 0.7 else "",
        )  # fmt: skip
        if rng.random() < (0.03 if age > 70 else 0.003):
            person.died = between(rng, max(born, REGISTER_DAY - days(540)), QUARTER_END)
        home.people.append(person)


class _Homes:
    """Districts of a province by their real population, villages of a district by chance."""

    def __init__(self, province: str) -> None:
        self._districts: list[District] = districts_of(province)
        self._villages = {
            district.code: [village.name.lao for village in villages_of(district.code)] for district in self._districts
        }
        self._limits: list[int] = []
        for district in self._districts:
            self._limits.append((self._limits[-1] if self._limits else 0) + district.population)

    def choose(self, rng: Random) -> tuple[str, str]:
        place = bisect(self._limits, rng.randrange(self._limits[-1]))
        code = self._districts[place].code
        return code, rng.choice(self._villages[code])
