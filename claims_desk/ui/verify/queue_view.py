"""What waits for a second keying: bundle by bundle with its count, and the forms of the bundle chosen."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QHeaderView, QStackedLayout, QVBoxLayout, QWidget

from claims_desk.domain.codes import Role
from claims_desk.domain.columns import Align, Column, Format
from claims_desk.domain.messages import Message, say
from claims_desk.domain.paging import Page, PageWanted
from claims_desk.queries.verifications import WITHOUT_BUNDLE, BundleToVerify, ToVerify, bundles_to_verify, to_verify
from claims_desk.services.draws import release_claim
from claims_desk.ui.desk import Desk
from claims_desk.ui.review.columns import local_time
from claims_desk.ui.widgets import (
    Button,
    EmptyState,
    Listing,
    MessageStrip,
    PrimaryButton,
    RowsModel,
    Table,
    Tone,
    Words,
    ask_words,
)

NO_BUNDLE = say("Without a bundle")
BUNDLES: tuple[Column[BundleToVerify], ...] = (
    Column("bundle", say("Bundle"), lambda row: row.bundle or NO_BUNDLE, width=18),
    Column("facility", say("Facility"), lambda row: row.facility, width=18),
    Column("forms", say("Forms"), lambda row: row.forms, Format.KIP, width=5),
)
FORMS: tuple[Column[ToVerify], ...] = (
    Column("form_no", say("Form"), lambda row: row.form_no, width=12),
    Column("bundle", say("Bundle"), lambda row: row.bundle, width=18),
    Column(
        "keyed_at", say("Keyed"), lambda row: local_time(row.keyed_at).date(), Format.DAY, align=Align.RIGHT, width=10
    ),
)
FACILITY = 1  # the column that takes the spare room


class QueueView(QWidget):
    """Bundles at the left, their forms at the right. `wanted` carries the paper to be keyed again."""

    wanted = Signal(object)

    def __init__(self, desk: Desk, strip: MessageStrip) -> None:
        super().__init__()
        self.desk, self.strip = desk, strip
        self.keys = desk.actor.may(Role.CLERK)
        self._bundle: int | None = None
        self.total = Words("", "muted")
        self.model: RowsModel[BundleToVerify] = RowsModel(BUNDLES)
        self.list = Table(self.model, say("Bundles to key again"))
        self.forms = self._form_list()
        self.release_button = Button(say("Let go without"), "Ctrl+R", self.release, "danger")
        self.begin_button = PrimaryButton(say("Key again"), "F9", self.begin)
        self.whole = QWidget()
        self._layers = QStackedLayout(self)
        self._lay_out()
        self.list.picked.connect(self._on_bundle)
        self.list.opened.connect(lambda _row: self.begin())
        self.forms.opened.connect(self.begin)

    @property
    def _user(self) -> int | None:
        """Whose queue it is: a clerk sees what he may key, a supervisor who keys nothing sees all."""
        return self.desk.actor.user_id if self.keys else None

    def _form_list(self) -> Listing[ToVerify]:
        empty = EmptyState(say("Nothing here"), say("Choose another bundle."))
        return Listing(say("Forms to key again"), FORMS, self._fetch, empty)

    def _lay_out(self) -> None:
        head = self.list.horizontalHeader()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(FACILITY, QHeaderView.ResizeMode.Stretch)
        buttons = QHBoxLayout()
        buttons.addWidget(self.total, 1)
        shown = ((self.release_button, self.desk.actor.may(Role.SUPERVISOR)), (self.begin_button, self.keys))
        for button, fits in shown:
            buttons.addWidget(button)
            button.setVisible(fits)
        lists = QHBoxLayout()
        lists.setSpacing(12)
        lists.addWidget(self.list, 6)
        lists.addWidget(self.forms, 5)
        column = QVBoxLayout(self.whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(buttons)
        column.addLayout(lists, 1)
        what = say("The office draws among what is keyed. What others keyed and you may key again is listed here.")
        self._layers.addWidget(EmptyState(say("No form waits to be keyed again"), what))
        self._layers.addWidget(self.whole)
        self._layers.setCurrentWidget(self.whole)  # so that the keyboard finds the list while it is loading

    def refresh(self) -> None:
        """Count the bundles again."""
        self.desk.read(self, self._show_bundles, bundles_to_verify, self._user)

    def enter(self) -> None:
        """Bring the keyboard to the bundles."""
        self.list.setFocus()

    def begin(self, row: ToVerify | None = None) -> None:
        """Take up the form chosen, else the first one of the bundle (Enter, F9)."""
        if not self.keys:
            return
        rows = [row] if row is not None else self.forms.chosen_rows() or self.forms.model.rows[:1]
        if rows:
            self.wanted.emit(rows[0])

    def release(self) -> None:
        """Ask why the form chosen shall go on without its second keying."""
        rows = self.forms.chosen_rows()
        if not rows:
            self.strip.tell(say("Choose a form in the list first."))
            return
        title = say("{deed}: form {form}", deed=say("Let go without"), form=rows[0].form_no)
        question = say("Why is it not keyed a second time? The reason stays with the claim.")
        ask_words(self, title, question, say("Let go"), partial(self._release, rows[0]))

    def _release(self, row: ToVerify, reason: str) -> None:
        db, actor = self.desk.db, self.desk.actor
        said = say("Form {form} goes on without a second keying.", form=row.form_no)
        self.desk.do(
            self,
            lambda: release_claim(db, actor, row.claim_id, reason),
            lambda _none: self.strip.tell(said, Tone.GOOD),
            "claims",
            failed=self.strip.tell_refusal,
        )

    def _show_bundles(self, rows: tuple[BundleToVerify, ...]) -> None:
        self._layers.setCurrentIndex(1 if rows else 0)
        self.model.set_rows(rows)
        self.total.say(_total(sum(row.forms for row in rows), len(rows)) if rows else "")
        numbers = [number for number, row in enumerate(rows) if row.submission_id == self._bundle]
        if rows:
            self.list.selectRow(numbers[0] if numbers else 0)
            if self.isVisible() and QApplication.focusWidget() is None:
                self.list.setFocus()

    def _on_bundle(self, rows: list[BundleToVerify]) -> None:
        if rows:
            self._bundle = rows[0].submission_id
            self.forms.refresh()

    def _fetch(self, wanted: PageWanted) -> Page[ToVerify]:
        return self.desk.db.read(to_verify, wanted, self._user, self._bundle or WITHOUT_BUNDLE)


def _total(forms: int, bundles: int) -> Message:
    return say("{forms:kip} forms of {bundles:kip} bundles wait to be keyed again.", forms=forms, bundles=bundles)
