"""The paper of a claim, to be looked at and not to be changed."""

from __future__ import annotations

from PySide6.QtCore import Qt

from claims_desk.domain.codes import Role
from claims_desk.domain.messages import say
from claims_desk.domain.scans import ScanPage
from claims_desk.ui.desk import Desk
from claims_desk.ui.review.opened import Opened
from claims_desk.ui.scan.thumbnails import page_of
from claims_desk.ui.scan.viewer import ScanViewer
from claims_desk.ui.scan.zone_dialog import edit_zones
from claims_desk.ui.widgets import Button, Card, Words

_HEIGHT = 300


class ScanCard(Card):
    """The pages of the claim's scan; hidden where it has none. Turning holds only while it is looked at."""

    def __init__(self, desk: Desk, height: int = _HEIGHT) -> None:
        super().__init__(say("Scan"))
        self._desk = desk
        self.viewer = ScanViewer(desk)
        self.viewer.setFixedHeight(height)
        self.where = Words("", "muted")
        self.enter_button = Button(say("Look closer"), "F7", self.viewer.enter, "link")
        zones_button = Button(say("Zones"), "", self._set_zones, "link")
        for part in (self.where, zones_button, self.enter_button):
            self.head.addWidget(part)
        zones_button.setVisible(desk.actor.may(Role.SUPERVISOR, Role.ADMINISTRATOR))
        for button in (zones_button, self.enter_button):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.add(self.viewer)
        self.viewer.turned.connect(self._say_where)
        self.viewer.turn_asked.connect(self.viewer.page.turn)
        self.hide()

    def show_claim(self, opened: Opened) -> None:
        """Show the pages of a claim."""
        self.show_pages(opened.record.pages)

    def show_pages(self, pages: tuple[ScanPage, ...]) -> None:
        """Show these pages."""
        if pages != self.viewer.pages:
            self.viewer.show_pages(pages)
        self.setVisible(bool(pages))

    def _say_where(self) -> None:
        count = len(self.viewer.pages)
        self.where.say(page_of(self.viewer.place + 1, count) if count else "")

    def _set_zones(self) -> None:
        edit_zones(self, self._desk, self.viewer.pages, self.viewer.load_zones)
