"""A form from F9 to its answer: handed in with its scan, while keys are held back for the form that comes after it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from claims_desk.domain.errors import UserError
from claims_desk.domain.facts import Claim
from claims_desk.domain.messages import tr
from claims_desk.ui.desk import Desk
from claims_desk.ui.draft_keeper import DraftKeeper
from claims_desk.ui.key.claim_sheet import ClaimSheet
from claims_desk.ui.key.claim_work import ClaimWork
from claims_desk.ui.key.scan_work import ScanWork
from claims_desk.ui.key_buffer import KeyBuffer
from claims_desk.ui.widgets import MessageStrip


class HandingIn(QObject):
    """`made_room` carries the claim that was saved, where its form still lies on the table and the next one is due.

    Whoever puts that one there calls `go_on`.
    """

    made_room = Signal(object)

    def __init__(
        self, desk: Desk, sheet: ClaimSheet, work: ClaimWork, drafts: DraftKeeper, scans: ScanWork, strip: MessageStrip
    ) -> None:
        super().__init__(sheet)
        self._desk, self._sheet, self._work = desk, sheet, work
        self._drafts, self._scans, self._strip = drafts, scans, strip
        self._keys = KeyBuffer(sheet)
        self._asked: Callable[[], object] | None = None
        work.saved.connect(self._on_saved)
        work.refused.connect(self.refuse)
        work.broken.connect(self.give_back)

    def hand_in(self, submission_id: int | None) -> None:
        """Save the form on the table with its scan; nothing while another is being saved."""
        if self._work.is_saving:
            return
        self._keys.hold()
        self._drafts.keep_now()  # the answer may be long in coming
        self._work.save(self._sheet.claim(), self._sheet.base, submission_id, self._scans.hand_in())

    def once_saved(self, deed: Callable[[], object]) -> None:
        """Do it now, or once the form that is being saved has made room.

        Not at all where saving is refused, or another form came onto the table meanwhile.
        """
        if self._work.is_saving:
            self._asked = deed
        else:
            deed()

    def go_on(self) -> None:
        """The next form is on the table: what was asked and typed meanwhile is for it."""
        deed, self._asked = self._asked, None
        if deed is not None:
            deed()
        self._keys.release()

    def refuse(self, problem: UserError) -> None:
        """Tell why it went wrong, and give the form back."""
        self.give_back()
        self._strip.tell_refusal(problem)

    def give_back(self) -> None:
        """The form on the table stays: what was typed meanwhile is for it, what was asked is forgotten."""
        self._asked = None
        self._keys.release()
        self._drafts.keep_now()

    def _on_saved(self, claim: Claim) -> None:
        handed_in = self._work.handed_in
        self._scans.saved()
        self._strip.hide()
        self._desk.told.emit(tr("Form {number} is saved.", number=claim.form_no))
        if self._work.on_table is handed_in:
            self.made_room.emit(claim)
        else:
            self._drafts.discard(handed_in.key)
            self.give_back()
