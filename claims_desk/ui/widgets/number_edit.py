"""Fields for whole numbers: amounts of kip and quantities, with Lao or Arabic digits."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from claims_desk.domain.messages import Message, say
from claims_desk.domain.money import LARGEST_KIP, TooMuch, format_kip, parse_kip
from claims_desk.ui.widgets.edit import Edit, Unreadable


class MoneyEdit(Edit[int]):
    """An amount of kip: dots, commas or spaces group it, never a decimal; grouped when left."""

    def __init__(self, parent: QWidget | None = None, negative: bool = False) -> None:
        super().__init__(parent)
        self._lowest = -LARGEST_KIP if negative else 0

    def read(self, text: str) -> int:
        """The amount in kip. Raises Unreadable for a part of a kip or a sign that is not allowed."""
        try:
            amount = parse_kip(text)
        except TooMuch:
            raise Unreadable(say("No amount is above {most:kip} kip.", most=LARGEST_KIP)) from None
        except ValueError:
            raise Unreadable(_no_amount(text)) from None
        if amount < self._lowest:
            raise Unreadable(say("The amount cannot be below 0."))
        return amount

    def show_value(self, value: int) -> str:
        """The amount in groups of three."""
        return format_kip(value)


class NumberEdit(Edit[int]):
    """A whole number between `lowest` and `highest`: a quantity, a count of forms."""

    def __init__(self, parent: QWidget | None = None, lowest: int = 0, highest: int = 999_999) -> None:
        super().__init__(parent)
        self._lowest, self._highest = lowest, highest

    def read(self, text: str) -> int:
        """The number. Raises Unreadable outside the bounds."""
        try:
            number = parse_kip(text)
        except ValueError:
            raise Unreadable(say("“{typed}” is no whole number.", typed=text)) from None
        if not self._lowest <= number <= self._highest:
            raise Unreadable(
                say("Write a number from {lowest:kip} to {highest:kip}.", lowest=self._lowest, highest=self._highest)
            )
        return number

    def show_value(self, value: int) -> str:
        """The number, ungrouped below 10.000."""
        return format_kip(value) if value >= 10_000 else str(value)


def _no_amount(text: str) -> Message:
    example = format_kip(30_000)
    return say("“{typed}” is no whole number of kip. Write it like {example}.", typed=text, example=example)
