"""An opened claim: what may be done, what was found, the price, the form, its lines and its history."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QHeaderView, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from claims_desk.domain.messages import current_language, say, tr
from claims_desk.domain.terms import CLAIM_STATES
from claims_desk.services.printing import in_a_name, write_claim_copy
from claims_desk.ui.desk import Desk
from claims_desk.ui.papers import paper_folder, show_paper
from claims_desk.ui.review.actions import ClaimActions
from claims_desk.ui.review.columns import ITEM, LINES, LineShown, local_time
from claims_desk.ui.review.earlier_card import EarlierCard
from claims_desk.ui.review.findings_card import FindingsCard
from claims_desk.ui.review.form_card import FormCard
from claims_desk.ui.review.history_card import HistoryCard
from claims_desk.ui.review.money_card import MoneyCard
from claims_desk.ui.review.opened import Opened
from claims_desk.ui.review.paper_copy import copy_of
from claims_desk.ui.review.scan_card import ScanCard
from claims_desk.ui.theme import Tone, row_height
from claims_desk.ui.tones import claim_tone
from claims_desk.ui.widgets import Card, HotKey, MessageStrip, RowsModel, StatusBadge, Table, Words


class ClaimView(QWidget):
    """One claim from top to bottom; the head and the buttons stay while the rest scrolls."""

    def __init__(self, desk: Desk, strip: MessageStrip) -> None:
        super().__init__()
        self.desk = desk
        self.opened: Opened | None = None
        self.title, self.detail = Words("", "heading"), Words("", "muted", wraps=True)
        self.state = StatusBadge("", Tone.NEUTRAL)
        self.deeds = ClaimActions(desk, strip)
        self.findings, self.money, self.form = FindingsCard(), MoneyCard(), FormCard()
        self.scan, self.earlier, self.history = ScanCard(desk), EarlierCard(desk), HistoryCard()
        self.lines_model: RowsModel[LineShown] = RowsModel(LINES)
        self.lines_table = Table(self.lines_model, say("Lines"))
        self.lines = Card(say("Lines"))
        self.lines.add(self.lines_table)
        head = self.lines_table.horizontalHeader()
        head.setSectionResizeMode(ITEM, QHeaderView.ResizeMode.Stretch)
        head.setStretchLastSection(False)
        self._scroll = QScrollArea()
        self.deeds.print_asked.connect(self.print_claim)
        self._lay_out()
        HotKey(self, "Ctrl+PgDown", say("Further down in the claim"), partial(self._turn_page, 1))
        HotKey(self, "Ctrl+PgUp", say("Further up in the claim"), partial(self._turn_page, -1))

    def _lay_out(self) -> None:
        cards = QWidget()
        below = QVBoxLayout(cards)
        below.setContentsMargins(0, 0, 4, 0)
        below.setSpacing(8)
        for card in (self.findings, self.money, self.scan, self.form, self.lines, self.earlier, self.history):
            below.addWidget(card)
        below.addStretch()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidget(cards)
        self._scroll.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.state)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.detail)
        column.addWidget(self.deeds)
        column.addWidget(self._scroll, 1)

    def show_claim(self, opened: Opened) -> None:
        """Show a claim from its top."""
        other = self.opened is None or self.opened.record.claim.id != opened.record.claim.id
        self.opened = opened
        record, claim = opened.record, opened.record.claim
        self.title.say(say("Form {form} · {patient}", form=claim.form_no, patient=claim.patient_name or "–"))
        self.state.say(CLAIM_STATES[record.state], claim_tone(record.state))
        self._say_detail(opened)
        self.deeds.show_claim(record)
        self.findings.show_decision(record.decision)
        self.money.show_claim(record)
        self.scan.show_claim(opened)
        self.form.show_claim(opened)
        self._show_lines(opened)
        self.earlier.show_claim(opened)
        self.history.show_claim(record)
        if other:
            self._scroll.verticalScrollBar().setValue(0)

    def print_claim(self) -> None:
        """Put the claim on paper, with what was decided of it (Ctrl+P)."""
        if self.opened is not None:
            copy, language = copy_of(self.desk, self.opened), current_language()
            name = f"claim-{in_a_name(copy.form_no)}.pdf"
            work = partial(write_claim_copy, paper_folder(), name, copy, language)
            self.desk.do(self, work, self._printed, failed=self.deeds.strip.tell_refusal)

    def _printed(self, path: Path) -> None:
        show_paper(path)
        self.desk.told.emit(tr("Saved as {path}.", path=path))

    def _turn_page(self, pages: int) -> None:
        bar = self._scroll.verticalScrollBar()
        bar.setValue(bar.value() + pages * bar.pageStep() * 3 // 4)

    def _say_detail(self, opened: Opened) -> None:
        record = opened.record
        self.detail.say(
            say(
                "{facility} · bundle {bundle} · keyed by {name} on {day}",
                facility=opened.facility(record.claim.facility_code),
                bundle=record.bundle or "–",
                name=record.keyed_by,
                day=local_time(record.keyed_at).date(),
            )
        )

    def _show_lines(self, opened: Opened) -> None:
        lines = opened.lines()
        self.lines.setVisible(bool(lines))
        self.lines_model.set_rows(lines)
        height = self.lines_table.horizontalHeader().sizeHint().height()
        self.lines_table.setFixedHeight(height + len(lines) * row_height() + 6)
