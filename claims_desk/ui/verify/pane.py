"""Verify: forms keyed again without seeing the first keying, differences settled by a third person, figures."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QStackedWidget

from claims_desk.domain.codes import Role
from claims_desk.domain.messages import Message, say
from claims_desk.queries.verifications import ToVerify
from claims_desk.ui.desk import Desk, Place
from claims_desk.ui.pane import Command, Pane
from claims_desk.ui.verify.blind_view import BlindView
from claims_desk.ui.verify.decide_view import DecideView
from claims_desk.ui.verify.figures_view import FiguresView
from claims_desk.ui.verify.queue_view import QueueView
from claims_desk.ui.widgets import MessageStrip, PageHeader, Segments

View = QueueView | DecideView | FiguresView
AGAIN = ("again", say("To key again"))
DIFFERENCES = ("differences", say("To settle"))
FIGURES = ("figures", say("Figures"))


def views_for(desk: Desk) -> list[tuple[str, Message]]:
    """What a user may see here: only a supervisor settles, an auditor reads the figures."""
    views = [AGAIN] if desk.actor.may(Role.CLERK, Role.SUPERVISOR) else []
    if desk.actor.may(Role.SUPERVISOR):
        views.append(DIFFERENCES)
    return [*views, FIGURES]


class VerifyPane(Pane):
    """The list of what waits and the blind form, what differs, and the figures, behind buttons."""

    key = "verify"
    title = say("Verify")
    number = 4
    about = say(
        "Forms to key a second time, blind, and differences for a third person to settle. Enter on a row begins."
    )
    roles = frozenset({Role.CLERK, Role.SUPERVISOR, Role.AUDITOR})
    concerns = frozenset({"claims", "submissions", "users"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.strip = MessageStrip()
        views = views_for(desk)
        self.switch = Segments(say("What to show"), views)
        self.queue = QueueView(desk, self.strip)
        self.blind = BlindView(desk, self.strip)
        self.figures = FiguresView(desk)
        self._stack = QStackedWidget()
        header = PageHeader(self.title, say("Keyed again by somebody else, so that errors are found before money goes"))
        header.add(self.switch)
        self.body.addWidget(header)
        self.body.addWidget(self.strip)
        self.body.addWidget(self._stack, 1)
        self._views: dict[str, View] = {"again": self.queue, "figures": self.figures}
        if DIFFERENCES in views:  # for the two clerks there is nothing of it in the window
            self._views["differences"] = DecideView(desk, self.strip)
        for part in (self.blind, *self._views.values()):
            self._stack.addWidget(part)
        self.switch.chosen.connect(self._show)
        self.queue.wanted.connect(self._key_again)
        self.blind.left.connect(self._back_to_queue)
        self.blind.keying.turned.connect(self._on_paper)
        if DIFFERENCES in views and not desk.actor.may(Role.CLERK):
            self.switch.set_value(DIFFERENCES[0])  # who keys nothing again comes to settle
        self._show(self.switch.value())
        if desk.actor.may(Role.CLERK):
            self.blind.keying.take_up()

    def open(self, place: Place | None = None) -> None:
        """The keyboard starts in the list, or where it was left; never on the switch, where Qt puts it at first."""
        super().open(place)
        left = self.focusWidget()
        if left is None or not left.isVisible() or self.switch.isAncestorOf(left):
            self._in_front().enter()

    def refresh(self) -> None:
        """Load the lists again; a form being keyed stays as it is."""
        for key, _ in views_for(self.desk):
            self._views[key].refresh()

    def show_place(self, place: Place) -> None:
        """Open `again`, `differences` or `figures`; the keyboard goes there, not to the switch it passed on the way."""
        if place.what in dict(views_for(self.desk)):
            self.switch.set_value(place.what)
            self._in_front().enter()

    def commands(self) -> list[Command]:
        """What Ctrl+K can do here."""
        return [Command(title, lambda key=key: self.switch.set_value(key)) for key, title in views_for(self.desk)]  # type: ignore[misc]

    def may_close(self) -> bool:
        """Whether what is typed is on disk."""
        return self.blind.keying.drafts.flush()

    def _in_front(self) -> View | BlindView:
        key = self.switch.value()
        begun = key == AGAIN[0] and self.blind.keying.paper is not None
        return self.blind if begun else self._views[key]

    def _show(self, _key: str) -> None:
        self.strip.hide()
        view = self._in_front()
        self._stack.setCurrentWidget(view)
        if self.isVisible() and not self.switch.isAncestorOf(QApplication.focusWidget() or self):
            view.enter()

    def _key_again(self, paper: ToVerify) -> None:
        self.blind.keying.begin(paper)

    def _on_paper(self, _paper: ToVerify) -> None:
        if self.switch.value() == AGAIN[0]:
            self._stack.setCurrentWidget(self.blind)

    def _back_to_queue(self) -> None:
        if self.switch.value() == AGAIN[0]:
            self._stack.setCurrentWidget(self.queue)
            self.queue.enter()
