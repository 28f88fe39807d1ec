"""The way of a form through the second clerk's hands: begun, kept as a draft, saved, and on to the next."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from PySide6.QtCore import QObject, Signal

from claims_desk.domain.errors import UserError
from claims_desk.domain.facts import Claim
from claims_desk.domain.messages import say, tr
from claims_desk.domain.paging import Page, PageWanted
from claims_desk.queries.verifications import ToVerify, one_to_verify, to_verify
from claims_desk.services.drafts import Draft
from claims_desk.services.verification import second_key
from claims_desk.ui.desk import Desk
from claims_desk.ui.draft_keeper import DraftKeeper
from claims_desk.ui.key_buffer import KeyBuffer
from claims_desk.ui.verify.blind_form import BlindSheet
from claims_desk.ui.widgets import MessageStrip, Tone

FOLDER = "drafts-verify"  # apart from Key's: there a draft of a claim would open the first keying
FIRST = PageWanted(limit=1)


class BlindKeying(QObject):
    """Leads one form after another over the sheet. `turned` carries the paper that is to be taken up.

    `ended` comes when none is left. Whether a form agreed with the first keying is neither asked nor kept here.
    """

    turned = Signal(object)
    ended = Signal()

    def __init__(self, desk: Desk, sheet: BlindSheet, strip: MessageStrip) -> None:
        super().__init__(sheet)
        self._desk, self.sheet, self.strip = desk, sheet, strip
        self.paper: ToVerify | None = None
        self.drafts = DraftKeeper(desk, self._draft, self, FOLDER)
        self._keys = KeyBuffer(sheet)
        self._key = uuid4().hex
        self._last: Claim | None = None
        self._touched = self._saving = False
        sheet.typed.connect(self._on_typed)
        sheet.changed.connect(self.drafts.keep_now)
        self.drafts.failed.connect(strip.tell_refusal)

    def begin(self, paper: ToVerify) -> None:
        """Take a paper up; what was typed of it before and not saved comes back."""
        self.drafts.keep_now()
        self.drafts.waiting(lambda drafts: self._begin(paper, drafts))

    def take_up(self) -> None:
        """Go on with the last form that was begun and not saved, where there is one that still waits."""
        if self.paper is None:
            self.drafts.waiting(self._ask_for_begun)

    def leave(self) -> None:
        """Put the form aside, on disk as it stands."""
        self.drafts.keep_now()
        self._put_away()

    def save(self) -> None:
        """Hand the form in and go on (F9); what cannot be read, or was passed over, is shown first."""
        paper = self.paper
        if paper is None or self._saving:
            return
        if self.sheet.go_to_problem():
            self.strip.tell(say("What is marked red cannot be read. Mend or empty it, then press F9."), Tone.BAD)
        elif skipped := self.sheet.form.skipped():
            self.sheet.visit_all()
            self.sheet.form.go_to(skipped[0])
            self.strip.tell(say("Fields are still blank. Fill them, or press F9 again to save the form as it is."))
        else:
            self._hand_in(paper, self.sheet.claim())

    def _hand_in(self, paper: ToVerify, claim: Claim) -> None:
        db, actor = self._desk.db, self._desk.actor
        self.drafts.keep_now()  # the answer may be long in coming
        self._saving = True
        self._keys.hold()

        def deed() -> None:
            second_key(db, actor, paper.claim_id, claim)

        self._desk.do(
            self, deed, lambda _none: self._saved(paper, claim), "claims", failed=self._refused, broke=self._broke
        )

    def _saved(self, paper: ToVerify, claim: Claim) -> None:
        self.strip.hide()
        self._last = claim
        self.drafts.discard(self._key)
        self._put_away()
        self._desk.told.emit(tr("Form {number} is saved.", number=paper.form_no))
        self._next(paper)

    def _refused(self, problem: UserError) -> None:
        self._broke()
        self.strip.tell_refusal(problem)

    def _broke(self) -> None:
        self._saving = False
        self._keys.release()
        self.drafts.keep_now()

    def _next(self, paper: ToVerify) -> None:
        """The next form of the same bundle, else of any."""
        user = self._desk.actor.user_id

        def asked(page: Page[ToVerify]) -> None:
            if page.rows:
                self.begin(page.rows[0])
            else:
                self._desk.read(self, self._next_of_any, to_verify, FIRST, user)

        if paper.submission_id is None:
            self._desk.read(self, self._next_of_any, to_verify, FIRST, user)
        else:
            self._desk.read(self, asked, to_verify, FIRST, user, paper.submission_id)

    def _next_of_any(self, page: Page[ToVerify]) -> None:
        if page.rows:
            self.begin(page.rows[0])
        else:
            self._keys.release()
            self.ended.emit()

    def _begin(self, paper: ToVerify, drafts: Sequence[Draft]) -> None:
        draft = next((each for each in drafts if each.claim_id == paper.claim_id), None)
        self.paper = paper
        self._touched = draft is not None
        self._key = draft.key if draft else uuid4().hex
        self.turned.emit(paper)
        self.sheet.begin_blind(paper, self._last)
        if draft is not None:
            self.sheet.show_typed(draft.typed)
            self.sheet.form.go_to_first_blank()
            self.strip.tell(say("Your unfinished form came back."), Tone.GOOD)
        self._keys.release()

    def _ask_for_begun(self, drafts: Sequence[Draft]) -> None:
        begun = [draft for draft in drafts if draft.claim_id is not None]
        if not begun or self.paper is not None:
            return
        draft, rest = begun[0], begun[1:]

        def found(paper: ToVerify | None) -> None:
            if paper is not None:
                self._begin(paper, [draft])
            else:  # somebody else has keyed it meanwhile
                self.drafts.discard(draft.key)
                self._ask_for_begun(rest)

        self._desk.read(self, found, one_to_verify, draft.claim_id or 0, self._desk.actor.user_id)

    def _put_away(self) -> None:
        self.paper = None
        self._touched = self._saving = False

    def _on_typed(self) -> None:
        self._touched = True
        self.drafts.touch()

    def _draft(self) -> Draft | None:
        paper = self.paper
        if paper is None or not self._touched or self._saving:
            return None
        return Draft(
            user=self._desk.actor.name,
            database=self._desk.db.identity,
            typed=self.sheet.as_typed(),
            submission_id=paper.submission_id,
            claim_id=paper.claim_id,
            key=self._key,
        )
