"""Monthly returns: the list of what has come and what lacks, and behind it the form of one."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from claims_desk.domain.codes import Role
from claims_desk.domain.messages import Message, say
from claims_desk.domain.paging import Page, PageWanted
from claims_desk.queries.monthly_returns import ReturnRow, Standing, monthly_returns
from claims_desk.ui.desk import Desk
from claims_desk.ui.returns.columns import RETURNS, STANDINGS, TONES
from claims_desk.ui.returns.new_return import NewReturnDialog
from claims_desk.ui.returns.sheet_view import SheetView
from claims_desk.ui.widgets import Button, EmptyState, Listing, MessageStrip, Segments

FILTERS: tuple[tuple[Standing | None, Message], ...] = (
    (None, say("All")),
    *((standing, STANDINGS[standing]) for standing in Standing),
)


class ReturnsView(QWidget):
    """The list of returns, or the one that is open."""

    def __init__(self, desk: Desk, strip: MessageStrip) -> None:
        super().__init__()
        self.desk = desk
        self._standing: Standing | None = None
        self.filter = Segments(say("Which returns"), FILTERS)
        self.listing = self._list()
        self.sheet = SheetView(desk, strip)
        self.new_button = Button(say("Another month"), "Ctrl+N", self.ask_which)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        tools = QHBoxLayout()
        tools.addWidget(self.filter)
        tools.addStretch()
        tools.addWidget(self.new_button)
        column.addLayout(tools)
        column.addWidget(self.listing, 1)
        self.pages = QStackedWidget()
        self.pages.addWidget(page)
        self.pages.addWidget(self.sheet)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.pages)
        self.new_button.setVisible(desk.actor.may(Role.CLERK, Role.SUPERVISOR))
        self.filter.chosen.connect(self._on_filter)
        self.listing.opened.connect(lambda row: self.open_return(row.facility_code, row.month))
        self.listing.model.arrived.connect(self._mark_first)
        self.sheet.left.connect(self.show_list)

    def _list(self) -> Listing[ReturnRow]:
        empty = EmptyState(
            say("No return here"), say("Facilities paid by capitation owe one a month. Ctrl+N begins one.")
        )
        listing = Listing(say("Monthly returns"), RETURNS, self._fetch, empty)
        listing.table.badge("standing", lambda row: TONES[row.standing])
        return listing

    def refresh(self) -> None:
        """Load the list again; what is being typed stays."""
        self.listing.refresh()

    def open_return(self, facility_code: str, month: date) -> None:
        """Show the form of a facility's month."""
        self.pages.setCurrentWidget(self.sheet)
        self.sheet.open_return(facility_code, month)

    def ask_which(self) -> None:
        """Ask for a facility and month that are not listed (Ctrl+N)."""
        NewReturnDialog(self, self.desk, self.open_return).open()

    def show_list(self) -> None:
        """Back to the list."""
        self.pages.setCurrentIndex(0)
        self.listing.table.setFocus()

    def _mark_first(self) -> None:
        """The keyboard may be in the list before its rows have come."""
        table = self.listing.table
        if table.hasFocus() and not table.currentIndex().isValid() and self.listing.model.rows:
            table.setCurrentIndex(self.listing.model.index(0, 0))

    def _on_filter(self, standing: Standing | None) -> None:
        self._standing = standing
        self.listing.refresh()

    def _fetch(self, wanted: PageWanted) -> Page[ReturnRow]:
        return self.desk.db.read(monthly_returns, wanted, self.desk.today(), self._standing)
