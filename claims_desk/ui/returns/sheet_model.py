"""The form of a return as a table: a row a group, a column for each kind of patient, totals at the right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QApplication

from claims_desk.domain.codes import Section
from claims_desk.domain.diagnosis_groups import Group, groups_of
from claims_desk.domain.messages import say
from claims_desk.domain.money import format_kip
from claims_desk.domain.monthly_return import COLUMNS, NOT_REPORTED, Cell, Counts, blanks, block_of, row_of, total
from claims_desk.ui import theme
from claims_desk.ui.returns.columns import SECTIONS, who_words
from claims_desk.ui.returns.typed import TypedReturn
from claims_desk.ui.speech import speech
from claims_desk.ui.theme import LOOKS, Tone, house_font

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
NUMBER, NAME, FIRST = 0, 1, 2
LAST = FIRST + len(COLUMNS) - 1
TOTAL = LAST + 1
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def _rows() -> Iterator[Section | Group]:
    for section in Section:
        yield section
        yield from groups_of(section)


ROWS: Final = tuple(_rows())


def heading(section: int) -> str:
    """The title of a column."""
    if FIRST <= section <= LAST:
        return who_words(COLUMNS[section - FIRST])
    return {NUMBER: "", NAME: say("Diagnosis group").text(), TOTAL: say("Total").text()}[section]


class SheetModel(QAbstractTableModel):
    """The places of the form. `typed` comes whenever a place changed.

    `theirs`: what a colleague saved meanwhile, where it differs; `asked`: the groups a question is about.
    """

    typed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sheet = TypedReturn()
        self.theirs: dict[Cell, int | None] = {}
        self.asked: frozenset[tuple[Section, int]] = frozenset()
        speech.changed.connect(self._say_again)

    def show_counts(self, counts: Counts) -> None:
        """Show what is kept of a return."""
        self.beginResetModel()
        self.sheet.show(counts)
        self.theirs, self.asked = {}, frozenset()
        self.endResetModel()

    def show_typed(self, texts: Mapping[Cell, str]) -> None:
        """Show what was typed before and is not saved."""
        self.beginResetModel()
        self.sheet.show_texts(texts)
        self.endResetModel()
        self.typed.emit()

    def show_asked(self, asked: Iterable[tuple[Section, int]]) -> None:
        """Mark the groups that are asked about."""
        wanted = frozenset(asked)
        if wanted != self.asked:
            self.asked = wanted
            self._changed()

    def show_theirs(self, counts: Counts | None) -> None:
        """Mark the places where a colleague's numbers are others; None: nobody else saved."""
        mine, nothing = self.sheet.counts, object()
        both = mine.keys() | counts.keys() if counts is not None else ()
        theirs = counts or {}
        self.theirs = {cell: theirs.get(cell) for cell in both if theirs.get(cell, nothing) != mine.get(cell, nothing)}
        self._changed()

    def put(self, texts: Mapping[Cell, str]) -> None:
        """Put texts into places."""
        self.sheet.put(texts)
        self._changed()
        self.typed.emit()

    def undo(self) -> QModelIndex | None:
        """Take the last step back; the first place it changed."""
        return self._show_step(self.sheet.undo())

    def redo(self) -> QModelIndex | None:
        """Do again what was taken back; the first place it changed."""
        return self._show_step(self.sheet.redo())

    def _show_step(self, step: Iterable[Cell]) -> QModelIndex | None:
        cells = list(step)
        self._changed()
        self.typed.emit()
        return self.index_of(cells[0]) if cells else None

    def fill_blanks(self, section: Section, group: int, text: str) -> int:
        """Answer the blank places of a group, or with group 0 of a section; how many there were."""
        cells = blanks(self.sheet.counts, block_of(section, group))
        if cells:
            self.put(dict.fromkeys(cells, text))
        return len(cells)

    def cell(self, index: Index) -> Cell | None:
        """The place at an index; None for what is not typed into."""
        row = ROWS[index.row()] if index.isValid() else None
        if not isinstance(row, Group) or not FIRST <= index.column() <= LAST:
            return None
        return Cell(row.section, row.number, COLUMNS[index.column() - FIRST])

    def index_of(self, cell: Cell) -> QModelIndex:
        """Where a place stands."""
        return self.index(self.row_number(cell.section, cell.group), FIRST + COLUMNS.index(cell.who))

    @staticmethod
    def row_number(section: Section, group: int) -> int:
        """The row of a group; of the section's heading where `group` is 0."""
        return list(ROWS).index(section) + group

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Groups and the headings of the two sections."""
        return 0 if parent.isValid() else len(ROWS)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Number, name, eight counts, total."""
        return 0 if parent.isValid() else TOTAL + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only places can be gone to."""
        plain = Qt.ItemFlag.ItemIsEnabled
        return plain | Qt.ItemFlag.ItemIsSelectable if self.cell(index) is not None else plain

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, side, colour, and what a colleague wrote there."""
        if not index.isValid():
            return None
        row, column = ROWS[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return LEFT if column == NAME else RIGHT
        if role == Qt.ItemDataRole.BackgroundRole:
            return self._ground(row, index)
        if role == Qt.ItemDataRole.FontRole and (isinstance(row, Section) or column == TOTAL):
            return _bold()
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._note(row, index)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Whom each column counts."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return LEFT if section == NAME else RIGHT
        return heading(section) if role == Qt.ItemDataRole.DisplayRole else None

    def _text(self, row: Section | Group, column: int) -> str:
        if isinstance(row, Section):
            return SECTIONS[row].text() if column == NAME else ""
        if column == NUMBER:
            return str(row.number)
        if column == NAME:
            return row.name.text()
        if column == TOTAL:
            return format_kip(total(self.sheet.counts, row_of(row.section, row.number)))
        return self.sheet.texts.get(Cell(row.section, row.number, COLUMNS[column - FIRST]), "")

    def _ground(self, row: Section | Group, index: Index) -> QColor | None:
        if isinstance(row, Section):
            return QColor(theme.NEUTRAL_GROUND)
        if self.cell(index) in self.theirs:
            return QColor(LOOKS[Tone.BAD].ground)
        return QColor(LOOKS[Tone.WARN].ground) if (row.section, row.number) in self.asked else None

    def _note(self, row: Section | Group, index: Index) -> str | None:
        cell = self.cell(index)
        if cell in self.theirs:
            number = self.theirs[cell]
            return say("Saved by a colleague: {number}", number=NOT_REPORTED if number is None else number).text()
        return row.name.text() if isinstance(row, Group) and index.column() == NAME else None

    def _changed(self) -> None:
        self.dataChanged.emit(self.index(0, 0), self.index(len(ROWS) - 1, TOTAL))

    def _say_again(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, TOTAL)
        self._changed()


class SumsModel(QAbstractTableModel):
    """The totals of both sections, column by column."""

    def __init__(self, sheet: SheetModel) -> None:
        super().__init__(sheet)
        self._sheet = sheet
        sheet.dataChanged.connect(self._again)
        sheet.modelReset.connect(self._again)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """A row a section."""
        return 0 if parent.isValid() else len(Section)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Those of the form."""
        return 0 if parent.isValid() else TOTAL + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only to be read."""
        return Qt.ItemFlag.ItemIsEnabled

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The section's name and its totals."""
        section, column = list(Section)[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(section, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return LEFT if column == NAME else RIGHT
        return _bold() if role == Qt.ItemDataRole.FontRole else None

    def _text(self, section: Section, column: int) -> str:
        if column <= NAME:
            return SECTIONS[section].text() if column == NAME else ""
        cells = block_of(section, 0)
        if column <= LAST:
            cells = (cell for cell in cells if cell.who == COLUMNS[column - FIRST])
        return format_kip(total(self._sheet.sheet.counts, cells))

    def _again(self) -> None:
        self.dataChanged.emit(self.index(0, 0), self.index(len(Section) - 1, TOTAL))


def _bold() -> QFont:
    return house_font(QApplication.font().pixelSize(), bold=True)
