"""The screen in front of everything while nobody sits here; what was being typed stays behind it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from claims_desk.domain.actor import Actor
from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import say
from claims_desk.services.sign_in import sign_in
from claims_desk.ui import background
from claims_desk.ui.desk import Desk
from claims_desk.ui.theme import Tone
from claims_desk.ui.widgets import Button, Card, Field, MessageStrip, PasswordEdit, PrimaryButton, Words


class LockScreen(QWidget):
    """Asks the user's own password; `opened` when it is right, `left_for_other` to sign in as somebody else."""

    opened = Signal()
    left_for_other = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setProperty("ground", True)
        self.password = PasswordEdit()
        self._strip = MessageStrip()
        card = Card(say("Locked"))
        card.setFixedWidth(420)
        card.add(
            Words(say("{name}, what you typed is kept. Type your password to go on.", name=desk.actor.name), wraps=True)
        )
        card.add(Field(say("Password"), self.password, help_text=say("Your own password, as at signing in.")))
        card.add(self._strip)
        buttons = QHBoxLayout()
        other = Button(say("Somebody else"), on_click=self.left_for_other.emit)
        go_on = PrimaryButton(say("Go on"), "", self.try_password)
        buttons.addWidget(other)
        buttons.addStretch()
        buttons.addWidget(go_on)
        card.add(buttons)
        self.password.returnPressed.connect(self.try_password)
        column = QVBoxLayout(self)
        column.addWidget(card, alignment=Qt.AlignmentFlag.AlignCenter)
        QWidget.setTabOrder(self.password, go_on)  # once all of it stands in this one window, else Qt refuses
        QWidget.setTabOrder(go_on, other)

    def begin(self) -> None:
        """Come to the front, empty."""
        self.password.set_value(None)
        self._strip.hide()
        self.password.setFocus()

    def try_password(self) -> None:
        """Check the password in the background."""
        name, typed, db = self._desk.actor.name, self.password.text(), self._desk.db
        self.password.setFocus()  # what is typed until the answer comes presses no button
        if typed:
            background.run(self, lambda: sign_in(db, name, typed), self._let_in, self._refuse)

    def _let_in(self, _actor: Actor) -> None:
        self.password.set_value(None)
        self.opened.emit()

    def _refuse(self, problem: UserError) -> None:
        self._strip.tell(problem, Tone.BAD)
        self.password.set_value(None)
        self.password.setFocus()
