"""Where two keyings differ: the list of such forms, and one of them with both sides and the paper's word."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from claims_desk.domain.columns import Align, Column, Format
from claims_desk.domain.facts import Claim
from claims_desk.domain.messages import say, tr
from claims_desk.domain.paging import Page, PageWanted
from claims_desk.queries.verifications import ToResolve, first_keying, to_resolve
from claims_desk.services.verification import resolve
from claims_desk.ui.desk import Desk
from claims_desk.ui.look_ups import LookUps
from claims_desk.ui.review.columns import local_time
from claims_desk.ui.verify.keyings_model import sides
from claims_desk.ui.verify.keyings_table import KeyingsTable
from claims_desk.ui.verify.paper_scan import PaperScan
from claims_desk.ui.widgets import Button, Card, EmptyState, Listing, MessageStrip, PrimaryButton, Tone, Words

FORMS: tuple[Column[ToResolve], ...] = (
    Column("form_no", say("Form"), lambda row: row.form_no, width=9),
    Column("bundle", say("Bundle"), lambda row: row.bundle, width=17),
    Column(
        "verified_at",
        say("Date"),
        lambda row: local_time(row.verified_at).date(),
        Format.DAY,
        align=Align.RIGHT,
        width=8,
    ),
)
_PAPER = 0.32  # share of the window's height for the paper
HOW = say(
    "Take up the paper. 1 takes the first keying, 2 the second, 3 lets you type what the paper says; Enter goes on."
)


class DecideView(QWidget):
    """The third person's work; the scan follows the field that is looked at."""

    def __init__(self, desk: Desk, strip: MessageStrip) -> None:
        super().__init__()
        self.desk, self.strip = desk, strip
        self.row: ToResolve | None = None
        empty = EmptyState(say("Nothing to settle"), say("Where two clerks keyed a form differently, it comes here."))
        self.listing = Listing(say("Forms to settle"), FORMS, self._fetch, empty)
        self.listing.search.hide()
        self.title, self.detail = Words("", "heading"), Words("", "muted", wraps=True)
        self.left_to_do = Words("", "note")
        self.scan = PaperScan(desk, _PAPER)
        self._care = ""
        self.table = KeyingsTable(LookUps(desk))
        self.leave_button = Button(say("Back to the list"), "Esc", self.leave)
        self.done_button = PrimaryButton(say("Done and next"), "F9", self.save)
        self.side = QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = Card()
        head.body.setContentsMargins(14, 8, 14, 9)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.title)
        line.addWidget(self.detail, 1)
        head.add(line)
        buttons = QHBoxLayout()
        buttons.addWidget(self.left_to_do, 1)
        for button in (self.leave_button, self.done_button):
            buttons.addWidget(button)
        column.addWidget(head)
        column.addWidget(self.scan)
        column.addWidget(self.table, 1)
        column.addLayout(buttons)
        self.side.addWidget(EmptyState(say("Choose a form"), say("Both keyings stand here, side by side.")))
        self.side.addWidget(form)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(12)
        columns.addWidget(self.listing, 7)
        columns.addWidget(self.side, 14)

    def _connect(self) -> None:
        self.listing.opened.connect(self._open)
        self.listing.picked.connect(self._on_picked)
        self.listing.model.arrived.connect(self._on_arrived)
        self.table.all_decided.connect(self.done_button.setFocus)
        self.table.turned.connect(lambda field: self.scan.follow(self._care, field))
        self.table.keyings.decided.connect(self._count)
        self.table.unreadable.connect(lambda problem: self.strip.tell(problem, Tone.BAD))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The paper takes its share of the height."""
        super().resizeEvent(event)
        self.scan.fit()

    def refresh(self) -> None:
        """Load the list again; a form being decided stays."""
        self.listing.refresh()

    def enter(self) -> None:
        """Bring the keyboard to the form being decided, else to the list."""
        if self.row is not None:
            self.table.begin()
        else:
            self.listing.table.setFocus()

    def leave(self) -> None:
        """The keyboard goes back to the list; what was decided of the form stays until another is chosen (Esc)."""
        self.listing.table.setFocus()

    def save(self) -> None:
        """Write what the paper says and go on (F9); a field that is still open is shown first."""
        row, keyings = self.row, self.table.keyings
        if row is None or not self.table.commit():
            return
        open_rows = keyings.open_rows()
        if open_rows:
            self.table.begin()
            self.strip.tell(say("{count} fields are not decided yet.", count=len(open_rows)), Tone.WARN)
            return
        db, actor, chosen = self.desk.db, self.desk.actor, keyings.chosen()
        self.desk.do(
            self,
            lambda: resolve(db, actor, row.id, chosen),
            lambda _none: self._saved(row),
            "claims",
            failed=self.strip.tell_refusal,
        )

    def _saved(self, row: ToResolve) -> None:
        self.strip.hide()
        self.row = None
        self.desk.told.emit(tr("Form {number} is settled.", number=row.form_no))

    def _fetch(self, wanted: PageWanted) -> Page[ToResolve]:
        return self.desk.db.read(to_resolve, wanted, self.desk.actor.user_id)

    def _on_arrived(self) -> None:
        """Mark the form being decided again; after it was settled go on with the next one."""
        rows = self.listing.model.rows
        if self.row is None:
            self.side.setCurrentIndex(0)
            if rows:
                self.listing.table.selectRow(0)
            return
        numbers = [number for number, row in enumerate(rows) if row.id == self.row.id]
        if numbers:
            self.listing.table.selectRow(numbers[0])

    def _on_picked(self, rows: list[ToResolve]) -> None:
        if rows and (self.row is None or rows[0].id != self.row.id):
            self._open(rows[0])

    def _open(self, row: ToResolve) -> None:
        if self.row is not None and row.id == self.row.id:
            self.table.begin()
            return
        self.row = row
        self.strip.hide()
        self.desk.read(self, lambda first: self._show(row, first), first_keying, row.claim_id)

    def _show(self, row: ToResolve, first: Claim) -> None:
        if self.row is None or row.id != self.row.id:
            return
        self.title.say(say("Form {form}", form=row.form_no))
        where = say("Bundle {bundle} · {facility}. {how}", bundle=row.bundle, facility=row.facility or "", how=HOW)
        self.detail.say(where if row.bundle else HOW)
        self._care = first.care_type
        self.scan.show_paper(row.claim_id)
        self.table.keyings.show_sides(sides(first, row.differences))
        self.side.setCurrentIndex(1)
        if self.isVisible():
            self.table.begin()

    def _count(self) -> None:
        many, still = len(self.table.keyings.differing_rows()), len(self.table.keyings.open_rows())
        said = say("{done} of {many} fields decided", done=many - still, many=many)
        self.left_to_do.say(said, Tone.GOOD if not still else None)
