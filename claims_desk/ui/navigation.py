"""The dark column at the left: the panes with their keys, and the way to everything else."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QSizePolicy, QVBoxLayout

from claims_desk.domain.messages import Message, say
from claims_desk.ui import theme
from claims_desk.ui.pane import Pane
from claims_desk.ui.speech import Spoken, bind_text, speech
from claims_desk.ui.widgets import Words

WIDE, NARROW = 196, 132  # pixels at least
BESIDE_WORDS = 36  # pixels: the mark at the left, and air


class NavigationButton(QPushButton):
    """A word at the left, its key at the right where there is room."""

    def __init__(self, words: Message, key: str) -> None:
        super().__init__()
        self.key = key
        self.shows_key = True
        bind_text(self.setText, words)
        bind_text(self.setAccessibleName, words)
        self.setAccessibleDescription(key)
        self.setToolTip(key)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def needed_width(self, with_key: bool) -> int:
        """Room in pixels for the word in bold, and for its key."""
        font = QFont(self.font())
        font.setBold(True)
        key = self.fontMetrics().horizontalAdvance(self.key) + 18 if with_key else 0
        return QFontMetrics(font).horizontalAdvance(self.text()) + BESIDE_WORDS + key

    def minimumSizeHint(self) -> QSize:
        """The column, not the word, says how wide it is."""
        return QSize(NARROW, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the word, then its key."""
        super().paintEvent(event)
        if self.shows_key:
            painter = QPainter(self)
            painter.setPen(QColor(theme.NAVIGATION_TEXT))
            box = QRectF(self.rect()).adjusted(0, 0, -14, 0)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self.key)


class Navigation(QFrame):
    """The panes this user may use; `chosen` carries a pane's key, the others ask for Ctrl+K and Ctrl+F1."""

    chosen = Signal(str)
    find_asked = Signal()
    keys_asked = Signal()

    def __init__(self, office: Spoken | str, kinds: Sequence[type[Pane]]) -> None:
        super().__init__()
        self.setObjectName("navigation")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        bind_text(self.setAccessibleName, say("Panes"))
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.buttons: dict[str, NavigationButton] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 12, 0, 10)
        self._column.setSpacing(2)
        self._add_head(office)
        for kind in kinds:
            self._add_button(kind)
        self._column.addStretch()
        self._below = [
            self._add_way(say("Find anything"), "Ctrl+K", self.find_asked),
            self._add_way(say("All keys"), "Ctrl+F1", self.keys_asked),
        ]
        self.set_wide(True)
        speech.changed.connect(self._fit)

    def mark(self, key: str) -> None:
        """Mark the pane that is in front."""
        self.buttons[key].setChecked(True)

    def set_wide(self, wide: bool) -> None:
        """Show the keys beside the words, or leave them out on a small screen."""
        self._wide = wide
        self._fit()
        for button in (*self.buttons.values(), *self._below):
            button.shows_key = wide
            button.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the window is too low for everything, the office's name is left to the line at the foot."""
        super().resizeEvent(event)
        margins = self._column.contentsMargins()
        buttons = (*self.buttons.values(), *self._below)
        needed = sum(button.sizeHint().height() + self._column.spacing() for button in buttons)
        head = self._name.sizeHint().height() + self._office.heightForWidth(self.width())
        for label in (self._name, self._office):
            label.setVisible(needed + head + margins.top() + margins.bottom() <= self.height())

    def _fit(self) -> None:
        """As wide as the longest word in bold, in every language and size of the text."""
        buttons = (*self.buttons.values(), *self._below)
        needed = [button.needed_width(self._wide) for button in buttons]
        self.setFixedWidth(max(WIDE if self._wide else NARROW, *needed, self._name.sizeHint().width()))

    def _add_head(self, office: Spoken | str) -> None:
        self._name = Words("Claims Desk", "title")
        self._office = Words(office, "muted", wraps=True)
        for label in (self._name, self._office):
            label.setContentsMargins(14, 0, 8, 6)
            self._column.addWidget(label)

    def _add_way(self, words: Message, key: str, asked: SignalInstance) -> NavigationButton:
        button = NavigationButton(words, key)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(asked)
        self._column.addWidget(button)
        return button

    def _add_button(self, kind: type[Pane]) -> None:
        button = NavigationButton(kind.title, f"Alt+{kind.number}")
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda _checked, key=kind.key: self.chosen.emit(key))
        self._group.addButton(button)
        self.buttons[kind.key] = button
        self._column.addWidget(button)
