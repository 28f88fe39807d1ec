"""A province of invented members as files for the ordinary import, with as many different names as a real one."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

from claims_desk.demo.names import NameBook, NamePart, open_name_book
from claims_desk.domain.geography import districts_of, villages_of

PROVINCE: Final = "10"
_MEMBER: Final = (
    *("person_no", "name_lo", "name_en", "sex", "birth_date", "family_book_no", "national_id"),
    *("district_code", "village", "phone"),
)
_COVERAGE: Final = ("scheme", "member_no", "person_no", "valid_from", "status")
_SLIPS: Final = 0.02
"""The share of Roman names that were typed wrong in the register."""


def write_members(folder: Path, count: int, seed: int = 1) -> tuple[Path, Path]:
    """Files of `count` members and of a coverage each; the same seed writes the same."""
    members, coverages = folder / "many_members.csv", folder / "many_coverages.csv"
    with (
        members.open("w", encoding="utf-8", newline="") as people,
        coverages.open("w", encoding="utf-8", newline="") as covers,
    ):
        each, cover = csv.writer(people), csv.writer(covers)
        each.writerow(_MEMBER)
        cover.writerow(_COVERAGE)
        for number, row in enumerate(_people(Random(seed), count), start=1):  # noqa: S311
            each.writerow(row)
            cover.writerow(("NHI", f"10-{number:07}", row[0], "2025-01-01", "ACTIVE"))
    return members, coverages


def _people(rng: Random, count: int) -> Iterator[tuple[Any, ...]]:
    book = open_name_book(rng)
    homes = [(home.code, village.name.lao) for home in districts_of(PROVINCE) for village in villages_of(home.code)]
    home, family = homes[0], book.family[0]
    for number in range(1, count + 1):
        if number % 5 == 1:
            home, family = rng.choice(homes), _family_name(rng, book)
        sex = rng.choice("FM")
        given = _given_name(rng, book, sex)
        born = date(2026, 1, 1) - timedelta(days=int(rng.betavariate(1, 2.2) * 33_000))
        yield (
            f"P{1_000_000 + number}",
            f"{given.lao} {family.lao}",
            _typed(rng, f"{given.roman(rng)} {family.roman(rng)}"),
            sex,
            born.isoformat(),
            f"{home[0]}-{number // 5:06}",
            f"{home[0]}{rng.randrange(10**6, 10**7)}",
            *home,
            f"0205{rng.randrange(10**6, 10**7)}",
        )


def _given_name(rng: Random, book: NameBook, sex: str) -> NamePart:
    """One of the shipped names, or one of four such as two of them make together."""
    given = book.given_name(rng, sex)
    return given if rng.random() < 0.75 else _joined(rng.choice(book.given["F"]), given)


def _family_name(rng: Random, book: NameBook) -> NamePart:
    family = book.family_name(rng)
    return family if rng.random() < 0.6 else _joined(rng.choice(book.given["M"]), family)


def _joined(first: NamePart, second: NamePart) -> NamePart:
    return NamePart(first.lao + second.lao, tuple(first.spellings[0] + each.lower() for each in second.spellings))


def _typed(rng: Random, roman: str) -> str:
    """The name, now and then with a letter left out or one twice."""
    if rng.random() > _SLIPS:
        return roman
    place = rng.randrange(1, len(roman) - 1)
    return roman[:place] + roman[place + 1 :] if rng.random() < 0.5 else roman[:place] + roman[place - 1 :]
