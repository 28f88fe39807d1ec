"""Lists fetched a page at a time: what the window asks of a query, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")
PAGE_SIZE = 200


@dataclass(frozen=True, slots=True)
class PageWanted:
    """Which rows of a list are wanted: `sort` is a column's key, empty for the list's own order."""

    offset: int = 0
    limit: int = PAGE_SIZE
    sort: str = ""
    descending: bool = False
    search: str = ""


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page; `count` and `kip` are those of the whole filter, `kip` None where the list has no amounts."""

    rows: tuple[Row, ...]
    count: int
    kip: int | None = None
