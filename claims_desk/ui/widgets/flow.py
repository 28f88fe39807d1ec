"""A row that breaks into more rows when the window is narrow."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Items from left to right, broken where the width ends; spare room goes to those that grow.

    With `columns_of` a least width in pixels, all stand in columns of one width instead, in rows as even as may be.
    """

    def __init__(self, parent: QWidget | None = None, gap: int = 10, row_gap: int = 2, columns_of: int = 0) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._grows: list[int] = []
        self._gap, self._row_gap, self._column = gap, row_gap, columns_of
        self.setContentsMargins(0, 0, 0, 0)

    def add(self, widget: QWidget, grows: int = 0) -> None:
        """Add a widget that takes `grows` shares of its row's spare room."""
        self._grows.append(grows)
        self.addWidget(widget)

    def addItem(self, item: QLayoutItem) -> None:
        """Qt's way to add; without a share of spare room."""
        self._items.append(item)
        if len(self._grows) < len(self._items):
            self._grows.append(0)

    def count(self) -> int:
        """How many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item at `index`, None past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take the item at `index` out."""
        if not 0 <= index < len(self._items):
            return None
        self._grows.pop(index)
        return self._items.pop(index)

    def expandingDirections(self) -> Qt.Orientation:
        """Grows to the side only."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """The height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height in pixels at `width`."""
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Place every item inside `rect`."""
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        """All in one row."""
        sizes = [item.sizeHint() for item in self._shown()]
        width = sum(size.width() for size in sizes) + self._gap * max(0, len(sizes) - 1)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        """As wide as the widest item."""
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _rows(self, width: int) -> list[list[int]]:
        if self._column:
            return self._even_rows(width)
        rows: list[list[int]] = [[]]
        used = 0
        for number, item in enumerate(self._items):
            if item.isEmpty():
                continue
            needed = item.sizeHint().width()
            if rows[-1] and used + self._gap + needed > width:
                rows.append([])
                used = 0
            used += needed + (self._gap if rows[-1] else 0)
            rows[-1].append(number)
        return rows

    def _even_rows(self, width: int) -> list[list[int]]:
        shown = [number for number, item in enumerate(self._items) if not item.isEmpty()]
        rows = -(-len(shown) // self._columns(width)) or 1
        columns = -(-len(shown) // rows) or 1
        return [shown[start : start + columns] for start in range(0, len(shown), columns)]

    def _columns(self, width: int) -> int:
        return max(1, (width + self._gap) // (self._column + self._gap))

    def _place(self, rect: QRect, move: bool) -> int:
        top = rect.y()
        for row in self._rows(rect.width()):
            widths = self._widths(row, rect.width())
            heights = [self._height(self._items[n], w) for n, w in zip(row, widths, strict=True)]
            left = rect.x()
            for number, width in zip(row, widths, strict=True):
                if move:
                    self._items[number].setGeometry(QRect(QPoint(left, top), QSize(width, max(heights))))
                left += width + self._gap
            top += max(heights, default=0) + self._row_gap
        return top - self._row_gap - rect.y()

    def _widths(self, row: list[int], width: int) -> list[int]:
        if self._column:
            columns = len(self._even_rows(width)[0])
            return [(width - self._gap * (columns - 1)) // columns] * len(row)
        least = [min(self._items[n].sizeHint().width(), width) for n in row]
        spare = width - sum(least) - self._gap * (len(row) - 1)
        shares = sum(self._grows[n] for n in row)
        if spare <= 0 or not shares:
            return least
        return [w + spare * self._grows[n] // shares for n, w in zip(row, least, strict=True)]

    @staticmethod
    def _height(item: QLayoutItem, width: int) -> int:
        return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
