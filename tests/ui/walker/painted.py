"""Text as it is really painted: what our own painting code draws, where, in what room and in which ink."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from PySide6.QtCore import QModelIndex, QPoint, QRect, QRectF
from PySide6.QtGui import QHelpEvent, QImage, QPainter
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QListView, QToolTip, QWidget

from tests.ui.walker.seen import contrast, on_screen, place

DOTS = "…"
SLACK = 2  # pixels
draw_text = QPainter.drawText


@dataclass(frozen=True, slots=True)
class Drawn:
    """One text: on which widget, within which box, how far it reaches, in which ink."""

    part: QWidget
    text: str
    box: QRect
    reach: QRect
    ink: int


def drawn_in(root: QWidget) -> tuple[list[Drawn], QImage]:
    """Every text our own code draws while the window is painted once, and the picture of it."""
    drawn: list[Drawn] = []

    def note(painter: QPainter, where: QRectF | QRect, flags: int, text: str) -> object:
        part, box = painter.device(), QRectF(where)
        if isinstance(part, QWidget):
            reach = painter.boundingRect(box, int(flags), text)
            drawn.append(Drawn(part, text, box.toRect(), reach.toRect(), painter.pen().color().rgb() & 0xFFFFFF))
        return draw_text(painter, box, int(flags), text)

    QPainter.drawText = note  # type: ignore[method-assign]
    try:
        picture = root.grab().toImage()
    finally:
        QPainter.drawText = draw_text  # type: ignore[method-assign]
    return drawn, picture


def badly_painted(root: QWidget, least: float) -> Iterator[str]:
    """Painted texts that are cut off without a tool tip, run into each other, or are pale."""
    drawn, picture = drawn_in(root)
    for each in [every for every in drawn if every.text]:
        where = f"“{each.text[:40]}” {place(each.part)}"
        in_list = isinstance(each.part.parentWidget(), QAbstractItemView)  # where one can scroll
        inside = each.part.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK)
        if each.reach.width() > each.box.width() + SLACK or not (in_list or inside.contains(each.reach)):
            yield f"painted over its edge: {where}"
        if DOTS in each.text and not in_list and not told_whole(each):
            yield f"painted with dots and no tool tip: {where}"
        ground = ground_of(picture, each, root)
        if ground is not None and contrast(each.ink, ground) < least:
            yield f"painted pale: {contrast(each.ink, ground):.1f} {where}"
    for one, other in combinations(drawn, 2):
        met = one.reach.intersected(other.reach)
        if one.part is other.part and met.width() > SLACK and met.height() > one.reach.height() // 3:
            yield f"painted over one another: “{one.text[:30]}” “{other.text[:30]}” {place(one.part)}"


def told_whole(drawn: Drawn) -> bool:
    """Whether a tool tip there, or of what lies in it, tells what the dots stand for."""
    tips = [each.toolTip() for each in (drawn.part, *drawn.part.findChildren(QWidget))]
    return any(all(part in tip for part in drawn.text.split(DOTS)) for tip in tips if tip)


def ground_of(picture: QImage, drawn: Drawn, root: QWidget) -> int | None:
    """The colour most of the text's place has; None where it is not on the picture."""
    corner = drawn.part.mapTo(root, drawn.reach.topLeft()) if drawn.part is not root else drawn.reach.topLeft()
    box = QRect(corner, drawn.reach.size()).intersected(picture.rect())
    if box.width() < 4 or box.height() < 4:
        return None
    rows, columns = range(box.top(), box.bottom(), 2), range(box.left(), box.right(), 3)
    shades = Counter(picture.pixel(x, y) & 0xFFFFFF for y in rows for x in columns)
    return shades.most_common(1)[0][0]


def cut_cells(root: QWidget, most: int = 4) -> Iterator[str]:
    """Cells and heads of lists that are cut off and whose tool tip does not tell the rest."""
    for view in on_screen(root):
        if isinstance(view, QAbstractItemView) and not isinstance(view, QHeaderView) and view.model() is not None:
            for index in cells(view, most):
                text, box = str(index.data() or ""), view.visualRect(index)
                if text and view.sizeHintForIndex(index).width() > box.width() and tip_at(view, box.center()) != text:
                    yield f"cell cut off: “{text[:50]}” {view.accessibleName()} {place(view)}"


def cells(view: QAbstractItemView, most: int) -> Iterator[QModelIndex]:
    """The cells of the first rows that stand on the screen."""
    model = view.model()
    for row in range(min(most, model.rowCount())):
        for column in range(1 if isinstance(view, QListView) else model.columnCount()):
            index = model.index(row, column)
            box = view.visualRect(index)
            if not box.isEmpty() and view.viewport().rect().contains(box.center()):
                yield index


def tip_at(view: QAbstractItemView, at: QPoint) -> str:
    """The tool tip that resting there shows."""
    QToolTip.hideText()
    QApplication.sendEvent(view.viewport(), QHelpEvent(QHelpEvent.Type.ToolTip, at, view.viewport().mapToGlobal(at)))
    return QToolTip.text().replace("\u200b", "")
