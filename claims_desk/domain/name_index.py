"""What the index of members' names holds: for each word of a name a row beside each other word of it.

A row is the word and the rest of the name, the rest as a number in the order of its letters. So whoever has one word is
found in the order of the other, and two words are found together however many people have either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b
from typing import Final

from claims_desk.domain.lao import fold

LETTERS: Final = 10
"""As many letters of the rest as its number holds."""

VILLAGE: Final = "@"
"""What the word of a village begins with; no word of a name has it."""

_BITS: Final = 6
_OTHER: Final = 63
_MOST_WORDS: Final = 5
_LETTERS: Final = (
    " ກຂຄງຈສຊຍດຕຖທນບປຜຝພຟມຢຣລວຫອຮະັາິີຶືຸູົຼຽເແໂໃໄໍ່້໊໋໌",
    " abcdefghijklmnopqrstuvwxyz0123456789",
)
_CODES: Final = {letter: code for letters in _LETTERS for code, letter in enumerate(letters, start=1)}
_LEAD_THEN_CONSONANT: Final = re.compile("([ເແໂໃໄ])([ກ-ຮ])")
_BETWEEN_WORDS: Final = re.compile(r"[\s!-/:-@\[-`{-~‘’“”–—…·]+")
_BAN: Final = re.compile(r"(?:ບ້ານ|(?:ban|b)(?=[ .]))[\s.]*")


def words_of(folded: str) -> list[str]:
    """The words of a folded text; what stands between them is gone."""
    return _BETWEEN_WORDS.sub(" ", folded).split()


@lru_cache(maxsize=20_000)
def village_word(village: str) -> str:
    """What a village is found by: its whole name without the word for village; empty for none."""
    name = " ".join(words_of(_BAN.sub("", fold(village), count=1)))
    return VILLAGE + name if name else ""


def is_village(word: str) -> bool:
    """Whether a word of the index names a village."""
    return word.startswith(VILLAGE)


def index_rows(lao: str, roman: str, village: str) -> set[tuple[str, int]]:
    """The rows of a member with these folded names: each a word and the number of what stands beside it."""
    rows = {*_pairs(words_of(lao)), *_pairs(words_of(roman))}
    home = village_word(village)
    if home:
        rows.add((home, rest_number(lao or roman)))
    return rows


def _pairs(words: list[str]) -> Iterable[tuple[str, int]]:
    if len(words) < 2:
        return [(word, 0) for word in words]
    if len(words) == 2:
        return (words[0], rest_number(words[1])), (words[1], rest_number(words[0]))
    return _pairs_of_many(words)


def _pairs_of_many(words: list[str]) -> Iterator[tuple[str, int]]:
    for place, word in enumerate(words):
        others = words[:place] + words[place + 1 :]
        for begin in range(len(others) if len(words) <= _MOST_WORDS else 1):
            yield word, rest_number(" ".join(others[begin:] + others[:begin]))


@lru_cache(maxsize=200_000)
def word_id(word: str) -> int:
    """The word's id, the same in every office: 47 bits of its digest."""
    return int.from_bytes(blake2b(word.encode(), digest_size=6).digest()) >> 1


@lru_cache(maxsize=200_000)
def rest_number(text: str) -> int:
    """The first letters of a folded text as a number; the numbers stand in the order of the dictionary."""
    return _number(text) << _BITS * (LETTERS - min(len(text), LETTERS))


def numbers_beginning(text: str) -> tuple[int, int]:
    """The lowest and the highest number of a text that begins with this one."""
    spare = _BITS * (LETTERS - min(len(text), LETTERS))
    lowest = _number(text) << spare
    return lowest, lowest | (1 << spare) - 1


def _number(text: str) -> int:
    number = 0
    for letter in _LEAD_THEN_CONSONANT.sub(r"\2\1", text)[:LETTERS]:
        number = number << _BITS | _CODES.get(letter, _OTHER)
    return number
