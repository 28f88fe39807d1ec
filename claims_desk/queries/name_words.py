"""The words that names and villages are made of, held in memory, and which of them a typed word may mean."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import IntEnum
from functools import cache
from typing import Any, Final
from weakref import WeakKeyDictionary

from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from claims_desk.domain.geography import villages
from claims_desk.domain.lao import fold
from claims_desk.domain.name_index import VILLAGE, is_village, village_word
from claims_desk.domain.sounds import frame, sound
from claims_desk.models import NameWord
from claims_desk.queries.matching import LAST_LETTER

MISSPELT_AT_MOST: Final = 40
"""As many words as are thought of for one misspelt one."""


class Likeness(IntEnum):
    """How a word of a name is like the one typed, the best first."""

    SAME = 0
    BEGINS = 1
    HOLDS = 2
    SOUNDS = 3
    MISSPELT = 4
    BEGINS_MISSPELT = 5


Rank = tuple[Likeness, int]
"""How alike two words are, and how many letters are between them."""


class Words:
    """Words of one kind, in one script, beside their sounds."""

    def __init__(self, words: Iterable[tuple[str, str]]) -> None:
        self._bearing: dict[str, list[str]] = defaultdict(list)
        for word, spoken in words:
            self._bearing[spoken].append(word)
        self._words = _Spellings(word for bearing in self._bearing.values() for word in bearing)
        self._sounds = _Spellings(self._bearing)

    def holding(self, typed: str) -> dict[str, Rank]:
        """The words that have `typed` in them, those that begin with it first and the shorter first; of a single
        letter only those that begin with it.
        """
        found: dict[str, Rank] = {}
        for word in sorted(self._words.beginning(typed), key=len):
            spare = len(word) - len(typed)
            found[word] = Likeness.BEGINS if spare else Likeness.SAME, spare
        for word in self._words.by_length if len(typed) > 1 else ():
            if typed in word and word not in found:
                found[word] = Likeness.HOLDS, len(word) - len(typed)
        return found

    def alike(self, typed: str) -> dict[str, Rank]:
        """The words that sound like `typed` or are a few letters away from it; none for one or two letters."""
        heard = sound(typed)
        slips = _slips(len(heard))
        found: dict[str, Rank] = {}
        if len(typed) > 2 and len(typed) <= 3 * len(heard):
            spoken = {each: (Likeness.SOUNDS, len(each) - len(heard)) for each in self._sounds.beginning(heard)}
            self._add_sounds(found, spoken)
            if slips:
                self._add_sounds(found, self._sounds.near(heard, slips))
                for word, rank in self._words.near(typed, slips).items():
                    found.setdefault(word, rank)
            if slips and not found:
                self._add_sounds(found, self._sounds.beginning_near(heard))
        return dict(sorted(found.items(), key=lambda each: each[1]))

    def _add_sounds(self, found: dict[str, Rank], spoken: Mapping[str, Rank]) -> None:
        for each, rank in spoken.items():
            for word in self._bearing[each]:
                found.setdefault(word, rank)

    def apart(self, typed: str) -> tuple[str, ...]:
        """Two words typed without the space between them; what cannot be two stays one."""
        for cut in range(len(typed) - 2, 1, -1):
            if self._words.has(typed[:cut]) and self._words.beginning(typed[cut:]):
                return typed[:cut], typed[cut:]
        return (typed,)


class _Spellings:
    """Words or sounds in the order of their length and in the order of their letters."""

    def __init__(self, spellings: Iterable[str]) -> None:
        self._sorted = sorted(spellings)
        self.by_length = sorted(self._sorted, key=len)
        self._lengths = [len(each) for each in self.by_length]

    def has(self, text: str) -> bool:
        """Whether it is one of them."""
        place = bisect_left(self._sorted, text)
        return self._sorted[place : place + 1] == [text]

    def beginning(self, text: str) -> list[str]:
        """Those that begin with the text."""
        first = bisect_left(self._sorted, text)
        return self._sorted[first : bisect_left(self._sorted, text + LAST_LETTER, first)]

    def near(self, text: str, slips: int) -> dict[str, Rank]:
        """Those in which no more than so many letters are wrong, missing, too many or exchanged."""
        first = bisect_left(self._lengths, len(text) - slips)
        choices = self.by_length[first : bisect_right(self._lengths, len(text) + slips)]
        return {each: (Likeness.MISSPELT, distance) for each, distance in _nearest(text, choices, slips)}

    def beginning_near(self, text: str) -> dict[str, Rank]:
        """Those whose beginning has one letter wrong, but not the first."""
        beginnings = list(dict.fromkeys(each[: len(text)] for each in self.beginning(text[:1])))
        return {
            each: (Likeness.BEGINS_MISSPELT, len(each) - len(text))
            for beginning, _ in _nearest(text, beginnings, 1)
            for each in self.beginning(beginning)
        }


def _nearest(text: str, choices: Sequence[str], slips: int) -> list[tuple[str, int]]:
    near = process.extract(text, choices, scorer=OSA.distance, score_cutoff=slips, limit=MISSPELT_AT_MOST)
    return [(choice, int(distance)) for choice, distance, _ in near]


def _slips(letters: int) -> int:
    """How many letters may be wrong in a word of that length."""
    return 0 if letters < 4 else 1 if letters < 7 else 2


class Vocabulary:
    """Every word of the index: of names in either script, and villages."""

    def __init__(self, words: Iterable[tuple[str, str]]) -> None:
        kinds: tuple[list[tuple[str, str]], ...] = ([], [], [])
        for word, spoken in words:
            if is_village(word):
                kinds[2].append((word[1:], spoken))
            else:
                kinds[word.isascii()].append((word, spoken))
        self._lao, self._roman, self._villages = map(Words, kinds)
        self._frames: dict[str, list[str]] = defaultdict(list)
        for village, _ in kinds[2]:
            self._frames[frame(village)].append(village)

    def of_script(self, typed: str) -> Words:
        """The words of names in the script of `typed`."""
        return self._roman if typed.isascii() else self._lao

    def villages(self, typed: str, *, said: bool) -> list[str]:
        """The villages that a folded text may mean, in either script, the likeliest first, by their words in the index.

        Where it is not `said` that a village is meant, its name must begin so.
        """
        found = self._villages.holding(typed)
        if typed.isascii():
            listed = _roman_villages()
            romans = listed.words.holding(typed) or (listed.words.alike(typed) if said else {})
            found |= {lao: rank for roman, rank in romans.items() for lao in listed.lao[roman]}
            if said:
                found = dict.fromkeys(self._frames.get(frame(typed), ()), (Likeness.SOUNDS, 0)) | found
        elif said and not found:
            found = self._villages.alike(typed)
        worst = Likeness.BEGINS_MISSPELT if said else Likeness.BEGINS
        likely = sorted((rank, village) for village, rank in found.items() if rank[0] <= worst)
        return [VILLAGE + village for _, village in likely]


class _Listed:
    """The villages of the country that have a Roman name, by it."""

    def __init__(self) -> None:
        self.lao: dict[str, list[str]] = {}
        for village in villages().values():
            if village.name.roman:
                self.lao.setdefault(fold(village.name.roman), []).append(village_word(village.name.lao)[1:])
        self.words = Words((roman, sound(roman)) for roman in self.lao)


_roman_villages: Callable[[], _Listed] = cache(_Listed)
_HELD: WeakKeyDictionary[Any, tuple[tuple[int, int], Vocabulary]] = WeakKeyDictionary()


def vocabulary(session: Session) -> Vocabulary:
    """The words as the database has them now; read again only where they are not those of the last time."""
    bind = session.get_bind()
    counted = select(func.count(), func.coalesce(func.max(NameWord.id), 0)).select_from(NameWord)
    count, highest = session.execute(counted).one()
    held = _HELD.get(bind)
    if held is None or held[0] != (count, highest):
        words = session.execute(select(NameWord.word, NameWord.sound))
        held = (count, highest), Vocabulary((word, spoken) for word, spoken in words)
        _HELD[bind] = held
    return held[1]
