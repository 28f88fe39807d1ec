"""The foot of the form: how the price comes about, what is payable, and the buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout

from claims_desk.domain.codes import ClaimState, Decision, Method
from claims_desk.domain.judgement import Case, Judgement
from claims_desk.domain.messages import Message, say
from claims_desk.domain.terms import CLAIM_STATES, DECISIONS
from claims_desk.ui.paper_form import LABELS
from claims_desk.ui.speech import bind_text
from claims_desk.ui.theme import Tone
from claims_desk.ui.tones import claim_tone
from claims_desk.ui.widgets import Button, Card, PrimaryButton, StatusBadge, Words

_LINES_OF_STEPS = 2
_PRICED_BY = ("facility_code", "scheme", "care_type", "visit_from")
_TONES = {Decision.ACCEPT: Tone.GOOD, Decision.PEND: Tone.WARN, Decision.DENY: Tone.BAD}


class PriceBar(Card):
    """Payable, large, with the steps that lead to it; attach a scan, leave, repeat, save."""

    def __init__(
        self,
        leave: Callable[[], object],
        repeat: Callable[[], object],
        save: Callable[[], object],
        attach: Callable[[], object],
        again: Callable[[], object],
    ) -> None:
        super().__init__()
        self.steps = Words("", "muted", wraps=True)
        self.decision = StatusBadge("", Tone.NEUTRAL)
        self.payable = Words("", "payable")
        self.leave_button = Button(say("Leave"), "Esc", leave)
        self.attach_button = Button(say("Attach a scan"), "Ctrl+O", attach, "link")
        self.repeat_button = Button(say("As before"), "F3", repeat)
        self.save_button = PrimaryButton(say("Save and next"), "F9", save)
        self.again_button = PrimaryButton(say("Restore as a new claim"), "Ctrl+D", again)
        self.again_button.hide()
        self.repeat_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.attach_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.leave_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lay_out()
        self.show_judgement(None)

    def _lay_out(self) -> None:
        right = QHBoxLayout()
        right.addWidget(self.attach_button)
        right.addStretch()
        for part in (self.decision, Words(say("Payable"), "label"), self.payable):
            right.addWidget(part)
        right.addSpacing(8)
        for button in (self.leave_button, self.repeat_button, self.save_button, self.again_button):
            right.addWidget(button)
        self._is_narrow = self._is_close = False
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.addWidget(self.steps, 1)
        self._row.addLayout(right)
        self.body.addLayout(self._row)
        self.stand_close(False)

    def stand(self, way: QBoxLayout.Direction) -> None:
        """The steps beside what is payable, or above it; there is room for them whatever they are."""
        self._is_narrow = way == QBoxLayout.Direction.TopToBottom
        beside = not self._is_narrow
        self._row.setDirection(way)
        self._row.setSpacing(16 if beside else 2)
        self.steps.setMinimumHeight((_LINES_OF_STEPS if beside else 1) * self.steps.fontMetrics().lineSpacing())
        self._show_steps()

    def stand_close(self, close: bool) -> None:
        """Take less height while there is paper, which has a way of its own to attach more."""
        self.body.setContentsMargins(*((12, 1, 12, 1) if close else (14, 8, 14, 8)))
        self._is_close = close
        self.attach_button.setVisible(not close)
        self._show_steps()

    def _show_steps(self) -> None:
        """In a low window the paper needs their room; then they are what the amount says when it is pointed at."""
        self.steps.setHidden(self._is_close and self._is_narrow)
        self.payable.setToolTip(self.steps.plain if self.steps.isHidden() else "")

    def name_save(self, corrects: bool) -> None:
        """Say on the button whether a kept claim is being corrected."""
        bind_text(self.save_button.say, say("Save the correction") if corrects else say("Save and next"))

    def show_kept(self, state: ClaimState) -> None:
        """Where a claim that is only read stands, instead of a price it would have if it were judged now."""
        self.payable.say("–")
        self.steps.say("")
        self.decision.say(CLAIM_STATES[state], claim_tone(state))
        self.decision.show()
        self._show_steps()

    def lock(self, locked: bool, does: Message, adds_paper: bool) -> None:
        """Offer of a claim that is only read what `does` says (Ctrl+D), and to save paper that was added."""
        self.repeat_button.setVisible(not locked)
        self.save_button.setVisible(adds_paper or not locked)
        self.again_button.setVisible(locked)
        bind_text(self.again_button.say, does)

    def take_keyboard(self) -> None:
        """The keyboard to what comes after the form."""
        (self.save_button if self.again_button.isHidden() else self.again_button).setFocus()

    def show_judgement(
        self, judgement: Judgement | None, is_whole: bool = True, missing: Sequence[Message] = ()
    ) -> None:
        """Show the price of a judgement; None while nothing is known, not `is_whole` while the form is being filled.

        While facts are `missing` there is no price yet, and it is said which the form still has to give.
        """
        if judgement is None or (missing and not is_whole):
            self.payable.say("–")
            self.steps.say(_waits_for(missing))
            self.decision.hide()
            self._show_steps()
            return
        tone = _TONES[judgement.decision] if is_whole else Tone.NEUTRAL
        self.decision.say(DECISIONS[judgement.decision] if is_whole else say("So far"), tone)
        self.decision.show()
        self.payable.say(say("{kip:kip} kip", kip=judgement.payable), tone)
        self.steps.say(_joined(judgement))
        self._show_steps()


def facts_missing(case: Case) -> tuple[Message, ...]:
    """What the form does not say yet of that on which its price hangs."""
    claim = case.claim
    names = [name for name in _PRICED_BY if not getattr(claim, name)]
    if not names and case.method == Method.CASE and not claim.case_group:
        names = ["case_group"]
    if not names and case.method == Method.FEE and not claim.lines:
        return (say("Lines of the form"),)
    return tuple(LABELS[name] for name in names)


def _waits_for(missing: Sequence[Message]) -> Message | str:
    if not missing:
        return ""
    named = missing[0]
    for name in missing[1:]:
        named = say("{first}, {second}", first=named, second=name)
    return say("The price waits for: {missing}", missing=named)


def _joined(judgement: Judgement) -> Message | str:
    """The steps in a row; those of single lines stand in the grid already and are told as what they come to."""
    steps = [step for step in judgement.explanation if "line" not in step.values]
    of_lines = [step for step in judgement.explanation if "line" in step.values]
    if paid := sum(step.values.get("allowed", 0) for step in of_lines):  # also of a claim denied after it was priced
        steps.insert(1, say("Lines paid: {kip:kip}", kip=paid))  # after the method, before a case rate
    said: Message | str = ""
    for step in steps:
        said = say("{before} · {step}", before=said, step=step) if said else step
    return said
