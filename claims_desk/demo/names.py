"""Names of invented people, in both scripts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from claims_desk.demo.tables import shipped


@dataclass(frozen=True, slots=True)
class NamePart:
    """A given or family name: Lao, and the ways it is romanised, the most usual first."""

    lao: str
    spellings: tuple[str, ...]

    def roman(self, rng: Random) -> str:
        """A spelling as a clerk might have chosen it."""
        return self.spellings[0] if len(self.spellings) == 1 or rng.random() < 0.75 else rng.choice(self.spellings[1:])


@dataclass(frozen=True, slots=True)
class NameBook:
    """The names to choose from; given names by sex, family names the frequent first."""

    given: Mapping[str, Sequence[NamePart]]
    family: Sequence[NamePart]
    family_weights: Sequence[float]

    def given_name(self, rng: Random, sex: str) -> NamePart:
        """A given name a person of this sex bears."""
        return rng.choice(self.given[sex])

    def family_name(self, rng: Random) -> NamePart:
        """A family name; some are far more frequent than others."""
        return rng.choices(self.family, cum_weights=self.family_weights)[0]


def open_name_book(rng: Random) -> NameBook:
    """The shipped names; which family names are frequent is left to chance."""
    rows = shipped("given_names")
    given = {sex: [_part(row) for row in rows if row["sex"] in (sex, "")] for sex in ("F", "M")}
    family = [_part(row) for row in shipped("family_names")]
    rng.shuffle(family)
    weights: list[float] = []
    for rank in range(len(family)):
        weights.append((weights[-1] if weights else 0.0) + 1 / (rank + 12))
    return NameBook(given, family, weights)


def _part(row: Mapping[str, str]) -> NamePart:
    return NamePart(row["name_lo"], (row["name_en"], *(text for text in row["variants"].split(";") if text)))
