"""What a pane is made of: cards, tiles, the header, and what stands where there is nothing yet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from claims_desk.domain.messages import Message
from claims_desk.domain.money import format_kip
from claims_desk.ui import icons, theme
from claims_desk.ui.speech import Spoken, speech
from claims_desk.ui.theme import Tone
from claims_desk.ui.widgets.buttons import Button
from claims_desk.ui.widgets.labels import Words


class Card(QFrame):
    """A white card with an optional heading; put things into `body`."""

    def __init__(self, title: Spoken | None = None) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(14, 12, 14, 12)
        self.body.setSpacing(8)
        self.head = QHBoxLayout()
        if title is not None:
            self.title = Words(title, "heading")
            self.head.addWidget(self.title)
            self.head.addStretch()
            self.body.addLayout(self.head)

    def add(self, part: QWidget | QLayout, stretch: int = 0) -> None:
        """Add a widget or a layout below what is there."""
        if isinstance(part, QWidget):
            self.body.addWidget(part, stretch)
        else:
            self.body.addLayout(part, stretch)


class Tile(QPushButton):
    """A count that opens its list; the number, what it counts, and a quiet word such as an age."""

    def __init__(self, title: Message, on_click: Callable[[], object] | None = None) -> None:
        super().__init__()
        self.setProperty("look", "tile")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._number = Words("–", "huge")
        self._title = Words(title, "heading", wraps=True)
        self._detail = Words("", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 6, 14, 10)
        column.setSpacing(0)
        first = QHBoxLayout()
        first.addWidget(self._number)
        first.addWidget(self._detail, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(first)
        column.addWidget(self._title)
        for label in (self._number, self._title, self._detail):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        if on_click is not None:
            self.clicked.connect(lambda _checked: on_click())
        speech.changed.connect(self._name)
        self._name()

    def show_count(self, count: int, detail: Spoken | str = "", tone: Tone | None = None) -> None:
        """Show a count with a word beneath it, in a tone where it needs somebody."""
        self._number.say(format_kip(count), tone)
        self._detail.say(detail, tone)
        self._name()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the list, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """As large as the words need."""
        layout = self.layout()
        return layout.sizeHint() if layout else super().sizeHint()

    def _name(self) -> None:
        self.setAccessibleName(f"{self._title.plain}: {self._number.plain} {self._detail.plain}".strip())


class PageHeader(QWidget):
    """The title of a pane, a quiet line beneath it, and what can be done at the right."""

    def __init__(self, title: Spoken, detail: Spoken | str = "") -> None:
        super().__init__()
        self.title = Words(title, "title")
        self.detail = Words(detail, "muted", wraps=True)
        words = QVBoxLayout()
        words.setSpacing(0)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addLayout(words, 1)
        words.addWidget(self.title)
        words.addWidget(self.detail)
        self.detail.setVisible(bool(self.detail.text()))  # shown without a parent it would be a window for a moment

    def add(self, widget: QWidget) -> None:
        """Add a button or badge at the right."""
        self._row.addWidget(widget)

    def say_detail(self, detail: Spoken | str) -> None:
        """Say another line beneath the title."""
        self.detail.say(detail)
        self.detail.setVisible(bool(self.detail.text()))


class EmptyState(QWidget):
    """What stands where there is nothing yet: what this is for, and what to do first."""

    def __init__(self, title: Message, what_to_do: Message, button: Button | None = None) -> None:
        super().__init__()
        self.what_to_do = what_to_do
        self._picture = QLabel()
        self._picture.setPixmap(icons.picture("paper", theme.LINE, 56))
        column = QVBoxLayout(self)
        column.addStretch()
        centre = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(self._picture, alignment=centre)
        for label in (Words(title, "heading", wraps=True), Words(what_to_do, "muted", wraps=True)):
            label.setAlignment(centre)
            column.addWidget(label)
        if button is not None:
            column.addWidget(button, alignment=centre)
        column.addStretch()
