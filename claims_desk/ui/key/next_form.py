"""The number the next form most likely has."""

from __future__ import annotations

import re

_LAST_DIGITS = re.compile(r"[0-9]+(?=[^0-9]*$)")


def next_form_no(form_no: str) -> str:
    """The number after `form_no`, as wide as it is: 000412 gives 000413; empty where it ends in no number."""
    found = _LAST_DIGITS.search(form_no)
    if found is None:
        return ""
    following = str(int(found[0]) + 1).zfill(len(found[0]))
    return form_no[: found.start()] + following + form_no[found.end() :]
