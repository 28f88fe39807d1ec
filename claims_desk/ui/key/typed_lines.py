"""The lines of a form as far as they are typed, right or wrong, read cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from claims_desk.domain.facts import Line
from claims_desk.domain.messages import Message
from claims_desk.ui.key.form_fields import LINE_FIELDS
from claims_desk.ui.look_ups import LookUps
from claims_desk.ui.widgets import Edit

TYPED = tuple(each.name for each in LINE_FIELDS)
_LARGEST_NUMBER = 1_000_000


@dataclass(slots=True)
class Cell:
    """What stands in a cell: the text, the value read from it, why it cannot be read."""

    text: str = ""
    value: Any = None
    problem: Message | None = None


@dataclass(slots=True)
class LineRow:
    """A line being typed; `given_no` is its number where it was kept before."""

    cells: dict[str, Cell] = field(default_factory=lambda: {name: Cell() for name in TYPED})
    given_no: int | None = None

    @property
    def is_blank(self) -> bool:
        """Whether nothing is typed in it."""
        return not any(cell.text for cell in self.cells.values())


class TypedLines:
    """The rows, below them always a blank one. Edits that are never shown read the texts, as those of the form do."""

    def __init__(self, look_ups: LookUps, first_day: Callable[[], date | None]) -> None:
        self.first_day = first_day
        self._readers: dict[str, Edit[Any]] = {each.name: each.make(look_ups, first_day) for each in LINE_FIELDS}
        self.rows = [LineRow()]

    def lines(self) -> tuple[Line, ...]:
        """The lines that are not blank, numbered from 1 or as they were kept."""
        return tuple(
            Line(line_no=number, **{name: _value(name, row.cells[name]) for name in TYPED})
            for row, number in zip(self.rows, self.numbers(), strict=True)
            if not row.is_blank
        )

    def sum_claimed(self) -> int:
        """Quantity times price as claimed, whole kip, of all lines."""
        return int(sum((line.claimed for line in self.lines()), Decimal(0)))

    def problems(self) -> list[tuple[int, str, Message]]:
        """Row, name and words of every cell that cannot be read."""
        return [
            (number, name, cell.problem)
            for number, row in enumerate(self.rows)
            for name, cell in row.cells.items()
            if cell.problem is not None
        ]

    def as_typed(self, under_the_fingers: tuple[int, str, str] | None = None) -> list[dict[str, Any]]:
        """The texts of every row as JSON can hold them; with row, name and text of an open edit."""
        rows: list[dict[str, Any]] = [
            {"no": row.given_no, **{name: cell.text for name, cell in row.cells.items()}} for row in self.rows
        ]
        if under_the_fingers is not None:
            number, name, text = under_the_fingers
            rows[number][name] = text.strip()
        return [row for row in rows if any(row[name] for name in TYPED)]

    def texts(self) -> tuple[tuple[Any, ...], ...]:
        """Number and texts of every row but the blank one at the end."""
        return tuple((row.given_no, *(row.cells[name].text for name in TYPED)) for row in self.rows[:-1])

    def rows_of(self, lines: Iterable[Line], keep_numbers: bool) -> list[LineRow]:
        """The rows of a claim's lines."""
        rows = []
        for line in lines:
            row = LineRow(given_no=line.line_no if keep_numbers else None)
            for name in TYPED:
                value = getattr(line, name)
                if value not in (None, ""):
                    row.cells[name] = Cell(self._readers[name].show_value(value), value)
            rows.append(row)
        return rows

    def rows_typed(self, typed: Sequence[Mapping[str, Any]]) -> list[LineRow]:
        """The rows out of `as_typed`."""
        return [
            LineRow({name: self.read(name, str(content.get(name, ""))) for name in TYPED}, _number(content.get("no")))
            for content in typed
        ]

    def read(self, name: str, text: str) -> Cell:
        """A cell's text, read and in the house style."""
        reader = self._readers[name]
        reader.setText(text.strip())
        reader.settle()
        return Cell(reader.text(), reader.value(), reader.problem)

    def numbers(self) -> list[int]:
        """The number of each row: the one it was kept under, else one more than that of the row above."""
        numbers: list[int] = []
        for row in self.rows:
            last = numbers[-1] if numbers else 0
            numbers.append(row.given_no if row.given_no is not None and row.given_no > last else last + 1)
        return numbers

    def row_of(self, line_no: int) -> int | None:
        """The row of a line by its number."""
        numbers = self.numbers()
        return numbers.index(line_no) if line_no in numbers else None

    def day_before(self, number: int) -> date | None:
        """The day of the row above, else the first day of the visit: what the date most likely is."""
        above: date | None = self.rows[number - 1].cells["service_date"].value if number else None
        return above or self.first_day()


def _number(content: Any) -> int | None:
    return content if isinstance(content, int) and 0 < content < _LARGEST_NUMBER else None


def _value(name: str, cell: Cell) -> Any:
    return cell.value or "" if name == "item_code" else cell.value
