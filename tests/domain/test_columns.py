"""One column list for screen, page and workbook."""

from __future__ import annotations

from datetime import date

import pytest

from claims_desk.domain.columns import Align, Cell, Column, Format, show
from claims_desk.domain.messages import Name, say


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (None, Format.KIP, ""),
        (1_234_567, Format.KIP, "1.234.567"),
        (1_234_567, Format.COUNT, "1234567"),
        (date(2026, 3, 10), Format.DAY, "10/3/2026"),
        (Name("ນາງ ປິ່ນ", "Nang Pin"), Format.TEXT, "Nang Pin"),
        (say("of {number}", number=7), Format.TEXT, "of 7"),
        ("00123", Format.TEXT, "00123"),
    ],
)
def test_a_value_is_read_as_its_format_says(value: Cell, form: Format, text: str) -> None:
    assert show(value, form, "en") == text


def test_numbers_stand_right_and_words_left_unless_the_column_says_otherwise() -> None:
    assert Column[int]("kip", say("Amount"), lambda row: row, Format.KIP).alignment is Align.RIGHT
    assert Column[int]("code", say("Code"), lambda row: row).alignment is Align.LEFT
    assert Column[int]("day", say("Day"), lambda row: row, Format.DAY, Align.CENTRE).alignment is Align.CENTRE


def test_a_total_counts_an_empty_cell_as_nothing() -> None:
    column = Column[int | None]("kip", say("Amount"), lambda row: row, Format.KIP, total=True)
    assert column.sum([450_000, None, -50_000]) == 400_000
