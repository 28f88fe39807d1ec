"""The zone editor: for each field of a form type a rectangle on the paper, drawn once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from claims_desk.domain.codes import CareType
from claims_desk.domain.messages import Message, say
from claims_desk.domain.scans import ANY_FORM, LINES, ScanPage, Zone, Zones
from claims_desk.domain.terms import CARE_TYPES
from claims_desk.services.scan_zones import set_zones
from claims_desk.ui import icons, theme
from claims_desk.ui.desk import Desk
from claims_desk.ui.paper_form import LABELS
from claims_desk.ui.scan.viewer import ScanViewer
from claims_desk.ui.scan.zone_canvas import ZoneCanvas
from claims_desk.ui.speech import bind_text
from claims_desk.ui.widgets import Button, Choice, ChoiceEdit, HotKey, HouseDialog, MessageStrip, Words

FIELDS: dict[str, Message] = {**LABELS, LINES: say("Lines")}
SIZE = QSize(1080, 660)
_LIST_WIDTH = 230
_PAPER_HEIGHT = 470


class ZoneDialog(HouseDialog):
    """Choose a field with the arrows, draw where it stands with mouse or keys; the next one is chosen by itself.

    Enter or F7 puts the keyboard on the paper, Esc back on the fields.
    """

    def __init__(self, parent: QWidget, desk: Desk, pages: Sequence[ScanPage], saved: Callable[[], object]) -> None:
        super().__init__(parent, say("Where the fields stand on the paper"), say("Keep the zones"))
        self._desk, self._saved = desk, saved
        self._zones: dict[tuple[str, str], Zone] = {}
        self._kept: dict[tuple[str, str], Zone] = {}
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
        keys = say(
            "Without the mouse: Enter goes to the paper, arrows move the frame, Shift and arrows change its size, Enter"
            " keeps it, Esc goes back."
        )
        for told in (words, keys):
            self.body.addWidget(Words(told, "muted", wraps=True))
        self.body.addWidget(self.strip)
        self.body.addLayout(row, 1)
        self.resize(SIZE)

    def _connect(self) -> None:
        self.canvas.drawn.connect(self._on_drawn)
        self.fields.currentRowChanged.connect(lambda _row: self._show())
        self.form_type.typed.connect(self._show)
        self.fields.itemActivated.connect(lambda _item: self.to_paper())
        HotKey(self, "F7", say("To the picture"), self.to_paper)
        self.viewer.turned.connect(self._show_others)
        self.viewer.zones_came.connect(self._take)
        self.viewer.load_zones()

    def _take(self, zones: Zones) -> None:
        self._kept, self._zones = dict(zones), {**zones, **self._zones}
        self.fields.setCurrentRow(max(0, self.fields.currentRow()))
        self._show()

    def field(self) -> str:
        """The field chosen."""
        return list(FIELDS)[max(0, self.fields.currentRow())]

    def to_paper(self) -> None:
        """Put the keyboard on the paper, or back on the fields (F7)."""
        self.viewer.enter()
        self.canvas.viewport().update()

    def typed(self) -> object:
        """The zones, where they are not those that are kept."""
        return dict(self._zones) if self._zones != self._kept else None

    def clear(self) -> None:
        """Take the zone of the field away."""
        self._zones.pop((self._type(), self.field()), None)
        self._show()

    def accept(self) -> None:
        """Keep the zones of each form type that was changed, then close."""
        desk, zones, kept = self._desk, dict(self._zones), self._kept
        changed = [each for each in (ANY_FORM, *CareType) if _of(zones, each) != _of(kept, each)]

        def deed() -> None:
            for form_type in changed:
                set_zones(desk.db, desk.actor, form_type, _of(zones, form_type))

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
        self._show_others()

    def _show_others(self) -> None:
        here, page_no = self._zones.get((self._type(), self.field())), self.viewer.place + 1
        own = {zone.field: zone for zone in (*_of(self._zones, ANY_FORM), *_of(self._zones, self._type()))}
        others = [zone for zone in own.values() if zone is not here and zone.page_no == page_no]
        self.canvas.offer(here if here is not None and here.page_no == page_no else None, others)


def _of(zones: Zones, form_type: str) -> list[Zone]:
    return [zone for zone in zones.values() if zone.form_type == form_type]


def edit_zones(
    parent: QWidget, desk: Desk, pages: Sequence[ScanPage], saved: Callable[[], object]
) -> ZoneDialog | None:
    """Open the editor on a scan; None without one, since there is nothing to draw on."""
    if not pages:
        return None
    dialog = ZoneDialog(parent, desk, pages, saved)
    dialog.open()
    return dialog
