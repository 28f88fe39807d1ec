"""Members that clerks proposed: an administrator takes them into the register or declines them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from claims_desk.domain.codes import ProposalState, Role
from claims_desk.domain.columns import Column
from claims_desk.domain.dates import office_day
from claims_desk.domain.messages import Message, say
from claims_desk.domain.paging import Page, PageWanted
from claims_desk.domain.terms import PROPOSAL_STATES, SEXES
from claims_desk.queries.proposals import ProposalRow, proposals
from claims_desk.services.proposals import accept_proposal, decline_proposal
from claims_desk.ui.desk import Desk
from claims_desk.ui.speech import bind_text
from claims_desk.ui.theme import Tone
from claims_desk.ui.widgets import Button, EmptyState, Listing, MessageStrip, Segments, ask_words, confirm

TITLE: Final = say("Proposed members")
NAME: Final = "proposals"
FILTERS: Final[tuple[tuple[ProposalState | None, Message], ...]] = (
    (ProposalState.PROPOSED, PROPOSAL_STATES[ProposalState.PROPOSED]),
    (None, say("All")),
)
TONES: Final = {
    ProposalState.PROPOSED: Tone.WARN,
    ProposalState.ACCEPTED: Tone.GOOD,
    ProposalState.DECLINED: Tone.BAD,
}
COLUMNS: Final[tuple[Column[ProposalRow], ...]] = (
    Column("member_no", say("Member number"), lambda row: f"{row.scheme} {row.member_no}", width=19),
    Column("name", say("Name"), lambda row: row.name, width=17),
    Column("sex", say("Sex"), lambda row: SEXES.get(row.sex, row.sex), width=6),
    Column("born", say("Born"), lambda row: row.birth_date, width=10),
    Column("village", say("Village"), lambda row: row.village, width=12),
    Column("state", say("Status"), lambda row: PROPOSAL_STATES[row.state], width=12),
    Column("form", say("Form"), lambda row: f"{row.facility_code} {row.form_no}", width=14),
    Column("proposed_at", say("Proposed"), lambda row: office_day(row.proposed_at), width=10),
    Column("proposed_by", say("Proposed by"), lambda row: row.proposed_by, width=8),
    Column("reason", say("Reason"), lambda row: row.reason, width=18),
)


class ProposalView(QWidget):
    """The list; `done` carries what to tell."""

    done = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._state: ProposalState | None = ProposalState.PROPOSED
        self.strip = MessageStrip()
        self.filter = Segments(say("Which proposals"), FILTERS)
        empty = EmptyState(say("Nobody is proposed"), say("A clerk proposes a newcomer with F4 while keying his form."))
        self.listing: Listing[ProposalRow] = Listing(TITLE, COLUMNS, self._fetch, empty)
        bind_text(self.listing.search.setPlaceholderText, say("Member number or form number"))
        self.listing.table.badge("state", lambda row: TONES[row.state])
        self.listing.tools.insertWidget(0, self.filter)
        self.listing.model.arrived.connect(self._choose_first)
        self.filter.chosen.connect(self._on_filter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.strip)
        column.addWidget(self.listing, 1)
        if desk.actor.may(Role.ADMINISTRATOR):
            column.addLayout(self._deeds())

    def _deeds(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(Button(say("Take into the register"), "F9", self.accept))
        row.addWidget(Button(say("Decline"), "Ctrl+D", self.decline, "danger"))
        row.addStretch()
        return row

    def refresh(self) -> None:
        """Load the list again."""
        self.listing.refresh()

    def search_for(self, text: str) -> None:
        """Show the proposals of a number."""
        self.listing.search.setText(text)

    def accept(self) -> None:
        """Take the member chosen into the register, after asking."""
        row = self._chosen()
        if row is None:
            return
        db, actor = self.desk.db, self.desk.actor
        what = say(
            "{name}, born {born}, becomes a member under {scheme} {number}, covered from {day} on."
            " Claims that wait for this number are judged again.",
            name=row.name,
            born=row.birth_date,
            scheme=row.scheme,
            number=row.member_no,
            day=row.valid_from,
        )
        told = say("{name} is in the register.", name=row.name)
        deed = partial(accept_proposal, db, actor, row.id, row.version)
        confirm(self, say("Take into the register"), what, say("Take in"), lambda: self._do(deed, told))

    def decline(self) -> None:
        """Decline the member chosen, with a reason."""
        row = self._chosen()
        if row is None:
            return
        db, actor = self.desk.db, self.desk.actor
        told = say("{name} is declined.", name=row.name)

        def go_on(reason: str) -> None:
            self._do(partial(decline_proposal, db, actor, row.id, row.version, reason), told)

        ask_words(self, say("Decline"), say("Why is he not taken into the register?"), say("Decline"), go_on)

    def _do(self, deed: Callable[[], object], told: Message) -> None:
        self.strip.hide()
        self.desk.do(
            self, deed, lambda _none: self.done.emit(told), "registers", "claims", failed=self.strip.tell_refusal
        )

    def _chosen(self) -> ProposalRow | None:
        chosen = self.listing.chosen_rows()
        if not chosen:
            self.desk.told.emit(say("Choose a row in the list first.").text())
        return chosen[0] if chosen else None

    def _choose_first(self) -> None:
        if self.listing.model.rows:
            self.listing.table.selectRow(0)

    def _on_filter(self, state: ProposalState | None) -> None:
        self._state = state
        self.listing.refresh()

    def _fetch(self, wanted: PageWanted) -> Page[ProposalRow]:
        return self.desk.db.read(proposals, wanted, self._state)
