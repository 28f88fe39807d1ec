"""Invented prices, rates and limits: the rows of the tariff's files, and what a facility would charge by them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final

from claims_desk.demo.calendar import TARIFF_CHANGE, TARIFF_START, days
from claims_desk.demo.tables import Cell, shipped
from claims_desk.domain.codes import Level

PERIODS: Final[tuple[tuple[date, date | None, int], ...]] = (
    (TARIFF_START, TARIFF_CHANGE - days(1), 100),
    (TARIFF_CHANGE, None, 108),
)
_STEP = 500  # kip: amounts end in 000 or 500


@dataclass(frozen=True)
class Tariff:
    """The shipped lists, priced by scheme, level and day; all amounts in kip."""

    items: Mapping[str, dict[str, str]] = field(default_factory=lambda: _by_code("items"))
    groups: Mapping[str, dict[str, str]] = field(default_factory=lambda: _by_code("case_groups"))
    schemes: Mapping[str, dict[str, str]] = field(default_factory=lambda: _by_code("schemes"))

    @cached_property
    def factors(self) -> Mapping[str, int]:
        """Percent by scheme and by level."""
        return {row["code"]: int(row["percent"]) for row in shipped("tariff_factors")}

    @cached_property
    def methods(self) -> Mapping[tuple[str, str, str], str]:
        """Payment method by scheme, level and care type."""
        rows = shipped("methods")
        return {
            (row["scheme"], level.value, row["care_type"]): row[level] for row in rows for level in Level if row[level]
        }

    @cached_property
    def copayments(self) -> Mapping[tuple[str, str, str], int]:
        """Co-payment in kip by scheme, level and care type."""
        rows = shipped("copayments")
        return {(row["scheme"], row["level"], row["care_type"]): int(row["amount"]) for row in rows}

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Items of which the second is not paid beside the first."""
        return frozenset((row["first_item"], row["second_item"]) for row in shipped("item_pairs"))

    def price(self, item: str, scheme: str, level: str, day: date) -> int | None:
        """Price of an item; None where the level does not offer it or nobody has priced it."""
        row = self.items[item]
        if not row["price"] or not offered(row, level):
            return None
        return self._amount(int(row["price"]), scheme, level, day)

    def rate(self, group: str, scheme: str, level: str, day: date) -> int | None:
        """Flat payment of a case group; None where the level does not take such cases."""
        row = self.groups[group]
        return self._amount(int(row["amount"]), scheme, level, day) if offered(row, level) else None

    def _amount(self, base: int, scheme: str, level: str, day: date) -> int:
        percent = next(percent for first, last, percent in PERIODS if first <= day and (last is None or day <= last))
        exact = base * self.factors[scheme] * self.factors[level] * percent
        return _rounded(exact // 1_000_000, base)


def offered(row: Mapping[str, str], level: str) -> bool:
    """Whether a level is high enough for an item or a case group."""
    return Level(level).rank >= Level(row["lowest_level"]).rank


def _rounded(amount: int, base: int) -> int:
    step = _STEP if base >= 10_000 else 100
    return max(step, amount // step * step)


def _by_code(name: str) -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in shipped(name)}


def item_rows(tariff: Tariff) -> Iterator[Mapping[str, Cell]]:
    """The rows of `items`."""
    for row in tariff.items.values():
        yield {**row, "active_from": TARIFF_START}


def price_rows(tariff: Tariff) -> Iterator[tuple[Cell, ...]]:
    """The rows of `prices`: every item offered, for each scheme, level and period."""
    for item in tariff.items:
        for scheme in tariff.schemes:
            for level in Level:
                for first, last, _ in PERIODS:
                    if (price := tariff.price(item, scheme, level, first)) is not None:
                        yield item, scheme, level.value, first, last, price


def rate_rows(tariff: Tariff) -> Iterator[tuple[Cell, ...]]:
    """The rows of `case_rates`."""
    for group in tariff.groups:
        for scheme in tariff.schemes:
            for level in Level:
                for first, last, _ in PERIODS:
                    if (amount := tariff.rate(group, scheme, level, first)) is not None:
                        yield group, scheme, level.value, first, last, amount


def method_rows(tariff: Tariff) -> Iterator[tuple[Cell, ...]]:
    """The rows of `payment_methods`."""
    for (scheme, level, care_type), method in tariff.methods.items():
        yield scheme, level, care_type, TARIFF_START, None, method


def dated_rows(name: str) -> Iterator[Mapping[str, Cell]]:
    """The rows of a shipped list, each in force since the tariff began."""
    for row in shipped(name):
        yield {**row, "valid_from": TARIFF_START}
