"""The blind form on the screen: which paper to take up, the fields, and what to press."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from claims_desk.domain.messages import Message, say
from claims_desk.queries.verifications import ToVerify
from claims_desk.ui.desk import Desk
from claims_desk.ui.key.look_ups import LookUps
from claims_desk.ui.verify.blind_form import BlindSheet
from claims_desk.ui.verify.blind_keying import BlindKeying
from claims_desk.ui.widgets import Button, Card, MessageStrip, PrimaryButton, Words


class BlindView(QWidget):
    """One form to key again. `left` when the clerk goes back to the list, or none waits any more."""

    left = Signal()

    def __init__(self, desk: Desk, strip: MessageStrip) -> None:
        super().__init__()
        self.title, self.detail = Words("", "heading"), Words("", "muted", wraps=True)
        self.sheet = BlindSheet(LookUps(desk))
        self.keying = BlindKeying(desk, self.sheet, strip)
        self.scan_place = QVBoxLayout()  # where the scan of the paper goes
        self.leave_button = Button(say("Leave"), "Esc", self.leave)
        self.repeat_button = Button(say("As before"), "F3", self.sheet.repeat)
        self.save_button = PrimaryButton(say("Save and next"), "F9", self.keying.save)
        self._lay_out()
        self.keying.turned.connect(self._name_paper)
        self.keying.ended.connect(self.left)
        self.sheet.ended.connect(self.save_button.setFocus)

    def _lay_out(self) -> None:
        paper = Card()
        paper.body.setContentsMargins(14, 8, 14, 9)
        paper.body.setSpacing(0)
        paper.add(self.title)
        paper.add(self.detail)
        buttons = QHBoxLayout()
        buttons.addStretch()
        for button in (self.leave_button, self.repeat_button, self.save_button):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(paper)
        column.addLayout(self.scan_place)
        column.addWidget(self.sheet, 1)
        column.addLayout(buttons)
        for button in (self.leave_button, self.repeat_button):
            button.setFocusPolicy(self.repeat_button.focusPolicy().NoFocus)

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
