"""Kip: a whole number, read as Lao papers write it and shown in one style."""

from __future__ import annotations

import re

from claims_desk.domain.lao import LAO_DIGITS

LARGEST_KIP = 999_999_999_999
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+", re.ASCII)

_separator = "."


class TooMuch(ValueError):
    """More than LARGEST_KIP."""


def use_separator(separator: str) -> None:
    """Group shown amounts by `.` or `,` (a setting of the office)."""
    global _separator
    if separator not in (".", ","):
        raise ValueError(separator)
    _separator = separator


def format_kip(amount: int) -> str:
    """The amount in groups of three: 1.234.567."""
    return f"{amount:,}".replace(",", _separator)


def format_tenths(tenths: int) -> str:
    """A number counted in tenths, with the mark that groups no kip: 12,5 where kip is written 1.000."""
    whole, tenth = divmod(abs(tenths), 10)
    return f"{'-' if tenths < 0 else ''}{whole}{',' if _separator == '.' else '.'}{tenth}"


def parse_kip(text: str) -> int:
    """The amount written in `text`: groups by dot, comma or space, Lao digits too; never a decimal.

    Raises ValueError for anything else, a part of a kip included; TooMuch for more than LARGEST_KIP.
    """
    written = " ".join(text.translate(LAO_DIGITS).replace("\u00a0", " ").replace("\u200b", "").split())
    negative = written.startswith("-")
    digits = written.removeprefix("-").strip()
    if not _GROUPED.fullmatch(digits):
        raise ValueError(text)
    amount = int(re.sub(r"\D", "", digits))
    if amount > LARGEST_KIP:
        raise TooMuch(text)
    return -amount if negative else amount
