"""The viewer: the pages of a scan, one of them large, which goes to where the field in focus stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QListView, QScrollArea, QWidget
from shiboken6 import isValid

from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import say
from claims_desk.domain.scans import ScanPage, Zone, Zones, zone_for
from claims_desk.queries.scans import scan_zones
from claims_desk.ui.desk import Desk
from claims_desk.ui.scan.page_view import PageView
from claims_desk.ui.scan.pictures import SHARP, SHARPEST, Pictures
from claims_desk.ui.scan.thumbnails import Thumbnails

_THUMBNAILS_WIDTH = 74


class ScanViewer(QWidget):
    """Shows pages, follows fields by the office's zones, never takes the focus. `turned` tells that another page or
    another turn is shown, `turn_asked` that R was pressed on it, `zones_came` carries the zones.

    F7 of its pane calls `enter`: then R, +, -, 0, page keys and arrows are the paper's, Esc goes back.
    `show_pages(pages)`, then `follow(form_type, field)` whenever the focus moves.
    """

    turned = Signal()
    turn_asked = Signal()
    zones_came = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._zones: Zones = {}
        self.pages: tuple[ScanPage, ...] = ()
        self.place = 0
        self._expected: tuple[ScanPage, ...] = ()
        self.pictures = Pictures(desk, self)
        self.page = PageView()
        self.thumbnails = Thumbnails(self.pictures, say("Pages of the scan"))
        self.thumbnails.setFlow(QListView.Flow.TopToBottom)
        self.thumbnails.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.thumbnails.setFixedWidth(_THUMBNAILS_WIDTH)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.thumbnails)
        row.addWidget(self.page, 1)
        self.thumbnails.picked.connect(self.go_to)
        self._back_to: QWidget | None = None
        self._connect(self.page)

    def _connect(self, page: PageView) -> None:
        page.sharper.connect(self._ask_sharper)
        page.pressed.connect(self._on_key)

    def load_zones(self) -> None:
        """Read the office's zones, at the beginning and after somebody has set others."""
        self._desk.read(self, self._take_zones, scan_zones)

    def show_pages(self, pages: Sequence[ScanPage], place: int = 0) -> None:
        """Show these pages, the one at `place` large."""
        self.pages = tuple(pages)
        self.place = max(0, min(place, len(self.pages) - 1))
        self.thumbnails.setVisible(len(self.pages) > 1)
        self.page.show_zone(None)
        self._show()

    def expect(self, pages: Sequence[ScanPage]) -> None:
        """Have the picture of what comes after these pages ready: the first of the next form's."""
        self._expected = tuple(pages[:1])
        self._prepare()

    def look_again(self) -> None:
        """Show the pages anew, after one that was missing was brought again."""
        self.thumbnails.show_pages(())
        self._show()

    def current(self) -> ScanPage | None:
        """The page shown large."""
        return self.pages[self.place] if self.pages else None

    def go_to(self, place: int) -> None:
        """Show the page at `place`, counted from 0; nothing where there is none."""
        if 0 <= place < len(self.pages) and place != self.place:
            self.place = place
            self.page.show_zone(None)
            self._show()

    def step(self, by: int) -> None:
        """Show the next page or the one before."""
        self.go_to(self.place + by)

    def follow(self, form_type: str, field: str) -> None:
        """Go to where the field stands on forms of the type and mark it; stay where no zone is set."""
        zone = zone_for(self._zones, form_type, field)
        if zone is not None and zone.page_no <= len(self.pages):
            self.go_to(zone.page_no - 1)
            self.page.show_zone(zone)
        else:
            self.page.show_zone(None)

    def show_zone(self, zone: Zone | None) -> None:
        """Mark one zone."""
        self.page.show_zone(zone)

    def use(self, page: PageView) -> None:
        """Show pages on another kind of view, such as one that can be drawn on."""
        layout = self.layout()
        assert layout is not None
        layout.replaceWidget(self.page, page)
        self.page.deleteLater()
        self.page = page
        self._connect(page)

    def enter(self) -> None:
        """Put the keyboard on the paper, or back to where it was."""
        if self.page.hasFocus():
            self.leave()
        elif self.pages:
            self._back_to = self.window().focusWidget()
            self.page.setFocus()
            self._come_in_sight()

    def _come_in_sight(self) -> None:
        """Where the paper stands further down in what scrolls, go there."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(self)

    def leave(self) -> None:
        """Put the keyboard back to where it was."""
        if self._back_to is not None and isValid(self._back_to):
            self._back_to.setFocus()

    def _on_key(self, event: QKeyEvent) -> None:
        keys: dict[int, Callable[[], object]] = {
            Qt.Key.Key_R: self.turn_asked.emit,
            Qt.Key.Key_Plus: lambda: self.page.zoom_by(1),
            Qt.Key.Key_Equal: lambda: self.page.zoom_by(1),
            Qt.Key.Key_Minus: lambda: self.page.zoom_by(-1),
            Qt.Key.Key_0: lambda: self.page.set_zoom(1),
            Qt.Key.Key_PageDown: lambda: self.step(1),
            Qt.Key.Key_PageUp: lambda: self.step(-1),
            Qt.Key.Key_Home: lambda: self.go_to(0),
            Qt.Key.Key_End: lambda: self.go_to(len(self.pages) - 1),
            Qt.Key.Key_Escape: self.leave,
            Qt.Key.Key_Return: self.leave,
        }
        deed = keys.get(Qt.Key(event.key()))
        if deed is not None:
            deed()
            event.accept()

    def _take_zones(self, zones: Zones) -> None:
        self._zones = zones
        self.zones_came.emit(zones)

    def _show(self) -> None:
        self.page.words = ""
        self.page.show_picture(QPixmap(), 0)  # nobody shall read another form's paper while this one is drawn
        if self.pages:
            self._ask(SHARP)
        self._prepare()
        self.thumbnails.show_pages(self.pages if len(self.pages) > 1 else (), self.place)
        self.turned.emit()

    def _prepare(self) -> None:
        """Draw what is likely looked at next while the clerk types."""
        for page in self.pages[self.place + 1 : self.place + 2] or self._expected:
            self.pictures.prepare(page, lambda page=page: page in (*self.pages, *self._expected))  # type: ignore[misc]

    def _ask_sharper(self) -> None:
        self._ask(SHARPEST)

    def _ask(self, longest: int) -> None:
        asked = self.pages[self.place]

        def done(picture: QPixmap) -> None:
            self.page.show_picture(picture, asked.rotation)

        def failed(problem: UserError) -> None:
            self.page.words = str(problem)
            self.page.show_picture(QPixmap(), 0)

        self.pictures.ask(asked, longest, done, failed, lambda: self.current() == asked)
