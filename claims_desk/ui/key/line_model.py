"""The lines of a form as the grid shows them: what was typed, read cell by cell, and what the judgement says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from claims_desk.domain.facts import Line
from claims_desk.domain.judgement import Finding, Judgement, PricedLine
from claims_desk.domain.messages import Message, say
from claims_desk.domain.money import format_kip
from claims_desk.ui.key.form_fields import LINE_FIELDS
from claims_desk.ui.key.look_ups import LookUps
from claims_desk.ui.key.severities import TONES
from claims_desk.ui.speech import speech
from claims_desk.ui.theme import LOOKS, MUTED, Tone
from claims_desk.ui.widgets import Edit

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
COLUMNS = ("item_code", "name", "service_date", "quantity", "unit_price", "price", "allowed")
TITLES: Mapping[str, Message] = {
    **{each.name: each.label for each in LINE_FIELDS},
    "name": say("Item"),
    "price": say("Price allowed"),
    "allowed": say("Line total"),
}
TYPED = tuple(each.name for each in LINE_FIELDS)
_FROM_THE_RIGHT = frozenset({"quantity", "unit_price", "price", "allowed"})


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


class LineModel(QAbstractTableModel):
    """The lines, and below them always one blank row. `edited` comes when a cell was left with another text."""

    edited = Signal()

    def __init__(self, look_ups: LookUps, first_day: Callable[[], date | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.look_ups, self.first_day = look_ups, first_day
        self._readers = {each.name: each.make(look_ups, first_day) for each in LINE_FIELDS}
        self._rows = [LineRow()]
        self._priced: dict[int, PricedLine] = {}
        self._found: dict[tuple[int, str], Finding] = {}
        speech.changed.connect(self._say_again)

    # --- what the form reads and fills

    def lines(self) -> tuple[Line, ...]:
        """The lines that are not blank, numbered from 1 or as they were kept."""
        return tuple(
            Line(line_no=number, **{name: row.cells[name].value or _blank(name, row) for name in TYPED})
            for row, number in zip(self._rows, self._numbers(), strict=True)
            if not row.is_blank
        )

    def set_lines(self, lines: Iterable[Line], keep_numbers: bool = False) -> None:
        """Show the lines of a claim."""
        rows = []
        for line in lines:
            row = LineRow(given_no=line.line_no if keep_numbers else None)
            for name in TYPED:
                value = getattr(line, name)
                if value not in (None, ""):
                    row.cells[name] = Cell(self._readers[name].show_value(value), value)
            rows.append(row)
        self._reset(rows)

    def as_typed(self, under_the_fingers: tuple[int, str, str] | None = None) -> list[dict[str, Any]]:
        """The texts of every row, right or wrong, as JSON can hold them; with row, name and text of an open edit."""
        rows: list[dict[str, Any]] = [
            {"no": row.given_no, **{name: cell.text for name, cell in row.cells.items()}} for row in self._rows
        ]
        if under_the_fingers is not None:
            number, name, text = under_the_fingers
            rows[number][name] = text.strip()
        return [row for row in rows if any(row[name] for name in TYPED)]

    def show_typed(self, typed: Sequence[Mapping[str, Any]]) -> None:
        """Fill the rows from `as_typed`."""
        rows = []
        for content in typed:
            texts = {name: self._read(name, str(content.get(name, ""))) for name in TYPED}
            rows.append(LineRow(texts, content.get("no")))
        self._reset(rows)

    def clear(self) -> None:
        """Only the blank row."""
        self._reset([])

    def sum_claimed(self) -> int:
        """Quantity times price as claimed, whole kip, of all lines."""
        return int(sum((line.claimed for line in self.lines()), Decimal(0)))

    def problems(self) -> list[tuple[int, int, Message]]:
        """Row, column and words of every cell that cannot be read."""
        return [
            (number, COLUMNS.index(name), cell.problem)
            for number, row in enumerate(self._rows)
            for name, cell in row.cells.items()
            if cell.problem is not None
        ]

    def show_judgement(self, judgement: Judgement | None) -> None:
        """Show price and total allowed of each line, and colour what was found."""
        self._priced = {line.line_no: line for line in judgement.lines} if judgement else {}
        self._found = {}
        for found in judgement.findings if judgement else ():
            if found.line_no is not None:
                self._found.setdefault((found.line_no, found.field), found)
        self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(COLUMNS) - 1))

    # --- rows

    def row_of(self, line_no: int) -> int | None:
        """The row of a line by its number."""
        numbers = self._numbers()
        return numbers.index(line_no) if line_no in numbers else None

    def is_blank(self, number: int) -> bool:
        """Whether nothing is typed in a row."""
        return self._rows[number].is_blank

    def remove(self, number: int) -> None:
        """Take a row out; the blank one at the end stays."""
        if 0 <= number < len(self._rows) - 1:
            self.beginRemoveRows(_NOWHERE, number, number)
            del self._rows[number]
            self.endRemoveRows()
            self.edited.emit()

    def day_before(self, number: int) -> date | None:
        """The day of the row above, else the first day of the visit: what the date most likely is."""
        above = self._rows[number - 1].cells["service_date"].value if number else None
        return above or self.first_day()

    def cell(self, index: Index) -> Cell | None:
        """What was typed in a cell; None for one that is not typed into."""
        return self._rows[index.row()].cells.get(COLUMNS[index.column()]) if index.isValid() else None

    def put(self, index: Index, text: str) -> None:
        """Take a cell's text; typing in the last row makes a new one below."""
        name = COLUMNS[index.column()]
        row = self._rows[index.row()]
        if row.cells[name].text == text.strip():
            return
        row.cells[name] = self._read(name, text)
        if index.row() == len(self._rows) - 1 and not row.is_blank:
            self.beginInsertRows(_NOWHERE, len(self._rows), len(self._rows))
            self._rows.append(LineRow())
            self.endInsertRows()
        self.dataChanged.emit(self.index(index.row(), 0), self.index(index.row(), len(COLUMNS) - 1))
        self.edited.emit()

    def _read(self, name: str, text: str) -> Cell:
        reader: Edit[Any] = self._readers[name]
        reader.setText(text.strip())
        reader.settle()
        return Cell(reader.text(), reader.value(), reader.problem)

    def _reset(self, rows: list[LineRow]) -> None:
        self.beginResetModel()
        self._rows = [*rows, LineRow()]
        self._priced, self._found = {}, {}
        self.endResetModel()

    def _numbers(self) -> list[int]:
        numbers: list[int] = []
        for row in self._rows:
            last = numbers[-1] if numbers else 0
            numbers.append(row.given_no if row.given_no is not None and row.given_no > last else last + 1)
        return numbers

    # --- what the grid shows

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """The lines and the blank row."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only what stands on the paper is typed."""
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return plain | Qt.ItemFlag.ItemIsEditable if COLUMNS[index.column()] in TYPED else plain

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, side, colour and the words of what was found."""
        if not index.isValid():
            return None
        name = COLUMNS[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(index.row(), name)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if name in _FROM_THE_RIGHT else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._colour(index.row(), name)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._words(index.row(), name)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Titles above, line numbers at the left."""
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation == Qt.Orientation.Horizontal:
            right = COLUMNS[section] in _FROM_THE_RIGHT
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return TITLES[COLUMNS[section]].text() if orientation == Qt.Orientation.Horizontal else str(section + 1)

    def _text(self, number: int, name: str) -> str:
        row = self._rows[number]
        if name in TYPED:
            return row.cells[name].text
        if row.is_blank:
            return ""
        if name == "name":
            return self.look_ups.item_name(row.cells["item_code"].value or "")
        priced = self._priced.get(self._numbers()[number])
        if priced is None:
            return ""
        amount = priced.price if name == "price" else priced.allowed
        return "—" if amount is None else format_kip(amount)

    def finding(self, number: int, name: str) -> Finding | None:
        """What was found of a cell; a cut shows at the allowed price, a code's trouble at the code."""
        line_no = self._numbers()[number]
        typed = {"price": "unit_price", "allowed": "quantity"}.get(name, name)
        return self._found.get((line_no, typed))

    def _colour(self, number: int, name: str) -> QColor | None:
        cell = self._rows[number].cells.get(name)
        if cell is not None and cell.problem is not None:
            return QColor(LOOKS[Tone.BAD].ink)
        found = self.finding(number, name)
        if found is not None:
            return QColor(LOOKS[TONES[found.severity]].ink)
        return None if name in TYPED else QColor(MUTED) if name == "name" else None

    def _words(self, number: int, name: str) -> str | None:
        cell = self._rows[number].cells.get(name)
        if cell is not None and cell.problem is not None:
            return cell.problem.text()
        found = self.finding(number, name)
        return found.message.text() if found else None

    def _say_again(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(COLUMNS) - 1))


def _blank(name: str, row: LineRow) -> Any:
    return "" if name == "item_code" else row.cells[name].value
