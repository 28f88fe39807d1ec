"""A field of a form: label above, problem, finding or hint beneath; its help is the edit's, for F1."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from claims_desk.domain.messages import Message, say
from claims_desk.ui.speech import Spoken, bind_text, speech
from claims_desk.ui.theme import Tone
from claims_desk.ui.widgets.announce import announcer
from claims_desk.ui.widgets.edit import Edit
from claims_desk.ui.widgets.labels import Words

REQUIRED = say("This must be filled in.")


class Field(QWidget):
    """A labelled edit. What stands beneath it, in order of weight: its problem, a finding, its hint.

    A screen reader has the same words as the edit's description, before its help; a problem or finding it says at once.

    `name` is the field's name in facts and findings (`visit_from`), `width` its least width in characters (0: as
    the layout gives), `grows` how strongly it takes spare room in its row. `noted` tells of other words beneath.
    """

    noted = Signal()

    def __init__(
        self,
        label: Message,
        edit: Edit[Any] | QPlainTextEdit,
        *,
        name: str = "",
        hint: Message | None = None,
        help_text: Message | None = None,
        required: bool = False,
        width: int = 0,
        grows: int = 0,
    ) -> None:
        super().__init__()
        self.label, self.edit, self.name, self.required, self.grows = label, edit, name, required, grows
        self._help = help_text
        self._hint: Spoken | str = hint or ""
        self._beneath: Spoken | str = ""
        self._finding: tuple[Message, Tone] | None = None
        self.caption = Words(label, "label")
        self.caption.setBuddy(edit)
        self.note = Words("", "note", wraps=True)
        self._lay_out(width)
        bind_text(edit.setAccessibleName, label)
        if help_text is not None:
            bind_text(edit.setWhatsThis, help_text)
        if isinstance(edit, Edit):
            edit.problem_changed.connect(self._tell)
            edit.hint_changed.connect(self._on_hint)
        speech.changed.connect(self._describe)
        self._tell()

    def _lay_out(self, width: int) -> None:
        self.note.setMinimumHeight(self.note.fontMetrics().height())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.caption)
        column.addWidget(self.edit)
        column.addWidget(self.note)
        column.addStretch()
        if width:
            self.edit.setMinimumWidth(width * self.fontMetrics().horizontalAdvance("0") + 24)

    def set_finding(self, finding: Message | None, tone: Tone = Tone.WARN) -> None:
        """Show what a rule says of this field; None takes it away."""
        self._finding = (finding, tone) if finding else None
        self._tell()

    def set_hint(self, hint: Spoken | str) -> None:
        """Show a quiet word beneath, such as the number of nights."""
        self._hint = hint
        self._tell()

    def is_good(self) -> bool:
        """Settle the field; False, with the reason beneath it, when it is unreadable or must be filled in."""
        if not isinstance(self.edit, Edit):
            return bool(self.edit.toPlainText().strip()) or not self.required
        self.edit.settle()
        if self.required and self.edit.is_blank():
            self.edit.set_problem(REQUIRED)
        return self.edit.problem is None

    def _on_hint(self, hint: str) -> None:
        self.set_hint(hint)

    def _tell(self) -> None:
        problem = self.edit.problem if isinstance(self.edit, Edit) else None
        if problem is not None:
            self._write(problem, Tone.BAD)
        elif self._finding is not None:
            self._write(*self._finding)
        else:
            self._write(self._hint, None)

    def _write(self, words: Spoken | str, tone: Tone | None) -> None:
        is_news = tone is not None and words != self._beneath
        self._beneath = words
        self.note.say(words, tone)
        self._describe()
        if is_news:
            announcer.announce(self.note, words)
        if isinstance(self.edit, Edit):
            self.edit.set_tone(tone)
        self.noted.emit()

    def _describe(self) -> None:
        """Give the reader what stands beneath and the help; Qt tells it of other words, so the same are kept still."""
        parts = [self._beneath, self._help or ""]
        said = "\n".join(text for text in (each if isinstance(each, str) else each.text() for each in parts) if text)
        if said != self.edit.accessibleDescription():
            self.edit.setAccessibleDescription(said)
