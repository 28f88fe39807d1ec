"""The blind form on the screen: which paper to take up, the fields, and what to press."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from claims_desk.domain.messages import Message, say
from claims_desk.domain.scans import LINES
from claims_desk.queries.verifications import ToVerify
from claims_desk.ui.desk import Desk
from claims_desk.ui.look_ups import LookUps
from claims_desk.ui.verify.blind_form import BlindSheet
from claims_desk.ui.verify.blind_keying import BlindKeying
from claims_desk.ui.verify.paper_scan import PaperScan
from claims_desk.ui.widgets import Button, Card, MessageStrip, PrimaryButton, Words

_PAPER = 0.262  # share of the window's height for the paper


class BlindView(QWidget):
    """One form to key again. `left` when the clerk goes back to the list, or none waits any more."""

    left = Signal()

    def __init__(self, desk: Desk, strip: MessageStrip) -> None:
        super().__init__()
        self.title, self.detail = Words("", "heading"), Words("", "muted", wraps=True)
        self.sheet = BlindSheet(LookUps(desk))
        self.keying = BlindKeying(desk, self.sheet, strip)
        self.scan = PaperScan(desk, _PAPER)
        self.sheet.grid.setMinimumHeight(self.sheet.grid.minimumHeight() // 2)  # the lines give way to a scan
        self.leave_button = Button(say("Leave"), "Esc", self.leave)
        self.repeat_button = Button(say("As before"), "F3", self.sheet.repeat)
        self.save_button = PrimaryButton(say("Save and next"), "F9", self.keying.save)
        self._lay_out()
        self.scan.stands.connect(self.sheet.stand_close)
        self.keying.turned.connect(self._name_paper)
        self.keying.ended.connect(self.left)
        self.sheet.ended.connect(self.save_button.setFocus)
        QApplication.instance().focusChanged.connect(self._follow)  # type: ignore[union-attr]

    def _lay_out(self) -> None:
        paper = Card()
        paper.body.setContentsMargins(14, 4, 14, 4)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.title)
        line.addWidget(self.detail, 1)
        paper.add(line)
        buttons = QHBoxLayout()
        buttons.addStretch()
        for button in (self.leave_button, self.repeat_button, self.save_button):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(paper)
        column.addWidget(self.scan)
        column.addWidget(self.sheet, 1)
        column.addLayout(buttons)
        for button in (self.leave_button, self.repeat_button):
            button.setFocusPolicy(self.repeat_button.focusPolicy().NoFocus)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The paper takes its share of the height."""
        super().resizeEvent(event)
        self.scan.fit()

    def enter(self) -> None:
        """Bring the keyboard to where typing goes on."""
        self.sheet.form.go_to_first_blank()

    def leave(self) -> None:
        """Back to the list; what is typed stays on disk (Esc)."""
        self.keying.leave()
        self.left.emit()

    def _name_paper(self, paper: ToVerify) -> None:
        self.title.say(say("Form {form}", form=paper.form_no))
        self.detail.say(paper_words(paper))
        self.scan.show_paper(paper.claim_id)

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        """The scan goes to where the field in focus stands."""
        form, grid = self.sheet.form, self.sheet.grid
        care = str(form.edit("care_type").value() or "")
        if now is not None and form.isAncestorOf(now) and now.objectName() in form.fields:
            self.scan.follow(care, now.objectName())
        elif now is not None and (now is grid or grid.isAncestorOf(now)):
            self.scan.follow(care, LINES)


def paper_words(paper: ToVerify) -> Message:
    """Where the paper lies, and what to do with it."""
    what = say("Key what the paper says. Nothing of the first keying is shown.")
    if paper.facility is None or paper.month is None:
        return what
    return say(
        "Bundle {bundle} · {facility} · {month}/{year}. {what}",
        bundle=paper.bundle,
        facility=paper.facility,
        month=paper.month.month,
        year=paper.month.year,
        what=what,
    )
