"""A paper in the making: pages of things to paint, a cursor that goes down, footers once the pages are counted."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from threading import Lock

from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from claims_desk.documents.text import RULE, Style, draw_line, width_of, wrap
from claims_desk.domain.columns import Align

Paint = Callable[[Canvas], None]
PageEnd = Callable[["Sheet", int, int], None]
rl_config.useA85 = 0  # a fifth smaller: compressed pages stay binary

MARGIN = 42.0
FOOTER = 34.0
_one_at_a_time = Lock()  # a font keeps one document's glyphs at a time


class Sheet:
    """Pages being laid out; all measures in points, y counted from the bottom, `y` the top of what comes next."""

    def __init__(self, size: tuple[float, float] = A4, margin: float = MARGIN) -> None:
        self.page_width, self.page_height = size
        self.left = margin
        self.right = self.page_width - margin
        self.top = self.page_height - margin
        self.bottom = margin + FOOTER
        self.y = self.top
        self.on_new_page: Callable[[], None] | None = None
        self.overlay: Paint | None = None  # on every page, over all else
        self._pages: list[list[Paint]] = [[]]
        self._painted = self._pages[0]

    @property
    def width(self) -> float:
        """Between the margins."""
        return self.right - self.left

    def fits(self, height: float) -> bool:
        """Whether `height` is left above the footer."""
        return self.y - height >= self.bottom

    def keep(self, height: float) -> None:
        """Begin a page if what comes next, `height` high, does not fit on this one."""
        if not self.fits(height):
            self.new_page()

    def new_page(self) -> None:
        """Begin a page, with its repeated heading if there is one."""
        self._pages.append([])
        self._painted = self._pages[-1]
        self.y = self.top
        if self.on_new_page is not None:
            self.on_new_page()

    def paint(self, paint: Paint) -> None:
        """Put something on the page in hand."""
        self._painted.append(paint)

    def line(self, x: float, y: float, text: str, style: Style, align: Align = Align.LEFT) -> float:
        """One line under `y`, its left, right or middle at `x`; gives the y under it."""
        start = x - width_of(text, style) * {Align.LEFT: 0, Align.RIGHT: 1, Align.CENTRE: 0.5}[align]
        baseline = y - style.ascent
        self.paint(lambda canvas: draw_line(canvas, start, baseline, text, style))
        return y - style.leading

    def paragraph(self, x: float, y: float, width: float, text: str, style: Style, align: Align = Align.LEFT) -> float:
        """Wrapped lines under `y` in the column from `x`; gives the y under the last."""
        at = x + width * {Align.LEFT: 0, Align.RIGHT: 1, Align.CENTRE: 0.5}[align]
        for line in wrap(text, width, style):
            y = self.line(at, y, line, style, align)
        return y

    def rule(self, y: float, left: float | None = None, right: float | None = None, color: int = RULE) -> None:
        """A thin line across, from margin to margin unless told otherwise."""
        start, end = self.left if left is None else left, self.right if right is None else right

        def paint(canvas: Canvas) -> None:
            canvas.setStrokeColor(HexColor(color))
            canvas.setLineWidth(0.6)
            canvas.line(start, y, end, y)

        self.paint(paint)

    def box(
        self, x: float, y: float, width: float, height: float, fill: int | None = None, edge: int | None = None
    ) -> None:
        """A rectangle under `y`, filled or edged."""

        def paint(canvas: Canvas) -> None:
            canvas.setLineWidth(0.6)
            if fill is not None:
                canvas.setFillColor(HexColor(fill))
            if edge is not None:
                canvas.setStrokeColor(HexColor(edge))
            canvas.rect(x, y - height, width, height, stroke=int(edge is not None), fill=int(fill is not None))

        self.paint(paint)

    def finish(self, title: str, page_end: PageEnd, language: str) -> bytes:
        """The file. `page_end` is called with this sheet, page and page count to lay the foot of each page.

        The same paper always has the same bytes: no time of day, no random name goes in.
        """
        for number, painted in enumerate(self._pages, start=1):
            self._painted = painted
            page_end(self, number, len(self._pages))
        return self._printed(title, language)

    def _printed(self, title: str, language: str) -> bytes:
        stream = BytesIO()
        with _one_at_a_time:
            canvas = Canvas(
                stream, pagesize=(self.page_width, self.page_height), invariant=1, pageCompression=1, lang=language
            )
            canvas.setTitle(title)
            canvas.setAuthor("Claims Desk")
            for painted in self._pages:
                for paint in painted + ([self.overlay] if self.overlay else []):
                    paint(canvas)
                canvas.showPage()
            canvas.save()
        return stream.getvalue()
