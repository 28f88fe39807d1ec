"""What is typed of a new bundle stays on this PC's disk until the bundle is registered."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from PySide6.QtCore import QObject

from claims_desk.domain.messages import say
from claims_desk.services.drafts import Draft
from claims_desk.ui.desk import Desk
from claims_desk.ui.draft_keeper import DraftKeeper
from claims_desk.ui.receive.form import BundleFormCard
from claims_desk.ui.theme import Tone

FOLDER = "bundle-drafts"


class BundleDraft(QObject):
    """Keeps the form of a new bundle, never one that is mended, and brings it back after a power cut."""

    def __init__(self, desk: Desk, form: BundleFormCard) -> None:
        super().__init__(form)
        self._desk, self._form = desk, form
        self._key = uuid4().hex
        self.keeper = DraftKeeper(desk, self._draft, self, FOLDER)
        self.keeper.failed.connect(form.strip.tell_refusal)
        for edit in form.edits():
            edit.typed.connect(self._on_typed)
            edit.committed.connect(self.keeper.keep_now)

    def bring_back(self) -> None:
        """Fill an empty form with what was typed before and never registered."""
        if self._form.is_blank():
            self.keeper.waiting(self._take)

    def forget(self) -> None:
        """The bundle is registered."""
        self.keeper.discard(self._key)
        self._key = uuid4().hex

    def _on_typed(self) -> None:
        if self._form.mends is None and self._form.is_blank():
            self.forget()
        else:
            self.keeper.touch()

    def _draft(self) -> Draft | None:
        form = self._form
        if form.mends is not None or form.is_blank():
            return None
        typed = {"texts": [edit.text() for edit in form.edits()]}
        return Draft(user=self._desk.actor.name, database=self._desk.db.identity, typed=typed, key=self._key)

    def _take(self, drafts: Sequence[Draft]) -> None:
        if drafts and self._form.mends is None and self._form.is_blank():
            self._key = drafts[0].key
            texts = drafts[0].typed.get("texts")
            self._form.show_texts([str(text) for text in texts] if isinstance(texts, list) else [])
            self._form.strip.tell(say("What you typed of a bundle came back."), Tone.GOOD)
