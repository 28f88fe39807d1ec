"""The audit trail: by person, record and day; the chain's state, checked on asking."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from claims_desk.domain.columns import Column, Format
from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import Message, say
from claims_desk.domain.paging import Page, PageWanted
from claims_desk.queries.audit import AuditRow, AuditScope, AuditWanted, audit_entries, audit_scope
from claims_desk.services.chain import Chain, read_chain
from claims_desk.ui.admin.entry_card import EntryCard, moment
from claims_desk.ui.admin.words import deed_name, record_name
from claims_desk.ui.background import start_long
from claims_desk.ui.desk import Desk
from claims_desk.ui.speech import bind_text
from claims_desk.ui.widgets import (
    Button,
    Choice,
    ChoiceEdit,
    DateEdit,
    Edit,
    EmptyState,
    FlowLayout,
    Listing,
    MessageStrip,
    StatusBadge,
    Tone,
    Words,
)

ENTRIES: Final[tuple[Column[AuditRow], ...]] = (
    Column("seq", say("Entry"), lambda row: row.seq, Format.COUNT, width=6),
    Column("at", say("When"), moment, width=17),
    Column("user", say("Who"), lambda row: row.user, width=8),
    Column("action", say("What was done"), lambda row: deed_name(row.action), width=24),
    Column("why", say("Why"), lambda row: row.why, width=12),
)


class AuditView(QWidget):
    """The entries, the newest first, and beside them what the chosen one changed."""

    def __init__(self, desk: Desk, strip: MessageStrip) -> None:
        super().__init__()
        self.desk, self.strip = desk, strip
        self._asked = AuditWanted()
        self.user: ChoiceEdit[int] = ChoiceEdit([])
        self.record: ChoiceEdit[str] = ChoiceEdit([])
        self.first, self.last = DateEdit(today=desk.today), DateEdit(today=desk.today)
        empty = EmptyState(say("No entry here"), say("Empty the person or the record above, or choose other days."))
        self.listing: Listing[AuditRow] = Listing(say("Audit trail"), ENTRIES, self._fetch, empty)
        self.listing.search.ask_for(say("Number, name, reason or any text in an entry"))
        self.card = EntryCard()
        self.state = Words("", "muted")
        self.badge = StatusBadge(say("not checked yet"), Tone.NEUTRAL)
        self.check_button = Button(say("Check the chain"), "F9", self.check)
        self._lay_out()
        self.listing.picked.connect(self._on_picked)

    def _lay_out(self) -> None:
        filters = QWidget()
        flow = FlowLayout(filters, gap=8, row_gap=6)
        for edit, words, width in (
            (self.user, say("Who"), 150),
            (self.record, say("Record"), 170),
            (self.first, say("From day"), 110),
            (self.last, say("To day"), 110),
        ):
            self._add_filter(flow, edit, words, width)
        flow.add(self.state, grows=1)
        flow.add(self.badge)
        flow.add(self.check_button)
        columns = QHBoxLayout()
        columns.setSpacing(12)
        columns.addWidget(self.listing, 1)
        columns.addWidget(self.card)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(filters)
        column.addLayout(columns, 1)

    def _add_filter(self, row: FlowLayout, edit: Edit[Any], words: Message, width: int) -> None:
        bind_text(edit.setPlaceholderText, words)
        bind_text(edit.setAccessibleName, words)
        edit.setFixedWidth(width)
        row.add(edit)
        (edit.typed if isinstance(edit, ChoiceEdit) else edit.committed).connect(self._ask)

    def refresh(self) -> None:
        """Load the entries and what can be asked for again."""
        self.listing.refresh()
        self.desk.read(self, self._show_scope, audit_scope)

    def check(self) -> None:
        """Read the whole chain and hold it against its head."""
        self.badge.say(say("checking …"), Tone.NEUTRAL)
        db = self.desk.db
        start_long(self, lambda _report, _cancelled: db.read(read_chain), self._show_chain, self._not_checked)

    def _ask(self) -> None:
        self._asked = AuditWanted(self.user.value(), self.record.value(), self.first.value(), self.last.value())
        self.listing.refresh()

    def _fetch(self, wanted: PageWanted) -> Page[AuditRow]:
        return self.desk.db.read(audit_entries, wanted, self._asked)

    def _show_scope(self, scope: AuditScope) -> None:
        self.user.set_choices([Choice(key, "", name) for key, name in scope.users])
        self.record.set_choices([Choice(record, "", record_name(record)) for record in scope.records])
        self.state.say(say("{count:kip} entries, chain ends at {head}", count=scope.entries, head=scope.head[:12]))

    def _show_chain(self, chain: Chain) -> None:
        if chain.fault is None:
            self.badge.say(say("the chain holds"), Tone.GOOD)
            return
        self.badge.say(say("the chain is broken"), Tone.BAD)
        self.strip.tell(say("The audit trail does not hold: {fault}.", fault=chain.fault), Tone.BAD)

    def _not_checked(self, problem: UserError) -> None:
        self.badge.say(say("not checked yet"), Tone.NEUTRAL)
        self.strip.tell_refusal(problem)

    def _on_picked(self, rows: list[AuditRow]) -> None:
        self.card.show_entry(rows[0] if rows else None)
