"""The scan of the paper, for whoever keys it again or decides by it; nothing of what was keyed stands on it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal

from claims_desk.domain.scans import LINES, ScanPage
from claims_desk.queries.scans import pages_of_claim
from claims_desk.ui.desk import Desk
from claims_desk.ui.review.scan_card import ScanCard
from claims_desk.ui.settings import LEAST_SCAN, USUAL_SCAN

_HEADING = 32  # pixels: the height set for this PC is that of Key, where a scan has no heading
_MOST = 0.4  # share of the window's height: what is keyed or decided stands below


class PaperScan(ScanCard):
    """The pages attached to a claim, a share of the window high; hidden where there are none.

    `stands` tells whether there is paper.
    """

    stands = Signal(bool)

    def __init__(self, desk: Desk, share: float) -> None:
        super().__init__(desk, USUAL_SCAN)
        self._share = share
        self.body.setContentsMargins(14, 4, 14, 6)
        self.body.setSpacing(2)
        self._claim_id = 0
        self._field = ("", "")
        self.viewer.zones_came.connect(self._go)
        self.viewer.load_zones()

    def fit(self) -> None:
        """Take the share of the window's height, or what this PC's scans take in Key where that is more."""
        own, window = self._desk.settings.paper_height - _HEADING, self.window().height()
        self.viewer.setFixedHeight(max(LEAST_SCAN, round(window * self._share), min(own, round(window * _MOST))))

    def show_pages(self, pages: tuple[ScanPage, ...]) -> None:
        """Show these pages."""
        super().show_pages(pages)
        self.fit()
        self.stands.emit(bool(pages))

    def show_paper(self, claim_id: int) -> None:
        """Show the paper of another claim; until it is read none is shown."""
        self._claim_id = claim_id
        self.show_pages(())
        self._desk.read(self, partial(self._take, claim_id), pages_of_claim, claim_id)

    def follow(self, care_type: str, field: str) -> None:
        """Go to where a field stands on the paper of a kind of care; for `lines.2.quantity` to the lines."""
        self._field = (care_type, LINES if field.startswith(LINES) else field)
        self._go()

    def _take(self, claim_id: int, pages: tuple[ScanPage, ...]) -> None:
        if claim_id == self._claim_id:
            self.show_pages(pages)
            self._go()

    def _go(self) -> None:
        """Pages and zones may come after the field was gone to."""
        if self.viewer.pages:
            self.viewer.follow(*self._field)
