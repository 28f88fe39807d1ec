"""The users: who may sign in, with which roles."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from claims_desk.domain.codes import Role
from claims_desk.domain.columns import Column, Format
from claims_desk.domain.messages import Message, say
from claims_desk.domain.terms import role_names
from claims_desk.queries.users import UserRow, all_users
from claims_desk.services.users import disable_user, enable_user
from claims_desk.ui.admin.user_dialogs import AddDialog, PasswordDialog, RolesDialog
from claims_desk.ui.desk import Desk
from claims_desk.ui.speech import bind_text
from claims_desk.ui.widgets import Button, MessageStrip, PrimaryButton, RowsModel, Table, Tone, TotalsBar, confirm


def state_of(row: UserRow) -> Message:
    """Whether he may sign in."""
    if row.disabled_at is not None:
        return say("Disabled")
    return say("Locked for minutes") if row.locked_until is not None else say("May sign in")


def tone_of(row: UserRow) -> Tone:
    """The tone of his state."""
    if row.disabled_at is not None:
        return Tone.NEUTRAL
    return Tone.WARN if row.locked_until is not None else Tone.GOOD


USERS: Final[tuple[Column[UserRow], ...]] = (
    Column("name", say("Name"), lambda row: row.name, width=20),
    Column("roles", say("Roles"), lambda row: role_names(row.roles), width=46),
    Column("state", say("Status"), state_of, width=16),
    Column("since", say("Since"), lambda row: row.created_at.date(), Format.DAY, width=11),
)


class UserView(QWidget):
    """The list of users; only an administrator has the buttons."""

    def __init__(self, desk: Desk, strip: MessageStrip) -> None:
        super().__init__()
        self.desk, self.strip = desk, strip
        self.table: Table[UserRow] = Table(RowsModel(USERS), say("Users"))
        self.table.badge("state", tone_of)
        self.totals = TotalsBar()
        self.add_button = PrimaryButton(say("New user"), "Ctrl+N", self.add)
        self.roles_button = Button(say("Roles"), "F6", self.change_roles)
        self.password_button = Button(say("New password"), "F7", self.new_password)
        self.able_button = Button(say("Disable"), "F8", self.turn)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._buttons())
        column.addWidget(self.table, 1)
        column.addWidget(self.totals)
        self.table.picked.connect(self._on_picked)
        self.table.opened.connect(lambda _row: self.change_roles())
        self._on_picked([])

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch()
        for button in (self.able_button, self.password_button, self.roles_button, self.add_button):
            button.setVisible(self._may())
            row.addWidget(button)
        return row

    def refresh(self) -> None:
        """Load the users again."""
        self.desk.read(self, self._show, all_users)

    def add(self) -> None:
        """Ask for a new user."""
        AddDialog(self, self.desk).open()

    def change_roles(self) -> None:
        """Ask for the roles of the selected user."""
        for row in self._chosen():
            RolesDialog(self, self.desk, row).open()

    def new_password(self) -> None:
        """Ask for a new password of the selected user."""
        for row in self._chosen():
            PasswordDialog(self, self.desk, row).open()

    def turn(self) -> None:
        """Let the selected user sign in no more, or again."""
        for row in self._chosen():
            if row.disabled_at is not None or row.locked_until is not None:
                self._enable(row)
            else:
                title, follows = say("Disable {name}", name=row.name), say("He signs in no more; what he did stays.")
                confirm(self, title, follows, say("Disable"), partial(self._disable, row))

    def _enable(self, row: UserRow) -> None:
        words = say("{name} may sign in again.", name=row.name)
        work = partial(enable_user, self.desk.db, self.desk.actor, row.name)
        self.desk.do(self, work, lambda _: self._tell(words), "users", failed=self.strip.tell_refusal)

    def _disable(self, row: UserRow) -> None:
        words = say("{name} can sign in no more.", name=row.name)
        work = partial(disable_user, self.desk.db, self.desk.actor, row.name)
        self.desk.do(self, work, lambda _: self._tell(words), "users", failed=self.strip.tell_refusal)

    def _tell(self, words: Message) -> None:
        self.strip.tell(words, Tone.GOOD)

    def _may(self) -> bool:
        return self.desk.actor.may(Role.ADMINISTRATOR)

    def _chosen(self) -> list[UserRow]:
        return self.table.chosen_rows() if self._may() else []

    def _show(self, rows: list[UserRow]) -> None:
        self.table.rows_model.set_rows(rows)
        self.totals.show_all(len(rows))

    def _on_picked(self, rows: list[UserRow]) -> None:
        for button in (self.roles_button, self.password_button, self.able_button):
            button.setEnabled(bool(rows))
        out = bool(rows) and (rows[0].disabled_at is not None or rows[0].locked_until is not None)
        bind_text(self.able_button.say, say("Enable") if out else say("Disable"))
