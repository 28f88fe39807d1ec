"""A whole list: search, filters, table, empty state and totals, fetched a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from claims_desk.domain.columns import Column
from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import Message, say
from claims_desk.domain.paging import Page, PageWanted
from claims_desk.ui.speech import Spoken, bind_text
from claims_desk.ui.widgets.cards import EmptyState
from claims_desk.ui.widgets.labels import Words
from claims_desk.ui.widgets.rows import PagedModel
from claims_desk.ui.widgets.search import SearchBox
from claims_desk.ui.widgets.table import Table
from claims_desk.ui.widgets.totals import TotalsBar

R = TypeVar("R")
NOTHING_FITS = say("Nothing fits. Try a number, or part of a name in either script.")
TABLE, EMPTY, TOLD = 0, 1, 2  # what stands in the place of the list


class Listing(QWidget, Generic[R]):
    """A list out of the database. `opened` carries the row of Enter or a double click, `picked` the selection.

    `kip_of` tells a row's amount in kip for the total of the selection; `tools` is the row above the table.
    """

    opened = Signal(object)
    picked = Signal(list)

    def __init__(
        self,
        name: Message,
        columns: Sequence[Column[R]],
        fetch: Callable[[PageWanted], Page[R]],
        empty: EmptyState,
        *,
        kip_of: Callable[[R], int] | None = None,
        many: bool = False,
    ) -> None:
        super().__init__()
        self.name, self._kip_of = name, kip_of
        self.model = PagedModel(columns, fetch, self, self._on_refused)
        self.table = Table(self.model, name, many)
        self.search = SearchBox(say("Search"))
        self.totals = TotalsBar()
        self.tools = QHBoxLayout()
        self.tools.addWidget(self.search, 1)
        self._body = QStackedWidget()
        self._body.addWidget(self.table)
        self._body.addWidget(empty)
        self._told = Words("", "heading", wraps=True)
        self._told.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._body.addWidget(self._told)
        bind_text(self.table.setWhatsThis, empty.what_to_do)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self.tools)
        column.addWidget(self._body, 1)
        column.addWidget(self.totals)
        self.search.searched.connect(self.model.ask)
        self.model.arrived.connect(self._on_arrived)
        self.table.opened.connect(self.opened)
        self.table.picked.connect(self._on_picked)

    def refresh(self) -> None:
        """Fetch again from the top with the search as it stands."""
        self.model.ask(self.search.value() or "")

    def chosen_rows(self) -> list[R]:
        """The rows selected."""
        return self.table.chosen_rows()

    def _on_arrived(self) -> None:
        if self.model.count:
            self._body.setCurrentIndex(TABLE)
        elif self.model.wanted.search:
            self._tell(NOTHING_FITS)
        else:
            self._body.setCurrentIndex(EMPTY)
        self.totals.show_all(self.model.count, self.model.kip)

    def _on_refused(self, problem: UserError) -> None:
        """Why there is no list, where the list would stand: nothing modal while a search is typed."""
        self._tell(problem)

    def _tell(self, words: Spoken) -> None:
        self._told.say(words)
        self._body.setCurrentIndex(TOLD)

    def _on_picked(self, rows: list[R]) -> None:
        kip = sum(self._kip_of(row) for row in rows) if self._kip_of else None
        self.totals.show_chosen(len(rows), kip)
        self.picked.emit(rows)
