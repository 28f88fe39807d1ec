"""Receive: bundles come in, are keyed, agree with their count, and are closed."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QStackedWidget, QWidget

from claims_desk.domain.codes import Role, SubmissionState
from claims_desk.domain.messages import Message, say
from claims_desk.domain.paging import Page, PageWanted
from claims_desk.domain.terms import SUBMISSION_STATES
from claims_desk.queries.submissions import SubmissionRow, submission, submissions
from claims_desk.services.submissions import BundleForm, change_submission, receive_submission
from claims_desk.ui.desk import Desk, Place
from claims_desk.ui.pane import Command, Pane
from claims_desk.ui.receive.adjudication import adjudicate_all
from claims_desk.ui.receive.bundle_draft import BundleDraft
from claims_desk.ui.receive.bundle_view import BundleView
from claims_desk.ui.receive.columns import BUNDLES, standing_tone
from claims_desk.ui.receive.form import BundleFormCard
from claims_desk.ui.returns.view import ReturnsView
from claims_desk.ui.widgets import Button, EmptyState, Listing, MessageStrip, PageHeader, PrimaryButton, Segments, Tone
from claims_desk.ui.widgets.whole_scroll import WholeScroll

FILTERS: tuple[tuple[SubmissionState | None, Message], ...] = (
    (SubmissionState.OPEN, SUBMISSION_STATES[SubmissionState.OPEN]),
    (SubmissionState.CLOSED, SUBMISSION_STATES[SubmissionState.CLOSED]),
    (None, say("All")),
)
VIEWS: tuple[tuple[str, Message], ...] = (("bundles", say("Bundles")), ("returns", say("Monthly returns")))
DETAILS = {
    "bundles": say("Counted twice by hand before anybody keys; closed when all agrees"),
    "returns": say("What facilities paid by capitation counted in a month; closed when every question has its answer"),
}
PLACES = {"open": SubmissionState.OPEN, "closed": SubmissionState.CLOSED, "all": None}
SIDE_WIDTH = 344
FACILITY = 1  # the column that takes the spare room


class ReceivePane(Pane):
    """Paper bundles as they come in: the list, and beside it one bundle or the form of a new one."""

    key = "receive"
    title = say("Receive")
    number = 2
    about = say(
        "Bundles of paper as they come in. Count a bundle by hand twice, register it "
        "with Ctrl+N, key its forms, adjudicate it, then close it."
    )
    roles = frozenset({Role.CLERK, Role.SUPERVISOR, Role.AUDITOR})
    concerns = frozenset({"submissions", "claims", "monthly_returns"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._state: SubmissionState | None = SubmissionState.OPEN
        self._wanted_id = 0
        self.strip = MessageStrip()
        self.filter = Segments(say("Which bundles"), FILTERS)
        self.listing = self._list()
        self.form = BundleFormCard(desk)
        self.draft = BundleDraft(desk, self.form)
        self.view = BundleView(desk, self.strip)
        self.nothing = EmptyState(say("Choose a bundle"), say("Its totals stand here."))
        self.view_frame, self.form_frame = WholeScroll(self.view), WholeScroll(self.form)
        self.side = QStackedWidget()
        self.switch = Segments(say("What to show"), VIEWS)
        self.returns = ReturnsView(desk, self.strip)
        self.header = PageHeader(self.title, DETAILS["bundles"])
        self._views = QStackedWidget()
        self._lay_out()
        self._connect()

    def _list(self) -> Listing[SubmissionRow]:
        empty = EmptyState(say("No bundle here"), say("Register a bundle that came in with Ctrl+N."))
        listing = Listing(say("Bundles"), BUNDLES, self._fetch, empty, kip_of=lambda row: row.counted.kip)
        listing.table.badge("state", standing_tone)
        listing.tools.insertWidget(0, self.filter)
        head = listing.table.horizontalHeader()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(FACILITY, QHeaderView.ResizeMode.Stretch)
        return listing

    def _lay_out(self) -> None:
        header = self.header
        header.add(self.switch)
        self.all_button = Button(say("Adjudicate all"), "Ctrl+F8", self.adjudicate_all)
        self.new_button = PrimaryButton(say("New bundle"), "Ctrl+N", self.new_bundle)
        for button in (self.all_button, self.new_button):
            header.add(button)
            button.setVisible(self.desk.actor.may(Role.CLERK, Role.SUPERVISOR))
        for part in (self.nothing, self.view_frame, self.form_frame):
            self.side.addWidget(part)
        self.side.setFixedWidth(SIDE_WIDTH)
        self.view_frame.width_needed.connect(self.side.setFixedWidth)  # totals of a large bundle
        bundles = QWidget()
        columns = QHBoxLayout(bundles)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(12)
        columns.addWidget(self.listing, 1)
        columns.addWidget(self.side)
        self.body.addWidget(header)
        self.body.addWidget(self.strip)
        for view in (bundles, self.returns):
            self._views.addWidget(view)
        self.body.addWidget(self._views, 1)

    def _connect(self) -> None:
        self.switch.chosen.connect(self._show_view)
        self.filter.chosen.connect(self._on_filter)
        self.listing.picked.connect(self._on_picked)
        self.listing.model.arrived.connect(self._pick_wanted)
        self.listing.opened.connect(self.view.open_row)
        self.form.wanted.connect(self._save)
        self.form.left.connect(self._leave_form)
        self.view.mend_asked.connect(self._mend)

    def open(self, place: Place | None = None) -> None:
        """The keyboard starts in the list; what was told at the last visit may no longer be true."""
        self.strip.hide()
        super().open(place)
        if self.focusWidget() is None:
            self.listing.table.setFocus()

    def refresh(self) -> None:
        """Load the list again; the bundle chosen stays chosen and is shown as it now is."""
        self.listing.refresh()
        self.returns.refresh()
        if self.view.row is not None:
            self.desk.read(self, self.view.show_bundle, submission, self.view.row.id)

    def show_place(self, place: Place) -> None:
        """Open `open`, `closed` or `all` bundles, one `bundle`, `returns`, or the `return` its text names."""
        self.switch.set_value("returns" if place.what in ("returns", "return") else "bundles")
        if place.what in PLACES:
            self.filter.set_value(PLACES[place.what])
        elif place.what == "bundle":
            self.desk.read(self, self._show_found, submission, place.id)
        elif place.what == "new":
            self.new_bundle()
        elif place.what == "returns":
            self.returns.show_list()
        elif place.what == "return":
            code, month = place.text.rsplit(" ", 1)
            self.returns.open_return(code, date.fromisoformat(month))

    def commands(self) -> list[Command]:
        """What Ctrl+K can do here."""
        views = [Command(title, lambda key=key: self.switch.set_value(key)) for key, title in VIEWS]  # type: ignore[misc]
        if not self.desk.actor.may(Role.CLERK, Role.SUPERVISOR):
            return views
        return [
            *views,
            Command(say("New bundle"), self.new_bundle, "Ctrl+N"),
            Command(say("Adjudicate all"), self.adjudicate_all, "Ctrl+F8"),
        ]

    def may_close(self) -> bool:
        """Whether what is typed of a bundle or a return is on disk."""
        return all([self.draft.keeper.flush(), self.returns.sheet.work.drafts.flush()])

    def new_bundle(self) -> None:
        """Open the form of a new bundle beside the list."""
        self.switch.set_value("bundles")
        self.strip.hide()
        self.side.setCurrentWidget(self.form_frame)
        self.form.begin()
        self.draft.bring_back()

    def adjudicate_all(self) -> None:
        """Judge every claim that waits, in any bundle."""
        adjudicate_all(self.desk, self, self.strip)

    def _mend(self, row: SubmissionRow) -> None:
        self.strip.hide()
        self.side.setCurrentWidget(self.form_frame)
        self.form.mend(row)

    def _save(self, form: BundleForm, reason: str) -> None:
        db, actor, mended = self.desk.db, self.desk.actor, self.form.mends

        def deed() -> int:
            if mended is None:
                return receive_submission(db, actor, form)
            change_submission(db, actor, mended.id, mended.version, form, reason)
            return mended.id

        self.desk.do(self, deed, self._saved, "submissions", failed=self.form.strip.tell_refusal)

    def _saved(self, submission_id: int) -> None:
        words = say("The bundle is registered.") if self.form.mends is None else say("The bundle is mended.")
        if self.form.mends is None:
            self.draft.forget()
        self.form.saved()
        if self.filter.value() is SubmissionState.CLOSED:
            self.filter.set_value(SubmissionState.OPEN)
        self.strip.tell(words, Tone.GOOD)
        self._wanted_id = submission_id
        self.side.setCurrentWidget(self.nothing)
        self.listing.table.setFocus()
        self.desk.read(self, self.view.show_bundle, submission, submission_id)

    def _leave_form(self) -> None:
        self.side.setCurrentWidget(self.view_frame if self.view.row else self.nothing)
        self.listing.table.setFocus()

    def _show_view(self, view: str) -> None:
        shows_bundles = view == "bundles"
        self.header.say_detail(DETAILS[view])
        self._views.setCurrentIndex(0 if shows_bundles else 1)
        works = self.desk.actor.may(Role.CLERK, Role.SUPERVISOR)
        for button in (self.all_button, self.new_button):
            button.setVisible(shows_bundles and works)

    def _on_filter(self, state: SubmissionState | None) -> None:
        self._state = state
        self._wanted_id = 0
        self.listing.refresh()

    def _fetch(self, wanted: PageWanted) -> Page[SubmissionRow]:
        return self.desk.db.read(submissions, wanted, self._state)

    def _on_picked(self, rows: list[SubmissionRow]) -> None:
        if rows:
            if rows[0].id != self._wanted_id:
                self.strip.hide()
            self._wanted_id = rows[0].id
            self._show(rows[0])

    def _show_found(self, row: SubmissionRow) -> None:
        self.strip.hide()
        if self.filter.value() not in (None, row.state):
            self.filter.set_value(row.state)
        self._wanted_id = row.id
        self._show(row)
        self._pick_wanted()

    def _show(self, row: SubmissionRow) -> None:
        self.view.show_bundle(row)
        if self.side.currentWidget() is not self.form_frame:
            self.side.setCurrentWidget(self.view_frame)

    def _pick_wanted(self) -> None:
        """Mark the bundle that was chosen before the list came anew, and the newest where none was chosen yet."""
        rows = self.listing.model.rows
        numbers = [number for number, row in enumerate(rows) if row.id == self._wanted_id or not self._wanted_id]
        if numbers:
            self.listing.table.selectRow(numbers[0])
