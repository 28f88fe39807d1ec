"""Registers: what the office knows, found and looked at as of a day; an administrator brings tables in."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from claims_desk.domain.codes import Role
from claims_desk.domain.messages import Message, say
from claims_desk.ui.desk import Desk, Place
from claims_desk.ui.pane import EVERYONE, Command, Pane
from claims_desk.ui.registers import proposal_view
from claims_desk.ui.registers.import_dialog import ImportDialog
from claims_desk.ui.registers.member_view import MemberView
from claims_desk.ui.registers.proposal_view import ProposalView
from claims_desk.ui.registers.register_view import RegisterView
from claims_desk.ui.registers.shelf import Shelf
from claims_desk.ui.registers.words import GROUPS, TITLES
from claims_desk.ui.widgets import MessageStrip, PageHeader, PrimaryButton, Tone

SINGLE = {"member": "members", "facility": "facilities", "item": "items", "diagnosis": "diagnoses"}


class RegistersPane(Pane):
    """The registers at the left, the one chosen at the right; each keeps its search while one looks at another."""

    key = "registers"
    title = say("Registers")
    number = 8
    about = say(
        "Members, facilities, items and prices: what claims are held against. Search, "
        "open with Enter, import with the button above the list."
    )
    roles = EVERYONE
    concerns = frozenset({"registers"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.views: dict[str, MemberView | ProposalView | RegisterView] = {}
        self.strip = MessageStrip()
        people, *others = GROUPS
        self.shelf = Shelf(((people[0], (*people[1], (proposal_view.NAME, proposal_view.TITLE))), *others))
        self._stack = QStackedWidget()
        self.header = PageHeader(self.title, say("A claim is judged by the rows of its own day"))
        self.import_button = PrimaryButton(say("Bring a table in"), "Ctrl+I", self.bring_in)
        self.import_button.setVisible(desk.actor.may(Role.ADMINISTRATOR))
        self.header.add(self.import_button)
        self._lay_out()
        self.shelf.chosen.connect(self._turn)
        self.shelf.show_register("members")

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.addWidget(self.strip)
        right.addWidget(self._stack, 1)
        columns = QHBoxLayout()
        columns.setSpacing(12)
        columns.addWidget(self.shelf)
        columns.addLayout(right, 1)
        self.body.addWidget(self.header)
        self.body.addLayout(columns, 1)

    def open(self, place: Place | None = None) -> None:
        """The keyboard starts in the register's list."""
        super().open(place)
        if self.focusWidget() is None:
            self._go_to(self.shelf.register())

    def refresh(self) -> None:
        """Load every register that was opened again."""
        for view in self.views.values():
            view.refresh()

    def show_place(self, place: Place) -> None:
        """Open a register by its name with a text to search for, or `member` by person number, `facility` by code."""
        self.shelf.show_register(SINGLE.get(place.what, place.what))
        view = self.views[self.shelf.register()]
        if place.what == "member" and isinstance(view, MemberView):
            view.open_person(place.text)
        elif place.text:
            view.search_for(place.text)

    def commands(self) -> list[Command]:
        """What Ctrl+K can do here."""
        opening = [Command(title, lambda name=name: self._go_to(name)) for name, title in TITLES.items()]  # type: ignore[misc]
        opening.append(Command(proposal_view.TITLE, lambda: self._go_to(proposal_view.NAME)))
        bring = [Command(say("Bring a table in"), self.bring_in, "Ctrl+I")]
        bring.append(Command(say("Move a whole scheme"), self.move_scheme, "Ctrl+M"))
        return opening + (bring if self.desk.actor.may(Role.ADMINISTRATOR) else [])

    def bring_in(self) -> None:
        """Ask for a file and take it in."""
        name = self.shelf.register()
        dialog = ImportDialog(self, self.desk, name if name in TITLES else "members")
        dialog.taken.connect(self._told)
        dialog.open()

    def move_scheme(self) -> None:
        """Move all coverage of a scheme to another from a day on."""
        self.shelf.show_register("coverages")
        view = self.views["coverages"]
        if isinstance(view, RegisterView):
            view.move_scheme()

    def _go_to(self, name: str) -> None:
        self.shelf.show_register(name)
        self.views[name].listing.table.setFocus()

    def _told(self, words: Message) -> None:
        self.strip.tell(words, Tone.GOOD)

    def _turn(self, name: str) -> None:
        if name not in self.views:
            view = self.views[name] = self._view(name)
            self._stack.addWidget(view)
            view.refresh()
        self._stack.setCurrentWidget(self.views[name])
        self.strip.hide()

    def _view(self, name: str) -> MemberView | ProposalView | RegisterView:
        if name == "members":
            return MemberView(self.desk)
        proposed = name == proposal_view.NAME
        view = ProposalView(self.desk) if proposed else RegisterView(self.desk, name, TITLES[name])
        view.done.connect(self._told)
        return view
