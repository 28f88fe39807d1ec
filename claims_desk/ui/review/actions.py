"""What may be done with an opened claim: who may, in which state, and the reason it asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import ClaimState, Role
from claims_desk.domain.messages import Message, say
from claims_desk.models.database import Database
from claims_desk.queries.claim_opened import ClaimOpened
from claims_desk.services.claims import CORRECTABLE, VOIDABLE, void_claim
from claims_desk.services.review import DECIDED, accept_claim, deny_claim, return_claim
from claims_desk.ui.desk import Desk, Place
from claims_desk.ui.widgets import Button, FlowLayout, MessageStrip, PrimaryButton, Tone, ask_words

Verb = Callable[[Database, Actor, int, int | None, str], None]


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing to do with a claim, with a reason."""

    verb: Verb
    words: Message
    question: Message
    done: Message
    shortcut: str
    roles: tuple[Role, ...]
    states: tuple[ClaimState, ...]
    look: str = ""


DEEDS: Mapping[str, Deed] = {
    "accept": Deed(
        accept_claim,
        say("Accept"),
        say("Why is it paid although a rule stops it? The reason stays with the claim."),
        say("Claim {form} is accepted."),
        "F9",
        (Role.SUPERVISOR,),
        (ClaimState.PENDED,),
        "primary",
    ),
    "return": Deed(
        return_claim,
        say("Back to the clerk"),
        say("What shall the clerk look at or mend?"),
        say("Claim {form} went back to the clerk."),
        "Ctrl+R",
        (Role.SUPERVISOR,),
        DECIDED,
    ),
    "deny": Deed(
        deny_claim,
        say("Deny"),
        say("Why is it not paid? The reason stands on the letter to the facility."),
        say("Claim {form} is denied."),
        "Ctrl+D",
        (Role.SUPERVISOR,),
        DECIDED,
        "danger",
    ),
    "void": Deed(
        void_claim,
        say("Void"),
        say("Why is it taken out? It stays to be seen and counts no more."),
        say("Claim {form} is void."),
        "Ctrl+Del",
        (Role.CLERK, Role.SUPERVISOR),
        VOIDABLE,
        "danger",
    ),
}


class ClaimActions(QWidget):
    """The buttons of an opened claim; `decided` when a deed was done, `print_asked` when it shall go on paper."""

    decided = Signal()
    print_asked = Signal()

    def __init__(self, desk: Desk, strip: MessageStrip) -> None:
        super().__init__()
        self.desk, self.strip = desk, strip
        self._record: ClaimOpened | None = None
        self.correct_button = Button(say("Correct"), "F4", self.correct)
        self.correct_button.setVisible(desk.actor.may(Role.CLERK))
        self.buttons: dict[str, Button] = {}
        flow = FlowLayout(self, gap=8, row_gap=6)
        for key, deed in DEEDS.items():
            self.buttons[key] = self._button(key, deed)
            flow.add(self.buttons[key])
            if key == "return":
                flow.add(self.correct_button)
        flow.add(Button(say("Print"), "Ctrl+P", self.print_asked.emit))

    def _button(self, key: str, deed: Deed) -> Button:
        ask = partial(self.ask, key)
        if deed.look == "primary":
            button: Button = PrimaryButton(deed.words, deed.shortcut, ask)
        else:
            button = Button(deed.words, deed.shortcut, ask, deed.look)
        button.setVisible(self.desk.actor.may(*deed.roles))
        return button

    def show_claim(self, record: ClaimOpened) -> None:
        """Offer what fits the claim's state."""
        self._record = record
        for key, deed in DEEDS.items():
            self.buttons[key].setEnabled(record.state in deed.states)
        self.correct_button.setEnabled(record.state in CORRECTABLE)

    def correct(self) -> None:
        """Open the form in Key."""
        if self._record is not None:
            self.desk.go(Place("key", "claim", self._record.claim.id))

    def ask(self, key: str) -> None:
        """Ask for the reason of a deed, then do it."""
        record = self._record
        if record is not None:
            deed = DEEDS[key]
            title = say("{deed}: form {form}", deed=deed.words, form=record.claim.form_no)
            ask_words(self, title, deed.question, deed.words, partial(self._do, deed, record))

    def _do(self, deed: Deed, record: ClaimOpened, reason: str) -> None:
        db, actor, claim = self.desk.db, self.desk.actor, record.claim
        self.desk.do(
            self,
            lambda: deed.verb(db, actor, claim.id, record.version, reason),
            lambda _none: self._done(deed, claim.form_no),
            "claims",
            failed=self.strip.tell_refusal,
        )

    def _done(self, deed: Deed, form_no: str) -> None:
        self.strip.tell(Message(deed.done.template, {"form": form_no}), Tone.GOOD)
        self.decided.emit()
