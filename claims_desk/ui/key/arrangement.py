"""How the parts of Key stand in the window: paper above the form, member and findings beside or below it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from claims_desk.ui.key.bundle_bar import BundleBar
from claims_desk.ui.key.claim_sheet import ClaimSheet
from claims_desk.ui.key.form_scroll import FormScroll
from claims_desk.ui.key.price_bar import PriceBar
from claims_desk.ui.key.scan_panel import ScanPanel

SIDE_BY_SIDE_FROM = 1120
SIDE_SHARE = 0.27
_GAP, _DENSE_GAP = 8, 5
_MARGINS, _DENSE_MARGINS = (14, 12, 14, 12), (12, 6, 12, 6)
_NO_LIMIT = 16_777_215
_ROWS_UNDER_PAPER = 2.2  # of fields, in a narrow window


class Arrangement:
    """The bundle on top and the price at the foot stay; between them the form scrolls where the window is low.

    In a wide window what is told, the member and the findings have a column of their own, as high as the form and
    its paper together, so that nothing the clerk types into ever moves. With paper everything stands closer.
    """

    def __init__(
        self, body: QVBoxLayout, bundle: BundleBar, scan: ScanPanel, sheet: ClaimSheet, price: PriceBar, strip: QWidget
    ) -> None:
        self._body, self._bundle, self.scan, self.sheet, self._price, self.strip = (
            body, bundle, scan, sheet, price, strip,
        )  # fmt: skip
        self.is_wide = True
        self.fixed = (bundle, price)
        self.side = QWidget()
        self._beside = QVBoxLayout(self.side)
        self._beside.setContentsMargins(0, 0, 0, 0)
        content = QWidget()
        self._form = QVBoxLayout(content)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.addWidget(sheet, 1)
        self.scroll = FormScroll(content)
        self._left = QVBoxLayout()
        self._left.setContentsMargins(0, 0, 0, 0)
        self._left.addWidget(scan)
        self._left.addWidget(self.scroll, 1)
        self._columns = QHBoxLayout()
        self._columns.setSpacing(10)
        self._columns.addLayout(self._left, 1)
        self._columns.addWidget(self.side)
        body.addWidget(bundle)  # in the order in which Tab goes
        body.addLayout(self._columns, 1)
        body.addWidget(price)
        self._beside.addWidget(strip)

    def put_beside(self, parts: Sequence[QWidget]) -> None:
        """Let these stand beside the form, the last taking what is left."""
        for part in parts:
            self._beside.addWidget(part, 1 if part is parts[-1] else 0)

    def fit_width(self, width: int) -> None:
        """In a narrow window what stands beside the form stands below it, and what is told above it."""
        beside = width >= SIDE_BY_SIDE_FROM
        if beside and not self.is_wide:
            self._columns.addWidget(self.side)
            self._beside.insertWidget(0, self.strip)
        elif not beside and self.is_wide:
            self._form.addWidget(self.side)
            self._body.insertWidget(1, self.strip)
        self.is_wide = beside
        share = round(width * SIDE_SHARE)
        self.side.setMinimumWidth(share if beside else 0)
        self.side.setMaximumWidth(share if beside else _NO_LIMIT)
        self._price.stand(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def stand_close(self, close: bool) -> None:
        """Stand closer while there is paper."""
        gap = _DENSE_GAP if close else _GAP
        self._body.setContentsMargins(*(_DENSE_MARGINS if close else _MARGINS))
        for column in (self._body, self._left, self._form, self._beside):
            column.setSpacing(gap)
        self._bundle.stand_close(close)
        self.sheet.stand_close(close)
        self._price.stand_close(close)
        self.scroll.show_row(self.sheet.form.row_height())

    def room_of_paper(self, seen: int, large: bool) -> int:
        """Height in pixels for paper and its tools in a window of which `seen` show; `large`: the form gives way."""
        margins, gap = self._body.contentsMargins(), self._body.spacing()
        around = [*self.fixed, *([] if self.is_wide or self.strip.isHidden() else [self.strip])]
        taken = margins.top() + margins.bottom() + sum(part.height() + gap for part in around) + gap
        least = self.scroll.minimumHeight()
        if not large:
            rows = round(_ROWS_UNDER_PAPER * self.sheet.form.row_height())
            least = self.sheet.needed_height() if self.is_wide else max(least, rows)
        return seen - taken - least
