"""How many pages a TIFF says it has: a reader of pictures quietly leaves out those that were cut off."""

from __future__ import annotations

import struct
from typing import Final

_FIRST, _ENTRY = 4, 12  # bytes: where the first page is told, and an entry of a page
_NEVER_MORE: Final = 1_000


def tiff_is_whole(content: bytes) -> bool:
    """Whether each page of the chain lies within the file and the chain has an end."""
    order = "<" if content.startswith(b"II") else ">"
    place, seen = _number(content, order + "I", _FIRST), set[int]()
    while place and place not in seen and len(seen) < _NEVER_MORE:
        seen.add(place)
        entries = _number(content, order + "H", place)
        place = None if entries is None else _number(content, order + "I", place + 2 + entries * _ENTRY)
    return place == 0 and bool(seen)


def _number(content: bytes, how: str, place: int) -> int | None:
    """A number of the file; None where the file ends before it."""
    end = place + struct.calcsize(how)
    return struct.unpack(how, content[place:end])[0] if end <= len(content) else None
