"""Dialogs that ask for words or a yes: a reason, a confirmation."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from claims_desk.domain.messages import Message, say
from claims_desk.ui.speech import bind_text
from claims_desk.ui.theme import Tone
from claims_desk.ui.widgets.buttons import Button, PrimaryButton
from claims_desk.ui.widgets.edit import without_unseen
from claims_desk.ui.widgets.form_undo import FormUndo
from claims_desk.ui.widgets.help_note import HelpKey
from claims_desk.ui.widgets.labels import Words

LEAST_WIDTH = 420


class HouseDialog(QDialog):
    """A dialog of the house: heading, body, cancel (Esc) and one thing to do. It goes when it is closed.

    Where something was typed, the first Esc asks and the second one closes.
    """

    def __init__(self, parent: QWidget, title: Message, do: Message, shortcut: str = "Ctrl+Return") -> None:
        super().__init__(parent.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        bind_text(self.setWindowTitle, title)
        self.body = QVBoxLayout()
        self._sure = Words("", "note", wraps=True)
        self._asked_of: object = None
        self.do_button = PrimaryButton(do, shortcut, self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(Button(say("Cancel"), "Esc", self.reject))
        buttons.addWidget(self.do_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addStrut(LEAST_WIDTH)  # a minimum of the window itself would let longer words be cut off
        column.addWidget(Words(title, "title"))
        column.addLayout(self.body)
        column.addStretch()
        column.addWidget(self._sure)
        column.addLayout(buttons)
        self._sure.hide()
        HelpKey(self)
        self.undo = FormUndo(self)

    def typed(self) -> object:
        """What was typed by hand, to be compared; None for nothing."""
        return self.undo.take() if self.undo.has_changes() else None

    def reject(self) -> None:
        """Close (Esc); what was typed is not thrown away by one key."""
        typed = self.typed()
        if typed is None or typed == self._asked_of:
            super().reject()
            return
        self._asked_of = typed
        self._sure.say(say("What you typed here is not kept yet. Esc once more throws it away."), Tone.WARN)
        self._sure.show()


class WordsDialog(HouseDialog):
    """Asks for a reason; goes on only when at least `least` letters stand there."""

    def __init__(self, parent: QWidget, title: Message, question: Message, do: Message, least: int = 3) -> None:
        super().__init__(parent, title, do)
        self._least = least
        self.words = QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(96)
        bind_text(self.words.setAccessibleName, question)
        bind_text(
            self.words.setWhatsThis,
            say("Words another person understands a year from now. They stay in the audit trail."),
        )
        self.body.addWidget(Words(question, wraps=True))
        self.body.addWidget(self.words)
        self.words.textChanged.connect(self._check)
        self._check()
        self.words.setFocus()

    def text(self) -> str:
        """The words typed."""
        return " ".join(without_unseen(self.words.toPlainText()).split())

    def typed(self) -> object:
        """The words."""
        return self.text() or None

    def _check(self) -> None:
        self.do_button.setEnabled(len(self.text()) >= self._least)


def ask_words(
    parent: QWidget, title: Message, question: Message, do: Message, done: Callable[[str], object]
) -> WordsDialog:
    """Ask for a reason; `done` gets it when the user goes on."""
    dialog = WordsDialog(parent, title, question, do)
    dialog.accepted.connect(lambda: done(dialog.text()))
    dialog.open()
    return dialog


def confirm(
    parent: QWidget, title: Message, what_follows: Message, do: Message, done: Callable[[], object]
) -> HouseDialog:
    """Ask once before something that is not easily taken back; `done` is called on going on."""
    dialog = HouseDialog(parent, title, do, "")
    dialog.body.addWidget(Words(what_follows, wraps=True))
    dialog.accepted.connect(done)
    dialog.do_button.setFocus()
    dialog.open()
    return dialog
