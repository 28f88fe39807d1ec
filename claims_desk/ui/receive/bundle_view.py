"""The bundle chosen in the list, and what can be done with it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from claims_desk.domain.codes import Role, SubmissionState
from claims_desk.domain.messages import LAO, say
from claims_desk.domain.wrong_form import Suspect
from claims_desk.queries.bundle_work import BundleWork, bundle_work, suspected_forms
from claims_desk.queries.submissions import SubmissionRow
from claims_desk.services.printing import print_slip
from claims_desk.services.submissions import close_submission, reopen_submission
from claims_desk.ui.desk import Desk, Place
from claims_desk.ui.papers import paper_folder, show_paper
from claims_desk.ui.receive.adjudication import adjudicate_some
from claims_desk.ui.receive.bundle_card import BundleCard
from claims_desk.ui.receive.next_step import Step, next_step
from claims_desk.ui.theme import repolish
from claims_desk.ui.widgets import Button, MessageStrip, Tone, ask_words


class BundleView(QWidget):
    """One bundle: its card and its deeds; `mend_asked` carries the row whose form is wanted."""

    mend_asked = Signal(object)

    def __init__(self, desk: Desk, strip: MessageStrip) -> None:
        super().__init__()
        self.desk, self.strip = desk, strip
        self.row: SubmissionRow | None = None
        self._work: BundleWork | None = None
        self._suspects: list[Suspect] = []
        self.card = BundleCard()
        self.key_button = Button(say("Key its forms"), "F7", self.key)
        self.claims_button = Button(say("Its claims"), "F6", self.show_claims)
        self.adjudicate_button = Button(say("Adjudicate"), "F8", self.adjudicate)
        self.close_button = Button(say("Close bundle"), "F9", self.close_bundle)
        self.suspect_button = Button(say("Open the likely form"), "Ctrl+F7", self.open_suspect)
        self.slip_button = Button(say("Receipt slip"), "Ctrl+P", self.print_slip)
        self.mend_button = Button(say("Mend the bundle"), "F4", self.mend)
        self.reopen_button = Button(say("Open again"), "Ctrl+R", self.reopen, "danger")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.card)
        for button in self._buttons():
            column.addWidget(button)
        column.addStretch()

    def _buttons(self) -> tuple[Button, ...]:
        return (
            self.key_button,
            self.suspect_button,
            self.claims_button,
            self.adjudicate_button,
            self.close_button,
            self.slip_button,
            self.mend_button,
            self.reopen_button,
        )

    def show_bundle(self, row: SubmissionRow) -> None:
        """Show a bundle and what may be done with it."""
        self.row, self._work, self._suspects = row, None, []
        self.card.show_bundle(row)
        works = self.desk.actor.may(Role.CLERK, Role.SUPERVISOR)
        is_open = row.state == SubmissionState.OPEN
        self.key_button.setVisible(is_open and self.desk.actor.may(Role.CLERK))
        self.adjudicate_button.setVisible(works)
        self.close_button.setVisible(works and is_open)
        self.mend_button.setVisible(works and is_open)
        self.suspect_button.hide()
        self.reopen_button.setVisible(not is_open and self.desk.actor.may(Role.SUPERVISOR))
        self.adjudicate_button.setEnabled(False)
        self._show_step()
        self.desk.read(self, partial(self._show_work, row.id), bundle_work, row.id)
        if next_step(row, None) is Step.COMPARE:
            self.desk.read(self, partial(self._show_suspects, row), suspected_forms, row.id, row.difference)

    def _show_step(self) -> None:
        """Say what comes next, and make its button the blue one."""
        if self.row is None:
            return
        step = next_step(self.row, self._work)
        if self.desk.actor.may(Role.CLERK, Role.SUPERVISOR):
            self.card.show_step(self.row, step)
        compare = self.suspect_button if self._suspects else self.claims_button
        deeds = {
            Step.KEY: self.key_button,
            Step.COMPARE: compare,
            Step.CLOSE: self.close_button,
            Step.ADJUDICATE: self.adjudicate_button,
        }
        for button in set(deeds.values()) | {self.claims_button}:
            button.setProperty("look", "primary" if button is deeds.get(step) else "")
            repolish(button)

    def key(self) -> None:
        """Go on keying this bundle."""
        if self.row is not None:
            self.desk.go(Place("key", "bundle", self.row.id))

    def open_suspect(self) -> None:
        """Open the form that explains the difference alone, to correct it beside the paper."""
        if self._suspects:
            self.desk.go(Place("key", "claim", self._suspects[0].claim_id))

    def show_claims(self) -> None:
        """Look at its claims in Review."""
        if self.row is not None:
            self.desk.go(Place("review", "bundle", self.row.id))

    def open_row(self, row: SubmissionRow) -> None:
        """Go on with a bundle: a clerk keys an open one, anybody else looks at its claims."""
        keys = row.state == SubmissionState.OPEN and self.desk.actor.may(Role.CLERK)
        self.desk.go(Place("key" if keys else "review", "bundle", row.id))

    def adjudicate(self) -> None:
        """Judge the claims of this bundle that wait, and those pended again."""
        if self._work is not None:
            adjudicate_some(self.desk, self, self.strip, self._work.to_judge)

    def close_bundle(self) -> None:
        """Close the bundle; where it does not agree the strip names the difference."""
        if self.row is None:
            return
        row, db, actor = self.row, self.desk.db, self.desk.actor
        told = say("Bundle {number} is closed.", number=row.number)
        self.desk.do(
            self,
            lambda: close_submission(db, actor, row.id, row.version),
            lambda _none: self.strip.tell(told, Tone.GOOD),
            "submissions",
            failed=self.strip.tell_refusal,
        )

    def reopen(self) -> None:
        """Open a closed bundle again, with a reason."""
        if self.row is None:
            return
        row = self.row
        title = say("Open bundle {number} again", number=row.number)
        ask_words(self, title, say("Why? It must agree again before it is closed."), title, partial(self._reopen, row))

    def _reopen(self, row: SubmissionRow, reason: str) -> None:
        db, actor = self.desk.db, self.desk.actor
        told = say("Bundle {number} is open again.", number=row.number)
        self.desk.do(
            self,
            lambda: reopen_submission(db, actor, row.id, row.version, reason),
            lambda _none: self.strip.tell(told, Tone.GOOD),
            "submissions",
            failed=self.strip.tell_refusal,
        )

    def mend(self) -> None:
        """Ask for the bundle's form."""
        if self.row is not None:
            self.mend_asked.emit(self.row)

    def print_slip(self) -> None:
        """Write the receipt slip for the facility's messenger, in Lao, and show it."""
        if self.row is not None:
            work = partial(print_slip, self.desk.db, self.row.id, paper_folder(), language=LAO)
            self.desk.do(self, work, self._printed, failed=self.strip.tell_refusal)

    def _printed(self, path: Path) -> None:
        show_paper(path)
        self.strip.tell(say("Saved as {path}.", path=path), Tone.GOOD)

    def _show_work(self, submission_id: int, work: BundleWork) -> None:
        if self.row is not None and self.row.id == submission_id:
            self._work = work
            self.adjudicate_button.setEnabled(bool(work.to_judge))
            self.card.show_work(work)
            self._show_step()

    def _show_suspects(self, row: SubmissionRow, found: list[Suspect]) -> None:
        if self.row == row:
            self._suspects = found
            self.card.show_suspects(found)
            self.suspect_button.setVisible(bool(found) and self.desk.actor.may(Role.CLERK))
            self._show_step()
