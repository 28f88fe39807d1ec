"""Tool tips of lists: a cell that is cut off tells the whole of it, the others stay quiet."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QAbstractItemView, QToolTip


class CellTips(QObject):
    """Watches a list's tool tips: `CellTips(table)`."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell the cell under the mouse, where it is cut off."""
        if not isinstance(event, QHelpEvent) or event.type() != QEvent.Type.ToolTip:
            return False
        text = self._cut_off(self._view.indexAt(event.pos()))
        if text:
            QToolTip.showText(event.globalPos(), text, self._view.viewport())
        return bool(text)

    def _cut_off(self, index: QModelIndex) -> str:
        """The text of a cell that has not room enough; empty for others."""
        cut = index.isValid() and self._view.sizeHintForIndex(index).width() > self._view.visualRect(index).width()
        return str(index.data() or "") if cut else ""
