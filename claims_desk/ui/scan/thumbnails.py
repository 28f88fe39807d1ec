"""A row or column of small pages, one of them chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap, QTransform
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem

from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import Message, say, tr
from claims_desk.domain.scans import ScanPage
from claims_desk.ui import icons, theme
from claims_desk.ui.scan.pictures import THUMBNAIL, Pictures
from claims_desk.ui.speech import bind_text

SIZE = QSize(46, 58)


class Thumbnails(QListWidget):
    """Small pictures of pages with their numbers; `picked` carries the place of the one clicked or come to by keys."""

    picked = Signal(int)

    def __init__(self, pictures: Pictures, name: Message) -> None:
        super().__init__()
        self._pictures = pictures
        self.pages: tuple[ScanPage, ...] = ()
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setWrapping(False)
        self.setIconSize(SIZE)
        self.setSpacing(2)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        bind_text(self.setAccessibleName, name)
        self.currentRowChanged.connect(self._on_row)

    def show_pages(self, pages: Sequence[ScanPage], chosen: int = 0) -> None:
        """Show these pages; their pictures come as they are drawn."""
        self.blockSignals(True)
        if tuple(pages) != self.pages:
            self.pages = tuple(pages)
            self.clear()
            for number, page in enumerate(pages, start=1):
                item = QListWidgetItem(str(number), self)
                item.setIcon(QIcon(self._small(QPixmap())))
                item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter)
                item.setToolTip(tr("Page {number}", number=number))
                self._ask(number - 1, page)
        self.setCurrentRow(chosen)
        self.blockSignals(False)

    def _ask(self, place: int, page: ScanPage) -> None:
        shown = self.pages

        def done(picture: QPixmap) -> None:
            self.item(place).setIcon(QIcon(self._small(picture.transformed(QTransform().rotate(page.rotation)))))

        def failed(problem: UserError) -> None:
            self.item(place).setIcon(icons.icon("cross", theme.BAD))
            self.item(place).setToolTip(str(problem))

        self._pictures.ask(page, THUMBNAIL, done, failed, lambda: self.pages == shown, rank=0)

    def _small(self, picture: QPixmap) -> QPixmap:
        """The picture in the middle of a ground that is as large for each page, so that nothing moves as they come."""
        ratio = self.devicePixelRatioF()
        ground = QPixmap(SIZE * ratio)
        ground.fill(Qt.GlobalColor.transparent)
        if not picture.isNull():
            fitted = picture.scaled(
                ground.size(), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            painter = QPainter(ground)
            painter.drawPixmap(ground.rect().center() - fitted.rect().center(), fitted)
            painter.end()
        ground.setDevicePixelRatio(ratio)
        return ground

    def _on_row(self, row: int) -> None:
        if row >= 0:
            self.picked.emit(row)


def page_of(number: int, count: int) -> Message:
    """Which page of how many."""
    return say("Page {number} of {count}", number=number, count=count)
