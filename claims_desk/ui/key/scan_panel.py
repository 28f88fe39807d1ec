"""The scan above the form: its pages, what is done with them, and the tray of pages that wait."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from claims_desk.domain.codes import Role
from claims_desk.domain.messages import Message, say
from claims_desk.ui.desk import Desk
from claims_desk.ui.key.scan_grip import ScanGrip
from claims_desk.ui.key.scan_work import ScanWork
from claims_desk.ui.key.split_dialog import SplitDialog
from claims_desk.ui.scan.thumbnails import Thumbnails, page_of
from claims_desk.ui.scan.viewer import ScanViewer
from claims_desk.ui.scan.zone_dialog import edit_zones
from claims_desk.ui.settings import PAPER_SIZES
from claims_desk.ui.speech import bind_text
from claims_desk.ui.widgets import Button, FlowLayout, Words

_TRAY_HEIGHT, _LEAST_WIDTH = 84, 500
_NEXT_SIZE: Final[Mapping[str, Message]] = dict(
    zip(PAPER_SIZES, (say("Larger paper"), say("Put the paper away"), say("Show the paper")), strict=True)
)


class ScanPanel(QWidget):
    """Hidden while the form has no scan and nothing waits. `size_asked` when the paper shall be larger, or away."""

    size_asked = Signal()

    def __init__(self, desk: Desk, work: ScanWork, attach: Callable[[], object]) -> None:
        super().__init__()
        self._desk, self.work = desk, work
        self.viewer = ScanViewer(desk)
        self.where = Words("", "label")
        self.turn_button = _button(say("Turn"), "Ctrl+R", self.turn)
        self.off_button = _button(say("Take off"), "Ctrl+Shift+J", self.take_off)
        self.next_button = _button(say("Take the next"), "Ctrl+J", work.take_next)
        self.empty_button = _button(say("Empty the tray"), "", work.tray.empty)
        self.zones_button = _button(say("Zones"), "", self.set_zones)
        self._may_set_zones = desk.actor.may(Role.SUPERVISOR, Role.ADMINISTRATOR)
        self.size_button = _button(say("Larger paper"), "Shift+F7", self.size_asked.emit)
        self.attach_button = _button(say("Attach a scan"), "Ctrl+O", attach)
        self.grip = ScanGrip()
        self._size, self._named = desk.settings.paper_size, ""
        self.waiting = Words("", "label")
        self.tray = Thumbnails(self.viewer.pictures, say("Pages that wait"))
        self.tray.setFixedHeight(_TRAY_HEIGHT)
        self._lay_out()
        work.changed.connect(self._show)
        work.came_again.connect(self.viewer.look_again)
        self.viewer.turned.connect(self._say_where)
        self.viewer.turn_asked.connect(self.turn)
        self.tray.itemClicked.connect(lambda item: work.take(self.tray.row(item)))
        self.viewer.load_zones()
        self._show()

    def _lay_out(self) -> None:
        self._tools = QWidget()
        flow = FlowLayout(self._tools, gap=4, row_gap=0)
        for part in (self.where, self.size_button, self.turn_button, self.off_button, self.attach_button):
            flow.add(part)
        flow.add(self.zones_button)
        flow.add(self.waiting)
        for button in (self.next_button, self.empty_button):
            flow.add(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for shown in (self.viewer, self._tools, self.tray, self.grip):
            column.addWidget(shown)

    def set_paper_height(self, height: int) -> None:
        """Show so many pixels of paper."""
        self.viewer.setFixedHeight(height)

    def tools_height(self) -> int:
        """Pixels that go to what stands under the paper."""
        layout = self._tools.layout()
        assert layout is not None
        return layout.heightForWidth(max(self.width(), _LEAST_WIDTH)) + self.grip.height()

    def show_size(self, size: str) -> None:
        """Show the paper unless it is put `away`; the button says what its key does next."""
        self._size = size
        has_paper, is_away = bool(self.work.pages), size == PAPER_SIZES[-1]
        for part in (self.viewer, self.turn_button, self.off_button, self.attach_button, self.grip):
            part.setVisible(has_paper and not is_away)
        self.zones_button.setVisible(has_paper and not is_away and self._may_set_zones)
        self.size_button.setVisible(has_paper)
        if size != self._named:
            self._named = size
            bind_text(self.size_button.say, _NEXT_SIZE[size])

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
        self.viewer.expect(waiting)
        self.show_size(self._size)
        for part in (self.waiting, self.next_button, self.empty_button):
            part.setVisible(bool(waiting))
        self.tray.setVisible(bool(waiting) and not work.pages)
        self.tray.show_pages(waiting if not work.pages else (), -1)
        self.waiting.say(_of_tray(len(waiting), work.tray.a_form))
        self.setVisible(bool(work.pages or waiting))
        self._say_where()

    def _say_where(self) -> None:
        count = len(self.viewer.pages)
        self.where.say(page_of(self.viewer.place + 1, count) if count else "")
        self.where.setVisible(bool(count))


def _button(words: Message, shortcut: str, deed: object) -> Button:
    button = Button(words, shortcut, deed, "link")  # type: ignore[arg-type]
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    button.setProperty("low", True)
    return button


def _of_tray(count: int, a_form: int) -> Message:
    if a_form:
        return say("{count} pages wait, {a_form} for each form by themselves", count=count, a_form=a_form)
    return say("{count} pages wait", count=count)
