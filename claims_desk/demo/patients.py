"""Finds patients: members whose cover is in order, each taken once, and those with something amiss."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from random import Random

from claims_desk.demo.calendar import days
from claims_desk.demo.covers import Cover
from claims_desk.demo.facilities import Site
from claims_desk.demo.people import PROVINCE
from claims_desk.demo.reasons import Reason
from claims_desk.demo.tariffs import Tariff

Wanted = Callable[[Cover], bool]


class Patients:
    """The covers of the register by scheme and district."""

    def __init__(self, rng: Random, tariff: Tariff, covers: Iterable[Cover]) -> None:
        self._rng = rng
        self._tariff = tariff
        self._taken: set[str] = set()
        self._ordinary: dict[tuple[str, str], list[Cover]] = {}
        self._special: dict[str, list[Cover]] = {}
        for cover in covers:
            self._sort_in(cover)

    def _sort_in(self, cover: Cover) -> None:
        if cover.trait:
            self._special.setdefault(cover.trait, []).append(cover)
        elif cover.person.died is None:
            if cover.person.district.startswith(PROVINCE):
                for district in (cover.person.district, ""):
                    self._ordinary.setdefault((cover.scheme, district), []).append(cover)
            else:
                self._special.setdefault("elsewhere", []).append(cover)

    def find(self, site: Site, scheme: str, reason: Reason, day: date) -> Cover | None:
        """A member with nothing amiss who lives near and could come for this reason on `day`; taken from now on."""
        district = site.district if site.level in ("HC", "DH") else ""

        def wanted(cover: Cover) -> bool:
            return self._ready(cover, day) and reason.suits(cover.person.sex, cover.person.age(day))

        for area in (district, ""):
            if (found := self._walk(self._ordinary.get((scheme, area), []), wanted)) is not None:
                self._taken.add(found.person.person_no)
                return found
        return None

    def special(self, trait: str) -> Iterator[Cover]:
        """Members with something amiss, not yet taken: suspended, expired, waiting, dead, doubled ..."""
        return (cover for cover in self._special.get(trait, []) if cover.person.person_no not in self._taken)

    def take(self, cover: Cover) -> None:
        """Nobody else takes this person."""
        self._taken.add(cover.person.person_no)

    def _ready(self, cover: Cover, day: date) -> bool:
        waiting = int(self._tariff.schemes[cover.scheme]["waiting_days"])
        minor_until = cover.relation != "CHILD" or cover.person.age(day) < 18
        return cover.valid_from + days(waiting) <= day and minor_until and cover.person.person_no not in self._taken

    def _walk(self, pool: Sequence[Cover], wanted: Wanted) -> Cover | None:
        start = self._rng.randrange(len(pool)) if pool else 0
        for step in range(len(pool)):
            cover = pool[(start + step) % len(pool)]
            if wanted(cover):
                return cover
        return None
