"""Dialogs of the users: add one, change his roles, give him a new password."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from claims_desk.domain.codes import Role
from claims_desk.domain.messages import Message, say
from claims_desk.domain.terms import ROLES
from claims_desk.queries.users import UserRow
from claims_desk.services.users import add_user, change_roles, set_password
from claims_desk.ui.desk import Desk
from claims_desk.ui.first_run import DIFFERENT, TYPED_TWICE
from claims_desk.ui.widgets import CheckBox, Field, FieldGrid, HouseDialog, MessageStrip, PasswordEdit, TextEdit, Words

DOES: dict[Role, Message] = {
    Role.CLERK: say("registers bundles, keys claims, cures pended ones"),
    Role.SUPERVISOR: say("reviews claims, settles differences, approves batches"),
    Role.ACCOUNTANT: say("vouchers, payment files, bank statement"),
    Role.ADMINISTRATOR: say("users, registers, backup; keys and approves nothing"),
    Role.AUDITOR: say("reads everything, changes nothing"),
}


class RoleBoxes(QWidget):
    """A box for each role, with what it may do."""

    def __init__(self, held: Iterable[Role] = ()) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Words(say("Roles"), "label"))
        self.boxes: dict[Role, CheckBox] = {}
        for role, name in ROLES.items():
            self.boxes[role] = CheckBox(say("{role}: {does}", role=name, does=DOES[role]), role in held)
            column.addWidget(self.boxes[role])

    def chosen(self) -> list[Role]:
        """The roles whose boxes are checked."""
        return [role for role, box in self.boxes.items() if box.isChecked()]


class NewPassword(FieldGrid):
    """A password typed twice."""

    def __init__(self) -> None:
        super().__init__()
        self.password, self.again = PasswordEdit(), PasswordEdit()
        hint = say("At least 10 characters; he changes it himself later.")
        first = say("What he signs in with the first time. Tell it him by word of mouth only.")
        self.add_row(
            Field(say("Password"), self.password, required=True, grows=1, hint=hint, help_text=first),
            Field(say("The password again"), self.again, required=True, grows=1, help_text=TYPED_TWICE),
        )

    def all_good(self) -> bool:
        """Both are filled in and the same; else the focus is on the wrong one."""
        if not super().all_good():
            return False
        same = self.password.text() == self.again.text()
        if not same:
            self.again.set_problem(DIFFERENT)
            self.again.setFocus()
        return same


class UserDialog(HouseDialog):
    """Stays open with what was typed when a service refuses."""

    def __init__(self, parent: QWidget, desk: Desk, title: Message, do: Message) -> None:
        super().__init__(parent, title, do)
        self.desk = desk
        self.strip = MessageStrip()
        self.body.addWidget(self.strip)

    def deed(self) -> Callable[[], object] | None:
        """What to do with what was filled in; None while it is not whole."""
        raise NotImplementedError

    def accept(self) -> None:
        """Do it, and close once it is done."""
        deed = self.deed()
        if deed is not None:
            self.strip.hide()
            self.desk.do(
                self, deed, lambda _: super(UserDialog, self).accept(), "users", failed=self.strip.tell_refusal
            )


class AddDialog(UserDialog):
    """Asks for name, password and roles of a new user."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent, desk, say("New user"), say("Add the user"))
        self.name, self.password, self.roles = TextEdit(), NewPassword(), RoleBoxes()
        self.grid = FieldGrid()
        hint = say("As he signs in and as it stands on papers and in the audit trail")
        stays = say("A short name to sign in with. It stands in the audit trail for good.")
        self.grid.add_row(Field(say("Name"), self.name, required=True, grows=1, hint=hint, help_text=stays))
        for part in (self.grid, self.password, self.roles):
            self.body.addWidget(part)
        self.name.setFocus()

    def deed(self) -> Callable[[], object] | None:
        """Add the user."""
        if not (self.grid.all_good() and self.password.all_good()):
            return None
        db, actor, roles = self.desk.db, self.desk.actor, self.roles.chosen()
        name, password = self.name.value() or "", self.password.password.text()
        return lambda: add_user(db, actor, name, password, roles)


class RolesDialog(UserDialog):
    """Asks which roles a user holds from now on."""

    def __init__(self, parent: QWidget, desk: Desk, user: UserRow) -> None:
        super().__init__(parent, desk, say("Roles of {name}", name=user.name), say("Keep"))
        self._user = user
        self.roles = RoleBoxes(user.roles)
        self.body.addWidget(self.roles)
        self.body.addWidget(Words(say("They count from his next sign-in on."), "muted"))
        next(iter(self.roles.boxes.values())).setFocus()

    def deed(self) -> Callable[[], object] | None:
        """Change the roles."""
        db, actor, name, roles = self.desk.db, self.desk.actor, self._user.name, self.roles.chosen()
        return lambda: change_roles(db, actor, name, roles)


class PasswordDialog(UserDialog):
    """Asks for a user's new password."""

    def __init__(self, parent: QWidget, desk: Desk, user: UserRow) -> None:
        super().__init__(parent, desk, say("New password for {name}", name=user.name), say("Keep"))
        self._user = user
        self.password = NewPassword()
        self.body.addWidget(self.password)
        self.password.password.setFocus()

    def deed(self) -> Callable[[], object] | None:
        """Set the password."""
        if not self.password.all_good():
            return None
        db, actor, name, password = self.desk.db, self.desk.actor, self._user.name, self.password.password.text()
        return lambda: set_password(db, actor, name, password)
