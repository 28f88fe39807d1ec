"""The scan above the form: its pages, what is done with them, and the tray of pages that wait."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from claims_desk.domain.codes import Role
from claims_desk.domain.messages import Message, say
from claims_desk.ui.desk import Desk
from claims_desk.ui.key.scan_work import ScanWork
from claims_desk.ui.key.split_dialog import SplitDialog
from claims_desk.ui.scan.thumbnails import Thumbnails, page_of
from claims_desk.ui.scan.viewer import ScanViewer
from claims_desk.ui.scan.zone_dialog import edit_zones
from claims_desk.ui.widgets import Button, Words

_TRAY_HEIGHT = 84


class ScanPanel(QWidget):
    """Hidden while the form has no scan and nothing waits."""

    def __init__(self, desk: Desk, work: ScanWork) -> None:
        super().__init__()
        self._desk, self.work = desk, work
        self.viewer = ScanViewer(desk)
        self.where = Words("", "label")
        self.turn_button = _button(say("Turn"), "Ctrl+R", self.turn)
        self.off_button = _button(say("Take off"), "Ctrl+Shift+J", self.take_off)
        self.next_button = _button(say("Take the next"), "Ctrl+J", work.take_next)
        self.empty_button = _button(say("Empty the tray"), "", work.empty_tray)
        self.zones_button = _button(say("Zones"), "", self.set_zones)
        self.zones_button.setVisible(desk.actor.may(Role.SUPERVISOR, Role.ADMINISTRATOR))
        self.waiting = Words("", "label")
        self.tray = Thumbnails(self.viewer.pictures, say("Pages that wait"))
        self.tray.setFixedHeight(_TRAY_HEIGHT)
        self._lay_out()
        work.changed.connect(self._show)
        self.viewer.turned.connect(self._say_where)
        self.viewer.turn_asked.connect(self.turn)
        self.tray.itemClicked.connect(lambda item: work.take(self.tray.row(item)))
        self.viewer.load_zones()
        self._show()

    def _lay_out(self) -> None:
        self._paper, self._foot = QWidget(), QWidget()
        tools = QVBoxLayout()
        tools.setSpacing(0)
        for item in (self.where, self.turn_button, self.off_button, self.zones_button):
            tools.addWidget(item, 0, Qt.AlignmentFlag.AlignLeft)
        tools.addStretch()
        above = QHBoxLayout(self._paper)
        above.setContentsMargins(0, 0, 0, 0)
        above.setSpacing(6)
        above.addWidget(self.viewer, 1)
        above.addLayout(tools)
        below = QHBoxLayout(self._foot)
        below.setContentsMargins(2, 0, 2, 0)
        below.setSpacing(4)
        below.addWidget(self.waiting)
        below.addStretch()
        for button in (self.empty_button, self.next_button):
            below.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._paper, 1)
        column.addWidget(self._foot)
        column.addWidget(self.tray)

    def follow(self, form_type: str, field: str) -> None:
        """Go to where a field stands on the paper."""
        if self.work.pages:
            self.viewer.follow(form_type, field)

    def turn(self) -> None:
        """Turn the page shown clockwise; it stays so."""
        self.work.turn(self.viewer.place)

    def take_off(self) -> None:
        """Take the page shown off the form; it waits on the tray."""
        self.work.take_off(self.viewer.place)

    def set_zones(self) -> None:
        """Let who may set where the fields stand."""
        edit_zones(self, self._desk, self.work.pages, self.viewer.load_zones)

    def ask_split(self, pages: list[object]) -> None:
        """Ask how many of many pages belong to each form."""
        dialog = SplitDialog(self, len(pages))
        dialog.accepted.connect(lambda: self.work.split(pages, dialog.a_form()))  # type: ignore[arg-type]
        dialog.open()

    def _show(self) -> None:
        work, waiting = self.work, self.work.waiting()
        before = self.viewer.pages
        if work.pages != before:
            came = len(work.pages) > len(before) > 0 and work.pages[: len(before)] == before
            self.viewer.show_pages(work.pages, len(before) if came else self.viewer.place)
        self._paper.setVisible(bool(work.pages))
        self._foot.setVisible(bool(waiting))
        self.tray.setVisible(bool(waiting) and not work.pages)
        self.tray.show_pages(waiting if not work.pages else (), -1)
        self.waiting.say(_of_tray(len(waiting), work.tray.a_form))
        self.setVisible(bool(work.pages or waiting))
        self._say_where()

    def _say_where(self) -> None:
        count = len(self.viewer.pages)
        self.where.say(page_of(self.viewer.place + 1, count) if count else "")


def _button(words: Message, shortcut: str, deed: object) -> Button:
    button = Button(words, shortcut, deed, "link")  # type: ignore[arg-type]
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return button


def _of_tray(count: int, a_form: int) -> Message:
    if a_form:
        return say("{count} pages wait, {a_form} for each form by themselves", count=count, a_form=a_form)
    return say("{count} pages wait", count=count)
