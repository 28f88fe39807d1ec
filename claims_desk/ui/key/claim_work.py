"""What is done with the claim on the table: taken up, saved, corrected, copied; in the background."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import uuid4

from PySide6.QtCore import QObject, Signal

from claims_desk.domain.codes import ClaimState
from claims_desk.domain.errors import Stale, UserError
from claims_desk.domain.facts import Claim
from claims_desk.domain.messages import Message, say
from claims_desk.domain.scans import ScanPage
from claims_desk.domain.terms import CLAIM_STATES
from claims_desk.queries.claim_opened import ClaimOpened, claim_opened
from claims_desk.services.claim_rows import changes
from claims_desk.services.claims import CORRECTABLE, correct_claim, key_claim
from claims_desk.services.drafts import Draft
from claims_desk.services.late_scans import attach_later
from claims_desk.ui.desk import Desk


@dataclass(slots=True)
class OnTable:
    """Which claim the form on the screen is: a new one, one being corrected, or one restored from another."""

    claim_id: int | None = None
    version: int | None = None
    copied_from: int | None = None
    state: ClaimState | None = None
    key: str = field(default_factory=lambda: uuid4().hex)
    touched: bool = False
    pages: tuple[ScanPage, ...] = ()

    @classmethod
    def of_draft(cls, draft: Draft) -> OnTable:
        """What a draft was of."""
        copied = draft.typed.get("copied_from")
        copied_from = copied if isinstance(copied, int) else None
        return cls(draft.claim_id, draft.version, copied_from, key=draft.key, touched=True)


class ClaimWork(QObject):
    """Saves claims. `saved` carries the claim, `overtaken` as a `ClaimOpened` what somebody else made of it meanwhile.

    `refused` carries why a claim was not saved; `broken` comes where a mistake of the program kept it from being saved.
    """

    saved = Signal(object)
    overtaken = Signal(object)
    refused = Signal(object)
    broken = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.on_table = OnTable()
        self.handed_in = self.on_table
        self.is_saving = False

    @property
    def is_handed_in(self) -> bool:
        """Whether the form on the table is the one that is being saved."""
        return self.is_saving and self.on_table is self.handed_in

    def take(self, found: ClaimOpened) -> None:
        """Put an opened claim on the table."""
        self.on_table = OnTable(found.claim.id, found.version, found.copied_from, found.state, pages=found.pages)

    def adds_paper(self, pages: Sequence[ScanPage]) -> bool:
        """Whether `pages` are others than the kept claim on the table has."""
        return self.on_table.claim_id is not None and tuple(pages) != self.on_table.pages

    def begin(self) -> None:
        """A new claim on the table."""
        self.on_table = OnTable()

    def copy(self) -> None:
        """Make a new claim out of the one on the table, linked to it; a new form stays the one its draft is of."""
        table, self.on_table = self.on_table, OnTable(copied_from=self.on_table.claim_id, touched=True)
        if table.claim_id is None:
            self.on_table.key = table.key

    def save(self, claim: Claim, before: Claim, submission_id: int | None, pages: Sequence[ScanPage]) -> None:
        """Save the claim on the table with its scan: a new one into the bundle, a corrected one in its place.

        Where only paper was added to what stood there `before`, the form stays as it is.
        """
        if self.is_saving:
            return
        self.is_saving = True
        db, actor, table = self._desk.db, self._desk.actor, self.on_table
        self.handed_in = table
        kept, added = tuple(pages[: len(table.pages)]), tuple(pages[len(table.pages) :])
        only_paper = bool(added) and kept == table.pages and changes(before, claim) == ({}, {})

        def deed() -> None:
            if table.claim_id is None:
                key_claim(db, actor, claim, submission_id, table.copied_from, pages)
            elif only_paper:
                attach_later(db, actor, table.claim_id, added)
            else:
                correct_claim(db, actor, table.claim_id, table.version, claim, pages)

        self._desk.do(
            self, deed, lambda _none: self._saved(claim), "claims", "submissions",
            failed=self._refused, broke=self._broke,
        )  # fmt: skip

    def _saved(self, claim: Claim) -> None:
        self.is_saving = False
        self.saved.emit(claim)

    def _refused(self, problem: UserError) -> None:
        self.is_saving = False
        self.refused.emit(problem)
        if isinstance(problem, Stale) and self.on_table is self.handed_in and self.on_table.claim_id is not None:
            self._desk.read(self, self._overtaken, claim_opened, self.on_table.claim_id)

    def _broke(self) -> None:
        self.is_saving = False
        self.broken.emit()

    def _overtaken(self, found: ClaimOpened) -> None:
        self.on_table.version, self.on_table.state = found.version, found.state
        self.overtaken.emit(found)


def what_to_do(form_no: str, state: ClaimState) -> Message:
    """What can be done with a kept claim that is opened."""
    values = {"form": form_no, "state": CLAIM_STATES[state]}
    if state == ClaimState.DENIED:
        return say("Form {form} is denied and stays as it is. Ctrl+D restores it as a new claim.", **values)
    if state not in CORRECTABLE:
        return say("Form {form} stands at “{state}” and can no longer be changed. Ctrl+D copies it.", **values)
    return say("Form {form} stands at “{state}”. Correct it, then press F9.", **values)
