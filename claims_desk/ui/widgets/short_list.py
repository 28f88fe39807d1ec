"""A list that is at hand as a whole: table, empty state and totals, without a search."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from claims_desk.domain.columns import Column
from claims_desk.domain.messages import Message
from claims_desk.ui.speech import bind_text
from claims_desk.ui.widgets.cards import EmptyState
from claims_desk.ui.widgets.rows import RowsModel
from claims_desk.ui.widgets.table import Table
from claims_desk.ui.widgets.totals import TotalsBar

R = TypeVar("R")


class ShortList(QWidget, Generic[R]):
    """Rows of one answer; `kip_of` tells a row's amount in kip for the totals of all and of the selection."""

    def __init__(
        self,
        name: Message,
        columns: Sequence[Column[R]],
        empty: EmptyState,
        *,
        kip_of: Callable[[R], int] | None = None,
        many: bool = False,
    ) -> None:
        super().__init__()
        self._kip_of = kip_of
        self.model: RowsModel[R] = RowsModel(columns, (), self)
        self.table = Table(self.model, name, many)
        self.totals = TotalsBar()
        bind_text(self.table.setWhatsThis, empty.what_to_do)
        self._body = QStackedWidget()
        self._body.addWidget(self.table)
        self._body.addWidget(empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._body, 1)
        column.addWidget(self.totals)
        self.table.picked.connect(lambda rows: self.totals.show_chosen(len(rows), self._kip(rows)))
        self.show_rows(())

    def show_rows(self, rows: Sequence[R]) -> None:
        """Show an answer; what to do first where it has no row."""
        self.model.set_rows(rows)
        self._body.setCurrentIndex(0 if rows else 1)
        self.totals.show_all(len(rows), self._kip(rows))

    def _kip(self, rows: Sequence[R]) -> int | None:
        return sum(self._kip_of(row) for row in rows) if self._kip_of else None
