"""The way of a form through the clerk's hands: begun or opened, judged, kept as a draft, saved, and on to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from claims_desk.domain.facts import Claim
from claims_desk.domain.messages import say
from claims_desk.queries.claim_opened import ClaimOpened, claim_if_shown, claim_opened
from claims_desk.queries.submissions import SubmissionRow
from claims_desk.services.claims import CORRECTABLE
from claims_desk.services.drafts import Draft
from claims_desk.ui import background
from claims_desk.ui.desk import Desk
from claims_desk.ui.draft_keeper import DraftKeeper
from claims_desk.ui.key.bundle_bar import BundleBar
from claims_desk.ui.key.claim_sheet import ClaimSheet
from claims_desk.ui.key.claim_work import ClaimWork, OnTable, what_to_do
from claims_desk.ui.key.handing_in import HandingIn
from claims_desk.ui.key.live_judge import LiveJudge
from claims_desk.ui.key.next_form import next_form_no
from claims_desk.ui.key.scan_work import ScanWork
from claims_desk.ui.widgets import MessageStrip, Tone


class Keying(QObject):
    """Leads one form after another over the sheet. `turned` tells that another form is on the table.

    `judge` gives what is found of it; notices go to the strip.
    """

    turned = Signal()

    def __init__(self, desk: Desk, sheet: ClaimSheet, bundle: BundleBar, strip: MessageStrip) -> None:
        super().__init__(sheet)
        self._desk, self.sheet, self.bundle, self.strip = desk, sheet, bundle, strip
        self.work = ClaimWork(desk, self)
        self.judge = LiveJudge(desk, self)
        self.drafts = DraftKeeper(desk, self._draft, self)
        self.scans = ScanWork(desk, self)
        self.handing_in = HandingIn(desk, sheet, self.work, self.drafts, self.scans, strip)
        self.last: Claim | None = None
        self._connect()

    def _connect(self) -> None:
        self.bundle.turned.connect(self._turn)
        self.sheet.changed.connect(self._on_changed)
        self.sheet.typed.connect(self._on_typed)
        self.judge.failed.connect(self.strip.tell_refusal)
        self.drafts.failed.connect(self.strip.tell_refusal)
        self.scans.failed.connect(self.strip.tell_refusal)
        self.scans.edited.connect(self._on_scan)
        self.handing_in.made_room.connect(self._on_room)
        self.work.overtaken.connect(self._overtaken)

    @property
    def corrects(self) -> bool:
        """Whether the form on the table is a claim that is kept already."""
        return self.work.on_table.claim_id is not None

    @property
    def is_locked(self) -> bool:
        """Whether the claim on the table is only to be read: denied, void, or on its way to be paid."""
        return self.corrects and self.work.on_table.state not in (None, *CORRECTABLE)

    @property
    def is_touched(self) -> bool:
        """Whether something was typed in the form on the table."""
        return self.work.on_table.touched

    # --- a form comes onto the table

    def begin(self) -> None:
        """Take up the last unfinished form, else a new one."""
        self.drafts.waiting(self._take_up)

    def open_claim(self, claim_id: int) -> None:
        """Correct a claim; what was typed into it before and not saved comes back."""
        self.drafts.keep_now()
        self.drafts.waiting(lambda drafts: self._open(claim_id, drafts))

    def new_form(self, form_no: str = "") -> None:
        """An empty form; what was on the table is forgotten."""
        self.drafts.discard(self.work.on_table.key)
        self.work.begin()
        if self.bundle.bundle is not None:
            self.sheet.form.go_to("form_no")  # a field left after the form is emptied would count as passed over
        self.sheet.begin(form_no, self.last)
        self.scans.begin()
        self.judge_again()
        if self.bundle.bundle is None:
            self.bundle.offer_open_ones()
        else:
            self.sheet.form.go_to("form_no")

    # --- it is saved

    def save(self) -> None:
        """Save and go on (F9); what cannot be read, or was passed over, is shown first."""
        row = self.bundle.bundle
        if self.is_locked and not self.work.adds_paper(self.scans.pages):
            self._tell_what_to_do()
        elif self.sheet.go_to_problem():
            self.strip.tell(say("What is marked red cannot be read. Mend or empty it, then press F9."), Tone.BAD)
        elif row is None and not self.corrects:
            self.strip.tell(say("Choose the bundle this form lies in."), Tone.BAD)
            self.bundle.number.setFocus()
        elif row is not None and _is_full(row) and not (self.corrects or self.is_touched):
            self.bundle.full.emit(row)
        elif skipped := self.sheet.form.skipped():
            self.sheet.visit_all()
            self.sheet.form.go_to(skipped[0])
            self.judge_again()
            self.strip.tell(say("Fields are still blank. Fill them, or press F9 again to save the form as it is."))
        elif self.scans.bringing.is_busy:
            self.strip.tell(
                say("The scan is still being read. Press F9 again when it stands above the form."), Tone.BAD
            )
        else:
            self.handing_in.hand_in(row.id if row else None)

    def _on_room(self, saved: Claim) -> None:
        if self.corrects:
            self.new_form()
            self.begin()  # which goes on
        else:
            self.last = saved
            self.new_form(next_form_no(saved.form_no))
            self.handing_in.go_on()

    def _overtaken(self, found: ClaimOpened) -> None:
        self.sheet.form.show_other(found.claim)
        self.turned.emit()
        if self.is_locked:
            self._tell_what_to_do()
            return
        self.strip.tell(
            say(
                "Somebody else changed claim {form} while you were typing. What stands there now is under each field;"
                " F9 puts yours in its place.",
                form=found.claim.form_no,
            ),
            Tone.WARN,
        )

    # --- it is typed

    def _on_typed(self) -> None:
        self.work.on_table.touched = True
        self.drafts.touch()

    def _on_changed(self) -> None:
        self.judge_again()
        self.drafts.keep_now()

    def _on_scan(self) -> None:
        self._on_typed()
        self._on_changed()

    def judge_again(self) -> None:
        """Ask the rules about the form as it is on the table now."""
        copied_from = self.work.on_table.copied_from
        self.judge.ask(replace(self.sheet.claim(), copied_from=copied_from, scans=self.scans.keys))
        self.turned.emit()

    def _turn(self, row: SubmissionRow) -> None:
        self.sheet.bundle = row
        if self.is_touched or self.corrects:
            self._on_changed()
            if self.strip.isAncestorOf(QApplication.focusWidget() or self.sheet):
                self.sheet.form.go_to("form_no")  # what the strip told stood in the way of Enter
        else:
            self.new_form()

    def _draft(self) -> Draft | None:
        table, row = self.work.on_table, self.bundle.bundle
        if not table.touched or self.work.is_handed_in:
            return None
        return Draft(
            user=self._desk.actor.name,
            database=self._desk.db.identity,
            typed={**self.sheet.as_typed(), "copied_from": table.copied_from, "scans": self.scans.as_typed()},
            submission_id=row.id if row else None,
            claim_id=table.claim_id,
            version=table.version,
            key=table.key,
        )

    def _take_up(self, drafts: Sequence[Draft]) -> None:
        if drafts and not (self.is_touched or self.corrects):
            self._restore(drafts[0])
            return
        if not (self.is_touched or self.corrects):
            self.new_form()
        self.handing_in.go_on()

    def _open(self, claim_id: int, drafts: Sequence[Draft]) -> None:
        draft = next((each for each in drafts if each.claim_id == claim_id), None)
        if draft is not None:
            self._restore(draft)
        else:
            self._desk.read(self, self._opened, claim_opened, claim_id)

    def _opened(self, found: ClaimOpened) -> None:
        self.work.take(found)
        self._show(found)
        self._tell_what_to_do()

    def _show(self, found: ClaimOpened) -> None:
        if found.submission_id is not None:
            self.bundle.open(found.submission_id)
        self.sheet.show_claim(found.claim)
        self.scans.show(found.pages)
        self.judge_again()
        if not self.is_locked:
            self.sheet.form.go_to("form_no")

    def _tell_what_to_do(self) -> None:
        table = self.work.on_table
        if table.state is not None:
            self.strip.tell(what_to_do(self.sheet.base.form_no, table.state))

    def _restore(self, draft: Draft) -> None:
        if draft.claim_id is not None:
            db, claim_id = self._desk.db, draft.claim_id
            work = partial(db.read, claim_if_shown, claim_id)
            shown, back = partial(self._show_draft, draft), self.handing_in
            background.run(self, work, shown, back.refuse, back.give_back)
        else:
            self._show_draft(draft, None)

    def _show_draft(self, draft: Draft, found: ClaimOpened | None) -> None:
        if found is None:  # the claim it corrects is not there, as after an older backup: what was typed is a new form
            draft = replace(draft, claim_id=None, version=None)
        self.work.on_table = OnTable.of_draft(draft)
        if found is not None:
            self.work.on_table.state, self.work.on_table.pages = found.state, found.pages
            self._show(found)
        elif draft.submission_id is not None:
            self.bundle.open(draft.submission_id)
        self.sheet.show_typed(draft.typed)
        if found is None or "scans" in draft.typed:
            self.scans.show_typed(draft.typed.get("scans"))
        self.judge_again()
        if self.is_locked:
            self._tell_what_to_do()
        else:
            self.sheet.form.go_to_first_blank()
            self.strip.tell(say("Your unfinished form came back."), Tone.GOOD)
        self.handing_in.go_on()


def _is_full(row: SubmissionRow) -> bool:
    """Whether a bundle has all its forms: another one that nobody has typed in is none of it."""
    return row.keyed.forms >= row.counted.forms
