"""Signing in: user, password; the language stands above every page of the start."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import say
from claims_desk.models.database import Database
from claims_desk.services.sign_in import sign_in
from claims_desk.ui import background
from claims_desk.ui.first_run import on_enter
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

LAST_HERE = say("Signed in here last. Somebody else: Shift+Tab, then his name.")


class SignInPage(QWidget):
    """Asks who sits here; `signed_in` carries the actor, `other_asked` wants another database."""

    signed_in = Signal(object)
    other_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._db: Database | None = None
        self._is_asking = False
        self.user, self.password = TextEdit(), PasswordEdit()
        self.office = Words("", "muted", wraps=True)
        self.note = Words("", "note", wraps=True)
        self.strip = MessageStrip()
        self.grid = FieldGrid()
        who = say("The name the administrator gave you.")
        self.who = Field(say("User"), self.user, required=True, grows=1, help_text=who)
        self.grid.add_row(self.who)
        forgotten = say("Your own password. Forgotten: the administrator gives you a new one.")
        self.grid.add_row(Field(say("Password"), self.password, required=True, grows=1, help_text=forgotten))
        self._lay_out()
        self.user.typed.connect(lambda: self.who.set_hint(""))
        on_enter(self.password, self.try_to)

    def _lay_out(self) -> None:
        card = Card(say("Sign in"))
        other = Button(say("Another database"), "", self.other_asked.emit, "link")
        go = PrimaryButton(say("Sign in"), "", self.try_to)
        buttons = QHBoxLayout()
        buttons.addWidget(other)
        buttons.addStretch()
        buttons.addWidget(go)
        for part in (self.office, self.note, self.grid, self.strip, buttons):
            card.add(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch()
        for before, after in ((self.user, self.password), (self.password, go), (go, other)):
            QWidget.setTabOrder(before, after)

    def begin(self, db: Database, office: Spoken, last_user: str) -> None:
        """Come to the front for an office's database, with the user who was here last, where there is one."""
        self._db, self._is_asking = db, False
        self.office.say(office)
        self.user.set_value(last_user or None)
        self.password.set_value(None)
        self.strip.hide()
        self.who.set_hint(LAST_HERE if last_user else "")
        self.go_to_first_empty()

    def go_to_first_empty(self) -> None:
        """Put the keyboard on the name, or on the password where a name stands there."""
        (self.user if self.user.is_blank() else self.password).setFocus()

    def try_to(self) -> None:
        """Check name and password in the background; the keyboard stays in the password until there is an answer."""
        db, name, password = self._db, self.user.text(), self.password.text()
        if self._is_asking:
            self.password.setFocus()
        elif db is not None and self.grid.all_good():
            self._is_asking = True
            self.password.setFocus()
            background.run(self, lambda: sign_in(db, name, password), self._let_in, self._refuse)

    def _let_in(self, actor: object) -> None:
        self._is_asking = False
        self.password.set_value(None)
        self.signed_in.emit(actor)

    def _refuse(self, problem: UserError) -> None:
        self._is_asking = False
        self.strip.tell_refusal(problem)
        self.password.set_value(None)
        self.password.setFocus()
