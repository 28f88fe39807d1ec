"""What a list offers, and the popup that shows it under a field without ever taking the focus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QListWidget, QListWidgetItem

from claims_desk.ui.speech import Spoken
from claims_desk.ui.widgets.cell_tips import CellTips

T = TypeVar("T")
SHOWN_AT_MOST = 10


@dataclass(frozen=True, slots=True)
class Choice(Generic[T]):
    """One thing to choose: the value it stands for, the code that is typed, and its name."""

    value: T
    code: str
    name: Spoken | str = ""

    @property
    def words(self) -> str:
        """The name in the language in use."""
        return self.name if isinstance(self.name, str) else self.name.text()

    @property
    def line(self) -> str:
        """Code and name, as the list shows them."""
        return "   ".join(dict.fromkeys(part for part in (self.code, self.words) if part))


class ChoicePopup(QListWidget):
    """A list under a field, part of the same window; the field keeps the focus and steers it."""

    picked = Signal(int)

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field.window())
        self._field = field
        self.setProperty("look", "popup")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setUniformItemSizes(True)
        CellTips(self)
        self.itemClicked.connect(self._on_clicked)
        field.destroyed.connect(self.deleteLater)
        self.hide()

    def offer(self, choices: Sequence[Choice[T]], row: int = 0) -> None:
        """Show the choices with `row` marked; nothing where there are none."""
        self.clear()
        for choice in choices:
            item = QListWidgetItem(choice.line)
            item.setSizeHint(QSize(0, self._line_height()))
            self.addItem(item)
        if not choices or not self._field.isVisible():
            self.hide()
            return
        self.setCurrentRow(row)
        self._place()
        self.show()
        self.raise_()

    def move_mark(self, by: int) -> None:
        """Mark another line, going round at the ends."""
        if self.count():
            self.setCurrentRow((self.currentRow() + by) % self.count())

    def _line_height(self) -> int:
        return round(self.fontMetrics().height() * 1.35)

    def _place(self) -> None:
        window = self._field.window()
        if self.parent() is not window:
            self.setParent(window)
        widest = max(self.fontMetrics().horizontalAdvance(self.item(row).text()) for row in range(self.count())) + 48
        width = min(max(self._field.width(), widest), 640, window.width() - 16)
        height = min(self.count(), SHOWN_AT_MOST) * self._line_height() + 12
        below = self._field.mapTo(window, QPoint(0, self._field.height() + 2))
        above = self._field.mapTo(window, QPoint(0, -height - 2))
        top = below.y() if below.y() + height <= window.height() or above.y() < 0 else above.y()
        height = min(height, window.height() - top - 4)
        self.setGeometry(max(8, min(below.x(), window.width() - width - 8)), top, width, height)

    def _on_clicked(self, item: QListWidgetItem) -> None:
        self.picked.emit(self.row(item))
