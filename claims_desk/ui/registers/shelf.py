"""The list of registers at the left, in groups."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from claims_desk.domain.messages import Message, say
from claims_desk.ui import theme
from claims_desk.ui.speech import bind_text, speech
from claims_desk.ui.theme import house_font

Group = tuple[Message, Sequence[tuple[str, Message]]]
_NAME = Qt.ItemDataRole.UserRole


class Shelf(QListWidget):
    """Headings and registers; `chosen` carries a register's name as one moves through them."""

    chosen = Signal(str)

    def __init__(self, groups: Sequence[Group]) -> None:
        super().__init__()
        self._said: list[tuple[QListWidgetItem, Message]] = []
        self.setFixedWidth(196)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        bind_text(self.setAccessibleName, say("Which register"))
        for heading, registers in groups:
            self._add_heading(heading)
            for name, title in registers:
                self._add(name, title)
        self._say()
        speech.changed.connect(self._say)
        self.currentItemChanged.connect(self._on_current)

    def show_register(self, name: str) -> None:
        """Choose a register by its name; nothing for an unknown one."""
        for row in range(self.count()):
            if self.item(row).data(_NAME) == name:
                self.setCurrentRow(row)

    def register(self) -> str:
        """The name of the register chosen."""
        item = self.currentItem()
        return str(item.data(_NAME)) if item is not None else ""

    def _add_heading(self, words: Message) -> None:
        item = QListWidgetItem()
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        font = house_font(self.font().pixelSize() - 1, bold=True)
        item.setFont(font)
        item.setForeground(QBrush(QColor(theme.MUTED)))
        item.setTextAlignment(Qt.AlignmentFlag.AlignBottom)
        item.setSizeHint(QSize(0, 30))
        self._keep(item, words)

    def _add(self, name: str, title: Message) -> None:
        item = QListWidgetItem()
        item.setData(_NAME, name)
        item.setSizeHint(QSize(0, 26))
        self._keep(item, title)

    def _keep(self, item: QListWidgetItem, words: Message) -> None:
        self.addItem(item)
        self._said.append((item, words))

    def _say(self) -> None:
        for item, words in self._said:
            item.setText(words.text())

    def _on_current(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(_NAME):
            self.chosen.emit(item.data(_NAME))
