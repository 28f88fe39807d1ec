"""The good rows of a file laid aside on disk: a file of any length is taken in with the memory of a few rows."""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, NamedTuple

from claims_desk.imports.cells import Value
from claims_desk.imports.kinds import Kind

_PRAGMAS: Final = ("journal_mode = OFF", "cache_size = -16000")
_TABLE: Final = "CREATE TABLE rows (row_no INTEGER PRIMARY KEY, name BLOB NOT NULL, content BLOB NOT NULL)"
_SEVERAL: Final = "WHERE name IN (SELECT name FROM rows GROUP BY name HAVING count(*) > 1)"


AsKept = Callable[[Mapping[str, Value]], Mapping[str, Any]]


class ParsedRow(NamedTuple):
    """One good row: its number in the file, and a value (None where blank) for every column of the kind."""

    row_no: int
    values: dict[str, Value]


class GoodRows:
    """Rows in a file without a name, which goes when nobody holds them any more.

    They come back key by key, those of a key as in the file they are from; evidence comes back just as in that file.
    Rows of evidence are the same where `as_kept` makes the same of them: a blank is what it stands for.
    Its methods raise sqlite3.Error where the disk is full.
    """

    def __init__(self, kind: Kind, as_kept: AsKept = dict) -> None:
        self._as_kept = as_kept
        self._names = kind.names
        self._key = itemgetter(*(kind.key or kind.names))
        self._order = "name, row_no" if kind.key else "row_no"
        self._is_evidence = not kind.key
        self._count = 0
        self._file = sqlite3.connect("", isolation_level=None)
        for pragma in _PRAGMAS:
            self._file.execute(f"PRAGMA {pragma}")
        self._file.execute(_TABLE)
        self._file.execute("BEGIN")

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[ParsedRow]:
        return self._read(f"SELECT row_no, content FROM rows ORDER BY {self._order}")  # noqa: S608

    def add(self, rows: Iterable[ParsedRow]) -> None:
        """Lay rows aside."""
        laid = ((row_no, self._name(values), pickle.dumps([*values.values()], 5)) for row_no, values in rows)
        self._count += self._file.executemany("INSERT INTO rows VALUES (?, ?, ?)", laid).rowcount

    def of_one_key(self) -> Iterator[list[ParsedRow]]:
        """For every key that more than one row has, its rows in the order of the file."""
        several = self._file.execute(f"SELECT name, row_no, content FROM rows {_SEVERAL} ORDER BY name, row_no")  # noqa: S608
        for _, rows in groupby(several, key=itemgetter(0)):
            yield [self._row(row_no, content) for _, row_no, content in rows]

    def drop(self, row_nos: Sequence[int]) -> None:
        """Forget rows."""
        self._file.executemany("DELETE FROM rows WHERE row_no = ?", ((row_no,) for row_no in row_nos))
        self._count -= len(row_nos)

    def _name(self, values: dict[str, Value]) -> bytes:
        """What tells a key from any other, in few bytes, those of like keys near each other."""
        if self._is_evidence:
            return blake2b(repr([*self._as_kept(values).items()]).encode(), digest_size=16).digest()
        return repr(self._key(values)).encode()

    def _read(self, query: str) -> Iterator[ParsedRow]:
        for row_no, content in self._file.execute(query):
            yield self._row(row_no, content)

    def _row(self, row_no: int, content: bytes) -> ParsedRow:
        values = pickle.loads(content)  # noqa: S301 (laid aside by this very object)
        return ParsedRow(row_no, dict(zip(self._names, values, strict=True)))
