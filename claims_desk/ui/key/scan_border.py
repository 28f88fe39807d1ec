"""The border between scan and form: the scan takes what the form leaves, at most what the clerk gave it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QWidget

from claims_desk.domain.errors import UserError
from claims_desk.domain.scans import LINES
from claims_desk.ui import background, theme
from claims_desk.ui.desk import Desk
from claims_desk.ui.key.claim_sheet import ClaimSheet
from claims_desk.ui.key.scan_panel import ScanPanel
from claims_desk.ui.settings import HIGHEST_SCAN, LEAST_SCAN, save_settings

_HEIGHT, _GRIP = 7, 48
_NO_LIMIT = 16_777_215


class ScanBorder(QWidget):
    """Drag it to give the scan more or less; the height is the user's setting on this PC.

    The lines of the form give way to a scan, its fields never. The scan follows the field in focus.
    """

    def __init__(self, desk: Desk, panel: ScanPanel, form: QBoxLayout, sheet: ClaimSheet, strip: QWidget) -> None:
        super().__init__()
        self._desk, self._panel, self._form, self._sheet = desk, panel, form, sheet
        self._room_of_lines = sheet.grid.minimumHeight()
        self.setFixedHeight(_HEIGHT)
        self.setCursor(Qt.CursorShape.SplitVCursor)
        strip.installEventFilter(self)
        panel.work.changed.connect(self.fit)
        QApplication.instance().focusChanged.connect(self._follow)  # type: ignore[union-attr]
        self.fit()

    def fit(self) -> None:
        """Give the scan its height, so that form and buttons stay in sight where they can."""
        has_scan = bool(self._panel.work.pages)
        self.setVisible(has_scan)
        self._sheet.grid.setMinimumHeight(self._room_of_lines * 3 // 5 if has_scan else self._room_of_lines)
        self._panel.setMinimumHeight(0)
        self._panel.setMaximumHeight(_NO_LIMIT)
        if has_scan:
            self._panel.setFixedHeight(max(LEAST_SCAN, min(self._desk.settings.scan_height, self._room())))
            self._follow(None, QApplication.focusWidget())

    def _room(self) -> int:
        """What the window leaves once the form has what it needs."""
        pane = self.parentWidget()
        layout = pane.layout() if pane is not None else None
        if pane is None or layout is None:
            return HIGHEST_SCAN
        margins, seen = layout.contentsMargins(), pane.parentWidget() or pane
        width = pane.width() - margins.left() - margins.right()
        above = self._panel.y() if self._panel.isVisible() else self.y()
        needed = self._form.minimumHeightForWidth(width) + layout.spacing() + _HEIGHT + margins.bottom()
        return seen.height() - above - needed

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A notice that comes or goes changes the room."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            QTimer.singleShot(0, self, self.fit)
        return False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the border."""
        height = self._panel.height() + round(event.position().y())
        self._desk.settings.scan_height = min(max(height, LEAST_SCAN), HIGHEST_SCAN)
        self.fit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Remember where it was left."""
        settings = self._desk.settings
        background.keep(self, lambda: save_settings(settings), lambda _none: None, self._untold)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the grip."""
        painter = QPainter(self)
        painter.fillRect((self.width() - _GRIP) // 2, _HEIGHT // 2 - 1, _GRIP, 3, QColor(theme.HANDLE))

    def _untold(self, _problem: UserError) -> None:
        """A height that could not be kept is not worth a word."""

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is None or not self._panel.work.pages:
            return
        form, care = self._sheet.form, self._sheet.form.edit("care_type").value()
        if form.isAncestorOf(now) and now.objectName() in form.fields:
            self._panel.follow(str(care or ""), now.objectName())
        elif now is self._sheet.grid or self._sheet.grid.isAncestorOf(now):
            self._panel.follow(str(care or ""), LINES)
