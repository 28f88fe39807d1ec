"""What is asked about the return on the screen: the next question, its answer, and the answers given."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from claims_desk.domain.codes import Section
from claims_desk.domain.messages import Message, say
from claims_desk.domain.return_questions import Asked, Question
from claims_desk.queries.monthly_returns import Answered
from claims_desk.ui.widgets import Button, Card, StatusBadge, Tone, Words
from claims_desk.ui.widgets.emptied import empty

KINDS = {
    Asked.BLANK: say("blank"),
    Asked.IPD_ABOVE_OPD: say("above outpatients"),
    Asked.UNUSUAL: say("unusual"),
}


class QuestionRow(QFrame):
    """A question, or an answered one with its reason; a click goes to its group."""

    clicked = Signal(object)

    def __init__(self, question: Question, answer: Answered | None) -> None:
        super().__init__()
        self.question = question
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 6)
        column.setSpacing(1)
        head = QHBoxLayout()
        head.addWidget(StatusBadge(KINDS[question.kind], Tone.GOOD if answer else Tone.WARN))
        head.addStretch()
        column.addLayout(head)
        column.addWidget(Words(question.message, wraps=True))
        if answer is not None:
            told = say("{name}: {reason}", name=answer.by, reason=answer.reason)
            column.addWidget(Words(told, "muted", wraps=True))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to the group."""
        self.clicked.emit(self.question)


class QuestionCard(Card):
    """The open questions first, those answered below. `chosen` carries the one to go to, `confirmed` to be answered.

    Blank places are shown once a section: they are answered by filling them.
    """

    chosen = Signal(object)
    confirmed = Signal(object)

    def __init__(self) -> None:
        super().__init__(say("Questions"))
        self.open: tuple[Question, ...] = ()
        self._answers: tuple[Answered, ...] = ()
        self._at = -1
        self.next_button = Button(say("Next"), "F4", self.choose_next)
        self.confirm_button = Button(say("It is right"), "Ctrl+Return", self.confirm)
        self.head.addWidget(self.next_button)
        self._nothing = Words(say("Nothing is asked."), "muted", wraps=True)
        self._list = QWidget()
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, 0, 6, 0)
        self._rows.setSpacing(4)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setProperty("look", "inside")
        scroll.setWidget(self._list)
        self._scroll = scroll
        self.add(self.confirm_button)
        self.add(self._nothing)
        self.add(scroll, 1)

    def show_questions(self, left: Sequence[Question], answers: Sequence[Answered], may_answer: bool) -> None:
        """Show what is still asked and what was answered; the same again changes nothing on the screen."""
        wanted, given = _together(left), tuple(answers)
        for button in (self.next_button, self.confirm_button):
            button.setEnabled(bool(wanted) and may_answer)
        if (wanted, given) != (self.open, self._answers) or not self._rows.count():
            kept = self.current()
            self.open, self._answers = wanted, given
            self._at = wanted.index(kept) if kept in wanted else -1
            self._fill()

    def current(self) -> Question | None:
        """The question last gone to."""
        return self.open[self._at] if 0 <= self._at < len(self.open) else None

    def choose_next(self) -> None:
        """Go to the next open question, round and round (F4)."""
        if self.open:
            self._choose(self.open[(self._at + 1) % len(self.open)])

    def confirm(self) -> None:
        """Answer the question gone to, or go to the first one (Ctrl+Enter)."""
        question = self.current()
        if question is None or question.kind == Asked.BLANK:
            self.choose_next()
        else:
            self.confirmed.emit(question)

    def _choose(self, question: Question) -> None:
        if question in self.open:
            self._at = self.open.index(question)
        for row in self._list.findChildren(QuestionRow):
            if row.question == question:
                self._scroll.ensureWidgetVisible(row)
        self.chosen.emit(question)

    def _fill(self) -> None:
        empty(self._rows)
        for question in self.open:
            self._add(QuestionRow(question, None))
        for answer in self._answers:
            self._add(QuestionRow(answer.question, answer))
        self._rows.addStretch()
        self._nothing.setVisible(not self.open and not self._answers)

    def _add(self, row: QuestionRow) -> None:
        row.clicked.connect(self._choose)
        self._rows.addWidget(row)


def _together(left: Sequence[Question]) -> tuple[Question, ...]:
    """The blanks of a section as one question, the others as they are."""
    blank = {section: [each for each in left if _is_blank(each, section)] for section in Section}
    sums = [
        Question(Asked.BLANK, section, 0, sum(each.value for each in found))
        for section, found in blank.items()
        if found
    ]
    return (*(each for each in left if each.kind != Asked.BLANK), *sums)


def _is_blank(question: Question, section: Section) -> bool:
    return question.kind == Asked.BLANK and question.section == section


def counted(left: Sequence[Question]) -> Message:
    """How many questions keep a return open, in words."""
    return say("{count} questions are open. F4 goes to the next.", count=len(_together(left)))
