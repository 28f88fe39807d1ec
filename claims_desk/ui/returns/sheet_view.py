"""One return on the screen: its form, its questions, and the keys from the first number to closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from claims_desk.domain.codes import ReturnState, Role
from claims_desk.domain.messages import say, tr
from claims_desk.domain.monthly_return import NOT_REPORTED, PLACES
from claims_desk.domain.return_questions import Asked, Question, questions
from claims_desk.queries.monthly_returns import Standing, unanswered
from claims_desk.ui.desk import Desk
from claims_desk.ui.returns.columns import STANDINGS, TONES
from claims_desk.ui.returns.question_card import QuestionCard, counted
from claims_desk.ui.returns.return_work import ReturnWork
from claims_desk.ui.returns.sheet_grid import SheetWithSums
from claims_desk.ui.returns.sheet_model import FIRST, SheetModel
from claims_desk.ui.widgets import Button, FlowLayout, MessageStrip, PrimaryButton, StatusBadge, Tone, Words, ask_words

SIDE_WIDTH = 258


class SheetView(QWidget):
    """The return on the screen; `left` tells that the list is wanted again."""

    left = Signal()

    def __init__(self, desk: Desk, strip: MessageStrip) -> None:
        super().__init__()
        self.desk, self.strip = desk, strip
        self.model = SheetModel(self)
        self.work = ReturnWork(desk, self.model.sheet, self)
        self.sheet = SheetWithSums(self.model)
        self.grid = self.sheet.grid
        self.card = QuestionCard()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.title, self.state = Words("", "heading"), StatusBadge("", Tone.NEUTRAL)
        self.progress = Words("", "muted")
        head = QHBoxLayout()
        for part in (self.title, self.state, self.progress):
            head.addWidget(part)
        head.addStretch()
        self.card.setFixedWidth(SIDE_WIDTH)
        columns = QHBoxLayout()
        columns.setSpacing(10)
        columns.addWidget(self.sheet, 1)
        columns.addWidget(self.card)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._buttons())
        column.addLayout(columns, 1)

    def _buttons(self) -> QWidget:
        self._typing = (
            Button(say("Row is zero"), "F6", partial(self.fill, "0", of_row=True)),
            Button(say("Blanks here are zero"), "F7", partial(self.fill, "0")),
            Button(say("Not reported"), "Shift+F7", partial(self.fill, NOT_REPORTED)),
            PrimaryButton(say("Save"), "F9", self.work.save),
            Button(say("Close return"), "F8", self.work.close),
        )
        self.reopen_button = Button(say("Open again"), "Ctrl+R", self.reopen, "danger")
        row = QWidget()
        flow = FlowLayout(row, gap=8, row_gap=6)
        for button in (Button(say("Back"), "Esc", self.leave), *self._typing, self.reopen_button):
            flow.add(button)
        return row

    def _connect(self) -> None:
        work = self.work
        self.model.typed.connect(self._on_typed)
        work.began.connect(self._begin)
        work.kept.connect(self._take)
        work.overtaken.connect(self._overtaken)
        work.refused.connect(self.strip.tell_refusal)
        work.drafts.failed.connect(self.strip.tell_refusal)
        work.saved.connect(lambda: self.strip.tell(say("The return is saved."), Tone.GOOD))
        work.closed.connect(self._closed)
        self.card.chosen.connect(lambda question: self.grid.go_to(question.section, question.group))
        self.card.confirmed.connect(self._ask_reason)

    def open_return(self, facility_code: str, month: date) -> None:
        """Show a facility's month; what was typed of it before and not saved comes back."""
        self.work.open(facility_code, month)

    def fill(self, text: str, of_row: bool = False) -> None:
        """Answer the blank places of the section the keyboard is in, or only of its row."""
        cell = self.grid.current_cell()
        if cell is not None and self.work.may_type:
            count = self.model.fill_blanks(cell.section, cell.group if of_row else 0, text)
            self.desk.told.emit(tr("{count} blank places were filled; Ctrl+Z takes it back.", count=count))

    def reopen(self) -> None:
        """Open a closed return again, with a reason."""
        title = say("Open the return again")
        ask_words(self, title, say("Why? It is asked about again before it closes."), title, self.work.reopen)

    def leave(self) -> None:
        """Back to the list (Esc); what is typed stays on disk."""
        self.work.drafts.keep_now()
        self.strip.hide()
        self.left.emit()

    def _begin(self) -> None:
        found = self.work.opened
        if found is None:
            return
        self.strip.hide()
        self.model.show_counts(found.counts)
        if self.work.unsaved is not None:
            self.model.show_typed(self.work.unsaved)
            self.strip.tell(say("What you typed of this return came back."), Tone.GOOD)
        self._show_state()
        self.grid.setCurrentIndex(self.model.index(1, FIRST))
        self.grid.setFocus()

    def _take(self) -> None:
        """What is kept now, without moving the keyboard; what is typed and not saved stays."""
        found = self.work.opened
        if found is not None and self.work.is_touched:
            self.model.show_theirs(None if found.entered_by == self.desk.actor.name else found.counts)
        elif found is not None:
            index = self.grid.currentIndex()
            place = self.model.index(max(index.row(), 1), max(index.column(), FIRST))
            self.model.show_counts(found.counts)
            self.grid.setCurrentIndex(place)
        self._show_state()

    def _overtaken(self) -> None:
        found = self.work.opened
        if found is None:
            return
        self._take()
        self.strip.tell(
            say(
                "{name} saved this return while you were typing. {count} places differ and are marked; F9 puts yours"
                " in their place.",
                name=found.entered_by,
                count=len(self.model.theirs),
            ),
            Tone.WARN,
        )

    def _show_state(self) -> None:
        found, may_type = self.work.opened, self.work.may_type
        if found is None:
            return
        standing = Standing(found.state.value) if found.id else Standing.MISSING
        month = {"month": found.month.month, "year": str(found.month.year)}
        self.title.say(say("{facility}, {month}/{year}", facility=found.facility, **month))
        self.state.say(STANDINGS[standing], TONES[standing])
        self.grid.may_type = may_type
        for button in self._typing:
            button.setVisible(may_type)
        self.reopen_button.setVisible(found.state == ReturnState.CLOSED and self.desk.actor.may(Role.SUPERVISOR))
        self._ask_again()

    def _on_typed(self) -> None:
        self.work.touch()
        self._ask_again()

    def _ask_again(self) -> None:
        found = self.work.opened
        if found is None:
            return
        counts = self.model.sheet.counts
        asked = questions(counts, found.past, found.limits)
        left = unanswered(asked, found.answers)
        self.model.show_asked((each.section, each.group) for each in left if each.kind != Asked.BLANK)
        given = [answer for answer in found.answers if answer.question in asked]
        self.card.show_questions(left, given, self.work.may_type)
        self.progress.say(say("{filled} of {places} places", filled=len(counts), places=len(PLACES)))

    def _closed(self, left: Sequence[Question]) -> None:
        if left:
            self.strip.tell(counted(left), Tone.WARN)
        else:
            self.strip.tell(say("The return is closed."), Tone.GOOD)

    def _ask_reason(self, question: Question) -> None:
        title = say("It is right as it stands")
        ask_words(self, title, question.message, say("Confirm"), partial(self.work.answer, question))
