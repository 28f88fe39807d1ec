"""The main window: navigation, panes and status line, put together; each part knows its own work."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMainWindow, QStackedWidget, QWidget
from shiboken6 import isValid

from claims_desk.domain.messages import say
from claims_desk.ui import background
from claims_desk.ui.commands_here import commands_on_screen, views_elsewhere
from claims_desk.ui.desk import Desk, Place
from claims_desk.ui.find_anything import FindDialog
from claims_desk.ui.key_tally import TallyKeeper
from claims_desk.ui.list_export import export_list
from claims_desk.ui.lock import LockScreen
from claims_desk.ui.navigation import Navigation
from claims_desk.ui.pane import Command
from claims_desk.ui.pane_stack import PaneStack
from claims_desk.ui.panes import panes_for
from claims_desk.ui.presence import Presence
from claims_desk.ui.settings import save_settings
from claims_desk.ui.settings_dialog import SettingsDialog, use_settings
from claims_desk.ui.shortcut_sheet import ShortcutSheet, keys_here
from claims_desk.ui.status_line import StatusLine
from claims_desk.ui.widgets import HelpKey, HotKey, Table

WIDE_FROM = 1150
SMALLEST = QSize(880, 480)
ALL_KEYS = say("All keys")
LOCK = say("Lock the window")
LANGUAGE_NAMES = "ລາວ, English"


class Frame(QMainWindow):
    """The window of a signed-in user; `signed_out` when he leaves it to somebody else."""

    signed_out = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setWindowTitle("Claims Desk")
        self.setMinimumSize(SMALLEST)
        self.kinds = panes_for(desk.actor)
        self.navigation = Navigation(desk.office_name, self.kinds)
        self.stack = PaneStack(desk, self.kinds)
        self.lock = LockScreen(desk)
        self.status = StatusLine(desk)
        self._presence = Presence(desk.settings.lock_minutes, self)
        self._tally = TallyKeeper(desk, self._presence.keys, self)
        self._pages = QStackedWidget()
        self._last_focus: QWidget | None = None
        self._set_aside: list[QDialog] = []
        self._put_together()
        self._connect()
        self._add_shortcuts()
        self.stack.open(Place(self.kinds[0].key))

    def _put_together(self) -> None:
        work = QWidget()
        row = QHBoxLayout(work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.navigation)
        row.addWidget(self.stack, 1)
        self._pages.addWidget(work)
        self._pages.addWidget(self.lock)
        self.setCentralWidget(self._pages)
        self.setStatusBar(self.status)

    def _connect(self) -> None:
        self.navigation.chosen.connect(self._open_pane)
        self.navigation.find_asked.connect(self.find_anything)
        self.navigation.keys_asked.connect(self.show_keys)
        self.stack.turned.connect(self.navigation.mark)
        self.desk.went.connect(self.stack.open)
        self._presence.left.connect(self.lock_now)
        self._presence.paced.connect(self.status.show_pace)
        self.lock.opened.connect(self._unlock)
        self.lock.left_for_other.connect(self.sign_out)
        self.status.language_switched.connect(self._keep_language)

    def _add_shortcuts(self) -> None:
        for kind in self.kinds:
            HotKey(self, f"Alt+{kind.number}", kind.title, lambda key=kind.key: self._open_pane(key))  # type: ignore[misc]
        HotKey(self, "Ctrl+K", say("Find anything"), self.find_anything)
        self.help = HelpKey(self)
        HotKey(self, "Ctrl+F1", ALL_KEYS, self.show_keys)
        HotKey(self, "F5", say("Load again"), self.refresh)
        HotKey(self, "Ctrl+E", say("The list as a workbook"), self.export)
        HotKey(self, "Ctrl+L", LOCK, self.lock_now)

    def find_anything(self) -> None:
        """Open the line that finds anything (Ctrl+K)."""
        if not self.is_locked():
            FindDialog(self, self.desk, self._commands(), [kind.key for kind in self.kinds]).open()

    def show_keys(self) -> None:
        """Open the sheet of the keys that work in the pane in front (Ctrl+F1)."""
        pane = self.stack.current()
        if pane is not None and not self.is_locked():
            ShortcutSheet(self, keys_here(self, pane, pane.title)).open()

    def refresh(self) -> None:
        """Load the pane in front again (F5)."""
        pane = self.stack.current()
        if pane is not None and not self.is_locked():
            pane.refresh_now()

    def export(self) -> None:
        """Take the list in front out as a workbook (Ctrl+E): the one with the focus, else the first on screen."""
        pane = self.stack.current()
        tables = [table for table in pane.findChildren(Table) if table.isVisible()] if pane else []
        if tables:
            export_list(self.desk, self, next((table for table in tables if table.hasFocus()), tables[0]))

    def is_locked(self) -> bool:
        """Whether the lock screen is in front."""
        return self._pages.currentWidget() is self.lock

    def lock_now(self) -> None:
        """Put the lock screen in front; panes and dialogs stay as they are behind it (Ctrl+L)."""
        if not self.is_locked():
            self._tally.keep()
            self._last_focus = self.focusWidget()
            self._set_aside = [each for each in self.findChildren(QDialog) if each.isVisible()]
            for dialog in self._set_aside:
                dialog.hide()
            self._pages.setCurrentWidget(self.lock)
            self.status.hide()
            self.lock.begin()

    def sign_out(self) -> None:
        """Leave the window to somebody else, once every pane has put its work on disk."""
        if all(pane.may_close() for pane in self.stack.panes()):
            self._tally.keep()
            self.signed_out.emit()

    def _unlock(self) -> None:
        self._pages.setCurrentIndex(0)
        self.status.show()
        if self._last_focus is not None and isValid(self._last_focus):
            self._last_focus.setFocus()
        for dialog in self._set_aside:
            if isValid(dialog) and self.isVisible():
                dialog.show()

    def _open_pane(self, key: str) -> None:
        if not self.is_locked():
            self.stack.open(Place(key))

    def _commands(self) -> list[Command]:
        opening = [
            Command(kind.title, lambda key=kind.key: self._open_pane(key), f"Alt+{kind.number}")  # type: ignore[misc]
            for kind in self.kinds
        ]
        pane = self.stack.current()
        own = commands_on_screen(pane) if pane else []
        known = {command.title.text() for command in (*own, *opening)}
        views = [each for each in views_elsewhere(self.desk, self.kinds) if each.title.text() not in known]
        return [
            *own,
            *opening,
            *views,
            Command(say("Switch the language"), self.status.switch, LANGUAGE_NAMES),
            Command(say("My settings"), self.change_settings),
            Command(ALL_KEYS, self.show_keys, "Ctrl+F1"),
            Command(LOCK, self.lock_now, "Ctrl+L"),
            Command(say("Sign out"), self.sign_out),
        ]

    def change_settings(self) -> None:
        """Ask for the user's own settings and use them at once."""
        dialog = SettingsDialog(self, self.desk.settings)
        dialog.accepted.connect(self._use_settings)
        dialog.open()

    def _use_settings(self) -> None:
        settings = self.desk.settings
        use_settings(settings)
        self._presence.lock_after(settings.lock_minutes)
        self.desk.changed.emit(frozenset({"settings"}))
        background.run(self, lambda: save_settings(settings), lambda _: None)

    def _keep_language(self, language: str) -> None:
        self.desk.settings.language = language
        settings = self.desk.settings
        background.run(self, lambda: save_settings(settings), lambda _: None)

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard starts in the pane."""
        super().showEvent(event)
        self.stack.give_focus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window has a narrow navigation."""
        super().resizeEvent(event)
        self.navigation.set_wide(self.width() >= WIDE_FROM)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close once every pane has put its work on disk and nothing is under way."""
        if all(pane.may_close() for pane in self.stack.panes()):
            self._tally.keep()
            background.finish()
            event.accept()
        else:
            event.ignore()
