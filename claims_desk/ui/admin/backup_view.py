"""Backup now, and how a backup is put back."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDir, Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from claims_desk.domain.messages import Message, say, tr
from claims_desk.services.backup import backup
from claims_desk.ui.cancelling import cancellable
from claims_desk.ui.desk import Desk
from claims_desk.ui.widgets import Card, MessageStrip, PrimaryButton, Tone, Words, show_progress

STEPS: tuple[Message, ...] = (
    say("Let everybody sign out and close Claims Desk on every PC."),
    say("On the PC or server with the database, open a command line and type:"),
    say("It asks for an administrator's name and password, checks the backup and keeps what it replaces."),
    say("Open Claims Desk, check the database under Health, and look at the last entries of the audit trail."),
)
COMMAND = "claims-desk restore {file}"


class BackupView(QWidget):
    """One thing to do, and the steps of the other."""

    def __init__(self, desk: Desk, strip: MessageStrip) -> None:
        super().__init__()
        self.desk, self.strip = desk, strip
        self.button = PrimaryButton(say("Back up now"), "F9", self.ask)
        self.command = Words(COMMAND.format(file="FILE"), "heading")
        self.command.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._now())
        column.addWidget(self._back())
        column.addStretch()

    def _now(self) -> Card:
        card = Card(say("Backup"))
        words = say(
            "One file with everything in it, made and checked while people work. Keep it on another disk, elsewhere."
        )
        card.add(Words(words, wraps=True))
        foot = QHBoxLayout()
        foot.addWidget(self.button)
        foot.addStretch()
        card.add(foot)
        return card

    def _back(self) -> Card:
        card = Card(say("Putting a backup back"))
        for number, words in enumerate(STEPS, start=1):
            card.add(Words(say("{number}. {words}", number=number, words=words), wraps=True))
            if number == 2:
                card.add(self.command)
        return card

    def refresh(self) -> None:
        """Nothing here comes out of the database."""

    def ask(self) -> None:
        """Ask for the file, then back up."""
        here = self.desk.db.path
        folder = here.parent if here is not None else Path(QDir.homePath())
        proposed = folder / f"claims-desk-{datetime.now().astimezone():%Y-%m-%d-%H%M}.db"
        name, _ = QFileDialog.getSaveFileName(self, tr("Back up now"), str(proposed), tr("Backup (*.db)"))
        if name:
            self.back_up(Path(name))

    def back_up(self, path: Path) -> None:
        """Write the backup, with progress."""
        work = partial(backup, self.desk.db, self.desk.actor, path)
        show_progress(self, say("Backing up"), cancellable(work), self._done, self.strip.tell_refusal)

    def _done(self, path: Path | None) -> None:
        if path is None:
            self.strip.tell(say("Stopped; there is no backup."), Tone.WARN)
            return
        self.command.say(COMMAND.format(file=f'"{path}"'))
        self.strip.tell(say("The backup is made and checked: {path}", path=path), Tone.GOOD)
