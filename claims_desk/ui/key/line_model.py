"""The grid's model of the lines: what was typed, and what the judgement says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from claims_desk.domain.facts import Line
from claims_desk.domain.judgement import Finding, Judgement, PricedLine
from claims_desk.domain.messages import Message, say
from claims_desk.domain.money import format_kip
from claims_desk.ui import theme
from claims_desk.ui.key.form_fields import LINE_FIELDS
from claims_desk.ui.key.typed_lines import TYPED, Cell, LineRow, TypedLines
from claims_desk.ui.look_ups import LookUps
from claims_desk.ui.speech import speech
from claims_desk.ui.theme import LOOKS, Tone
from claims_desk.ui.tones import FINDING_TONES

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
COLUMNS = ("item_code", "name", "service_date", "quantity", "unit_price", "price", "allowed")
TITLES: Mapping[str, Message] = {
    **{each.name: each.label for each in LINE_FIELDS},
    "name": say("Item"),
    "price": say("Price allowed"),
    "allowed": say("Allowed"),
}
_FROM_THE_RIGHT = frozenset({"quantity", "unit_price", "price", "allowed"})


class LineModel(QAbstractTableModel):
    """The lines, and below them always one blank row. `edited` comes when a cell was left with another text."""

    edited = Signal()

    def __init__(self, look_ups: LookUps, first_day: Callable[[], date | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.look_ups = look_ups
        self.typed = TypedLines(look_ups, first_day)
        self._priced: dict[int, PricedLine] = {}
        self._found: dict[tuple[int, str], Finding] = {}
        speech.changed.connect(self._say_again)

    def set_lines(self, lines: Iterable[Line], keep_numbers: bool = False) -> None:
        """Show the lines of a claim."""
        self._reset(self.typed.rows_of(lines, keep_numbers))

    def show_typed(self, typed: Sequence[Mapping[str, Any]]) -> None:
        """Show what `TypedLines.as_typed` gave."""
        self._reset(self.typed.rows_typed(typed))

    def show_judgement(self, judgement: Judgement | None) -> None:
        """Show price and total allowed of each line, and colour what was found."""
        self._priced = {line.line_no: line for line in judgement.lines} if judgement else {}
        self._found = {}
        for found in judgement.findings if judgement else ():
            if found.line_no is not None:
                self._found.setdefault((found.line_no, found.field), found)
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.typed.rows) - 1, len(COLUMNS) - 1))

    def remove(self, number: int) -> None:
        """Take a row out; the blank one at the end stays."""
        if 0 <= number < len(self.typed.rows) - 1:
            self.beginRemoveRows(_NOWHERE, number, number)
            del self.typed.rows[number]
            self.endRemoveRows()
            self.edited.emit()

    def cell(self, index: Index) -> Cell | None:
        """What was typed in a cell; None for one that is not typed into."""
        return self.typed.rows[index.row()].cells.get(COLUMNS[index.column()]) if index.isValid() else None

    def put(self, index: Index, text: str) -> None:
        """Take a cell's text; typing in the last row makes a new one below."""
        name = COLUMNS[index.column()]
        row = self.typed.rows[index.row()]
        if row.cells[name].text == text.strip():
            return
        row.cells[name] = self.typed.read(name, text)
        if index.row() == len(self.typed.rows) - 1 and not row.is_blank:
            self.beginInsertRows(_NOWHERE, len(self.typed.rows), len(self.typed.rows))
            self.typed.rows.append(LineRow())
            self.endInsertRows()
        self.dataChanged.emit(self.index(index.row(), 0), self.index(index.row(), len(COLUMNS) - 1))
        self.edited.emit()

    def _reset(self, rows: list[LineRow]) -> None:
        self.beginResetModel()
        self.typed.rows = [*rows, LineRow()]
        self._priced, self._found = {}, {}
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """The lines and the blank row."""
        return 0 if parent.isValid() else len(self.typed.rows)

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
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return ". ".join(part for part in (TITLES[name].text(), self._words(index.row(), name)) if part)
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
        row = self.typed.rows[number]
        if name in TYPED:
            return row.cells[name].text
        if row.is_blank:
            return ""
        if name == "name":
            return self.look_ups.item_name(row.cells["item_code"].value or "")
        priced = self._priced.get(self.typed.numbers()[number])
        if priced is None:
            return ""
        amount = priced.price if name == "price" else priced.allowed
        return "—" if amount is None else format_kip(amount)

    def finding(self, number: int, name: str) -> Finding | None:
        """What was found of a cell; a cut shows at the allowed price, a code's trouble at the code."""
        line_no = self.typed.numbers()[number]
        typed = {"price": "unit_price", "allowed": "quantity"}.get(name, name)
        return self._found.get((line_no, typed))

    def _colour(self, number: int, name: str) -> QColor | None:
        cell = self.typed.rows[number].cells.get(name)
        if cell is not None and cell.problem is not None:
            return QColor(LOOKS[Tone.BAD].ink)
        found = self.finding(number, name)
        if found is not None:
            return QColor(LOOKS[FINDING_TONES[found.severity]].ink)
        return None if name in TYPED else QColor(theme.MUTED) if name == "name" else None

    def _words(self, number: int, name: str) -> str | None:
        cell = self.typed.rows[number].cells.get(name)
        if cell is not None and cell.problem is not None:
            return cell.problem.text()
        found = self.finding(number, name)
        return found.message.text() if found else None

    def _say_again(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.typed.rows) - 1, len(COLUMNS) - 1))
