"""How high the paper stands above the form: as high as there is room, as the clerk dragged it, large, or put away."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from claims_desk.domain.errors import UserError
from claims_desk.domain.scans import LINES
from claims_desk.ui import background
from claims_desk.ui.desk import Desk
from claims_desk.ui.key.arrangement import Arrangement
from claims_desk.ui.settings import HIGHEST_SCAN, LEAST_SCAN, PAPER_SIZES, save_settings

BESIDE, LARGE, AWAY = PAPER_SIZES
_CHANGES_ROOM = (QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Resize, QEvent.Type.LayoutRequest)


class ScanBorder(QObject):
    """Gives the scan its height, which is the user's setting on this PC, and lets it follow the field in focus.

    Beside the form the paper never takes the room of a field; large or dragged so, the form scrolls under it.
    """

    def __init__(self, desk: Desk, stand: Arrangement, pane: QWidget) -> None:
        super().__init__(pane)
        self._desk, self._stand, self._pane, self._panel = desk, stand, pane, stand.scan
        self._was_close: bool | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.fit)
        for part in (stand.strip, stand.sheet, *stand.fixed):
            part.installEventFilter(self)
        self._panel.grip.moved.connect(self._drag)
        self._panel.grip.let_go.connect(self._keep)
        self._panel.size_asked.connect(self.turn)
        self._panel.work.changed.connect(self.fit)
        QApplication.instance().focusChanged.connect(self._follow)  # type: ignore[union-attr]

    def fit(self) -> None:
        """Give the paper what the form leaves."""
        settings, panel = self._desk.settings, self._panel
        close = bool(panel.work.pages) and settings.paper_size != AWAY
        panel.show_size(settings.paper_size)
        if close != self._was_close:
            self._was_close = close
            self._stand.stand_close(close)
        if close:
            room = self._stand.room_of_paper(self._seen(), self._may_cover())
            wanted = settings.paper_height if settings.paper_height and settings.paper_size == BESIDE else room
            panel.set_paper_height(max(LEAST_SCAN, min(wanted, room) - panel.tools_height()))
            self._follow(None, QApplication.focusWidget())
            self._stand.scroll.follow()

    def turn(self) -> None:
        """From beside the form to large to put away, and round again (Shift+F7)."""
        settings = self._desk.settings
        settings.paper_size = PAPER_SIZES[(PAPER_SIZES.index(settings.paper_size) + 1) % len(PAPER_SIZES)]
        self.fit()
        self._keep()

    def _may_cover(self) -> bool:
        """Whether the form may scroll under the paper: the clerk chose so, or dragged it so."""
        settings = self._desk.settings
        return settings.paper_size == LARGE or bool(settings.paper_height)

    def _seen(self) -> int:
        return (self._pane.parentWidget() or self._pane).height()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A notice that comes or goes, a longer price, or another row of fields changes the room."""
        if event.type() in _CHANGES_ROOM:
            self._later.start()
        return False

    def _drag(self, pixels: int) -> None:
        height = self._panel.height() + pixels
        self._desk.settings.paper_height = min(max(height, LEAST_SCAN), HIGHEST_SCAN)
        self._desk.settings.paper_size = BESIDE
        self.fit()

    def _keep(self) -> None:
        settings = self._desk.settings
        background.keep(self, lambda: save_settings(settings), lambda _none: None, self._untold)

    def _untold(self, _problem: UserError) -> None:
        """A height that could not be kept is not worth a word."""

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is None or not self._panel.work.pages:
            return
        sheet = self._stand.sheet
        form, care = sheet.form, sheet.form.edit("care_type").value()
        if form.isAncestorOf(now) and now.objectName() in form.fields:
            self._panel.follow(str(care or ""), now.objectName())
        elif now is sheet.grid or sheet.grid.isAncestorOf(now):
            self._panel.follow(str(care or ""), LINES)
