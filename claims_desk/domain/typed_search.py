"""What somebody means who types into a search for members: numbers, a day or year of birth, names, a village."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from claims_desk.domain.dates import EARLIEST_YEAR, LATEST_YEAR, NotADay, month_end, parse_day
from claims_desk.domain.lao import LAO_DIGITS, fold
from claims_desk.domain.name_index import village_word, words_of

Days = tuple[date, date]
"""The first and the last day of birth that will do."""

LONGEST: Final = 200
"""Letters of a text that are looked at."""

MOST_WORDS: Final = 8
"""Words that are looked for: more than any name and village have. A hundred single letters took seconds."""

_INVISIBLE: Final = re.compile("[\u200b-\u200f\u2060\ufeff]+")
_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f]+")
_MONTH: Final = re.compile(r"([0-9]{1,2})/([0-9]{4})")
_YEAR: Final = re.compile(r"[0-9]{4}")
_VILLAGE: Final = re.compile(r"(?:^|\s)(?:ບ້ານ|ban(?=\s)|b\.)\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class Typed:
    """A text understood: `number` is the beginning of one, `names` are words of a name or village, folded, `village`
    is one that was said to be a village.
    """

    number: str = ""
    born: Days | None = None
    names: tuple[str, ...] = ()
    village: str = ""


def understand(text: str) -> Typed:
    """The text taken apart. `1985` is both the beginning of a number and a year of birth."""
    plain = " ".join(_CONTROL.sub(" ", _INVISIBLE.sub("", text)[:LONGEST]).translate(LAO_DIGITS).split())
    numbers: list[str] = []
    words: list[str] = []
    born: Days | None = None
    for token in plain.split():
        days = _days(token)
        born = days or born
        if not any(letter.isdigit() for letter in token):
            words.append(token)
        elif days is None or _YEAR.fullmatch(token):
            numbers.append(token)
    if words and born:
        numbers.clear()
    names, village = _apart(" ".join(words))
    code = plain if plain.isascii() and " " not in plain else ""
    return Typed(" ".join(numbers) or code, born, names, village)


def _apart(words: str) -> tuple[tuple[str, ...], str]:
    folded = fold(words)
    said = _VILLAGE.search(folded)
    if said is None:
        return tuple(words_of(folded))[:MOST_WORDS], ""
    return tuple(words_of(folded[: said.start()]))[:MOST_WORDS], village_word(folded[said.end() :]).lstrip("@")


def _days(token: str) -> Days | None:
    try:
        day = parse_day(token)
    except NotADay:
        return _month_or_year(token)
    return day, day


def _month_or_year(token: str) -> Days | None:
    month = _MONTH.fullmatch(token)
    if month and 1 <= int(month[1]) <= 12 and EARLIEST_YEAR <= int(month[2]) <= LATEST_YEAR:
        first = date(int(month[2]), int(month[1]), 1)
        return first, month_end(first)
    if _YEAR.fullmatch(token) and EARLIEST_YEAR <= int(token) <= LATEST_YEAR:
        return date(int(token), 1, 1), date(int(token), 12, 31)
    return None
