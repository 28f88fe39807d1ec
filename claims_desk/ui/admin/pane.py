"""Admin and audit: what an administrator looks after, and what an auditor reads."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget

from claims_desk.domain.codes import Role
from claims_desk.domain.messages import Message, say
from claims_desk.services.scans import LOOSE_DAYS, drop_loose_scans
from claims_desk.ui.admin.audit_view import AuditView
from claims_desk.ui.admin.backup_view import BackupView
from claims_desk.ui.admin.health_view import HealthView
from claims_desk.ui.admin.user_view import UserView
from claims_desk.ui.desk import Desk, Place
from claims_desk.ui.pane import Command, Pane
from claims_desk.ui.widgets import MessageStrip, PageHeader, Segments, Tone, confirm

AUDIT = ("audit", say("Audit trail"))
USERS = ("users", say("Users"))
BACKUP = ("backup", say("Backup"))
HEALTH = ("health", say("Health"))
View = AuditView | BackupView | HealthView | UserView


class AdminPane(Pane):
    """Users, backup, health and audit trail behind buttons; an auditor has no backup and changes nothing."""

    key = "admin"
    title = say("Admin and audit")
    number = 9
    about = say("Users and their roles, backups, the health of the database, and who did what and when.")
    roles = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})
    concerns = frozenset({"users", "registers", "claims", "batches", "vouchers", "payment_files", "submissions"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.strip = MessageStrip()
        administers = desk.actor.may(Role.ADMINISTRATOR)
        self.order: list[tuple[str, Message]] = (
            [USERS, BACKUP, HEALTH, AUDIT] if administers else [AUDIT, HEALTH, USERS]
        )
        makers: dict[str, type[View]] = {
            "audit": AuditView,
            "backup": BackupView,
            "health": HealthView,
            "users": UserView,
        }
        self.views: dict[str, View] = {key: makers[key](desk, self.strip) for key, _ in self.order}
        self.switch = Segments(say("What to show"), self.order)
        self._stack = QStackedWidget()
        for view in self.views.values():
            self._stack.addWidget(view)
        header = PageHeader(
            self.title, say("Everything done is written down, by whom and why, and cannot be taken back")
        )
        header.add(self.switch)
        self.body.addWidget(header)
        self.body.addWidget(self.strip)
        self.body.addWidget(self._stack, 1)
        self.switch.chosen.connect(self._show)

    def refresh(self) -> None:
        """Load every view again."""
        for view in self.views.values():
            view.refresh()

    def show_place(self, place: Place) -> None:
        """Open `users`, `backup`, `health` or `audit`, this one with a text to search for."""
        if place.what in self.views:
            self.switch.set_value(place.what)
        audit = self.views["audit"]
        if place.text and isinstance(audit, AuditView):
            audit.listing.search.setText(place.text)

    def commands(self) -> list[Command]:
        """What Ctrl+K can do here."""
        views = [Command(title, lambda key=key: self.switch.set_value(key)) for key, title in self.order]  # type: ignore[misc]
        may = self.desk.actor.may(Role.ADMINISTRATOR)
        return [*views, Command(say("Let go of scans nothing refers to"), self.drop_scans)] if may else views

    def drop_scans(self) -> None:
        """Let go of old scans that no claim refers to, after asking."""
        desk = self.desk

        def go_on() -> None:
            desk.do(self, lambda: drop_loose_scans(desk.db, desk.actor), self._dropped, failed=self.strip.tell_refusal)

        what = say("Scans that came in over {days} days ago and are on no claim are deleted.", days=LOOSE_DAYS)
        confirm(self, say("Let go of scans nothing refers to"), what, say("Delete them"), go_on)

    def _dropped(self, count: int) -> None:
        self.strip.tell(say("{count} scans were deleted.", count=count), Tone.GOOD)

    def _show(self, key: str) -> None:
        self._stack.setCurrentWidget(self.views[key])
        self.strip.hide()
