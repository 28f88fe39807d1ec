"""Why claims are pended: one of the rules out of a list, most claims first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Signal

from claims_desk.domain.messages import Message, say
from claims_desk.queries.claims import ReasonCount
from claims_desk.rules.catalogue import CATALOGUE
from claims_desk.ui.speech import bind_text
from claims_desk.ui.widgets import Choice, ChoiceEdit

TITLES: Mapping[str, Message] = {rule.code: rule.title for rule in CATALOGUE}
ANY = Choice("", "", say("Any reason"))


def reason_title(code: str) -> Message:
    """What a rule is called; the code itself for a supervisor's own finding."""
    return TITLES.get(code, Message(code))


class ReasonBox(ChoiceEdit[str]):
    """The reasons with their counts; `chosen` carries a code, empty for any."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__([ANY], must_choose=True)
        bind_text(self.setAccessibleName, say("Reasons"))
        self.typed.connect(lambda: self.chosen.emit(self.code()))

    def code(self) -> str:
        """The code chosen; empty for any."""
        return self.value() or ""

    def choose(self, code: str) -> None:
        """Choose a reason, though its count has not arrived yet."""
        if code not in [choice.value for choice in self.choices]:
            self.choices.append(Choice(code, code, reason_title(code)))
        self.set_value(code)

    def show_reasons(self, reasons: Iterable[ReasonCount]) -> None:
        """Show other counts; a reason nobody is pended for any more gives way to any."""
        counted = [Choice(row.code, f"{row.code} ({row.claims})", reason_title(row.code)) for row in reasons]
        self.set_choices([ANY, *counted])
        if self.value() is None:
            self.set_value(ANY.value)
            self.chosen.emit("")
