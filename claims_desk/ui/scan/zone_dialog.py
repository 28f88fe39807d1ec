"""The zone editor: for each field of a form type a rectangle on the paper, drawn once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from PySide6.QtCore import QPoint, QRect, QSize, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from claims_desk.domain.codes import CareType
from claims_desk.domain.messages import Message, say
from claims_desk.domain.scans import ANY_FORM, LINES, WHOLE, ScanPage, Zone, Zones
from claims_desk.domain.terms import CARE_TYPES
from claims_desk.services.scan_zones import set_zones
from claims_desk.ui import icons, theme
from claims_desk.ui.desk import Desk
from claims_desk.ui.paper_form import LABELS
from claims_desk.ui.scan.page_view import PageView
from claims_desk.ui.scan.viewer import ScanViewer
from claims_desk.ui.speech import bind_text
from claims_desk.ui.widgets import Button, Choice, ChoiceEdit, HouseDialog, MessageStrip, Words

FIELDS: dict[str, Message] = {**LABELS, LINES: say("Lines")}
SIZE = QSize(1080, 660)
_LEAST = 6  # pixels of a rectangle that is meant
_LIST_WIDTH = 230
_PAPER_HEIGHT = 470


class ZoneCanvas(PageView):
    """A page on which a rectangle can be drawn; `drawn` carries it in ten-thousandths of the page."""

    follows: ClassVar[bool] = False
    drawn = Signal(QRect)

    def __init__(self) -> None:
        super().__init__()
        self._from: QPoint | None = None
        self._drawing = QRect()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a rectangle."""
        self._from = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw it."""
        if self._from is not None:
            self._drawing = QRect(self._from, event.position().toPoint()).normalized()
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It is drawn; a mere click is none."""
        drawing, self._from, self._drawing = self._drawing & self.page_rect(), None, QRect()
        page = self.page_rect()
        if drawing.width() >= _LEAST and drawing.height() >= _LEAST:
            self.drawn.emit(
                QRect(
                    (drawing.left() - page.left()) * WHOLE // page.width(),
                    (drawing.top() - page.top()) * WHOLE // page.height(),
                    drawing.width() * WHOLE // page.width(),
                    drawing.height() * WHOLE // page.height(),
                )
            )
        self.viewport().update()

    def go_to_zone(self) -> None:
        """The paper stays while zones are set on it, unless the zone is out of sight."""
        zone = self.zone_rect()
        if zone is not None and not self.viewport().rect().contains(zone.center()):
            super().go_to_zone()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is being drawn over the page."""
        super().paintEvent(event)
        if not self._drawing.isNull():
            painter = QPainter(self.viewport())
            painter.setPen(QPen(QColor(theme.WARN), 2))
            painter.drawRect(self._drawing)


class ZoneDialog(HouseDialog):
    """Choose a field with the arrows, draw where it stands with the mouse; the next field is chosen by itself."""

    def __init__(self, parent: QWidget, desk: Desk, pages: Sequence[ScanPage], saved: Callable[[], object]) -> None:
        super().__init__(parent, say("Where the fields stand on the paper"), say("Keep the zones"))
        self._desk, self._saved = desk, saved
        self._zones: dict[tuple[str, str], Zone] = {}
        self.strip = MessageStrip()
        self.form_type = ChoiceEdit(
            [
                Choice(ANY_FORM, "", say("Any form")),
                *(Choice(care.value, care.value, CARE_TYPES[care]) for care in CareType),
            ],
            must_choose=True,
        )
        bind_text(self.form_type.setAccessibleName, say("Form type"))
        self.fields = QListWidget()
        bind_text(self.fields.setAccessibleName, say("Fields"))
        self.viewer = ScanViewer(desk)
        self.canvas = ZoneCanvas()
        self._lay_out()
        self._connect()
        self.viewer.show_pages(pages)
        self.fields.setFocus()

    def _lay_out(self) -> None:
        for label in FIELDS.values():
            self.fields.addItem(QListWidgetItem(label.text()))
        self.fields.setFixedWidth(_LIST_WIDTH)
        self.form_type.setFixedWidth(_LIST_WIDTH)
        self.viewer.use(self.canvas)
        self.viewer.setMinimumHeight(_PAPER_HEIGHT)
        left = QVBoxLayout()
        for part in (Words(say("Form type"), "label"), self.form_type, Words(say("Fields"), "label"), self.fields):
            left.addWidget(part)
        left.addWidget(Button(say("No zone"), "Del", self.clear))
        row = QHBoxLayout()
        row.addLayout(left)
        row.addWidget(self.viewer, 1)
        words = say("Choose a field, then draw a rectangle around the place on the paper where it is written.")
        self.body.addWidget(Words(words, "muted", wraps=True))
        self.body.addWidget(self.strip)
        self.body.addLayout(row, 1)
        self.resize(SIZE)

    def _connect(self) -> None:
        self.canvas.drawn.connect(self._on_drawn)
        self.fields.currentRowChanged.connect(lambda _row: self._show())
        self.form_type.typed.connect(self._show)
        self.viewer.zones_came.connect(self._take)
        self.viewer.load_zones()

    def _take(self, zones: Zones) -> None:
        self._zones = {**zones, **self._zones}
        self.fields.setCurrentRow(max(0, self.fields.currentRow()))
        self._show()

    def field(self) -> str:
        """The field chosen."""
        return list(FIELDS)[max(0, self.fields.currentRow())]

    def clear(self) -> None:
        """Take the zone of the field away."""
        self._zones.pop((self._type(), self.field()), None)
        self._show()

    def accept(self) -> None:
        """Keep the zones of every form type, then close."""
        desk, zones = self._desk, self._zones

        def deed() -> None:
            for form_type in (ANY_FORM, *CareType):
                set_zones(desk.db, desk.actor, form_type, [z for z in zones.values() if z.form_type == form_type])

        desk.do(self, deed, self._done, "scan_zones", failed=self.strip.tell_refusal)

    def _done(self, _none: None) -> None:
        self._saved()
        super().accept()

    def _type(self) -> str:
        return self.form_type.value() or ANY_FORM

    def _on_drawn(self, box: QRect) -> None:
        sides = (box.left(), box.top(), box.width(), box.height())
        zone = Zone(self._type(), self.field(), self.viewer.place + 1, *sides)
        self._zones[zone.form_type, zone.field] = zone
        self.fields.setCurrentRow(min(self.fields.currentRow() + 1, self.fields.count() - 1))
        self._show()

    def _show(self) -> None:
        for row, name in enumerate(FIELDS):
            own = (self._type(), name) in self._zones
            shared = (ANY_FORM, name) in self._zones
            mark = (
                icons.icon("check", theme.GOOD if own else theme.ACCENT)
                if own or shared
                else icons.icon("dot", "#ffffff")
            )
            self.fields.item(row).setIcon(mark)
        zone = self._zones.get((self._type(), self.field()))
        if zone is not None:
            self.viewer.go_to(zone.page_no - 1)
        self.viewer.show_zone(zone)


def edit_zones(
    parent: QWidget, desk: Desk, pages: Sequence[ScanPage], saved: Callable[[], object]
) -> ZoneDialog | None:
    """Open the editor on a scan; None without one, since there is nothing to draw on."""
    if not pages:
        return None
    dialog = ZoneDialog(parent, desk, pages, saved)
    dialog.open()
    return dialog
