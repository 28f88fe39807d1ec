"""The dark column at the left: the panes with their keys, and the way to everything else."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QSizePolicy, QVBoxLayout

from claims_desk.domain.messages import Message, say
from claims_desk.ui.pane import Pane
from claims_desk.ui.speech import Spoken, bind_text
from claims_desk.ui.theme import NAVIGATION_TEXT
from claims_desk.ui.widgets import Words

WIDE = 196
NARROW = 132


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

    def minimumSizeHint(self) -> QSize:
        """The column, not the word, says how wide it is."""
        return QSize(NARROW, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the word, then its key."""
        super().paintEvent(event)
        if self.shows_key:
            painter = QPainter(self)
            painter.setPen(QColor(NAVIGATION_TEXT))
            box = QRectF(self.rect()).adjusted(0, 0, -14, 0)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self.key)


class Navigation(QFrame):
    """The panes this user may use; `chosen` carries a pane's key, `find_asked` asks for Ctrl+K."""

    chosen = Signal(str)
    find_asked = Signal()

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
        find = NavigationButton(say("Find anything"), "Ctrl+K")
        find.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        find.clicked.connect(self.find_asked)
        self._find = find
        self._column.addWidget(find)
        self.set_wide(True)

    def mark(self, key: str) -> None:
        """Mark the pane that is in front."""
        self.buttons[key].setChecked(True)

    def set_wide(self, wide: bool) -> None:
        """Show the keys beside the words, or leave them out on a small screen."""
        self.setFixedWidth(WIDE if wide else NARROW)
        for button in (*self.buttons.values(), self._find):
            button.shows_key = wide
            button.update()

    def _add_head(self, office: Spoken | str) -> None:
        for words, look in (("Claims Desk", "title"), (office, "muted")):
            label = Words(words, look, wraps=look == "muted")
            label.setContentsMargins(14, 0, 8, 6)
            self._column.addWidget(label)

    def _add_button(self, kind: type[Pane]) -> None:
        button = NavigationButton(kind.title, f"Alt+{kind.number}")
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda _checked, key=kind.key: self.chosen.emit(key))
        self._group.addButton(button)
        self.buttons[kind.key] = button
        self._column.addWidget(button)
