"""Every pane of the window, in the order of the navigation: a new pane adds its line here."""

from __future__ import annotations

from claims_desk.domain.actor import Actor
from claims_desk.ui.admin.pane import AdminPane
from claims_desk.ui.batches.pane import BatchesPane
from claims_desk.ui.home.pane import HomePane
from claims_desk.ui.key.pane import KeyPane
from claims_desk.ui.pane import Pane
from claims_desk.ui.payments.pane import PaymentsPane
from claims_desk.ui.receive.pane import ReceivePane
from claims_desk.ui.registers.pane import RegistersPane
from claims_desk.ui.review.pane import ReviewPane
from claims_desk.ui.verify.pane import VerifyPane

PaneKind = type[Pane]

PANES: list[PaneKind] = [
    HomePane,
    ReceivePane,
    KeyPane,
    VerifyPane,
    ReviewPane,
    BatchesPane,
    PaymentsPane,
    RegistersPane,
    AdminPane,
]


def panes_for(actor: Actor) -> list[PaneKind]:
    """The panes this user may use, by number."""
    return sorted((kind for kind in PANES if actor.may(*kind.roles)), key=lambda kind: kind.number)
