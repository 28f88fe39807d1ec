"""A new form made from another: a copy for the next patient, or a denied claim restored in an open bundle."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from claims_desk.domain.codes import ClaimState
from claims_desk.domain.facts import Claim
from claims_desk.domain.messages import Message, say
from claims_desk.queries.submissions import SubmissionRow, open_bundles_of
from claims_desk.ui.desk import Desk
from claims_desk.ui.key.keying import Keying
from claims_desk.ui.key.next_form import next_form_no
from claims_desk.ui.key.restore_dialog import RestoreDialog
from claims_desk.ui.widgets import Tone

COPY = say("Copy the claim into a new form")
RESTORE = say("Restore as a new claim")


class Copying(QObject):
    """What Ctrl+D does with the form on the table. A denied claim is restored, once its bundle is chosen."""

    def __init__(self, desk: Desk, keying: Keying, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._keying, self._window = desk, keying, parent

    @property
    def does(self) -> Message:
        """What it would do now, in words."""
        return RESTORE if self._keying.work.on_table.state == ClaimState.DENIED else COPY

    def copy(self) -> None:
        """A new form like the claim on the table, linked to it, or like the last one saved (Ctrl+D).

        Asked while a form is being saved, it is a new form like that one.
        """
        self._keying.handing_in.once_saved(self._copy)

    def _copy(self) -> None:
        keying = self._keying
        if keying.work.on_table.state == ClaimState.DENIED:
            self._desk.read(self, self._ask, open_bundles_of, keying.sheet.claim().facility_code)
            return
        source = keying.sheet.claim() if keying.corrects else keying.last
        if source is not None:
            form_no = "" if keying.corrects else keying.sheet.form.edit("form_no").text()
            self._begin(source, form_no or ("" if keying.corrects else next_form_no(source.form_no)))
            keying.strip.tell(say("A new form with the same values. Check each against the paper."))

    def _ask(self, bundles: tuple[SubmissionRow, ...]) -> None:
        keying = self._keying
        claim = keying.sheet.claim()
        if keying.work.on_table.state != ClaimState.DENIED:
            return  # another form came onto the table meanwhile
        if not bundles:
            keying.strip.tell(_no_bundle(claim), Tone.WARN)
            return
        dialog = RestoreDialog(self._window, claim, bundles)
        dialog.accepted.connect(lambda: self._restore(dialog.row))
        dialog.open()

    def _restore(self, bundle: SubmissionRow) -> None:
        keying = self._keying
        denied, source = keying.sheet.base, keying.sheet.claim()
        keying.drafts.discard(keying.work.on_table.key)
        self._begin(source, source.form_no, same_paper=True)
        keying.bundle.take(bundle)
        keying.strip.tell(_restored(denied, bundle))
        keying.sheet.form.go_to("form_no")

    def _begin(self, source: Claim, form_no: str, *, same_paper: bool = False) -> None:
        keying = self._keying
        if keying.corrects and not same_paper:
            keying.scans.show(())  # the scan is that claim's; a new form keeps its own
        keying.work.copy()
        keying.sheet.show_copy(source, form_no, same_paper=same_paper)
        keying.judge_again()
        keying.drafts.keep_now()
        keying.sheet.form.go_to("form_no")


def _no_bundle(claim: Claim) -> Message:
    return say(
        "No bundle of {facility} is open. Receive (Alt+2) the one the corrected form came in; a form that came by"
        " itself is a bundle of one. Then restore form {form} into it.",
        facility=claim.facility_code,
        form=claim.form_no,
    )


def _restored(denied: Claim, bundle: SubmissionRow) -> Message:
    if denied.submission is not None and denied.submission.number == bundle.number:
        return say(
            "Restored in the bundle the denied claim lies in. Mend what was wrong, press F9, then void the denied one"
            " in Review (Ctrl+Del): the bundle counts its paper once."
        )
    return say("Restored as a new claim, linked to the denied one. Mend what was wrong, then press F9.")
