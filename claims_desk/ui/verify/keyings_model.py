"""Two keyings of one form side by side, and what the third person says stands on the paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont

from claims_desk.domain.facts import Claim
from claims_desk.domain.messages import Message, say
from claims_desk.domain.second_keying import Difference, texts_of
from claims_desk.ui import theme
from claims_desk.ui.speech import speech
from claims_desk.ui.verify.field_words import field_label, shown_text

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
FIELD, FIRST, SECOND, PAPER = range(4)
TITLES: Final = (say("Field"), say("1 First keying"), say("2 Second keying"), say("3 The paper says"))


@dataclass(slots=True)
class Side:
    """A field as both keyed it; `chosen` is what the paper says, None while that is open."""

    name: str
    first: str
    second: str
    chosen: str | None = None

    @property
    def differs(self) -> bool:
        """Whether the two keyings differ here."""
        return self.first != self.second

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to decide."""
        return self.differs and self.chosen is None


def sides(first: Claim, differences: Sequence[Difference]) -> list[Side]:
    """Every field compared, in the order of the form; what only the second has stands at the end."""
    rows = {name: Side(name, text, text) for name, text in texts_of(first)}
    rows.update((one.field, Side(one.field, one.first, one.second)) for one in differences)
    return list(rows.values())


class KeyingsModel(QAbstractTableModel):
    """The rows of two keyings. `decided` comes with each decision."""

    decided = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Side] = []
        speech.changed.connect(self._say_again)

    def show_sides(self, rows: Sequence[Side]) -> None:
        """Show another form."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()
        self.decided.emit()

    def choose(self, number: int, text: str) -> None:
        """Decide a row that differs: the paper says `text`."""
        self.rows[number].chosen = text
        self.dataChanged.emit(self.index(number, 0), self.index(number, PAPER))
        self.decided.emit()

    def chosen(self) -> dict[str, str]:
        """What was decided, by field."""
        return {row.name: row.chosen for row in self.rows if row.differs and row.chosen is not None}

    def open_rows(self) -> list[int]:
        """The numbers of the rows nobody has decided."""
        return [number for number, row in enumerate(self.rows) if row.is_open]

    def differing_rows(self) -> list[int]:
        """The numbers of the rows in which the keyings differ."""
        return [number for number, row in enumerate(self.rows) if row.differs]

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many fields there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Field, first, second, paper."""
        return 0 if parent.isValid() else len(TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The columns' titles, with the keys that choose them."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(TITLES):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return TITLES[section].text() if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, and what marks a row that differs: a sign, bold type and a ground."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            said = self._said(row, index.column())
            return said.text() if isinstance(said, Message) else said
        if role == Qt.ItemDataRole.FontRole and self._is_bold(row, index.column()):
            font = QFont()
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.BackgroundRole and row.differs:
            return QColor(theme.WARN_GROUND)
        if role == Qt.ItemDataRole.ForegroundRole:
            return _ink(row, index.column())
        return None

    @staticmethod
    def _said(row: Side, column: int) -> Message | str:
        if column == FIELD:
            label = field_label(row.name)
            return say("≠ {field}", field=label) if row.differs else label
        if column == PAPER:
            return _paper_words(row)
        text, other = (row.first, row.second) if column == FIRST else (row.second, row.first)
        if not (row.differs or text):
            return "–"
        shown = shown_text(row.name, text)
        return say("✓ {value}", value=shown) if row.differs and row.chosen == text != other else shown

    @staticmethod
    def _is_bold(row: Side, column: int) -> bool:
        if not row.differs:
            return False
        return column in (FIELD, PAPER) or row.chosen == (row.first if column == FIRST else row.second)

    def _say_again(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(TITLES) - 1)
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, PAPER))


def _paper_words(row: Side) -> Message | str:
    if not row.differs:
        return ""
    return say("to decide: 1, 2 or 3") if row.chosen is None else shown_text(row.name, row.chosen)


def _ink(row: Side, column: int) -> QColor | None:
    if not row.differs:
        return QColor(theme.MUTED)
    return QColor(theme.GOOD) if column == PAPER and row.chosen is not None else None
