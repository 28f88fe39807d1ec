"""What the walker finds wrong with what stands on the screen: names, language, room, contrast."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QFontMetrics, QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyleOptionButton,
    QTableView,
    QWidget,
)

from claims_desk.documents.keys import KeyLine
from claims_desk.domain.messages import LAO, _catalogue
from claims_desk.ui.navigation import NavigationButton
from claims_desk.ui.widgets import StatusBadge, Tile, key_words

SAME_IN_BOTH = frozenset({"Claims Desk"})


def on_screen(root: QWidget) -> list[QWidget]:
    """Every widget of a window somebody could see or scroll to."""
    return [root, *(part for part in root.findChildren(QWidget) if part.isVisible() and part.window() is root)]


# --- names


def nameless(root: QWidget) -> Iterator[str]:
    """Controls the Tab key reaches that a screen reader has no name for."""
    for part in on_screen(root):
        if is_stop(part) and not spoken_name(part):
            yield f"no name: {place(part)}"


def is_stop(part: QWidget) -> bool:
    """Whether the Tab key stops there."""
    by_arrows = isinstance(part, QAbstractButton) and part.group() is not None and not part.isChecked()
    return bool(part.focusPolicy() & Qt.FocusPolicy.TabFocus) and part.isEnabled() and not by_arrows


def spoken_name(part: QWidget) -> str:
    """The name a screen reader says."""
    reader = QAccessible.queryAccessibleInterface(part)
    return reader.text(QAccessible.Text.Name).strip() if reader is not None else ""


def place(part: QWidget) -> str:
    """Where a widget stands, in the names of what it lies in."""
    chain: list[str] = []
    each: QWidget | None = part
    while each is not None and len(chain) < 4:
        chain.append(type(each).__name__ + (f"#{each.objectName()}" if each.objectName() else ""))
        each = each.parentWidget()
    return " < ".join(chain)


def keys_left_out(window: QWidget, pane: QWidget, lines: Sequence[KeyLine]) -> Iterator[str]:
    """Keys of the window, and of what of the pane is on screen, that the sheet does not tell in words."""
    told = {line.keys for line in lines if line.does}
    works = [each for each in pane.findChildren(QShortcut) if each.parent() is pane or each.parent().isVisibleTo(pane)]
    own = window.findChildren(QShortcut, options=Qt.FindChildOption.FindDirectChildrenOnly)
    keys = {each.key() for each in (*works, *own)}
    keys |= {each.shortcut() for each in pane.findChildren(QAbstractButton) if each.isVisibleTo(pane)}
    words = {key_words(each.toString(QKeySequence.SequenceFormat.PortableText)) for each in keys if not each.isEmpty()}
    yield from (f"not on the sheet: {each}" for each in sorted(words - told))


# --- language


def foreign(root: QWidget, language: str) -> Iterator[str]:
    """Texts and names in the other language: they equal one side of the catalogue whose other side differs."""
    others = other_language(language)
    for part in on_screen(root):
        for text in {*said(part), spoken_name(part), part.whatsThis(), part.toolTip(), part.accessibleDescription()}:
            if text.replace("\u200b", "") in others:
                yield f"in the other language: “{text}” {place(part)}"


@cache
def other_language(language: str) -> frozenset[str]:
    """Whole texts that must not be read in a window of `language`."""
    pairs = [
        (english, lao)
        for english, lao in _catalogue(LAO)._catalog.items()
        if english and isinstance(english, str) and lao != english and "{" not in english
    ]
    wrong, right = (0, 1) if language == LAO else (1, 0)
    return frozenset(pair[wrong] for pair in pairs) - frozenset(pair[right] for pair in pairs) - SAME_IN_BOTH


def said(part: QWidget) -> Iterator[str]:
    """The texts a widget shows."""
    if isinstance(part, QLabel):
        yield part.text()
    elif isinstance(part, QLineEdit):
        yield part.placeholderText()
        if part.isReadOnly():
            yield part.text()
    elif isinstance(part, QAbstractButton):
        yield part.text().split("   ")[0]
    elif isinstance(part, QTableView):
        model = part.model()
        for column in range(model.columnCount()):
            yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(min(3, model.rowCount())):
            for column in range(model.columnCount()):
                yield str(model.index(row, column).data() or "")


# --- room


def cut_off(root: QWidget) -> Iterator[str]:
    """Texts that do not fit into what they are painted in and do not tell the rest in a tool tip."""
    for part in on_screen(root):
        for text, needed, given in measured(part):
            if needed.width() > given.width() + 1 or needed.height() > given.height() + 1:
                whole = part.toolTip().replace("\u200b", "").replace("<p>", "").replace("</p>", "")
                if needed.height() > given.height() + 1 or text.replace("\u200b", "") not in whole:
                    sizes = f"{needed.width()}x{needed.height()} in {given.width()}x{given.height()}"
                    yield f"cut off: “{text[:60]}” {sizes} {place(part)}"
        if is_too_wide(part):
            yield f"wider than its place, and no bar to scroll by: {place(part)}"
        if is_clipped(part):
            yield f"out of its parent: “{next(iter(said(part)), '')[:60]}” {place(part)}"


def measured(part: QWidget) -> Iterator[tuple[str, QSize, QSize]]:
    """Each text of a widget with the size it needs and the size it has."""
    if isinstance(part, StatusBadge):
        if part.text():
            yield part.text(), part.sizeHint() - QSize(2, 6), part.size()
    elif isinstance(part, QLabel):
        if part.text():
            yield part.text(), _label_needs(part), part.contentsRect().size()
    elif isinstance(part, NavigationButton):
        key = part.key if part.shows_key else ""
        width = bold_width(part, part.text()) + (part.fontMetrics().horizontalAdvance(key) + 14 if key else 0)
        yield part.text(), QSize(width, line_height(part.fontMetrics(), part.text())), part.size() - QSize(18, 0)
    elif isinstance(part, QCheckBox):
        yield part.text(), part.sizeHint(), part.size()
    elif isinstance(part, QPushButton) and not isinstance(part, Tile) and part.text():
        yield part.text(), _text_size(part.fontMetrics(), part.text()), _button_room(part)
    elif isinstance(part, QLineEdit):
        yield from _edit_texts(part)
    elif isinstance(part, QHeaderView) and part.orientation() == Qt.Orientation.Horizontal:
        yield from _head_texts(part)


def bold_width(part: QWidget, text: str) -> int:
    """Width in bold, in which the chosen one of several is shown."""
    font = part.font()
    font.setBold(True)
    return QFontMetrics(font).horizontalAdvance(text)


def line_height(metrics: QFontMetrics, text: str) -> int:
    """Height of a line, with marks above and below the letters where they stand out of it."""
    return max(metrics.height(), metrics.tightBoundingRect(text).height())


def _text_size(metrics: QFontMetrics, text: str) -> QSize:
    size = metrics.size(0, text)
    return QSize(size.width(), max(size.height(), metrics.tightBoundingRect(text).height()))


def _label_needs(label: QLabel) -> QSize:
    metrics = label.fontMetrics()
    if not label.wordWrap():
        return _text_size(metrics, label.text())
    room = QRect(0, 0, label.contentsRect().width(), 100_000)
    return metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, label.text()).size()


def _button_room(button: QPushButton) -> QSize:
    option = QStyleOptionButton()
    button.initStyleOption(option)
    return button.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, button).size()


def _edit_texts(edit: QLineEdit) -> Iterator[tuple[str, QSize, QSize]]:
    beside = 18 + edit.textMargins().left() + edit.textMargins().right() + 26 * len(edit.actions())
    room = QSize(edit.width() - beside, edit.height() - 2)
    text = edit.text() if edit.isReadOnly() else ""
    for shown in (text, edit.placeholderText() if not edit.text() else ""):
        if shown:
            yield shown, _text_size(edit.fontMetrics(), shown), room


def _head_texts(head: QHeaderView) -> Iterator[tuple[str, QSize, QSize]]:
    model = head.model()
    for section in range(head.count()):
        text = str(model.headerData(section, Qt.Orientation.Horizontal) or "") if model else ""
        if text and not head.isSectionHidden(section):
            room = QSize(head.sectionSize(section) - 22, head.height())
            yield text, _text_size(head.fontMetrics(), text), room


def is_too_wide(part: QWidget) -> bool:
    """Whether what lies in a scroll area without a bar below is wider than what is seen of it."""
    if not isinstance(part, QScrollArea) or part.widget() is None:
        return False
    barred = part.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    return barred and part.widget().width() > part.viewport().width()


def is_clipped(part: QWidget) -> bool:
    """Whether a text reaches out of what it lies in, where nobody can scroll to it."""
    parent = part.parentWidget()
    if not isinstance(part, QLabel | QPushButton | QLineEdit) or parent is None or part.isWindow():
        return False
    if isinstance(parent, QAbstractScrollArea) or isinstance(parent.parentWidget(), QAbstractScrollArea):
        return False
    return not parent.rect().adjusted(-1, -1, 1, 1).contains(part.geometry())


# --- contrast


def pale(root: QWidget, seen: set[tuple[str, ...]], least: float) -> Iterator[str]:
    """Texts whose ink, as painted, stands out less than `least` to 1; each kind of text is looked at once."""
    new = [part for part in on_screen(root) if _has_text(part) and _looks(part) not in seen]
    if not new:
        return
    picture = root.grab().toImage()
    scale = picture.devicePixelRatio()
    for part in new:
        if _looks(part) in seen:
            continue
        corner = part.mapTo(root, part.rect().topLeft())
        box = QRect(corner, part.size()).intersected(root.rect())
        visible = part.visibleRegion().boundingRect().size()
        if visible.width() < part.width() or visible.height() < part.height():
            continue
        seen.add(_looks(part))
        ratio = painted_contrast(picture.copy(QRect(box.topLeft() * scale, box.size() * scale)))
        if ratio < least:
            yield f"pale: {ratio:.1f} “{next(iter(said(part)))[:40]}” {place(part)}"


def _has_text(part: QWidget) -> bool:
    return isinstance(part, QLabel | QPushButton) and len(next(iter(said(part)), "")) >= 4 and part.isEnabled()


def _looks(part: QWidget) -> tuple[str, ...]:
    parent = part.parentWidget()
    states = ("down" if isinstance(part, QAbstractButton) and part.isChecked() else "", part.property("tone") or "")
    badge = str(part._tone) if isinstance(part, StatusBadge) else ""
    above = (type(parent).__name__, str(parent.property("look")), str(parent.property("tone"))) if parent else ()
    return (type(part).__name__, str(part.property("look")), badge, *states, *above)


def painted_contrast(picture: QImage) -> float:
    """Between the commonest colour and the one that stands out most from it among those painted more than once."""
    shades = Counter(picture.pixel(x, y) & 0xFFFFFF for y in range(picture.height()) for x in range(picture.width()))
    ground = shades.most_common(1)[0][0]
    return max((contrast(ground, shade) for shade, count in shades.items() if count > 1), default=1.0)


def contrast(one: int, other: int) -> float:
    """The ratio of WCAG between two colours 0xRRGGBB."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(rgb: int) -> float:
    """Relative luminance of WCAG."""
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in QColor(rgb).getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
