"""Members found by the words of their names, by village and by days of birth: the likeliest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, NamedTuple

from sqlalchemy.orm import Session

from claims_desk.domain.name_index import numbers_beginning, word_id, words_of
from claims_desk.domain.typed_search import Typed
from claims_desk.queries.name_rows import Key, Named, bearers, born_in, count_born_in, dwellers
from claims_desk.queries.name_words import Likeness, Rank, vocabulary

READ_AT_MOST: Final = 4_000
"""As many members born on some days as are looked through one by one for those with a name."""

_MISSPELT_AT_HOME: Final = 2_000
"""As many members of villages as are looked through for those whose name was misspelt."""

_VILLAGES_AT_MOST: Final = 20
_TO_CHOOSE_FROM: Final = 200
_RANGES_AT_MOST: Final = 100
_BATCHES: Final = (64, 400, 1_500)
"""So many keys are read at a time, until there are members enough; none beyond the last."""


class Hit(NamedTuple):
    """A member found; hits are compared by how well, then by the place in the dictionary."""

    worst: int
    letters: int
    name_key: str
    id: int
    by_village: bool = False


def search_names(session: Session, typed: Typed, most: int) -> list[Hit]:
    """At most `most` members that have all of what was typed but its number; the best first."""
    search = _Search(session, typed, most)
    for step in search.steps():
        search.take(step)
        if len(search.found) >= most:
            break
    return sorted(search.found.values())[:most]


class _Search:
    """One search on its way: what the words may mean so far, and who was found."""

    def __init__(self, session: Session, typed: Typed, most: int) -> None:
        self._session = session
        self._words = vocabulary(session)
        self._typed = typed
        self._most = most
        self._meant: dict[str, dict[str, Rank]] = {}
        self._names = tuple(part for name in typed.names for part in self._apart(name))
        self._read: set[Key] = set()
        self._to_read = _MISSPELT_AT_HOME
        self.found: dict[int, Hit] = {}

    def _apart(self, name: str) -> tuple[str, ...]:
        """The word; or two, where no name has it and it was typed without the space between two."""
        self._meant[name] = self._words.of_script(name).holding(name)
        if self._meant[name]:
            return (name,)
        parts = self._words.of_script(name).apart(name)
        self._meant |= {part: self._words.of_script(part).holding(part) for part in parts}
        return parts

    def _think_further(self, names: Iterable[str]) -> None:
        """From here on a word may also be misspelt."""
        for name in names:
            for word, rank in self._words.of_script(name).alike(name).items():
                self._meant[name].setdefault(word, rank)

    def take(self, hits: Iterable[Hit]) -> None:
        """Keep what was found; a member found before stays as he was found."""
        for hit in hits:
            self.found.setdefault(hit.id, hit)

    def steps(self) -> Iterator[Iterable[Hit]]:
        """What is looked for, one after the other, until enough are found."""
        born, village, names = self._typed.born, self._typed.village, self._names
        if village:
            self._think_further(names)
            yield self._in_villages(village, names, said=True)
        elif not names:
            yield [_hit(row, (0, 0)) for row in born_in(self._session, born, self._most)] if born else ()
        elif born and count_born_in(self._session, born, READ_AT_MOST) < READ_AT_MOST:
            self._think_further(names)
            yield self._judged(born_in(self._session, born, READ_AT_MOST), names)
        else:
            yield from self._by_names(names)

    def _by_names(self, names: tuple[str, ...]) -> Iterator[Iterable[Hit]]:
        yield self._bearing(names, Likeness.BEGINS)
        yield self._bearing(names, Likeness.HOLDS)
        for others, last in _with_village(names):
            yield self._in_villages(last, others)
        self._think_further(names)
        yield self._bearing(names, Likeness.BEGINS_MISSPELT)
        if len(names) > 1:
            yield self._bearing((self._together(names),), Likeness.SOUNDS)
        for others, last in _with_village(names) if not self.found else ():
            yield self._in_villages(last, others, said=True)

    def _together(self, names: Sequence[str]) -> str:
        """One word that was typed with a space in it."""
        name = "".join(names)
        self._meant[name] = self._words.of_script(name).holding(name)
        self._think_further((name,))
        return name

    def _bearing(self, names: Sequence[str], worst: Likeness) -> Iterator[Hit]:
        """Members with every word, none less like the typed one than `worst`."""
        meant = [[word for word, rank in self._meant[name].items() if rank[0] <= worst] for name in names]
        keys = (key for key in _keys(names, meant) if key not in self._read) if all(meant) else iter(())
        for size in _BATCHES:
            batch = list(islice(keys, size))
            if not batch or len(self.found) >= self._most:
                return
            self._read.update(batch)
            rows = bearers(self._session, batch, self._typed.born, self._read_at_once())
            yield from self._judged(rows, names)

    def _read_at_once(self) -> int:
        """Of two words the index finds who has both; of more, some of those found have only two."""
        return self._most * (5 if len(self._names) < 3 else 50)

    def _in_villages(self, village: str, names: Sequence[str], *, said: bool = False) -> Iterator[Hit]:
        """Members of the villages so called whose names hold all of some; of a village that is `said`, failing them,
        whose names sound so or are misspelt.
        """
        homes = self._words.villages(village, said=said)[:_VILLAGES_AT_MOST]
        most = _TO_CHOOSE_FROM if names else self._most
        rows = dwellers(self._session, homes, names, self._typed.born, most) if homes else []
        if homes and said and not rows:
            rows = dwellers(self._session, homes, (), self._typed.born, self._to_read)
            self._to_read -= len(rows)
        yield from (hit._replace(by_village=True) for hit in self._judged(rows, names, Likeness.HOLDS))

    def _judged(self, rows: Iterable[Named], names: Sequence[str], best: int = -1) -> Iterator[Hit]:
        meant = [self._meant[name] for name in names]
        for row in rows:
            rank = _rank(row, names, meant)
            if rank is not None:
                yield _hit(row, (max(rank[0], best), rank[1]))


def _keys(names: Sequence[str], meant: Sequence[Sequence[str]]) -> Iterator[Key]:
    """Where in the index members stand who have the two most telling words, the likeliest first."""
    if len(names) == 1:
        return ((word_id(word), *numbers_beginning("")) for word in meant[0])
    beside = [_ranges(name, words) for name, words in zip(names, meant, strict=True)]
    pairs = [(one, other) for one in range(len(names)) for other in range(len(names)) if one != other]
    chosen, partner = min(pairs, key=lambda two: (len(meant[two[0]]) * len(beside[two[1]]), -len(names[two[0]])))
    return ((word_id(word), *numbers) for word in meant[chosen] for numbers in beside[partner])


def _ranges(typed: str, meant: Sequence[str]) -> list[tuple[int, int]]:
    others = (word for word in meant if not word.startswith(typed))
    return [numbers_beginning(word) for word in (typed, *islice(others, _RANGES_AT_MOST))]


def _with_village(names: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """The ways to read words as a name and a village: the village first or last, or nothing but a village."""
    for cut in range(len(names) - 1, -1, -1):
        yield names[:cut], " ".join(names[cut:])
    for cut in range(1, len(names)):
        yield names[cut:], " ".join(names[:cut])


def _rank(row: Named, names: Sequence[str], meant: Sequence[Mapping[str, Rank]]) -> tuple[int, int] | None:
    """How well a member has the names: by the worst of them, then by all letters that differ; None for not at all."""
    lao, roman = words_of(row.lao), words_of(row.roman)
    if names and any(len(name) == len(names) and set(name) == set(names) for name in (lao, roman)):
        return -1, 0
    ranks = []
    for each in meant:
        best = min((each[word] for word in (*lao, *roman) if word in each), default=None)
        if best is None:
            return None
        ranks.append(best)
    return max((rank[0] for rank in ranks), default=0), sum(rank[1] for rank in ranks)


def _hit(row: Named, rank: tuple[int, int]) -> Hit:
    return Hit(*rank, row.name_key, row.id)
