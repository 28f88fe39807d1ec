"""Key: the paper form into the computer, faster than it is read, judged while it is typed."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from claims_desk.domain.codes import Role
from claims_desk.domain.judgement import Judgement
from claims_desk.domain.messages import current_language, say, tr
from claims_desk.queries.submissions import SubmissionRow
from claims_desk.services.printing import in_a_name, write_claim_copy
from claims_desk.ui import background
from claims_desk.ui.bundle_gap import difference_words
from claims_desk.ui.desk import Desk, Place
from claims_desk.ui.key.arrangement import Arrangement
from claims_desk.ui.key.bundle_bar import BundleBar
from claims_desk.ui.key.claim_sheet import ClaimSheet
from claims_desk.ui.key.copying import COPY, Copying
from claims_desk.ui.key.findings_list import FindingsList
from claims_desk.ui.key.keying import Keying
from claims_desk.ui.key.live_judge import Judged
from claims_desk.ui.key.member_card import MemberPanel
from claims_desk.ui.key.other_claim import OtherClaimCard, claim_alike
from claims_desk.ui.key.paper_copy import copy_on_screen
from claims_desk.ui.key.price_bar import PriceBar, facts_missing
from claims_desk.ui.key.propose_dialog import TITLE as PROPOSE
from claims_desk.ui.key.propose_dialog import ProposeDialog
from claims_desk.ui.key.scan_border import ScanBorder
from claims_desk.ui.key.scan_panel import ScanPanel
from claims_desk.ui.look_ups import LookUps
from claims_desk.ui.pane import Command, Pane
from claims_desk.ui.papers import paper_folder, show_paper
from claims_desk.ui.scan.brought import SUFFIXES, paths_in, picture_in
from claims_desk.ui.widgets import HotKey, MessageStrip, Tone, confirm
from claims_desk.ui.widgets.edit import is_no_text

CHOOSE_BUNDLE = say("Choose a bundle")
THROW_AWAY = say("Throw the form away")
PRINT = say("Print the form")
TO_CLOSING = say("The bundle in Receive, to close it")


class KeyPane(Pane):
    """One form at a time, its bundle above, its member and what was found beside it."""

    key = "key"
    title = say("Key")
    number = 3
    about = say(
        "One paper form after another. Enter goes on, F9 saves and begins the "
        "next; what is found of a form stands beside it."
    )
    roles = frozenset({Role.CLERK})
    concerns = frozenset({"claims", "submissions", "scan_zones", "settings"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.bundle = BundleBar(desk)
        self.strip = MessageStrip()
        self.sheet = ClaimSheet(LookUps(desk))
        self.keying = Keying(desk, self.sheet, self.bundle, self.strip)
        self.copying = Copying(desk, self.keying, self)
        self.price = PriceBar(self.leave, self.sheet.repeat, self.keying.save, self.choose_scan, self.copying.copy)
        self._judgement: Judgement | None = None
        self.scan = ScanPanel(desk, self.keying.scans, self.choose_scan)
        self.member = MemberPanel(self.propose)
        self.other = OtherClaimCard(desk)
        self.findings = FindingsList()
        self._lay_out()
        self._connect()
        background.run(self, desk.registers.current, lambda _registers: None)
        self.keying.begin()

    def _lay_out(self) -> None:
        self.arrangement = Arrangement(self.body, self.bundle, self.scan, self.sheet, self.price, self.strip)
        self.arrangement.put_beside((self.other, self.member, self.findings))
        self.border = ScanBorder(self.desk, self.arrangement, self)
        self.border.fit()
        self.setAcceptDrops(True)

    def _connect(self) -> None:
        self.sheet.ended.connect(self.price.take_keyboard)
        self.keying.judge.judged.connect(self._show_judged)
        self.keying.turned.connect(self._name_buttons)
        self.findings.chosen.connect(self.sheet.go_to)
        self.bundle.full.connect(self._tell_full)
        self.other.turned.connect(self.member.setHidden)  # the other claim takes the member's place
        self.keying.scans.split_asked.connect(self.scan.ask_split)
        self.keying.scans.came.connect(self._tell_came)
        self._add_keys()

        self.sheet.undo.listen(self)

    def _add_keys(self) -> None:
        HotKey(self, "F6", say("Next finding"), self.findings.choose_next)
        HotKey(self, "Shift+F6", say("Finding before"), lambda: self.findings.choose_next(back=True))
        self._copy_key = HotKey(self, "Ctrl+D", COPY, self.copying.copy)
        HotKey(self, "Ctrl+B", CHOOSE_BUNDLE, self.bundle.number.setFocus)
        HotKey(self, "Ctrl+N", THROW_AWAY, self.throw_away)
        HotKey(self, "Ctrl+P", PRINT, self.print_form)
        HotKey(self, "Shift+F9", TO_CLOSING, self.show_bundle)
        viewer = self.scan.viewer
        HotKey(self, "F7", say("To the picture"), viewer.enter)
        HotKey(self, "Ctrl++", say("Larger picture"), lambda: viewer.page.zoom_by(1))
        HotKey(self, "Ctrl+=", say("Larger picture"), lambda: viewer.page.zoom_by(1))
        HotKey(self, "Ctrl+-", say("Smaller picture"), lambda: viewer.page.zoom_by(-1))
        HotKey(self, "Ctrl+0", say("The whole width of the picture"), lambda: viewer.page.set_zoom(1))
        HotKey(self, "Ctrl+PgDown", say("Next picture"), lambda: viewer.step(1))
        HotKey(self, "Ctrl+PgUp", say("Picture before"), lambda: viewer.step(-1))

    def show_place(self, place: Place) -> None:
        """Key into a bundle, or correct a claim."""
        if place.what == "bundle":
            self.bundle.open(place.id)
        elif place.what == "claim":
            self.keying.open_claim(place.id)

    def refresh(self) -> None:
        """Count the bundle again, and follow the zones and the scanner's folder as they are set now."""
        self.bundle.refresh()
        self.scan.viewer.load_zones()
        self.keying.scans.tray.watch(self.desk.settings.scan_folder)

    def commands(self) -> list[Command]:
        """What Ctrl+K can do here."""
        return [
            Command(say("Save and next"), self.keying.save, "F9"),
            Command(self.copying.does, self.copying.copy, "Ctrl+D"),
            Command(PROPOSE, self.propose, "F4"),
            Command(THROW_AWAY, self.throw_away, "Ctrl+N"),
            Command(CHOOSE_BUNDLE, self.bundle.number.setFocus, "Ctrl+B"),
            Command(TO_CLOSING, self.show_bundle, "Shift+F9"),
            Command(PRINT, self.print_form, "Ctrl+P"),
            Command(say("Attach a scan"), self.choose_scan, "Ctrl+O"),
            Command(say("Take the next page that waits"), self.keying.scans.take_next, "Ctrl+J"),
        ]

    def may_close(self) -> bool:
        """Whether what is typed is on disk."""
        return self.keying.drafts.flush()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window member and findings stand below the form."""
        super().resizeEvent(event)
        self.arrangement.fit_width(self.width())
        self.border.fit()

    def leave(self) -> None:
        """Close the other claim, else go back to Home; the form stays as it is, here and on disk (Esc)."""
        if self.other.is_open:
            self.other.close_it()
            return
        self.keying.drafts.keep_now()
        self.desk.go(Place("home"))

    def choose_scan(self) -> None:
        """Attach files of this PC (Ctrl+O)."""
        kinds = " ".join(f"*{suffix}" for suffix in sorted(SUFFIXES))
        names, _ = QFileDialog.getOpenFileNames(self, tr("Attach a scan"), "", tr("Scans ({kinds})", kinds=kinds))
        self.keying.scans.bring([Path(name) for name in names])

    def print_form(self) -> None:
        """Put the form as it stands on paper, with what was found of it (Ctrl+P)."""
        self.sheet.grid.commit()
        if self.sheet.is_blank():
            self.strip.tell(say("Nothing is keyed yet. Ctrl+P prints the form with its findings."))
            return
        copy, language = copy_on_screen(self.desk, self.sheet, self._judgement), current_language()
        name = f"claim-{in_a_name(copy.form_no or copy.bundle)}.pdf"
        work = partial(write_claim_copy, paper_folder(), name, copy, language)
        self.desk.do(self, work, self._printed, failed=self.strip.tell_refusal)

    def _printed(self, path: Path) -> None:
        show_paper(path)
        self.desk.told.emit(tr("Saved as {path}.", path=path))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and pictures may be dropped anywhere on the pane."""
        if is_no_text(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach what was dropped."""
        self.keying.scans.bring(paths_in(event.mimeData()), picture_in(event.mimeData()))
        event.acceptProposedAction()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V attaches copied files or a copied picture, wherever the keyboard is."""
        pasted = QApplication.clipboard().mimeData()
        if event.matches(QKeySequence.StandardKey.Paste) and is_no_text(pasted):
            self.keying.scans.bring(paths_in(pasted), picture_in(pasted))
        else:
            super().keyPressEvent(event)

    def propose(self) -> None:
        """Propose the form's patient for the register (F4); the form is keyed on."""
        dialog = ProposeDialog(self, self.desk, self.sheet.claim())
        dialog.proposed.connect(self._tell_proposed)
        dialog.open()

    def _tell_proposed(self) -> None:
        self.keying.judge_again()
        self.strip.tell(say("Proposed. Key on: once he is in the register the claim is judged again."), Tone.GOOD)

    def throw_away(self) -> None:
        """Empty the form (Ctrl+N), after asking where something is typed in it; not one that is being saved."""
        if self.keying.work.is_saving:
            return
        if not self.keying.is_touched:
            self._start_over()
            return
        what = say("What is typed in this form is forgotten. Claims already saved stay as they are.")
        confirm(self, THROW_AWAY, what, say("Throw away"), self._start_over)

    def _start_over(self) -> None:
        self.strip.hide()  # it told of the form thrown away
        self.keying.new_form()

    def _show_judged(self, judged: Judged) -> None:
        judgement = self._judgement = judged.preview.judgement
        self.sheet.show_judgement(judgement)
        told = self.sheet.visible(judgement.findings)
        self.findings.show_findings(told)
        case = judged.preview.case
        self.member.show_card(judged.card, case)
        self.other.show_alike(claim_alike(case), case)
        state = self.keying.work.on_table.state
        if self.keying.is_locked and state is not None:
            self.price.show_kept(state)
            return
        begun = self.keying.is_touched or self.keying.corrects
        missing = facts_missing(case) if begun else ()
        self.price.show_judgement(judgement if begun else None, told == judgement.findings, missing)

    def _tell_full(self, row: SubmissionRow) -> None:
        if row.keyed == row.counted:
            words = say(
                "All {forms:kip} forms are keyed and agree with the count. Shift+F9, then F9 closes the bundle.",
                forms=row.keyed.forms,
            )
        else:
            words = say(
                "All forms are keyed, but: {differences} Shift+F9 shows the bundle and which form it may be.",
                differences=difference_words(row.difference),
            )
        self.strip.tell(words, Tone.GOOD if row.keyed == row.counted else Tone.BAD)

    def show_bundle(self) -> None:
        """Show the bundle in Receive, where it is closed (Shift+F9); what is typed stays."""
        if self.bundle.bundle is not None:
            self.keying.drafts.keep_now()
            self.desk.go(Place("receive", "bundle", self.bundle.bundle.id))

    def _tell_came(self, pages: int) -> None:
        self.desk.told.emit(tr("{pages} pages lie on the tray now.", pages=pages))

    def _name_buttons(self) -> None:
        locked = self.keying.is_locked
        is_new = locked and self._copy_key.isEnabled()
        self.price.name_save(self.keying.corrects)
        self._copy_key.setEnabled(not locked)  # then the button has the key
        self.price.lock(locked, self.copying.does, self.keying.work.adds_paper(self.keying.scans.pages))
        self.sheet.set_locked(locked)
        if is_new:
            self.price.take_keyboard()
