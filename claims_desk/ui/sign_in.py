"""Signing in: user, password; the language stands above every page of the start."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import say
from claims_desk.models.database import Database
from claims_desk.services.sign_in import sign_in
from claims_desk.ui import background
from claims_desk.ui.speech import Spoken
from claims_desk.ui.widgets import (
    Button,
    Card,
    Field,
    FieldGrid,
    MessageStrip,
    PasswordEdit,
    PrimaryButton,
    TextEdit,
    Words,
)


class SignInPage(QWidget):
    """Asks who sits here; `signed_in` carries the actor, `other_asked` wants another database."""

    signed_in = Signal(object)
    other_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._db: Database | None = None
        self.user, self.password = TextEdit(), PasswordEdit()
        self.office = Words("", "muted", wraps=True)
        self.note = Words("", "note", wraps=True)
        self.strip = MessageStrip()
        self._go = PrimaryButton(say("Sign in"), "", self.try_to)
        self.grid = FieldGrid()
        self.grid.add_row(
            Field(say("User"), self.user, required=True, grows=1, help_text=say("The name the administrator gave you."))
        )
        forgotten = say("Your own password. Forgotten: the administrator gives you a new one.")
        self.grid.add_row(Field(say("Password"), self.password, required=True, grows=1, help_text=forgotten))
        card = Card(say("Sign in"))
        buttons = QHBoxLayout()
        buttons.addWidget(Button(say("Another database"), "", self.other_asked.emit, "link"))
        buttons.addStretch()
        buttons.addWidget(self._go)
        for part in (self.office, self.note, self.grid, self.strip, buttons):
            card.add(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch()
        self.password.returnPressed.connect(self.try_to)

    def begin(self, db: Database, office: Spoken, last_user: str) -> None:
        """Come to the front for an office's database."""
        self._db = db
        self.office.say(office)
        self.user.set_value(last_user or None)
        self.password.set_value(None)
        self.strip.hide()
        (self.password if last_user else self.user).setFocus()

    def try_to(self) -> None:
        """Check name and password in the background."""
        db, name, password = self._db, self.user.text(), self.password.text()
        if db is not None and self._go.isEnabled() and self.grid.all_good():
            self._go.setEnabled(False)
            background.run(self, lambda: sign_in(db, name, password), self._let_in, self._refuse)

    def _let_in(self, actor: object) -> None:
        self._go.setEnabled(True)
        self.password.set_value(None)
        self.signed_in.emit(actor)

    def _refuse(self, problem: UserError) -> None:
        self._go.setEnabled(True)
        self.strip.tell_refusal(problem)
        self.password.set_value(None)
        self.password.setFocus()
