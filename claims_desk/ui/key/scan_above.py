"""Scan above, form below, and the border between them where the clerk left it; the scan follows the field in focus."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from claims_desk.domain.errors import UserError
from claims_desk.domain.scans import LINES
from claims_desk.ui import background
from claims_desk.ui.desk import Desk
from claims_desk.ui.key.claim_sheet import ClaimSheet
from claims_desk.ui.key.scan_panel import ScanPanel
from claims_desk.ui.settings import LEAST_SCAN, save_settings

_PAUSE_MS = 500


class ScanAbove(QSplitter):
    """Gives the scan its height only while there is one; the height is the user's setting on this PC."""

    def __init__(self, desk: Desk, panel: ScanPanel, form: QWidget, sheet: ClaimSheet) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._desk, self._panel, self._sheet = desk, panel, sheet
        self._room_of_lines = sheet.grid.minimumHeight()
        self.setChildrenCollapsible(False)
        self.setHandleWidth(8)
        self.addWidget(panel)
        self.addWidget(form)
        self.setStretchFactor(1, 1)
        panel.viewer.setMinimumHeight(LEAST_SCAN - 30)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._keep)
        self.splitterMoved.connect(lambda _place, _number: self._pause.start())
        panel.work.changed.connect(self._fit)
        QApplication.instance().focusChanged.connect(self._follow)  # type: ignore[union-attr]
        self._fit()

    def _fit(self) -> None:
        """The lines give way while there is a scan; the fields above them never do."""
        has_scan = bool(self._panel.work.pages)
        lines = self._sheet.grid
        lines.setMinimumHeight(self._room_of_lines * 3 // 5 if has_scan else self._room_of_lines)
        if has_scan:
            height = self._desk.settings.scan_height
            self.setSizes([height, max(1, self.height() - height)])
        elif not self._panel.isHidden():
            self.setSizes([self._panel.sizeHint().height(), self.height()])

    def _keep(self) -> None:
        if self._panel.work.pages:
            settings = self._desk.settings
            settings.scan_height = max(LEAST_SCAN, self.sizes()[0])
            background.keep(self, lambda: save_settings(settings), lambda _none: None, self._untold)

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
