"""Amounts in Lao words, as they stand on vouchers and letters."""

from __future__ import annotations

from typing import Final, Literal

TenThousand = Literal["ສິບພັນ", "ໝື່ນ"]
Billion = Literal["ພັນລ້ານ", "ຕື້"]
TEN_THOUSANDS: Final[tuple[TenThousand, ...]] = ("ສິບພັນ", "ໝື່ນ")
BILLIONS: Final[tuple[Billion, ...]] = ("ພັນລ້ານ", "ຕື້")

_DIGITS: Final = ("", "ໜຶ່ງ", "ສອງ", "ສາມ", "ສີ່", "ຫ້າ", "ຫົກ", "ເຈັດ", "ແປດ", "ເກົ້າ")
_TENS: Final = ("", "ສິບ", "ຊາວ", *(f"{digit}ສິບ" for digit in _DIGITS[3:]))


def amount_in_words(kip: int, ten_thousand: TenThousand = "ສິບພັນ", billion: Billion = "ພັນລ້ານ") -> str:
    """The amount said in full, ending in ກີບຖ້ວນ.

    `ten_thousand` and `billion` choose between the two accepted readings of 10,000 and 1,000,000,000 (settings).
    Raises ValueError for an amount below 0.
    """
    if kip < 0:
        raise ValueError(kip)
    return (_number(kip, ten_thousand, billion) or "ສູນ") + "ກີບຖ້ວນ"


def _number(number: int, ten_thousand: TenThousand, billion: Billion) -> str:
    """The words of a number, empty for 0."""
    if number >= 10**9 and billion == "ຕື້":
        return f"{_number(number // 10**9, ten_thousand, billion)}ຕື້{_number(number % 10**9, ten_thousand, billion)}"
    if number >= 10**6:
        millions, rest = divmod(number, 10**6)
        return f"{_number(millions, ten_thousand, billion)}ລ້ານ{_below_million(rest, ten_thousand)}"
    return _below_million(number, ten_thousand)


def _below_million(number: int, ten_thousand: TenThousand) -> str:
    said = _counted(number // 100_000, "ແສນ")
    if ten_thousand == "ໝື່ນ":
        said += _counted(number // 10_000 % 10, "ໝື່ນ") + _counted(number // 1_000 % 10, "ພັນ")
    else:
        said += _counted(number // 1_000 % 100, "ພັນ")
    return said + _counted(number // 100 % 10, "ຮ້ອຍ") + _below_hundred(number % 100)


def _counted(count: int, unit: str) -> str:
    return f"{_below_hundred(count)}{unit}" if count else ""


def _below_hundred(number: int) -> str:
    tens, ones = divmod(number, 10)
    return _TENS[tens] + ("ເອັດ" if tens and ones == 1 else _DIGITS[ones])
