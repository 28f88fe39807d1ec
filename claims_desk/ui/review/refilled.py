"""A card whose rows are made anew for every claim."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from claims_desk.ui.speech import Spoken
from claims_desk.ui.widgets import Card


class RefilledCard(Card):
    """A card with a heading and rows; hidden while it has none."""

    def __init__(self, title: Spoken) -> None:
        super().__init__(title)
        self._rows: QWidget | None = None

    def show_rows(self, rows: Iterable[QWidget]) -> None:
        """Show other rows in place of those there."""
        if self._rows is not None:
            self.body.removeWidget(self._rows)
            self._rows.hide()
            self._rows.deleteLater()
        self._rows = QWidget()
        column = QVBoxLayout(self._rows)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for row in rows:
            column.addWidget(row)
        self.setVisible(column.count() > 0)
        self.add(self._rows)
