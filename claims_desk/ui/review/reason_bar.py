"""Why claims are pended: a button a rule, most claims first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from claims_desk.domain.messages import Message, say
from claims_desk.queries.claims import ReasonCount
from claims_desk.rules.catalogue import CATALOGUE
from claims_desk.ui.speech import bind_text
from claims_desk.ui.widgets import FlowLayout

TITLES: Mapping[str, Message] = {rule.code: rule.title for rule in CATALOGUE}
ANY = say("Any reason")


def reason_title(code: str) -> Message:
    """What a rule is called; the code itself for a supervisor's own finding."""
    return TITLES.get(code, Message(code))


class ReasonBar(QWidget):
    """One of the reasons is down; `chosen` carries its code, empty for any."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._flow = FlowLayout(self, gap=2, row_gap=2)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, QPushButton] = {}
        bind_text(self.setAccessibleName, say("Reasons"))
        self.show_reasons([])

    def code(self) -> str:
        """The code whose button is down."""
        return next((code for code, button in self._buttons.items() if button.isChecked()), "")

    def choose(self, code: str) -> None:
        """Press a reason's button; any reason where it has none."""
        self._buttons.get(code, self._buttons[""]).setChecked(True)

    def show_reasons(self, reasons: Iterable[ReasonCount]) -> None:
        """Show other counts; what is chosen stays chosen while it is there."""
        before = self.code()
        for button in self._buttons.values():
            self._group.removeButton(button)
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = {}
        self._add("", ANY, ANY)
        for row in reasons:
            words = say("{code}  {count:kip}", code=row.code, count=row.claims)
            self._add(row.code, words, say("{code}: {title}", code=row.code, title=reason_title(row.code)))
        self.choose(before)
        if self.code() != before:
            self.chosen.emit("")

    def _add(self, code: str, words: Message, name: Message) -> None:
        button = QPushButton()
        button.setCheckable(True)
        button.setProperty("look", "segment")
        bind_text(button.setText, words)
        bind_text(button.setAccessibleName, name)
        bind_text(button.setToolTip, name)
        button.clicked.connect(lambda _checked: self.chosen.emit(code))
        self._group.addButton(button)
        self._buttons[code] = button
        self._flow.add(button)
