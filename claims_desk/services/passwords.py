"""Names and passwords of users: what is accepted, how it is kept, how it is compared."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import say

SHORTEST: Final = 10
LONGEST_NAME: Final = 60
_HASHER: Final = PasswordHasher()
_RUNS: Final = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")
_ADVICE: Final = say("Choose at least 10 characters that are not your name, one character repeated, or a row of keys.")


def need_name(name: str) -> str:
    """The user's name without spaces around it. Raises UserError for an empty or far too long one."""
    plain = " ".join(name.split())
    if not 0 < len(plain) <= LONGEST_NAME:
        raise UserError(say("A user needs a name of 1 to 60 characters."), say("Write the name and try again."))
    return plain


def check_new_password(name: str, password: str) -> None:
    """Raises UserError for a password that is short or that anybody would try first."""
    plain = _spelled(password)
    if len(plain) < SHORTEST:
        raise UserError(say("The password is too short."), _ADVICE)
    low = plain.casefold()
    rows = any(low in run or low in run[::-1] for run in _RUNS)
    if rows or len(set(low)) < 4 or name.casefold() in (low, low[: len(low) // 2]):
        raise UserError(say("The password is too easy to guess."), _ADVICE)


def hash_password(password: str) -> str:
    """What is stored instead of the password (Argon2id)."""
    return _HASHER.hash(_spelled(password))


def is_password(stored: str | None, password: str) -> bool:
    """Whether `password` is the one stored; None, for no such user, takes as long and is False."""
    try:
        right = _HASHER.verify(stored or _nobody(), _spelled(password))
    except (VerificationError, InvalidHashError):
        return False
    return right and stored is not None


@cache
def _nobody() -> str:
    return _HASHER.hash("nobody has this password")


def _spelled(password: str) -> str:
    """One spelling for what looks alike, whatever keyboard it was typed on."""
    return unicodedata.normalize("NFKC", password)
