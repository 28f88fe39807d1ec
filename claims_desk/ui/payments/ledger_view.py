"""The pool's ledger: balances by whatever one asks, and beneath them the entries of the one chosen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from claims_desk.domain.accounts import BOOKS, Book
from claims_desk.domain.messages import Message, say
from claims_desk.domain.paging import Page, PageWanted
from claims_desk.queries.ledger import (
    BalanceRow,
    EntryRow,
    Grouping,
    LedgerWanted,
    balances,
    ledger_entries,
    ledger_schemes,
    ledger_total,
)
from claims_desk.ui.desk import Desk, Place
from claims_desk.ui.payments.ledger_columns import AND_BY, BY, ENTRIES, balance_columns
from claims_desk.ui.payments.months import MonthSpan
from claims_desk.ui.speech import bind_text
from claims_desk.ui.widgets import (
    Choice,
    ChoiceEdit,
    EmptyState,
    FlowLayout,
    Listing,
    StatusBadge,
    Tone,
    Words,
)

MUST_BE_ZERO = (None, Book.POOL)
BOOKS_AND_ALL: tuple[tuple[Book | None, Message], ...] = ((None, say("All accounts")), *BOOKS.items())


class LedgerView(QWidget):
    """Filters, balances with their total, and the entries behind the chosen balance."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.wanted = LedgerWanted()
        self._all: BalanceRow | None = None
        self.months = MonthSpan(desk, self)
        self.scheme: ChoiceEdit[str] = ChoiceEdit([])
        books = [Choice(book, "", name) for book, name in BOOKS_AND_ALL]
        self.book: ChoiceEdit[Book | None] = ChoiceEdit(books, must_choose=True)
        self.by = ChoiceEdit([Choice(part, "", words) for part, words in BY.items()], must_choose=True)
        self.then = ChoiceEdit([Choice(part, "", words) for part, words in AND_BY.items()])
        self.balances = self._balance_list()
        self.entries = self._entry_list()
        self.total = Words("", "heading")
        self.sides = Words("", "muted")
        self.badge = StatusBadge()
        self._lay_out()

    def _balance_list(self) -> Listing[BalanceRow]:
        empty = EmptyState(
            say("Nothing is booked here"), say("A voucher is booked when it is posted. Choose other months.")
        )
        columns = balance_columns(self.wanted.by)
        listing = Listing(say("Balances"), columns, self._fetch_balances, empty, kip_of=lambda row: row.balance)
        listing.search.hide()
        listing.picked.connect(self._on_picked)
        listing.opened.connect(lambda _row: self.entries.table.setFocus())
        return listing

    def _entry_list(self) -> Listing[EntryRow]:
        empty = EmptyState(say("No entry"), say("Choose a balance above."))
        listing = Listing(say("Entries"), ENTRIES, self._fetch_entries, empty, kip_of=lambda row: row.balance)
        listing.search.hide()
        listing.opened.connect(self._open_voucher)
        return listing

    def _lay_out(self) -> None:
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.setChildrenCollapsible(False)
        for half, share in ((self._balances_and_total(), 3), (self._entries_and_sides(), 2)):
            halves.addWidget(half)
            halves.setStretchFactor(halves.count() - 1, share)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._filters())
        column.addWidget(halves, 1)

    def _balances_and_total(self) -> QWidget:
        half = QWidget()
        foot = QHBoxLayout()
        foot.addWidget(self.total, 1)
        foot.addWidget(self.badge)
        column = QVBoxLayout(half)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.balances, 1)
        column.addLayout(foot)
        return half

    def _entries_and_sides(self) -> QWidget:
        half = QWidget()
        column = QVBoxLayout(half)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.entries, 1)
        column.addWidget(self.sides)
        return half

    def _filters(self) -> QWidget:
        filters = QWidget()
        flow = FlowLayout(filters, gap=8, row_gap=6)
        flow.add(self.months.first)
        flow.add(self.months.last)
        self._add_choice(flow, self.scheme, say("All schemes"), 130)
        self._add_choice(flow, self.book, say("Accounts"), 180)
        self._add_choice(flow, self.by, say("Balances by"), 180)
        self._add_choice(flow, self.then, say("and by …"), 180)
        self.months.changed.connect(self._ask)
        return filters

    def _add_choice(self, row: FlowLayout, edit: ChoiceEdit[Any], words: Message, width: int) -> None:
        bind_text(edit.setPlaceholderText, words)
        bind_text(edit.setAccessibleName, words)
        edit.setFixedWidth(width)
        row.add(edit)
        edit.typed.connect(self._ask)

    def refresh(self) -> None:
        """Load balances, total and entries again, and the schemes there are."""
        self.balances.refresh()
        self.entries.refresh()
        self.desk.read(self, self._show_schemes, ledger_schemes)
        self.desk.read(self, self._show_total, ledger_total, replace(self.wanted, keys=()))

    def _ask(self) -> None:
        first, then = self.by.value() or Grouping.ACCOUNT, self.then.value()
        by = (first,) if then is None or then is first else (first, then)
        other_columns = by != self.wanted.by
        days = (self.months.first_day(), self.months.last_day())
        self.wanted = LedgerWanted(by, *days, self.book.value(), self.scheme.value())
        if other_columns:
            self.balances.table.set_columns(balance_columns(by))
        self.refresh()

    def _fetch_balances(self, page: PageWanted) -> Page[BalanceRow]:
        return self.desk.db.read(balances, page, replace(self.wanted, keys=()))

    def _fetch_entries(self, page: PageWanted) -> Page[EntryRow]:
        """The entries; what both sides come to stands below them, their difference says nothing."""
        return replace(self.desk.db.read(ledger_entries, page, self.wanted), kip=None)

    def _on_picked(self, rows: list[BalanceRow]) -> None:
        keys = rows[0].keys if rows else ()
        if keys != self.wanted.keys:
            self.wanted = replace(self.wanted, keys=keys)
            self.entries.refresh()
        if rows:
            self._show_sides(rows[0])
        elif self._all is not None:
            self._show_sides(self._all)

    def _open_voucher(self, row: EntryRow) -> None:
        self.desk.go(Place("payments", "vouchers", text=row.voucher))

    def _show_schemes(self, schemes: tuple[str, ...]) -> None:
        self.scheme.set_choices([Choice(scheme, scheme) for scheme in schemes])

    def _show_sides(self, sums: BalanceRow) -> None:
        """What both sides of the entries listed come to."""
        if sums.balance == 0:
            self.sides.say(say("Debit and credit: {kip:kip} kip each", kip=sums.debit))
        else:
            values = {"debit": sums.debit, "credit": sums.credit}
            self.sides.say(say("Debit {debit:kip} · credit {credit:kip} kip", **values))

    def _show_total(self, total: BalanceRow) -> None:
        self._all = total
        if not self.wanted.keys:
            self._show_sides(total)
        values = {"debit": total.debit, "credit": total.credit, "balance": total.balance}
        self.total.say(say("Total: debit {debit:kip} · credit {credit:kip} · balance {balance:kip}", **values))
        holds = total.balance == 0
        self.badge.setVisible(self.wanted.book in MUST_BE_ZERO and total.entries > 0)
        words = say("debit and credit agree") if holds else say("debit and credit differ")
        self.badge.say(words, Tone.GOOD if holds else Tone.BAD)
